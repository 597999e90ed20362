//! `GET /wiki/api/v2/tasks`: the tasks that the caller sees, by their ids.
//!
//! `status`, `include-blank-tasks`, `task-id`, `space-id`, `page-id`, `blogpost-id`,
//! `created-by`, `assigned-to`, `completed-by`, `created-at-from`, `-to`,
//! `due-at-from`, `-to`, `completed-at-from`, `-to` in milliseconds since 1970,
//! `body-format`, `cursor`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use crate::rest::keyset::{Place, cut_ordered};
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::author_id;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::task::Task;
use crate::route::Answer;
use narthex_access::{
    AccountId, Millis, PageId, PageKind, SpaceId, TaskId, TaskRow, TaskStatus, View,
};

/// A span of instants, both ends in it.
struct Span {
    from: Option<Millis>,
    to: Option<Millis>,
}

impl Span {
    fn of(query: &Parameters<'_>, name: &str) -> Result<Self, BadRequest> {
        let at = |end: &str| {
            let name = format!("{name}-{end}");
            query.parsed(&name, "a number of milliseconds since 1970")
        };
        Ok(Self {
            from: at("from")?,
            to: at("to")?,
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

/// Which of the tasks that are seen are wanted.
struct Filter {
    status: Option<TaskStatus>,
    blank: bool,
    tasks: Vec<TaskId>,
    spaces: Vec<SpaceId>,
    pages: Vec<PageId>,
    blog_posts: Vec<PageId>,
    created_by: Vec<AccountId>,
    assigned_to: Vec<AccountId>,
    completed_by: Vec<AccountId>,
    created: Span,
    due: Span,
    completed: Span,
}

impl Filter {
    fn of(query: &Parameters<'_>) -> Result<Self, Failure> {
        let status = query.get("status").map(|word| {
            TaskStatus::from_word(word).ok_or_else(|| {
                Failure::bad_request(
                    "the query parameter \"status\" must be complete or incomplete",
                )
            })
        });
        let people = |name: &str| query.parsed_list::<AccountId>(name, "ids of accounts");
        let blank = "include-blank-tasks";
        Ok(Self {
            status: status.transpose()?,
            blank: query.get(blank).is_none() || query.flag(blank)?,
            tasks: query.parsed_list("task-id", "ids of tasks")?,
            spaces: query.parsed_list("space-id", "ids of spaces")?,
            pages: query.parsed_list("page-id", "ids of pages")?,
            blog_posts: query.parsed_list("blogpost-id", "ids of blog posts")?,
            created_by: people("created-by")?,
            assigned_to: people("assigned-to")?,
            completed_by: people("completed-by")?,
            created: Span::of(query, "created-at")?,
            due: Span::of(query, "due-at")?,
            completed: Span::of(query, "completed-at")?,
        })
    }

    /// People are filtered by as far as they are shown: a filter tells no more than
    /// an answer (A04).
    fn takes(&self, view: &View, row: &TaskRow) -> bool {
        let Ok(page) = view.page(row.page) else {
            return false;
        };
        let by = |wanted: &[AccountId], who: Option<AccountId>| {
            wanted.is_empty() || author_id(view, who).is_some_and(|who| wanted.contains(&who))
        };
        let in_page = match page.row().kind {
            _ if self.pages.is_empty() && self.blog_posts.is_empty() => true,
            PageKind::Page => self.pages.contains(&row.page),
            PageKind::BlogPost => self.blog_posts.contains(&row.page),
            PageKind::Folder => false,
        };
        let past = page.shows_past();
        in_page
            && self.status.is_none_or(|status| status == row.status)
            && (self.blank || !row.blank)
            && (self.tasks.is_empty() || self.tasks.contains(&row.id))
            && (self.spaces.is_empty() || self.spaces.contains(&page.row().space))
            && by(&self.created_by, Some(row.author).filter(|_| past))
            && by(&self.assigned_to, row.assignee)
            && by(&self.completed_by, row.completed_by.filter(|_| past))
            && self.created.has(Some(row.created_at).filter(|_| past))
            && self.due.has(row.due_at)
            && self.completed.has(row.completed_at.filter(|_| past))
    }
}

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let after = After::<Place<'static>>::of(&query, 25)?;
    let filter = Filter::of(&query)?;
    let last = after.last.as_ref().and_then(|last| TaskId::new(last.id()));
    let tasks = call
        .view
        .tasks_from(last.unwrap_or(TaskId::from_random(0)))
        .filter(|row| filter.takes(&call.view, row));
    let placed = tasks.map(|row| (Place::by_id(row.id.get()), row));
    let (rows, next) = cut_ordered(placed, &after);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut results = Vec::with_capacity(rows.len());
    for row in rows {
        results.push(Task::of(lens, row, format).await?);
    }
    answer_v2(&call, results, next)
}
