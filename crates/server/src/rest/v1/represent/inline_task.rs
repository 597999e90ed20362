//! A v1 inline task. Its author, the person who completed it and the dates of both belong to the
//! page's past (law 2.24).

use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::author;
use narthex_access::{Millis, TaskRow};
use narthex_site::body::Written;
use narthex_site::render::Place;
use narthex_site::representation::Format;
use serde::Serialize;

/// A v1 inline task. A member that the published document requires and that its reader may not see
/// is empty, or 0 for an instant; one that isn't required is left out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InlineTask {
    global_id: u64,
    id: u64,
    content_id: u64,
    status: &'static str,
    body: String,
    creator: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complete_user: Option<String>,
    create_date: Millis,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    update_date: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complete_date: Option<Millis>,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    base: String,
    context: &'static str,
}

impl InlineTask {
    /// Builds the object of a task that the viewer sees.
    ///
    /// # Errors
    /// Absent if its page has been purged since; storage errors.
    pub async fn of(lens: Lens<'_>, row: &TaskRow) -> Result<Self, Failure> {
        let page = lens.view.page(row.page)?;
        let past = page.shows_past();
        let text = lens.site.task_body(lens.view, row.id).await?;
        let (site, reader, place) = (lens.site, lens.reader(), Place::on(page));
        let render = || site.convert(reader, place, Written::Storage, &text, Format::Storage);
        let body = lens.rendered(render).await?.unwrap_or_default();
        let creator = author(lens, Some(row.author).filter(|_| past));
        Ok(Self {
            global_id: row.id.get(),
            // Tasks are numbered within a page; an editor of JSON documents gives them names
            // instead, which aren't numbers.
            id: row.local_id.parse().unwrap_or_else(|_| row.id.get()),
            content_id: row.page.get(),
            status: row.status.word(),
            body,
            creator: creator.unwrap_or_default(),
            assignee: author(lens, row.assignee),
            complete_user: author(lens, row.completed_by.filter(|_| past)),
            create_date: if past { row.created_at } else { 0 },
            due_date: row.due_at,
            update_date: past.then_some(row.updated_at),
            complete_date: row.completed_at.filter(|_| past),
            links: Links {
                this: format!("{}/rest/api/inlinetasks/{}", lens.base, row.id),
                base: lens.base.to_owned(),
                context: "/wiki",
            },
        })
    }
}
