//! Versions of pages, blog posts, comments and attachments, for people who see the past of these
//! (law 2.24).

mod get;
mod list;

use super::{attachment, comment, page};
use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::{CommentPlace, PageKind};
use narthex_site::version::Versioned;

/// Finds the object in the path whose versions a route is about.
type Subject = fn(&Call) -> Result<Versioned, Failure>;

/// Returns the routes for versions.
pub(crate) fn routes() -> Vec<Route> {
    let subjects: [(&str, &str, &str, Subject); 5] = [
        (
            "page",
            "/wiki/api/v2/pages/{id}/versions",
            "/wiki/api/v2/pages/{id}/versions/{number}",
            |call| of_page(call, PageKind::Page),
        ),
        (
            "blogpost",
            "/wiki/api/v2/blogposts/{id}/versions",
            "/wiki/api/v2/blogposts/{id}/versions/{number}",
            |call| of_page(call, PageKind::BlogPost),
        ),
        (
            "comment",
            "/wiki/api/v2/footer-comments/{id}/versions",
            "/wiki/api/v2/footer-comments/{id}/versions/{number}",
            |call| of_comment(call, CommentPlace::Footer),
        ),
        (
            "comment",
            "/wiki/api/v2/inline-comments/{id}/versions",
            "/wiki/api/v2/inline-comments/{id}/versions/{number}",
            |call| of_comment(call, CommentPlace::Inline),
        ),
        (
            "attachment",
            "/wiki/api/v2/attachments/{id}/versions",
            "/wiki/api/v2/attachments/{id}/versions/{number}",
            |call| Ok(Versioned::Attachment(attachment::find(call)?.id)),
        ),
    ];
    let mut routes = Vec::new();
    for (name, all, one, subject) in subjects {
        routes.push(Route::new(Method::GET, all, Flavour::V2, move |call| {
            list::handle(call, subject, name)
        }));
        routes.push(Route::new(Method::GET, one, Flavour::V2, move |call| {
            get::handle(call, subject)
        }));
    }
    routes
}

fn of_page(call: &Call, kind: PageKind) -> Result<Versioned, Failure> {
    Ok(Versioned::Page(page::find(call, &call.view, kind)?.id()))
}

fn of_comment(call: &Call, place: CommentPlace) -> Result<Versioned, Failure> {
    Ok(Versioned::Comment(comment::find(call, place)?.id))
}
