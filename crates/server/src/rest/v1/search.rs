//! Search by CQL: for content and spaces, for content alone, and for people.

mod all;
mod asked;
mod content;
mod user;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for search.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/search";
    const CONTENT: &str = "/wiki/rest/api/content/search";
    const USER: &str = "/wiki/rest/api/search/user";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, all::handle),
        Route::new(Method::GET, CONTENT, Flavour::V1, content::handle),
        Route::new(Method::GET, USER, Flavour::V1, user::handle),
    ]
}
