//! Versions of content: `/wiki/rest/api/content/{id}/version`. The past is seen
//! through a permission of one's own only (law 2.24): 403 to people who see the content and
//! not its past.

mod delete;
mod get;
mod list;
mod restore;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/content/{id}/version";
    const ONE: &str = "/wiki/rest/api/content/{id}/version/{number}";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, list::handle),
        Route::new(Method::POST, ALL, Flavour::V1, restore::handle),
        Route::new(Method::GET, ONE, Flavour::V1, get::handle),
        Route::new(Method::DELETE, ONE, Flavour::V1, delete::handle),
    ]
}

/// What is expanded of a version if the caller asks for nothing.
const DEFAULTS: [&str; 1] = ["content"];

/// The number in the path: what is none never was one.
fn number(call: &Call) -> Result<u32, Failure> {
    call.param("number").parse().map_err(|_| Failure::Absent)
}
