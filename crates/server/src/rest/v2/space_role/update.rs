//! `PUT /wiki/api/v2/space-roles/{id}`: changes a role, and the permissions of the principals that
//! it was assigned to; for site administrators. It is done when the response arrives: 202 with a
//! long task that has ended.
//!
//! Request: `{"name", "description", "spacePermissions": [ID, ...]}`. `anonymousReassignmentRoleId`
//! and `guestReassignmentRoleId` name roles for principals that can't have the role any more; a
//! custom role is given to neither.

use super::read::read;
use crate::call::Call;
use crate::respond;
use crate::rest::v2::represent::space_role::kind;
use crate::route::Answer;
use http::StatusCode;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Changed<'v> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'v str,
    description: &'v str,
    task_id: String,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let new = read(&call.json().await?)?;
    let id = call.id("id")?;
    let site = &call.app.site;
    let task = site.edit_space_role(&call.credential, id, new).await?;
    let view = call.view_now().await?;
    let role = view.space_role(id)?;
    let changed = Changed {
        id: role.id().to_string(),
        kind: kind(role),
        name: role.name(),
        description: role.description(),
        task_id: task.to_string(),
    };
    respond::json(StatusCode::ACCEPTED, &changed)
}
