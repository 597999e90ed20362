//! Users: their profiles, groups and email addresses, as far as the caller may see them.

mod anonymous;
mod bulk;
mod current;
mod email;
mod get;
mod member_of;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for users.
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
        Route::new(
            Method::GET,
            "/wiki/rest/api/user/bulk",
            Flavour::V1,
            bulk::handle,
        ),
        Route::new(
            Method::GET,
            "/wiki/rest/api/user/memberof",
            Flavour::V1,
            member_of::handle,
        ),
        Route::new(
            Method::GET,
            "/wiki/rest/api/user/email",
            Flavour::V1,
            email::handle,
        ),
        Route::new(
            Method::GET,
            "/wiki/rest/api/user/email/bulk",
            Flavour::V1,
            email::handle_bulk,
        ),
    ]
}
