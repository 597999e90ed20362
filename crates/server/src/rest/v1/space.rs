//! Spaces: their lists, their properties such as name and home page, their content and their
//! permissions.

mod add_permission;
mod content;
mod create;
mod delete;
mod get;
mod list;
mod permissions;
mod remove_permission;
mod settings;
mod update;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for spaces.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/space";
    const PRIVATE: &str = "/wiki/rest/api/space/_private";
    const ONE: &str = "/wiki/rest/api/space/{key}";
    const CONTENT: &str = "/wiki/rest/api/space/{key}/content";
    const CONTENT_OF_TYPE: &str = "/wiki/rest/api/space/{key}/content/{type}";
    const SETTINGS: &str = "/wiki/rest/api/space/{key}/settings";
    const PERMISSIONS: &str = "/wiki/rest/api/space/{key}/permission";
    const PERMISSION: &str = "/wiki/rest/api/space/{key}/permission/{id}";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, list::handle),
        Route::new(Method::POST, ALL, Flavour::V1, create::handle).reads_members(&["permissions"]),
        Route::new(Method::POST, PRIVATE, Flavour::V1, create::handle_private)
            .reads_members(&["permissions"]),
        Route::new(Method::GET, ONE, Flavour::V1, get::handle),
        Route::new(Method::PUT, ONE, Flavour::V1, update::handle).reads_members(&["status"]),
        Route::new(Method::DELETE, ONE, Flavour::V1, delete::handle).shows_nothing(),
        Route::new(Method::GET, CONTENT, Flavour::V1, content::handle),
        Route::new(
            Method::GET,
            CONTENT_OF_TYPE,
            Flavour::V1,
            content::handle_one_type,
        ),
        Route::new(Method::GET, SETTINGS, Flavour::V1, settings::handle),
        Route::new(
            Method::POST,
            PERMISSIONS,
            Flavour::V1,
            add_permission::handle,
        )
        .reads_members(&["operation"])
        .shows_nothing(),
        Route::new(
            Method::DELETE,
            PERMISSION,
            Flavour::V1,
            remove_permission::handle,
        )
        .shows_nothing(),
    ]
}
