//! Properties of pages, blog posts, folders, attachments, comments and spaces, which have the same
//! operations under six names.

mod change;
mod read;

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::v2::{attachment, page};
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::{Object, PageKind, PropertyId, PropertyRow, View};

/// The kind of thing whose properties a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Page(PageKind),
    Attachment,
    Comment,
    Space,
}

impl Of {
    /// Finds the object in the path.
    fn find(self, call: &Call, view: &View) -> Result<Object, Failure> {
        Ok(match self {
            Self::Page(kind) => Object::Page(page::find(call, view, kind)?.id()),
            Self::Attachment => Object::Attachment(view.attachment(attachment::id(call)?)?.id),
            Self::Comment => Object::Comment(view.comment(call.id("id")?)?.id),
            Self::Space => Object::Space(view.space(call.id("id")?)?.id()),
        })
    }

    /// Returns the property in the path; absent if it is a property of another object (A34).
    fn property<'v>(self, call: &Call, view: &'v View) -> Result<&'v PropertyRow, Failure> {
        let on = self.find(call, view)?;
        let row = view.property(call.id::<PropertyId>("property")?)?;
        if row.on == on {
            Ok(row)
        } else {
            Err(Failure::Absent)
        }
    }
}

/// Returns the routes for properties.
pub(crate) fn routes() -> Vec<Route> {
    const OF_PAGE: &str = "/wiki/api/v2/pages/{id}/properties";
    const PAGE_S: &str = "/wiki/api/v2/pages/{id}/properties/{property}";
    const OF_BLOG_POST: &str = "/wiki/api/v2/blogposts/{id}/properties";
    const BLOG_POST_S: &str = "/wiki/api/v2/blogposts/{id}/properties/{property}";
    const OF_FOLDER: &str = "/wiki/api/v2/folders/{id}/properties";
    const FOLDER_S: &str = "/wiki/api/v2/folders/{id}/properties/{property}";
    const OF_ATTACHMENT: &str = "/wiki/api/v2/attachments/{id}/properties";
    const ATTACHMENT_S: &str = "/wiki/api/v2/attachments/{id}/properties/{property}";
    const OF_COMMENT: &str = "/wiki/api/v2/comments/{id}/properties";
    const COMMENT_S: &str = "/wiki/api/v2/comments/{id}/properties/{property}";
    const OF_SPACE: &str = "/wiki/api/v2/spaces/{id}/properties";
    const SPACE_S: &str = "/wiki/api/v2/spaces/{id}/properties/{property}";
    let named = [
        (Of::Page(PageKind::Page), OF_PAGE, PAGE_S),
        (Of::Page(PageKind::BlogPost), OF_BLOG_POST, BLOG_POST_S),
        (Of::Page(PageKind::Folder), OF_FOLDER, FOLDER_S),
        (Of::Attachment, OF_ATTACHMENT, ATTACHMENT_S),
        (Of::Comment, OF_COMMENT, COMMENT_S),
        (Of::Space, OF_SPACE, SPACE_S),
    ];
    let routes = named.into_iter().flat_map(|(of, all, one)| {
        [
            Route::new(Method::GET, all, Flavour::V2, move |call| {
                read::handle_list(call, of)
            }),
            Route::new(Method::POST, all, Flavour::V2, move |call| {
                change::handle_create(call, of)
            }),
            Route::new(Method::GET, one, Flavour::V2, move |call| {
                read::handle(call, of)
            }),
            Route::new(Method::PUT, one, Flavour::V2, move |call| {
                change::handle_edit(call, of)
            }),
            Route::new(Method::DELETE, one, Flavour::V2, move |call| {
                change::handle_remove(call, of)
            }),
        ]
    });
    routes.collect()
}
