//! Versions of content: `/wiki/rest/api/content/{id}/version`. The past is visible only through a
//! permission of one's own (law 2.24): people who see the content but not its past get 403.

mod delete;
mod get;
mod list;
mod restore;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for versions.
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

/// The parts of a version that are expanded if the request names none.
const DEFAULTS: [&str; 1] = ["content"];

/// Reads the number in the path; absent if it isn't one.
fn number(call: &Call) -> Result<u32, Failure> {
    call.param("number").parse().map_err(|_| Failure::Absent)
}
