//! Pages and blog posts, which have the same operations under two names. The lists of ancestors,
//! children and descendants serve folders too.

pub(super) mod ancestors;
pub(super) mod children;
mod create;
mod delete;
pub(super) mod descendants;
mod get;
mod list;
mod rename;
mod update;
pub(super) mod write_body;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::view::SeenPage;
use narthex_access::{PageKind, View};

/// Returns the routes for pages and blog posts.
pub(crate) fn routes() -> Vec<Route> {
    const PAGES: &str = "/wiki/api/v2/pages";
    const PAGE: &str = "/wiki/api/v2/pages/{id}";
    const BLOG_POSTS: &str = "/wiki/api/v2/blogposts";
    const BLOG_POST: &str = "/wiki/api/v2/blogposts/{id}";
    const OF_SPACE: &str = "/wiki/api/v2/spaces/{id}/pages";
    const POSTS_OF_SPACE: &str = "/wiki/api/v2/spaces/{id}/blogposts";
    const ANCESTORS: &str = "/wiki/api/v2/pages/{id}/ancestors";
    const CHILDREN: &str = "/wiki/api/v2/pages/{id}/children";
    const DIRECT_CHILDREN: &str = "/wiki/api/v2/pages/{id}/direct-children";
    const DESCENDANTS: &str = "/wiki/api/v2/pages/{id}/descendants";
    const TITLE: &str = "/wiki/api/v2/pages/{id}/title";
    let mut routes = vec![
        Route::new(Method::GET, ANCESTORS, Flavour::V2, |call| {
            ancestors::handle(call, PageKind::Page)
        }),
        Route::new(Method::GET, CHILDREN, Flavour::V2, children::handle_pages),
        Route::new(Method::GET, DIRECT_CHILDREN, Flavour::V2, |call| {
            children::handle(call, PageKind::Page)
        }),
        Route::new(Method::GET, DESCENDANTS, Flavour::V2, |call| {
            descendants::handle(call, PageKind::Page)
        }),
        Route::new(Method::PUT, TITLE, Flavour::V2, rename::handle).reads_members(&["status"]),
        Route::new(Method::GET, OF_SPACE, Flavour::V2, |call| {
            list::of_space(call, PageKind::Page)
        }),
        Route::new(Method::GET, POSTS_OF_SPACE, Flavour::V2, |call| {
            list::of_space(call, PageKind::BlogPost)
        }),
    ];
    let named = [
        (PageKind::Page, PAGES, PAGE),
        (PageKind::BlogPost, BLOG_POSTS, BLOG_POST),
    ];
    for (kind, all, one) in named {
        routes.extend([
            Route::new(Method::GET, all, Flavour::V2, move |call| {
                list::handle(call, kind)
            }),
            Route::new(Method::POST, all, Flavour::V2, move |call| {
                create::handle(call, kind)
            })
            .narrowed_by(&["private"])
            .reads_members(&["spaceId", "status", "parentId"]),
            Route::new(Method::GET, one, Flavour::V2, move |call| {
                get::handle(call, kind)
            })
            .kept(),
            Route::new(Method::PUT, one, Flavour::V2, move |call| {
                update::handle(call, kind)
            })
            .reads_members(&["spaceId", "status", "parentId"]),
            Route::new(Method::DELETE, one, Flavour::V2, move |call| {
                delete::handle(call, kind)
            })
            .narrowed_by(&["purge", "draft"]),
        ]);
    }
    routes
}

/// Returns the page, blog post or folder in the path; absent if it is of another kind.
pub(super) fn find<'v>(
    call: &Call,
    view: &'v View,
    kind: PageKind,
) -> Result<SeenPage<'v>, Failure> {
    let page = view.page(call.id("id")?)?;
    if page.row().kind == kind {
        Ok(page)
    } else {
        Err(Failure::Absent)
    }
}
