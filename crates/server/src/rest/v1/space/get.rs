//! `GET /wiki/rest/api/space/{key}`: one space.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::space::Space;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let expand = Expand::of(&call.query());
    let space = call.view.space_by_key(call.param("key"))?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Space::of(lens, space, &expand).await?)
}
