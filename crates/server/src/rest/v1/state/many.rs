//! `PUT /wiki/rest/api/content-states?status=`, `POST .../content-states/delete?status=`: sets or
//! removes the state of many pages and blog posts, or of their drafts; responds with a long task
//! whose outcome lists each page: `GET .../content-states/task/{id}`.
//!
//! Requests: `{"ids": [...], "contentState": {"id"} or {"name", "color"}}`, `{"ids": [...]}`.

use super::of_content::{of_draft, read};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object;
use crate::respond;
use crate::rest::v1::represent::state::StatesTask;
use crate::route::Answer;
use narthex_access::{LongTaskId, PageId};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pointer {
    async_id: String,
}

pub(super) async fn handle_set(mut call: Call) -> Answer {
    call.require_account()?;
    let body = call.json().await?;
    let body = body.object()?;
    let draft = of_draft(&call)?;
    let new = read(&body.required("contentState")?.object()?)?;
    let (site, pages) = (&call.app.site, ids(&body)?);
    let task = site.set_content_statuses(&call.credential, pages, draft, new);
    answer(task.await?)
}

pub(super) async fn handle_remove(mut call: Call) -> Answer {
    call.require_account()?;
    let body = call.json().await?;
    let body = body.object()?;
    let draft = of_draft(&call)?;
    let (site, pages) = (&call.app.site, ids(&body)?);
    let task = site.remove_content_statuses(&call.credential, pages, draft);
    answer(task.await?)
}

pub(super) async fn handle_task(call: Call) -> Answer {
    call.require_account()?;
    let (site, id) = (&call.app.site, call.id("id")?);
    let outcome = site.content_statuses_task(&call.view, id).await?;
    respond::ok(&StatesTask::of(&outcome))
}

fn answer(task: LongTaskId) -> Answer {
    let async_id = task.to_string();
    respond::ok(&Pointer { async_id })
}

/// A value that can't be an id names no page (law 6.1).
fn ids(body: &Object<'_>) -> Result<Vec<PageId>, Failure> {
    let ids = body.required("ids")?.array()?.into_iter();
    ids.map(|id| id.id_text()?.parse().map_err(|_| Failure::Absent))
        .collect()
}
