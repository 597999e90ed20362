//! Tasks: the items of task lists in pages and blog posts, which are visible with these.

mod get;
mod list;
mod update;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for tasks.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/api/v2/tasks";
    const ONE: &str = "/wiki/api/v2/tasks/{id}";
    vec![
        Route::new(Method::GET, ALL, Flavour::V2, list::handle),
        Route::new(Method::GET, ONE, Flavour::V2, get::handle),
        Route::new(Method::PUT, ONE, Flavour::V2, update::handle).reads_members(&["status"]),
    ]
}
