//! Inline tasks: the items of task lists in pages and blog posts, which are visible with these. v2
//! has them as tasks, with other names for their members.

mod one;
mod search;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for inline tasks.
pub(crate) fn routes() -> Vec<Route> {
    const SEARCH: &str = "/wiki/rest/api/inlinetasks/search";
    const ONE: &str = "/wiki/rest/api/inlinetasks/{id}";
    vec![
        Route::new(Method::GET, SEARCH, Flavour::V1, search::handle),
        Route::new(Method::GET, ONE, Flavour::V1, one::handle),
        Route::new(Method::PUT, ONE, Flavour::V1, one::handle_set).reads_members(&["status"]),
    ]
}
