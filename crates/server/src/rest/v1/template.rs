//! Templates: `/wiki/rest/api/template`. A space template is visible to people who can view the
//! space, a site template to the licensed.

mod create;
mod delete;
mod get;
mod list;
mod update;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for templates.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/template";
    const PAGES: &str = "/wiki/rest/api/template/page";
    const ONE: &str = "/wiki/rest/api/template/{id}";
    vec![
        Route::new(Method::POST, ALL, Flavour::V1, create::handle).reads_members(&["space"]),
        Route::new(Method::PUT, ALL, Flavour::V1, update::handle).reads_members(&["space"]),
        Route::new(Method::GET, PAGES, Flavour::V1, list::handle),
        Route::new(Method::GET, ONE, Flavour::V1, get::handle),
        Route::new(Method::DELETE, ONE, Flavour::V1, delete::handle),
    ]
}
