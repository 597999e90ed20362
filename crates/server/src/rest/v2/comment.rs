//! Comments: footer comments below pages and blog posts, and inline comments at passages of them.
//! Both have the same operations under two names.

mod create;
mod delete;
mod get;
mod list;
mod update;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::{CommentPlace, CommentRow, ContentState, PageKind};

/// The addresses of the comments of one kind.
struct Addresses {
    place: CommentPlace,
    all: &'static str,
    one: &'static str,
    answers: &'static str,
    of_page: &'static str,
    of_blog_post: &'static str,
}

const FOOTER: Addresses = Addresses {
    place: CommentPlace::Footer,
    all: "/wiki/api/v2/footer-comments",
    one: "/wiki/api/v2/footer-comments/{id}",
    answers: "/wiki/api/v2/footer-comments/{id}/children",
    of_page: "/wiki/api/v2/pages/{id}/footer-comments",
    of_blog_post: "/wiki/api/v2/blogposts/{id}/footer-comments",
};

const INLINE: Addresses = Addresses {
    place: CommentPlace::Inline,
    all: "/wiki/api/v2/inline-comments",
    one: "/wiki/api/v2/inline-comments/{id}",
    answers: "/wiki/api/v2/inline-comments/{id}/children",
    of_page: "/wiki/api/v2/pages/{id}/inline-comments",
    of_blog_post: "/wiki/api/v2/blogposts/{id}/inline-comments",
};

/// Returns the guarded members that creating a comment reads.
fn new_members(place: CommentPlace) -> &'static [&'static str] {
    match place {
        CommentPlace::Inline => &[
            "pageId",
            "blogPostId",
            "parentCommentId",
            "inlineCommentProperties",
        ],
        CommentPlace::Footer => &[
            "pageId",
            "blogPostId",
            "parentCommentId",
            "attachmentId",
            "customContentId",
        ],
    }
}

/// Returns the guarded members that editing a comment reads. Those of its place must name where it
/// is.
fn edit_members(place: CommentPlace) -> &'static [&'static str] {
    match place {
        CommentPlace::Inline => &["resolved", "pageId", "blogPostId", "parentCommentId"],
        CommentPlace::Footer => &["pageId", "blogPostId", "parentCommentId"],
    }
}

/// Returns the routes for comments.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    for Addresses {
        place,
        all,
        one,
        answers,
        of_page,
        of_blog_post,
    } in [FOOTER, INLINE]
    {
        routes.extend([
            Route::new(Method::GET, all, Flavour::V2, move |call| {
                list::handle(call, place)
            }),
            Route::new(Method::POST, all, Flavour::V2, move |call| {
                create::handle(call, place)
            })
            .reads_members(new_members(place)),
            Route::new(Method::GET, one, Flavour::V2, move |call| {
                get::handle(call, place)
            }),
            Route::new(Method::PUT, one, Flavour::V2, move |call| {
                update::handle(call, place)
            })
            .reads_members(edit_members(place)),
            Route::new(Method::DELETE, one, Flavour::V2, move |call| {
                delete::handle(call, place)
            }),
            Route::new(Method::GET, answers, Flavour::V2, move |call| {
                list::of_comment(call, place)
            }),
            Route::new(Method::GET, of_page, Flavour::V2, move |call| {
                list::of_page(call, place, PageKind::Page)
            }),
            Route::new(Method::GET, of_blog_post, Flavour::V2, move |call| {
                list::of_page(call, place, PageKind::BlogPost)
            }),
        ]);
    }
    routes.push(Route::new(
        Method::GET,
        "/wiki/api/v2/attachments/{id}/footer-comments",
        Flavour::V2,
        list::of_attachment,
    ));
    routes
}

/// Returns the comment in the path, if it is of this kind. One in the trash is absent here; lists
/// and v1 show it if it is requested.
pub(super) fn find(call: &Call, place: CommentPlace) -> Result<&CommentRow, Failure> {
    let row = call.view.comment(call.id("id")?)?;
    if row.place == place && row.state == ContentState::Live {
        Ok(row)
    } else {
        Err(Failure::Absent)
    }
}
