//! What answers the addresses of the pages: one file a page or family of pages.

mod assets;
mod home;
mod page;
mod space;
mod tree;

use crate::route::Route;

/// The routes of the pages.
pub(crate) fn routes() -> Vec<Route> {
    [
        assets::routes(),
        home::routes(),
        space::routes(),
        page::routes(),
    ]
    .concat()
}
