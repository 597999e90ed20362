//! Attachments of pages and blog posts: their uploads, their metadata and their bytes.

mod download;
mod update;
mod upload;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for attachments.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/content/{id}/child/attachment";
    const ONE: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}";
    const DATA: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}/data";
    const DOWNLOAD: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}/download";
    const BY_NAME: &str = "/wiki/download/attachments/{id}/{file}";
    const THUMBNAIL: &str = "/wiki/download/thumbnails/{id}/{file}";
    let (v1, html) = (Flavour::V1, Flavour::Html);
    vec![
        Route::new(Method::POST, ALL, v1, upload::handle_new).narrowed_by(&["status"]),
        Route::new(Method::PUT, ALL, v1, upload::handle_new_or_version).narrowed_by(&["status"]),
        Route::new(Method::PUT, ONE, v1, update::handle).reads_members(&[
            "status",
            "container",
            "extensions",
        ]),
        Route::new(Method::POST, DATA, v1, upload::handle_version).narrowed_by(&["status"]),
        Route::new(Method::GET, DOWNLOAD, v1, download::handle_by_id),
        Route::new(Method::GET, BY_NAME, html, download::handle_by_name),
        Route::new(Method::GET, THUMBNAIL, html, download::handle_thumbnail),
    ]
}
