//! What answers the addresses of the pages: one file a page or family of pages.

mod admin;
mod assets;
mod entry;
mod exposure;
mod home;
mod page;
mod space;
mod tree;

use crate::route::Route;

/// The routes of the pages.
pub(crate) fn routes() -> Vec<Route> {
    [
        admin::routes(),
        assets::routes(),
        entry::routes(),
        home::routes(),
        page::routes(),
        space::routes(),
    ]
    .concat()
}
