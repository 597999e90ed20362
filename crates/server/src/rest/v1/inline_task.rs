//! Inline tasks: the items of task lists in pages and blog posts, decided as these. What
//! v2 calls tasks, under the names of the first version.

mod one;
mod search;

use crate::route::{Flavour, Route};
use http::Method;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    const SEARCH: &str = "/wiki/rest/api/inlinetasks/search";
    const ONE: &str = "/wiki/rest/api/inlinetasks/{id}";
    vec![
        Route::new(Method::GET, SEARCH, Flavour::V1, search::handle),
        Route::new(Method::GET, ONE, Flavour::V1, one::handle),
        Route::new(Method::PUT, ONE, Flavour::V1, one::handle_set),
    ]
}
