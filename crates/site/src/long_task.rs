//! Long tasks: the results of operations to which REST responds with 202 and a pointer.
//!
//! Such an operation is finished before its response, in one change or, if there is much to do, in
//! several. Its long task is written with the last of them. So a task that can be read is over, and
//! says whether everything was done.

use crate::error::SiteError;
use crate::missing::absent;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::view::LongTasksShown;
use narthex_access::{LongTaskId, Millis, PageId, View};
use narthex_store::change::{Beside, Change, LongTaskRow};
use narthex_store::long_task::LongTaskQuery;

/// The operations that are recorded as long tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Moves a space to the trash.
    DeleteSpace,
    /// Archives pages.
    ArchivePages,
    /// Moves a page to the trash with all pages below it.
    DeletePageTree,
    /// Copies a page with all pages below it.
    CopyPageTree,
    /// Changes the permissions of a space role.
    EditSpaceRole,
    /// Deletes a space role.
    DeleteSpaceRole,
    /// Sets the content status of pages.
    SetContentStatuses,
    /// Removes the content status of pages.
    RemoveContentStatuses,
}

impl Kind {
    /// The word for it in the database and in responses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::DeleteSpace => "space.delete",
            Self::ArchivePages => "page.archive",
            Self::DeletePageTree => "page.tree.delete",
            Self::CopyPageTree => "page.tree.copy",
            Self::EditSpaceRole => "space_role.edit",
            Self::DeleteSpaceRole => "space_role.delete",
            Self::SetContentStatuses => "page.status.set",
            Self::RemoveContentStatuses => "page.status.remove",
        }
    }
}

/// A long task that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTask {
    /// The id of the task.
    pub id: LongTaskId,
    /// The operation that the task did, as [`Kind::word`] names it.
    pub kind: String,
    /// The duration, in milliseconds.
    pub took: Millis,
    /// The number of pages that it changed or created.
    pub pages: u64,
    /// The page that it created; `None` if it creates none or the reader can't see it.
    pub made: Option<PageId>,
    /// The reason why it ended before everything was done; `None` if it succeeded.
    pub failure: Option<String>,
}

impl LongTask {
    fn shown(view: &View, row: LongTaskRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            took: row.finished_at.saturating_sub(row.started_at),
            pages: row.pages,
            made: row.made.filter(|page| view.page(*page).is_ok()),
            failure: row.failure,
        }
    }
}

/// A part of the list of long tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTasks {
    /// The tasks, newest first.
    pub tasks: Vec<LongTask>,
    /// Whether there are more after these.
    pub more: bool,
}

impl Site {
    /// Returns a long task.
    ///
    /// # Errors
    /// Absent to everybody but the account that started it and site administration; storage.
    pub async fn long_task(&self, view: &View, id: LongTaskId) -> Result<LongTask, SiteError> {
        let row = self.store().long_task(id).await?.ok_or_else(absent)?;
        view.require_long_task_of(row.account)?;
        Ok(LongTask::shown(view, row))
    }

    /// Returns the long tasks that the viewer is shown: those of one kind, or of all kinds if
    /// `kind` is empty.
    ///
    /// # Errors
    /// Absent if nobody is logged in; storage.
    pub async fn long_tasks(
        &self,
        view: &View,
        kind: &str,
        start: usize,
        limit: usize,
    ) -> Result<LongTasks, SiteError> {
        let of = match view.long_tasks()? {
            LongTasksShown::All => None,
            LongTasksShown::Of(account) => Some(account),
        };
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let query = LongTaskQuery {
            of,
            kind: kind.to_owned(),
            start: number(start),
            limit: number(limit.saturating_add(1)),
        };
        let mut rows = self.store().long_tasks(&query).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok(LongTasks {
            tasks: rows
                .into_iter()
                .map(|row| LongTask::shown(view, row))
                .collect(),
            more,
        })
    }
}

/// Adds to a change the long task that it completes, whose id becomes its result.
pub(crate) fn with<T>(
    plan: &Plan<'_>,
    kind: Kind,
    pages: usize,
    change: Change<T>,
) -> Change<LongTaskId> {
    let row = over(plan, kind, plan.now, pages);
    let id = row.id;
    let mut change = change.map(|_| id);
    change.beside.push(Beside::LongTask(row));
    change
}

/// Makes the row of a long task that began at an instant and is over now.
pub(crate) fn over(plan: &Plan<'_>, kind: Kind, began: Millis, pages: usize) -> LongTaskRow {
    LongTaskRow {
        id: plan.new_id(LongTaskId::from_random),
        kind: kind.word().into(),
        account: plan.view.subject().account(),
        started_at: began,
        finished_at: plan.now.max(began),
        pages: u64::try_from(pages).unwrap_or(u64::MAX),
        made: None,
        failure: None,
    }
}
