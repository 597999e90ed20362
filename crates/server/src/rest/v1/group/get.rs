//! `GET /wiki/rest/api/group/by-id?id=`, `/by-name?name=`, `/{groupName}`: one group.

use super::{by_id, by_name, require_somebody};
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::group::Group;
use crate::route::Answer;
use narthex_access::GroupRow;

pub(super) async fn handle_by_id(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    answer(&call, by_id(&call.view, query.required("id")?)?)
}

pub(super) async fn handle_by_name(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    answer(
        &call,
        by_name(&call.view, query.get("name").unwrap_or_default())?,
    )
}

pub(super) async fn handle_in_path(call: Call) -> Answer {
    require_somebody(&call)?;
    answer(&call, by_name(&call.view, call.param("group"))?)
}

fn answer(call: &Call, row: &GroupRow) -> Answer {
    let base = call.base();
    respond::ok(&Group::of(Lens::new(call, &call.view, &base), row))
}
