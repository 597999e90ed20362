//! `GET /wiki/api/v2/space-role-mode`: the relation of roles to permissions. Here a role gives
//! permissions, and neither is to replace the other.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use serde::Serialize;

#[derive(Serialize)]
struct Mode {
    mode: &'static str,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.view.space_roles()?;
    respond::ok(&Mode { mode: "ROLES" })
}
