//! The audit log: `GET /wiki/rest/api/audit`, `/audit/since`, `/audit/export`.

mod export;
mod list;

use crate::route::{Flavour, Route};
use http::Method;

/// Its routes.
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
    ]
}
