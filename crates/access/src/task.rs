//! Tasks: the items of task lists in pages and blog posts.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, PageId, TaskId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// Whether a task is done.
    pub enum TaskStatus {
        /// To be done.
        Incomplete = "incomplete",
        /// Done.
        Complete = "complete",
    }
}

/// A row of `task`: a task item of the current text of a page or blog post,
/// decided as that. What it says is read in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Its id.
    pub id: TaskId,
    /// The page.
    pub page: PageId,
    /// Its id within the page.
    pub local_id: Arc<str>,
    /// Whether it is done.
    pub status: TaskStatus,
    /// Who is to do it: the first account that its text mentions.
    pub assignee: Option<AccountId>,
    /// By when: the first day that its text names, at its beginning.
    pub due_at: Option<Millis>,
    /// Whether it says nothing.
    pub blank: bool,
    /// Who wrote it.
    pub author: AccountId,
    /// When it came to be in the page.
    pub created_at: Millis,
    /// When it was last changed.
    pub updated_at: Millis,
    /// Who did it.
    pub completed_by: Option<AccountId>,
    /// When it was done.
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
