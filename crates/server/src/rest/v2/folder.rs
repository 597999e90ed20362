//! Folders. The routes of their properties and operations are with those of pages, whose handlers
//! also list the content above and below a folder.

mod create;
mod delete;
mod get;

use super::page::{ancestors, children, descendants};
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::PageKind;

/// Returns the routes for folders.
pub(crate) fn routes() -> Vec<Route> {
    const FOLDERS: &str = "/wiki/api/v2/folders";
    const FOLDER: &str = "/wiki/api/v2/folders/{id}";
    const ANCESTORS: &str = "/wiki/api/v2/folders/{id}/ancestors";
    const DIRECT_CHILDREN: &str = "/wiki/api/v2/folders/{id}/direct-children";
    const DESCENDANTS: &str = "/wiki/api/v2/folders/{id}/descendants";
    vec![
        Route::new(Method::POST, FOLDERS, Flavour::V2, create::handle)
            .reads_members(&["spaceId", "parentId"]),
        Route::new(Method::GET, FOLDER, Flavour::V2, get::handle).kept(),
        Route::new(Method::DELETE, FOLDER, Flavour::V2, delete::handle),
        Route::new(Method::GET, ANCESTORS, Flavour::V2, |call| {
            ancestors::handle(call, PageKind::Folder)
        }),
        Route::new(Method::GET, DIRECT_CHILDREN, Flavour::V2, |call| {
            children::handle(call, PageKind::Folder)
        }),
        Route::new(Method::GET, DESCENDANTS, Flavour::V2, |call| {
            descendants::handle(call, PageKind::Folder)
        }),
    ]
}
