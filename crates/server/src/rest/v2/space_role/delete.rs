//! `DELETE /wiki/api/v2/space-roles/{id}`: deletes a role, and takes its permissions from the
//! principals that it was assigned to; for site administrators. It is done when the response
//! arrives: 202 with a long task that has ended.

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
