//! Tasks in pages and blog posts: they are found in a text whenever it is written, and a change of
//! a task's status is written into the text.

use crate::error::SiteError;
use crate::page::{EditPage, NewBody, Representation};
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    AccountId, Action, Credential, Door, Millis, Object, PageRow, PageState, RowChange, Table,
    TaskId, TaskRow, TaskStatus, View,
};
use narthex_content::adf;
use narthex_content::storage::{self, Document};
use narthex_content::task::{self, TaskItem};
use narthex_store::change::Change;

/// The largest number of tasks of one page that are recorded.
pub const MOST_TASKS: usize = 1_000;

/// How often an update is tried while somebody else edits the page.
const ATTEMPTS: usize = 3;

impl Site {
    /// Sets whether a task is done, which writes a new version of its page. If the task has that
    /// status already, nothing changes.
    ///
    /// # Errors
    /// Absent and forbidden as for editing the page; conflict if others keep editing the page.
    pub async fn set_task_status(
        &self,
        credential: &Credential,
        id: TaskId,
        status: TaskStatus,
    ) -> Result<(), SiteError> {
        let mut last = SiteError::conflict("the page is being edited; try again");
        for _ in 0..ATTEMPTS {
            let view = self.view(credential, Door::Confluence).await?;
            let row = view.task(id)?;
            let page = view.page(row.page)?;
            view.require(Action::Edit, Object::Page(row.page))?;
            if row.status == status {
                return Ok(());
            }
            let text = self.page_body(page).await?;
            let body = with_status(text.representation(), text.text(), row, status)?;
            let version = match page.row().state {
                PageState::Draft => 1,
                _ => page.row().version.saturating_add(1),
            };
            let edit = EditPage {
                body: Some(body),
                version,
                ..EditPage::default()
            };
            match self.edit_page(credential, page.id(), edit).await {
                Ok(_) => return Ok(()),
                Err(conflict @ SiteError::Conflict(_)) => last = conflict,
                Err(other) => return Err(other),
            }
        }
        Err(last)
    }

    /// Returns the text of a task, in storage format.
    ///
    /// # Errors
    /// Absent if the viewer can't see the task, or the page has been purged; storage.
    pub async fn task_body(&self, view: &View, id: TaskId) -> Result<String, SiteError> {
        let row = view.task(id)?;
        let text = self.page_body(view.page(row.page)?).await?;
        let document = read(text.representation(), text.text())?;
        Ok(task::body(&document, &row.local_id).unwrap_or_default())
    }
}

/// Returns the text of a page with a task marked as done, or as not done.
fn with_status(
    representation: Representation,
    text: &str,
    row: &TaskRow,
    status: TaskStatus,
) -> Result<NewBody, SiteError> {
    let done = status == TaskStatus::Complete;
    let written = match representation {
        Representation::Storage => {
            task::with_status(&read(representation, text)?, &row.local_id, done)
                .map(|text| read(representation, &text).map(without_stale_sources))
                .transpose()?
        }
        Representation::AtlasDocFormat => task::adf_with_status(text, &row.local_id, done),
    };
    let text = written
        .ok_or_else(|| SiteError::conflict("the task can't be found in the page; read it again"))?;
    Ok(NewBody {
        representation,
        text,
    })
}

/// Writes a document without the JSON of blocks that were changed since it was made.
fn without_stale_sources(document: Document) -> String {
    document.without_stale_sources().unwrap_or(document).write()
}

/// Parses a text that is being written.
pub(crate) fn document(body: &NewBody) -> Result<Document, SiteError> {
    read(body.representation, &body.text)
}

fn read(representation: Representation, text: &str) -> Result<Document, SiteError> {
    let unread = |error: &dyn std::fmt::Display| {
        SiteError::invalid(format!("the body can't be read: {error}"))
    };
    match representation {
        Representation::Storage => storage::parse(text).map_err(|error| unread(&error)),
        Representation::AtlasDocFormat => adf::to_storage(text).map_err(|error| unread(&error)),
    }
}

/// Plans the tasks of a page whose text is written, from those that are in the text.
pub(crate) fn derive<T>(
    plan: &Plan<'_>,
    page: &PageRow,
    body: &NewBody,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    // Most pages have no tasks, and most texts can't contain any, so they needn't be parsed.
    let there: Vec<&TaskRow> = plan.catalogue.tasks_of(page.id).collect();
    let may_have = body.text.contains("ac:task") || body.text.contains("askItem");
    if there.is_empty() && !may_have {
        return Ok(());
    }
    let document = document(body)?;
    let mut items = task::items(&document);
    items.truncate(MOST_TASKS);
    for item in &items {
        let was = there.iter().find(|row| *row.local_id == *item.local_id);
        let row = row(plan, page, item, was.copied());
        if was.is_none_or(|was| **was != row) {
            change.rows.push(row.into());
        }
    }
    let gone = there
        .iter()
        .filter(|row| items.iter().all(|item| *item.local_id != *row.local_id));
    change
        .rows
        .extend(gone.map(|row| RowChange::Remove(Table::Task, row.id.get())));
    Ok(())
}

fn row(plan: &Plan<'_>, page: &PageRow, item: &TaskItem, was: Option<&TaskRow>) -> TaskRow {
    let status = if item.done {
        TaskStatus::Complete
    } else {
        TaskStatus::Incomplete
    };
    let assignee = item.assignee.as_deref().and_then(|id| id.parse().ok());
    let assignee = assignee.filter(|id: &AccountId| plan.catalogue.account(*id).is_some());
    let row = match was {
        Some(was) => TaskRow {
            status,
            assignee,
            due_at: item.due.as_deref().and_then(midnight),
            blank: item.blank,
            ..was.clone()
        },
        None => TaskRow {
            id: plan.new_id(TaskId::from_random),
            page: page.id,
            local_id: item.local_id.as_str().into(),
            status,
            assignee,
            due_at: item.due.as_deref().and_then(midnight),
            blank: item.blank,
            author: page.updated_by,
            created_at: plan.now,
            updated_at: plan.now,
            completed_by: None,
            completed_at: None,
        },
    };
    let (completed_by, completed_at) = match was.map(|was| was.status) {
        Some(before) if before == status => (row.completed_by, row.completed_at),
        _ if item.done => (Some(page.updated_by), Some(plan.now)),
        _ => (None, None),
    };
    let updated_at = match was {
        Some(was) if *was == row => was.updated_at,
        _ => plan.now,
    };
    TaskRow {
        completed_by,
        completed_at,
        updated_at,
        ..row
    }
}

/// Returns the beginning of a day that is written as `2026-01-31`, in UTC.
fn midnight(day: &str) -> Option<Millis> {
    let day: jiff::civil::Date = day.trim().parse().ok()?;
    let at = jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0));
    Some(at.ok()?.as_millisecond())
}
