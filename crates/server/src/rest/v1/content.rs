//! Pages, blog posts and folders; comments and attachments where a request addresses them as
//! content. Each operation has its file; [`any`] finds content of whatever type by its id.

pub(super) mod any;
mod archive;
mod check_permission;
mod children;
mod copy;
mod copy_tree;
mod create;
mod delete;
mod descendants;
mod get;
mod history;
mod list;
mod move_page;
mod page_tree;
mod publish_draft;
mod same;
mod status;
mod update;
pub(super) mod write_body;

pub(super) use any::Any;
pub(super) use get::STATUSES;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for content.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/content";
    const ONE: &str = "/wiki/rest/api/content/{id}";
    const CHECK: &str = "/wiki/rest/api/content/{id}/permission/check";
    const DRAFT: &str = "/wiki/rest/api/content/blueprint/instance/{draft}";
    const ARCHIVE: &str = "/wiki/rest/api/content/archive";
    const MOVE: &str = "/wiki/rest/api/content/{id}/move/{position}/{target}";
    const COPY: &str = "/wiki/rest/api/content/{id}/copy";
    const COPY_TREE: &str = "/wiki/rest/api/content/{id}/pagehierarchy/copy";
    const TREE: &str = "/wiki/rest/api/content/{id}/pageTree";
    const HISTORY: &str = "/wiki/rest/api/content/{id}/history";
    const BELOW: &str = "/wiki/rest/api/content/{id}/child";
    const OTHERS: &str = "/wiki/rest/api/content/{id}/child/{type}";
    const DESCENDANTS: &str = "/wiki/rest/api/content/{id}/descendant";
    const DESCENDANTS_OF_TYPE: &str = "/wiki/rest/api/content/{id}/descendant/{type}";
    const PAGES: &str = "/wiki/rest/api/content/{id}/child/page";
    const COMMENTS: &str = "/wiki/rest/api/content/{id}/child/comment";
    const ATTACHMENTS: &str = "/wiki/rest/api/content/{id}/child/attachment";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, list::handle),
        Route::new(Method::POST, ALL, Flavour::V1, create::handle)
            .narrowed_by(&["status"])
            .reads_members(&["status", "space", "ancestors", "container", "extensions"]),
        Route::new(Method::GET, ONE, Flavour::V1, get::handle).kept(),
        Route::new(Method::PUT, ONE, Flavour::V1, update::handle)
            .narrowed_by(&["status"])
            .reads_members(&["status", "space", "ancestors", "container", "extensions"]),
        Route::new(Method::DELETE, ONE, Flavour::V1, delete::handle).narrowed_by(&["status"]),
        Route::new(Method::POST, CHECK, Flavour::V1, check_permission::handle)
            .reads_members(&["operation"]),
        Route::new(Method::PUT, DRAFT, Flavour::V1, publish_draft::handle)
            .narrowed_by(&["status"])
            .reads_members(&["status", "space", "ancestors"]),
        Route::new(Method::POST, DRAFT, Flavour::V1, publish_draft::handle)
            .narrowed_by(&["status"])
            .reads_members(&["status", "space", "ancestors"]),
        Route::new(Method::POST, ARCHIVE, Flavour::V1, archive::handle),
        Route::new(Method::PUT, MOVE, Flavour::V1, move_page::handle),
        Route::new(Method::POST, COPY, Flavour::V1, copy::handle),
        Route::new(Method::POST, COPY_TREE, Flavour::V1, copy_tree::handle),
        Route::new(Method::DELETE, TREE, Flavour::V1, page_tree::handle),
        Route::new(Method::GET, HISTORY, Flavour::V1, history::handle),
        Route::new(Method::GET, BELOW, Flavour::V1, children::handle_by_type),
        Route::new(Method::GET, OTHERS, Flavour::V1, children::handle_others),
        Route::new(
            Method::GET,
            DESCENDANTS,
            Flavour::V1,
            descendants::handle_by_type,
        ),
        Route::new(
            Method::GET,
            DESCENDANTS_OF_TYPE,
            Flavour::V1,
            descendants::handle_one_type,
        ),
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
