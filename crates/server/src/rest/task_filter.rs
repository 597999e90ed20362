//! Which of the tasks that a caller sees are wanted: one filter for both versions of the
//! API, which name its parts differently.

use crate::failure::Failure;
use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use crate::rest::v2::represent::author_id;
use narthex_access::{
    AccountId, Millis, PageId, PageKind, SpaceId, TaskId, TaskRow, TaskStatus, View,
};

/// A span of instants, both ends in it.
#[derive(Debug, Default)]
pub struct Span {
    from: Option<Millis>,
    to: Option<Millis>,
}

impl Span {
    /// The span between two parameters of a query, in milliseconds since 1970.
    ///
    /// # Errors
    /// Bad request for what is no number.
    pub fn of(query: &Parameters<'_>, from: &str, to: &str) -> Result<Self, BadRequest> {
        let at = |name: &str| query.parsed(name, "a number of milliseconds since 1970");
        Ok(Self {
            from: at(from)?,
            to: at(to)?,
        })
    }

    /// What has no such instant lies in no span that has an end.
    fn has(&self, at: Option<Millis>) -> bool {
        match at {
            Some(at) => {
                self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
            }
            None => self.from.is_none() && self.to.is_none(),
        }
    }
}

/// What a task stands in: a page or blog post, and of which kind it has to be where
/// that is said.
pub type Standing = (Option<PageKind>, PageId);

/// Which tasks are wanted; an empty list says nothing.
#[derive(Debug, Default)]
pub struct TaskFilter {
    /// Done, or to be done.
    pub status: Option<TaskStatus>,
    /// Whether those that say nothing are wanted too.
    pub blank: bool,
    /// These.
    pub tasks: Vec<TaskId>,
    /// In these spaces; none for all.
    pub spaces: Option<Vec<SpaceId>>,
    /// In these pages and blog posts.
    pub standing: Vec<Standing>,
    /// Written by them.
    pub created_by: Vec<AccountId>,
    /// To be done by them.
    pub assigned_to: Vec<AccountId>,
    /// Done by them.
    pub completed_by: Vec<AccountId>,
    /// When they came to be.
    pub created: Span,
    /// By when they are to be done.
    pub due: Span,
    /// When they were done.
    pub completed: Span,
}

impl TaskFilter {
    /// Whether a task is wanted. People are filtered by as far as they are shown: a
    /// filter tells no more than an answer (A04).
    pub fn takes(&self, view: &View, row: &TaskRow) -> bool {
        let Ok(page) = view.page(row.page) else {
            return false;
        };
        let by = |wanted: &[AccountId], who: Option<AccountId>| {
            wanted.is_empty() || author_id(view, who).is_some_and(|who| wanted.contains(&who))
        };
        let is_there = |(kind, id): &Standing| {
            *id == row.page && kind.is_none_or(|kind| kind == page.row().kind)
        };
        let in_space = |spaces: &Vec<SpaceId>| spaces.contains(&page.row().space);
        let past = page.shows_past();
        self.status.is_none_or(|status| status == row.status)
            && (self.blank || !row.blank)
            && (self.tasks.is_empty() || self.tasks.contains(&row.id))
            && self.spaces.as_ref().is_none_or(in_space)
            && (self.standing.is_empty() || self.standing.iter().any(is_there))
            && by(&self.created_by, Some(row.author).filter(|_| past))
            && by(&self.assigned_to, row.assignee)
            && by(&self.completed_by, row.completed_by.filter(|_| past))
            && self.created.has(Some(row.created_at).filter(|_| past))
            && self.due.has(row.due_at)
            && self.completed.has(row.completed_at.filter(|_| past))
    }
}

/// The parameter `status` of a query.
///
/// # Errors
/// Bad request for another word.
pub fn status(query: &Parameters<'_>) -> Result<Option<TaskStatus>, Failure> {
    let read = |word: &str| {
        TaskStatus::from_word(word).ok_or_else(|| {
            Failure::bad_request("the query parameter \"status\" must be complete or incomplete")
        })
    };
    query.get("status").map(read).transpose()
}
