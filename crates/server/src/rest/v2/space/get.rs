//! `GET /wiki/api/v2/spaces/{id}`: one space.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::space::Space;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let space = call.view.space(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let query = call.query();
    respond::ok(&Space::of(lens, space, query.get("description-format")).alone(lens))
}
