//! Attachments.

mod delete;
mod get;
mod list;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::AttachmentId;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    const ONE: &str = "/wiki/api/v2/attachments/{id}";
    const OF_PAGE: &str = "/wiki/api/v2/pages/{id}/attachments";
    const OF_BLOG_POST: &str = "/wiki/api/v2/blogposts/{id}/attachments";
    vec![
        Route::new(Method::GET, ONE, Flavour::V2, get::handle),
        Route::new(Method::DELETE, ONE, Flavour::V2, delete::handle),
        Route::new(Method::GET, OF_PAGE, Flavour::V2, list::handle),
        Route::new(Method::GET, OF_BLOG_POST, Flavour::V2, list::handle),
    ]
}

/// The id in the path, with `att` or without.
pub(super) fn id(call: &Call) -> Result<AttachmentId, Failure> {
    let text = call.param("id");
    text.strip_prefix("att")
        .unwrap_or(text)
        .parse()
        .map_err(|_| Failure::Absent)
}
