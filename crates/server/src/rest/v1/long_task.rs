//! Long tasks: `GET /wiki/rest/api/longtask?key=&start=&limit=`, `/longtask/{id}`. People who
//! aren't logged in have started none and get 401.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::long_task::Status;
use crate::route::{Answer, Flavour, Route};
use http::Method;

/// Returns the routes for long tasks.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/longtask";
    const ONE: &str = "/wiki/rest/api/longtask/{id}";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, handle_list),
        Route::new(Method::GET, ONE, Flavour::V1, handle_get),
    ]
}

async fn handle_list(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let window = Window::of(&query, 100)?;
    let kind = query.get("key").unwrap_or_default();
    let found = call
        .app
        .site
        .long_tasks(&call.view, kind, window.start, window.limit)
        .await?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let tasks = found.tasks.into_iter().map(|task| Status::of(lens, task));
    let page = Page::of(tasks.collect(), window, found.more);
    respond::ok(&ListV1::of(&call, page))
}

async fn handle_get(call: Call) -> Answer {
    call.require_account()?;
    let task = call.app.site.long_task(&call.view, call.id("id")?).await?;
    let base = call.base();
    respond::ok(&Status::of(Lens::new(&call, &call.view, &base), task))
}
