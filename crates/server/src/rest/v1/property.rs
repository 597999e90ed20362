//! Properties of content and of spaces. Both have the same routes, which differ only in how the
//! content or space is found.

mod change;
mod list;
mod one;

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::v1::content::Any;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::{Object, View};

/// The parts of a property that are expanded if the request names none.
const DEFAULTS: [&str; 1] = ["version"];

/// The kind of thing whose properties a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Content,
    Space,
}

impl Of {
    /// Returns the guarded members that are read from the body of such a property.
    fn members(self) -> &'static [&'static str] {
        match self {
            Self::Content => &[],
            Self::Space => &["space"],
        }
    }

    /// Finds the content or space in the path.
    fn find(self, call: &Call, view: &View) -> Result<Object, Failure> {
        Ok(match self {
            Self::Content => Any::find(view, call.param("id"))?.object(),
            Self::Space => Object::Space(view.space_by_key(call.param("key"))?.id()),
        })
    }
}

/// Returns the routes for properties.
pub(crate) fn routes() -> Vec<Route> {
    const OF_CONTENT: &str = "/wiki/rest/api/content/{id}/property";
    const ONE_OF_CONTENT: &str = "/wiki/rest/api/content/{id}/property/{property}";
    const OF_SPACE: &str = "/wiki/rest/api/space/{key}/property";
    const ONE_OF_SPACE: &str = "/wiki/rest/api/space/{key}/property/{property}";
    let named = [
        (Of::Content, OF_CONTENT, ONE_OF_CONTENT),
        (Of::Space, OF_SPACE, ONE_OF_SPACE),
    ];
    let routes = named.into_iter().flat_map(|(of, all, one)| {
        [
            Route::new(Method::GET, all, Flavour::V1, move |call| {
                list::handle(call, of)
            }),
            Route::new(Method::POST, all, Flavour::V1, move |call| {
                change::handle_create(call, of)
            })
            .reads_members(of.members()),
            Route::new(Method::GET, one, Flavour::V1, move |call| {
                one::handle(call, of)
            }),
            Route::new(Method::POST, one, Flavour::V1, move |call| {
                change::handle_create_by_path(call, of)
            })
            .reads_members(of.members()),
            Route::new(Method::PUT, one, Flavour::V1, move |call| {
                change::handle_put(call, of)
            })
            .reads_members(of.members()),
            Route::new(Method::DELETE, one, Flavour::V1, move |call| {
                one::handle_remove(call, of)
            }),
        ]
    });
    routes.collect()
}
