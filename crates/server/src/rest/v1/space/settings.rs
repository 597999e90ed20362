//! `GET /wiki/rest/api/space/{key}/settings`: the settings of a space, for people who see the
//! space.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::space_settings::Settings;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let space = call.view.space_by_key(call.param("key"))?;
    let base = call.base();
    respond::ok(&Settings::of(Lens::new(&call, &call.view, &base), space))
}
