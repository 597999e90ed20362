//! Settings of the site.

mod system_info;

use crate::route::{Flavour, Route};
use http::Method;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::new(
        Method::GET,
        "/wiki/rest/api/settings/systemInfo",
        Flavour::V1,
        system_info::handle,
    )]
}
