//! Pages and blog posts; comments and attachments where they are asked for as content.

mod any;
mod check_permission;
mod children;
mod create;
mod delete;
mod get;
mod list;
mod update;
mod write_body;

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
    ]
}
