//! Watches: what an account watches, and the watchers of a page or space.

mod own;
mod watchers;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for watches.
pub(crate) fn routes() -> Vec<Route> {
    const CONTENT: &str = "/wiki/rest/api/user/watch/content/{id}";
    const LABEL: &str = "/wiki/rest/api/user/watch/label/{label}";
    const SPACE: &str = "/wiki/rest/api/user/watch/space/{key}";
    const OF_PAGE: &str = "/wiki/rest/api/content/{id}/notification/child-created";
    const OF_SPACE_OF_PAGE: &str = "/wiki/rest/api/content/{id}/notification/created";
    const OF_SPACE: &str = "/wiki/rest/api/space/{key}/watch";
    let mut routes = vec![
        Route::new(Method::GET, OF_PAGE, Flavour::V1, watchers::handle_page),
        Route::new(
            Method::GET,
            OF_SPACE_OF_PAGE,
            Flavour::V1,
            watchers::handle_space_of_page,
        ),
        Route::new(Method::GET, OF_SPACE, Flavour::V1, watchers::handle_space),
    ];
    let named = [
        (own::What::Content, CONTENT),
        (own::What::Label, LABEL),
        (own::What::Space, SPACE),
    ];
    for (what, one) in named {
        routes.extend([
            Route::new(Method::GET, one, Flavour::V1, move |call| {
                own::handle(call, what)
            }),
            Route::new(Method::POST, one, Flavour::V1, move |call| {
                own::handle_set(call, what, true)
            })
            .narrowed_by(&["accountId"]),
            Route::new(Method::DELETE, one, Flavour::V1, move |call| {
                own::handle_set(call, what, false)
            })
            .narrowed_by(&["accountId"]),
        ]);
    }
    routes
}
