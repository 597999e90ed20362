//! Settings of the site, which v1 can only read.

mod system_info;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for settings.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::new(
        Method::GET,
        "/wiki/rest/api/settings/systemInfo",
        Flavour::V1,
        system_info::handle,
    )]
}
