//! Tasks: the items of task lists in pages and blog posts. They are read from the text whenever it
//! is saved, and stored as rows so that they can be listed.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, PageId, TaskId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// Whether a task is done.
    pub enum TaskStatus {
        /// The task is still to be done.
        Incomplete = "incomplete",
        /// The task is done.
        Complete = "complete",
    }
}

/// A row of `task`: a task item in the current text of a page or blog post, as visible as that is.
/// The words of the task are only in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// The id of the task.
    pub id: TaskId,
    /// The page or blog post that the task is in.
    pub page: PageId,
    /// The id of the task within its page.
    pub local_id: Arc<str>,
    /// Whether it is done.
    pub status: TaskStatus,
    /// The account that is to do it, which is the first one that its text mentions.
    pub assignee: Option<AccountId>,
    /// When it is due: the beginning of the first day that its text names.
    pub due_at: Option<Millis>,
    /// Whether it has no words.
    pub blank: bool,
    /// The account that wrote it.
    pub author: AccountId,
    /// When it was added to the page.
    pub created_at: Millis,
    /// When it was last changed.
    pub updated_at: Millis,
    /// The account that completed it, or `None` while it is incomplete.
    pub completed_by: Option<AccountId>,
    /// When it was completed, or `None` while it is incomplete.
    pub completed_at: Option<Millis>,
}

impl Found for TaskRow {
    type Id = TaskId;
    type Key = PageId;
    type Keys = [PageId; 1];

    fn id(&self) -> TaskId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [self.page]
    }
}
