//! The handlers of the pages: one file per page or family of pages.

mod admin;
mod assets;
mod drafts;
mod entry;
mod exposure;
mod home;
mod old_address;
mod own_account;
mod own_token;
mod page;
mod page_access;
mod password_again;
mod profile;
mod readers;
mod search;
mod sheet;
mod space;
mod space_permissions;
mod trash;
mod tree;
mod writing;

use crate::route::Route;

/// Returns the routes of the pages.
pub(crate) fn routes() -> Vec<Route> {
    [
        admin::routes(),
        assets::routes(),
        drafts::routes(),
        entry::routes(),
        home::routes(),
        old_address::routes(),
        own_account::routes(),
        own_token::routes(),
        page::routes(),
        page_access::routes(),
        profile::routes(),
        search::routes(),
        space::routes(),
        space_permissions::routes(),
        trash::routes(),
        writing::routes(),
    ]
    .concat()
}
