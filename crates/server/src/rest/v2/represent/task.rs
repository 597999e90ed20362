//! A v2 task. Its author, the person who completed it and the dates of both belong to the page's
//! past (law 2.24).

use super::author;
use super::body::{Body, BodyFormat};
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::{PageKind, TaskRow};
use serde::Serialize;

/// A task; a member that it doesn't have, or that the viewer may not see, is `None`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Task<'v> {
    id: String,
    local_id: &'v str,
    space_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blog_post_id: Option<String>,
    status: &'static str,
    body: Body,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_at: Option<String>,
}

impl<'v> Task<'v> {
    /// Builds the object of a task that the viewer sees.
    ///
    /// # Errors
    /// Absent if its page has been purged since; storage errors.
    pub async fn of(lens: Lens<'v>, row: &'v TaskRow, format: BodyFormat) -> Result<Self, Failure> {
        let page = lens.view.page(row.page)?;
        let past = page.shows_past();
        let on = |kind: PageKind| (page.row().kind == kind).then(|| row.page.to_string());
        let at = |at: Option<i64>| at.filter(|_| past).map(moment);
        Ok(Self {
            id: row.id.to_string(),
            local_id: &row.local_id,
            space_id: page.row().space.to_string(),
            page_id: on(PageKind::Page),
            blog_post_id: on(PageKind::BlogPost),
            status: row.status.word(),
            body: Body::of_task(lens, page, row.id, format).await?,
            created_by: author(lens, Some(row.author).filter(|_| past)),
            assigned_to: author(lens, row.assignee),
            completed_by: author(lens, row.completed_by.filter(|_| past)),
            created_at: at(Some(row.created_at)),
            updated_at: at(Some(row.updated_at)),
            due_at: row.due_at.map(moment),
            completed_at: at(row.completed_at),
        })
    }
}
