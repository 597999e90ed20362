//! `GET`, `PUT` of `/wiki/rest/api/inlinetasks/{id}`: reads a task, or sets whether it is done,
//! which writes a version of its page.
//!
//! Request of `PUT`: `{"status": "complete"|"incomplete"}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::inline_task::InlineTask;
use crate::route::Answer;
use narthex_access::{TaskId, TaskStatus};

pub(super) async fn handle(call: Call) -> Answer {
    let row = call.view.task(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&InlineTask::of(lens, row).await?)
}

pub(super) async fn handle_set(mut call: Call) -> Answer {
    call.require_account()?;
    let status = read(&call.json().await?)?;
    let id: TaskId = call.id("id")?;
    let site = &call.app.site;
    site.set_task_status(&call.credential, id, status).await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    respond::ok(&InlineTask::of(lens, view.task(id)?).await?)
}

fn read(document: &Document) -> Result<TaskStatus, Failure> {
    let status = document.object()?.required("status")?.string()?;
    TaskStatus::from_word(&status).ok_or_else(|| {
        Failure::bad_request("the member \"status\" must be \"complete\" or \"incomplete\"")
    })
}
