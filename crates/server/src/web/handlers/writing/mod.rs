//! The handlers that write: spaces, pages, comments, and the restrictions of a page.

mod comment;
mod create_page;
mod create_space;
mod delete_page;
mod edit_page;
mod editor;
mod move_page;
mod restrictions;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route, TypedField, TypedForm};
use crate::web::paths;
use http::Method;
use narthex_access::PageId;
use narthex_access::view::SeenPage;
use narthex_site::address;

/// The form of the editor.
const PAGE_FORM: TypedForm = TypedForm {
    fields: &[
        TypedField {
            name: "title",
            label: "Title",
            is_long: false,
        },
        TypedField {
            name: "body",
            label: "Text",
            is_long: true,
        },
        TypedField {
            name: "message",
            label: "What changes",
            is_long: false,
        },
    ],
    carried: &["version", "parent", "do"],
};

/// The form for a comment.
const COMMENT_FORM: TypedForm = TypedForm {
    fields: &[TypedField {
        name: "comment",
        label: "Comment",
        is_long: true,
    }],
    carried: &["do"],
};

/// Returns the routes of this module.
pub(super) fn routes() -> Vec<Route> {
    let html = Flavour::Html;
    vec![
        Route::new(Method::GET, paths::CREATE_SPACE, html, create_space::show),
        Route::new(
            Method::POST,
            paths::CREATE_SPACE,
            html,
            create_space::create,
        ),
        Route::new(Method::GET, paths::CREATE_PAGE, html, create_page::show),
        Route::new(Method::POST, paths::CREATE_PAGE, html, create_page::create).typed(&PAGE_FORM),
        Route::new(Method::GET, paths::EDIT_PAGE, html, edit_page::show),
        Route::new(Method::POST, paths::EDIT_PAGE, html, edit_page::edit).typed(&PAGE_FORM),
        Route::new(Method::GET, paths::DELETE_PAGE, html, delete_page::show),
        Route::new(Method::POST, paths::DELETE_PAGE, html, delete_page::delete),
        Route::new(Method::GET, paths::RESTRICTIONS, html, restrictions::show),
        Route::new(Method::POST, paths::RESTRICTIONS, html, restrictions::set),
        Route::new(
            Method::POST,
            paths::MOVE_PAGE,
            Flavour::V1,
            move_page::handle,
        )
        .narrowed_by(&["spaceKey"]),
        Route::new(
            Method::POST,
            "/wiki/spaces/{key}/pages/{id}",
            html,
            comment::on_page,
        )
        .typed(&COMMENT_FORM),
        Route::new(
            Method::POST,
            "/wiki/spaces/{key}/pages/{id}/{title}",
            html,
            comment::on_page,
        )
        .typed(&COMMENT_FORM),
        Route::new(
            Method::POST,
            "/wiki/spaces/{key}/blog/{*place}",
            html,
            comment::on_blog_post,
        )
        .typed(&COMMENT_FORM),
    ]
}

/// Returns the page that the query names by `pageId`, if the caller sees it.
fn page_asked(call: &Call) -> Result<SeenPage<'_>, Failure> {
    let query = call.query();
    let id: Option<PageId> = query.get("pageId").and_then(|id| id.parse().ok());
    Ok(call.view.page(id.ok_or(Failure::Absent)?)?)
}

/// Returns the address of a page that the caller sees.
fn path_of(call: &Call, page: SeenPage<'_>) -> Result<String, Failure> {
    let space = call.view.space(page.row().space)?;
    Ok(address::page(&space.row().key, page.row()))
}
