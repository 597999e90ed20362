//! `GET /wiki/api/v2/space-roles/{id}`: one role.

use crate::call::Call;
use crate::respond;
use crate::rest::v2::represent::space_role::Role;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    respond::ok(&Role::of(call.view.space_role(call.id("id")?)?))
}
