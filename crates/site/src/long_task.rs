//! Long tasks: how something went that REST answers with 202 and a pointer.
//!
//! What such a request asks for is done when it is answered, in one change or, where
//! there is much of it, in several. Its long task is written with the last of them:
//! a task that can be read is over, and says whether all was done.

use crate::error::SiteError;
use crate::missing::absent;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::view::LongTasksShown;
use narthex_access::{LongTaskId, Millis, PageId, View};
use narthex_store::change::{Beside, Change, LongTaskRow};
use narthex_store::long_task::LongTaskQuery;

/// What a long task does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Puts a space into the trash.
    DeleteSpace,
    /// Archives pages.
    ArchivePages,
    /// Puts a page with all below it into the trash.
    DeletePageTree,
    /// Copies a page with all below it.
    CopyPageTree,
    /// Changes what a space role gives.
    EditSpaceRole,
    /// Deletes a space role.
    DeleteSpaceRole,
    /// Gives pages a content status.
    SetContentStatuses,
    /// Takes the content status of pages away.
    RemoveContentStatuses,
}

impl Kind {
    /// The word for it that is kept and answered.
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
    /// Its id.
    pub id: LongTaskId,
    /// What it did, as [`Kind::word`] has it.
    pub kind: String,
    /// How long it took, in milliseconds.
    pub took: Millis,
    /// How many pages it has changed or made.
    pub pages: u64,
    /// The page that it has made, where it makes one and its reader sees that.
    pub made: Option<PageId>,
    /// Why it ended before all was done; none where it went well.
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

/// Long tasks, as far as they are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTasks {
    /// The tasks, the newest first.
    pub tasks: Vec<LongTask>,
    /// Whether there are more.
    pub more: bool,
}

impl Site {
    /// A long task.
    ///
    /// # Errors
    /// Absent to all but who started it and site administration; storage.
    pub async fn long_task(&self, view: &View, id: LongTaskId) -> Result<LongTask, SiteError> {
        let row = self.store().long_task(id).await?.ok_or_else(absent)?;
        view.require_long_task_of(row.account)?;
        Ok(LongTask::shown(view, row))
    }

    /// The long tasks that the viewer is shown, of one kind if that is not empty.
    ///
    /// # Errors
    /// Absent for who isn't logged in; storage.
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

/// A change together with the long task that it completes, as its answer.
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

/// The row of a long task that began at an instant and is over now.
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
