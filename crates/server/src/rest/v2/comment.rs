//! Comments below pages and blog posts, and at passages of them: the same uses
//! under two names.

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

/// The addresses of the comments at one place.
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

/// Their routes.
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
            }),
            Route::new(Method::GET, one, Flavour::V2, move |call| {
                get::handle(call, place)
            }),
            Route::new(Method::PUT, one, Flavour::V2, move |call| {
                update::handle(call, place)
            }),
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

/// The comment in the path, if it stands at the place. What is in the trash is
/// shown in lists and by v1, to who asks for it there.
pub(super) fn find(call: &Call, place: CommentPlace) -> Result<&CommentRow, Failure> {
    let row = call.view.comment(call.id("id")?)?;
    if row.place == place && row.state == ContentState::Live {
        Ok(row)
    } else {
        Err(Failure::Absent)
    }
}
