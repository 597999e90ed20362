//! `PUT /wiki/api/v2/tasks/{id}`: sets whether a task is done, which writes a version of its page.
//! `body-format`.
//!
//! Request: `{"status": "complete"|"incomplete"}`; other members of a task aren't changed by this.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::task::Task;
use crate::route::Answer;
use narthex_access::{TaskId, TaskStatus};

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let status = read(&call.json().await?)?;
    let format = BodyFormat::of(&call.query())?;
    let id: TaskId = call.id("id")?;
    let site = &call.app.site;
    site.set_task_status(&call.credential, id, status).await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    respond::ok(&Task::of(lens, view.task(id)?, format).await?)
}

fn read(document: &Document) -> Result<TaskStatus, Failure> {
    let status = document.object()?.required("status")?.string()?;
    TaskStatus::from_word(&status).ok_or_else(|| {
        Failure::bad_request("the member \"status\" must be \"complete\" or \"incomplete\"")
    })
}
