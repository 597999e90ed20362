//! The audit log: `GET /wiki/rest/api/audit`, `/audit/since`, `/audit/export`, `/audit/retention`.
//! All of them are for site administrators.

mod archive;
mod export;
mod list;
mod retention;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes of the audit log.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::new(
            Method::GET,
            "/wiki/rest/api/audit",
            Flavour::V1,
            list::handle,
        ),
        Route::new(
            Method::GET,
            "/wiki/rest/api/audit/since",
            Flavour::V1,
            list::handle_since,
        ),
        Route::new(
            Method::GET,
            "/wiki/rest/api/audit/export",
            Flavour::V1,
            export::handle,
        ),
        Route::new(
            Method::GET,
            "/wiki/rest/api/audit/retention",
            Flavour::V1,
            retention::handle_get,
        ),
        Route::new(
            Method::PUT,
            "/wiki/rest/api/audit/retention",
            Flavour::V1,
            retention::handle_put,
        ),
    ]
}
