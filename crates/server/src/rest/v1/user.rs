//! People.

mod anonymous;
mod current;
mod get;

use crate::route::{Flavour, Route};
use http::Method;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, "/wiki/rest/api/user", Flavour::V1, get::handle),
        Route::new(
            Method::GET,
            "/wiki/rest/api/user/current",
            Flavour::V1,
            current::handle,
        ),
        Route::new(
            Method::GET,
            "/wiki/rest/api/user/anonymous",
            Flavour::V1,
            anonymous::handle,
        ),
    ]
}
