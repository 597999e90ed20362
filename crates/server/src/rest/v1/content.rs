//! Pages and blog posts; comments and attachments where they are asked for as content.

mod any;
mod check_permission;
mod children;
mod create;
mod delete;
mod download;
mod get;
mod list;
mod update;
mod upload;
mod write_body;

pub(super) use any::Any;

use crate::route::{Flavour, Route};
use http::Method;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/content";
    const ONE: &str = "/wiki/rest/api/content/{id}";
    const CHECK: &str = "/wiki/rest/api/content/{id}/permission/check";
    const PAGES: &str = "/wiki/rest/api/content/{id}/child/page";
    const COMMENTS: &str = "/wiki/rest/api/content/{id}/child/comment";
    const ATTACHMENTS: &str = "/wiki/rest/api/content/{id}/child/attachment";
    const DATA: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}/data";
    const DOWNLOAD: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}/download";
    const BY_NAME: &str = "/wiki/download/attachments/{id}/{file}";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, list::handle),
        Route::new(Method::POST, ALL, Flavour::V1, create::handle),
        Route::new(Method::GET, ONE, Flavour::V1, get::handle).kept(),
        Route::new(Method::PUT, ONE, Flavour::V1, update::handle),
        Route::new(Method::DELETE, ONE, Flavour::V1, delete::handle),
        Route::new(Method::POST, CHECK, Flavour::V1, check_permission::handle),
        Route::new(Method::GET, PAGES, Flavour::V1, children::handle_pages),
        Route::new(
            Method::GET,
            COMMENTS,
            Flavour::V1,
            children::handle_comments,
        ),
        Route::new(
            Method::GET,
            ATTACHMENTS,
            Flavour::V1,
            children::handle_attachments,
        ),
        Route::new(Method::POST, ATTACHMENTS, Flavour::V1, upload::handle_new),
        Route::new(
            Method::PUT,
            ATTACHMENTS,
            Flavour::V1,
            upload::handle_new_or_version,
        ),
        Route::new(Method::POST, DATA, Flavour::V1, upload::handle_version),
        Route::new(Method::GET, DOWNLOAD, Flavour::V1, download::handle_by_id),
        Route::new(
            Method::GET,
            BY_NAME,
            Flavour::Html,
            download::handle_by_name,
        ),
    ]
}
