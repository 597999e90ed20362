//! `DELETE /wiki/api/v2/space-roles/{id}`: deletes a role, and takes what it gave from
//! those to whom it was assigned; by site administration. It is done when 202 is
//! answered, with the long task that says so.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use http::StatusCode;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Accepted {
    task_id: String,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = call.id("id")?;
    let site = &call.app.site;
    let task = site.remove_space_role(&call.credential, id).await?;
    let accepted = Accepted {
        task_id: task.to_string(),
    };
    respond::json(StatusCode::ACCEPTED, &accepted)
}
