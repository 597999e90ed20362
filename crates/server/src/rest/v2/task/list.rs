//! `GET /wiki/api/v2/tasks`: the tasks that the caller sees, ordered by id.
//!
//! `status`, `include-blank-tasks`, `task-id`, `space-id`, `page-id`, `blogpost-id`, `created-by`,
//! `assigned-to`, `completed-by`, `created-at-from`, `-to`, `due-at-from`, `-to`,
//! `completed-at-from`, `-to` in milliseconds since 1970, `body-format`, `cursor`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::keyset::{Place, cut_ordered};
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_written_v2};
use crate::rest::task_filter::{self, Span, Standing, TaskFilter};
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::task::Task;
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_access::{PageKind, SpaceId, TaskId, TaskRow};

/// Reads the filter under this version's names.
fn filter(query: &Parameters<'_>) -> Result<TaskFilter, Failure> {
    let pages = |name: &str, kind: PageKind| -> Result<Vec<Standing>, Failure> {
        let ids = query.parsed_list(name, "ids of pages or blog posts")?;
        Ok(ids.into_iter().map(|id| (Some(kind), id)).collect())
    };
    let mut standing = pages("page-id", PageKind::Page)?;
    standing.extend(pages("blogpost-id", PageKind::BlogPost)?);
    let spaces: Vec<SpaceId> = query.parsed_list("space-id", "ids of spaces")?;
    let people = |name: &str| query.parsed_list(name, "ids of accounts");
    let blank = "include-blank-tasks";
    Ok(TaskFilter {
        status: task_filter::status(query)?,
        blank: query.get(blank).is_none() || query.flag(blank)?,
        tasks: query.parsed_list("task-id", "ids of tasks")?,
        spaces: (!spaces.is_empty()).then_some(spaces),
        standing,
        created_by: people("created-by")?,
        assigned_to: people("assigned-to")?,
        completed_by: people("completed-by")?,
        created: Span::of(query, "created-at-from", "created-at-to")?,
        due: Span::of(query, "due-at-from", "due-at-to")?,
        completed: Span::of(query, "completed-at-from", "completed-at-to")?,
    })
}

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let after = After::<Place<'static>>::of(&query, 25)?;
    let filter = filter(&query)?;
    let last = after.last.as_ref().and_then(|last| TaskId::new(last.id()));
    let tasks = call
        .view
        .tasks_from(last.unwrap_or(TaskId::from_random(0)))
        .filter(|row| filter.takes(&call.view, row));
    let placed = tasks.map(|row| (Place::by_id(row.id.get()), row));
    let (rows, next) = cut_ordered(placed, &after);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut results = Entries::new(lens);
    let mut next = next;
    let mut last = None;
    for row in rows {
        if !results.push(&Task::of(lens, row, format).await?)? {
            next = last.map(|last: &TaskRow| Place::by_id(last.id.get()).to_string());
            break;
        }
        last = Some(row);
    }
    answer_written_v2(&call, results, next)
}
