//! `/wiki/api/v2`: the second version of the API, with one file for each operation.
//!
//! Its objects are written by [`represent`]. Its lists are paged by cursors ([`super::keyset`]),
//! and `include-...` parameters embed further lists in an object. The first version's routes are in
//! [`super::v1`].

pub mod represent;

mod attachment;
mod comment;
mod content;
mod folder;
mod label;
mod like;
mod operations;
mod page;
mod property;
mod space;
mod space_permission;
mod space_role;
mod task;
mod user;
mod version;

use crate::route::Route;

/// Returns the routes of this version.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = space::routes();
    routes.extend(space_permission::routes());
    routes.extend(page::routes());
    routes.extend(folder::routes());
    routes.extend(comment::routes());
    routes.extend(attachment::routes());
    routes.extend(label::routes());
    routes.extend(like::routes());
    routes.extend(property::routes());
    routes.extend(version::routes());
    routes.extend(operations::routes());
    routes.extend(content::routes());
    routes.extend(user::routes());
    routes.extend(space_role::routes());
    routes.extend(task::routes());
    routes
}
