//! Attachments: their metadata, lists and thumbnails, and deleting them. Uploads are in v1 alone.

mod delete;
mod get;
mod list;
mod thumbnail;

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::file;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::{AttachmentId, AttachmentRow, ContentState, PageKind};

/// Returns the routes for attachments.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/api/v2/attachments";
    const ONE: &str = "/wiki/api/v2/attachments/{id}";
    const THUMBNAIL: &str = "/wiki/api/v2/attachments/{id}/thumbnail/download";
    const OF_PAGE: &str = "/wiki/api/v2/pages/{id}/attachments";
    const OF_BLOG_POST: &str = "/wiki/api/v2/blogposts/{id}/attachments";
    vec![
        Route::new(Method::GET, ALL, Flavour::V2, list::handle),
        Route::new(Method::GET, ONE, Flavour::V2, get::handle),
        Route::new(Method::DELETE, ONE, Flavour::V2, delete::handle).narrowed_by(&["purge"]),
        Route::new(Method::GET, THUMBNAIL, Flavour::V2, thumbnail::handle),
        Route::new(Method::GET, OF_PAGE, Flavour::V2, |call| {
            list::of_page(call, PageKind::Page)
        }),
        Route::new(Method::GET, OF_BLOG_POST, Flavour::V2, |call| {
            list::of_page(call, PageKind::BlogPost)
        }),
    ]
}

/// Reads the id in the path, with or without the prefix `att`.
pub(super) fn id(call: &Call) -> Result<AttachmentId, Failure> {
    file::attachment_id(call.param("id"))
}

/// Returns the attachment in the path. One in the trash is absent here; lists and v1 show it if it
/// is requested.
pub(super) fn find(call: &Call) -> Result<&AttachmentRow, Failure> {
    let row = call.view.attachment(id(call)?)?;
    match row.state {
        ContentState::Live => Ok(row),
        ContentState::Trashed => Err(Failure::Absent),
    }
}
