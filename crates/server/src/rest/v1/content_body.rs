//! Converting bodies: `/wiki/rest/api/contentbody/convert/...`.
//!
//! `convert/{to}` responds with the result at once. `convert/async/...` responds with an id, and
//! with the result when the same account requests it within five minutes.

mod convert;
mod keep;
mod kept;
mod request;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for conversions.
pub(crate) fn routes() -> Vec<Route> {
    const AT_ONCE: &str = "/wiki/rest/api/contentbody/convert/{to}";
    const LATER: &str = "/wiki/rest/api/contentbody/convert/async/{to}";
    const MANY: &str = "/wiki/rest/api/contentbody/convert/async/bulk/tasks";
    vec![
        Route::new(Method::POST, AT_ONCE, Flavour::V1, convert::handle),
        Route::new(Method::POST, LATER, Flavour::V1, keep::handle),
        Route::new(Method::GET, LATER, Flavour::V1, kept::handle),
        Route::new(Method::POST, MANY, Flavour::V1, keep::handle_many),
        Route::new(Method::GET, MANY, Flavour::V1, kept::handle_many),
    ]
}
