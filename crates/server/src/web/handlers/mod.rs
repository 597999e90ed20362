//! What answers the addresses of the pages: one file a page or family of pages.

use crate::route::Route;

/// The routes of the pages.
pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}
