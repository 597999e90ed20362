//! What answers the addresses of the pages: one file a page or family of pages.

mod admin;
mod entry;
mod exposure;

use crate::route::Route;

/// The routes of the pages.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = entry::routes();
    routes.extend(admin::routes());
    routes
}
