//! One filter of tasks for both versions of the API, which name its parts differently.

use crate::failure::Failure;
use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use crate::rest::v2::represent::author_id;
use narthex_access::{
    AccountId, Millis, PageId, PageKind, SpaceId, TaskId, TaskRow, TaskStatus, View,
};

/// A span of instants that includes both ends; an end that is `None` is open.
#[derive(Debug, Default)]
pub struct Span {
    from: Option<Millis>,
    to: Option<Millis>,
}

impl Span {
    /// Reads the span between two parameters of a query, in milliseconds since 1970.
    ///
    /// # Errors
    /// Bad request if either isn't a number.
    pub fn of(query: &Parameters<'_>, from: &str, to: &str) -> Result<Self, BadRequest> {
        let at = |name: &str| query.parsed(name, "a number of milliseconds since 1970");
        Ok(Self {
            from: at(from)?,
            to: at(to)?,
        })
    }

    /// Whether an instant is in the span. `None`, a task without such an instant, is only in a span
    /// without ends.
    fn has(&self, at: Option<Millis>) -> bool {
        match at {
            Some(at) => {
                self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
            }
            None => self.from.is_none() && self.to.is_none(),
        }
    }
}

/// The page or blog post that a task is in, and the kind that it must have if the request names
/// one.
pub type Standing = (Option<PageKind>, PageId);

/// The tasks that a request asks for; an empty list filters nothing.
#[derive(Debug, Default)]
pub struct TaskFilter {
    /// Only tasks of this status.
    pub status: Option<TaskStatus>,
    /// Whether to include tasks with an empty body.
    pub blank: bool,
    /// Only these tasks.
    pub tasks: Vec<TaskId>,
    /// Only tasks in these spaces; `None` for all.
    pub spaces: Option<Vec<SpaceId>>,
    /// Only tasks in these pages and blog posts.
    pub standing: Vec<Standing>,
    /// Only tasks written by these accounts.
    pub created_by: Vec<AccountId>,
    /// Only tasks assigned to these accounts.
    pub assigned_to: Vec<AccountId>,
    /// Only tasks completed by these accounts.
    pub completed_by: Vec<AccountId>,
    /// Only tasks created in this span.
    pub created: Span,
    /// Only tasks due in this span.
    pub due: Span,
    /// Only tasks completed in this span.
    pub completed: Span,
}

impl TaskFilter {
    /// Whether a task matches. It filters by people and dates only as far as this reader sees them:
    /// a filter reveals no more than a response (A04).
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

/// Reads the parameter `status` of a query.
///
/// # Errors
/// Bad request for any other word than `complete` and `incomplete`.
pub fn status(query: &Parameters<'_>) -> Result<Option<TaskStatus>, Failure> {
    let read = |word: &str| {
        TaskStatus::from_word(word).ok_or_else(|| {
            Failure::bad_request("the query parameter \"status\" must be complete or incomplete")
        })
    };
    query.get("status").map(read).transpose()
}
