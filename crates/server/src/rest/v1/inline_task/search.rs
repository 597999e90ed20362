//! `GET /wiki/rest/api/inlinetasks/search`: the tasks that the caller sees in live pages and blog
//! posts, ordered by id.
//!
//! `status`, `spaceKey`, `pageId`, `assignee`, `creator`, `completedUser` (each may be repeated),
//! `duedateFrom`, `-To`, `createdateFrom`, `-To`, `completedateFrom`, `-To` in milliseconds since
//! 1970, `start`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::lens::Lens;
use crate::rest::paging::{MAX_PAGE, Page, Window};
use crate::rest::task_filter::{self, Span, TaskFilter};
use crate::rest::v1::represent::inline_task::InlineTask;
use crate::route::Answer;
use narthex_access::{SpaceId, TaskId, View};

/// Reads the filter under this version's names. A space that the caller can't see has no tasks.
fn filter(view: &View, query: &Parameters<'_>) -> Result<TaskFilter, Failure> {
    let mut keys = query.list("spaceKey").peekable();
    let spaces = keys.peek().is_some().then(|| {
        keys.filter_map(|key| view.space_by_key(key).ok())
            .map(|space| space.id())
            .collect::<Vec<SpaceId>>()
    });
    let pages = query.parsed_list("pageId", "ids of pages or blog posts")?;
    let people = |name: &str| query.parsed_list(name, "ids of accounts");
    Ok(TaskFilter {
        status: task_filter::status(query)?,
        blank: true,
        tasks: Vec::new(),
        spaces,
        standing: pages.into_iter().map(|id| (None, id)).collect(),
        created_by: people("creator")?,
        assigned_to: people("assignee")?,
        completed_by: people("completedUser")?,
        created: Span::of(query, "createdateFrom", "createdateTo")?,
        due: Span::of(query, "duedateFrom", "duedateTo")?,
        completed: Span::of(query, "completedateFrom", "completedateTo")?,
    })
}

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    // The limit is the lower one because the text of each task is read from its page.
    let window = Window::up_to(&query, 20, MAX_PAGE)?;
    let filter = filter(&call.view, &query)?;
    let tasks = call
        .view
        .tasks_from(TaskId::from_random(0))
        .filter(|row| filter.takes(&call.view, row));
    let page = Page::cut(tasks, window);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let make = |row| InlineTask::of(lens, row);
    page.answer_v1(&call, lens, make).await
}
