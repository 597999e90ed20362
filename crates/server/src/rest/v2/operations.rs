//! `GET .../operations`: the operations that the caller may do on a page, blog post, folder,
//! comment, attachment or space.

use super::{attachment, comment, page};
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::operation::Operation;
use crate::route::{Answer, Flavour, Route};
use http::Method;
use narthex_access::{CommentPlace, Object, PageKind};
use serde::Serialize;

#[derive(Serialize)]
struct Operations {
    operations: Vec<Operation>,
}

/// Finds the object in the path that a route is about.
type Subject = fn(&Call) -> Result<Object, Failure>;

/// Returns the routes for operations.
pub(crate) fn routes() -> Vec<Route> {
    let subjects: [(&str, Subject); 7] = [
        ("/wiki/api/v2/pages/{id}/operations", |call| {
            of_page(call, PageKind::Page)
        }),
        ("/wiki/api/v2/blogposts/{id}/operations", |call| {
            of_page(call, PageKind::BlogPost)
        }),
        ("/wiki/api/v2/folders/{id}/operations", |call| {
            of_page(call, PageKind::Folder)
        }),
        ("/wiki/api/v2/footer-comments/{id}/operations", |call| {
            of_comment(call, CommentPlace::Footer)
        }),
        ("/wiki/api/v2/inline-comments/{id}/operations", |call| {
            of_comment(call, CommentPlace::Inline)
        }),
        ("/wiki/api/v2/attachments/{id}/operations", |call| {
            Ok(Object::Attachment(attachment::find(call)?.id))
        }),
        ("/wiki/api/v2/spaces/{id}/operations", |call| {
            Ok(Object::Space(call.view.space(call.id("id")?)?.id()))
        }),
    ];
    let route = |(address, subject): (_, Subject)| {
        Route::new(Method::GET, address, Flavour::V2, move |call| {
            handle(call, subject)
        })
    };
    subjects.into_iter().map(route).collect()
}

fn of_page(call: &Call, kind: PageKind) -> Result<Object, Failure> {
    Ok(Object::Page(page::find(call, &call.view, kind)?.id()))
}

fn of_comment(call: &Call, place: CommentPlace) -> Result<Object, Failure> {
    Ok(Object::Comment(comment::find(call, place)?.id))
}

async fn handle(call: Call, subject: Subject) -> Answer {
    let object = subject(&call)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Operations {
        operations: Operation::all(lens, object),
    })
}
