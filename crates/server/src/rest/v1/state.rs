//! Content states: the statuses of pages and blog posts, one by one or many at once, and the states
//! that a space offers.

mod many;
mod of_content;
mod of_space;
mod own;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for content states.
pub(crate) fn routes() -> Vec<Route> {
    const OWN: &str = "/wiki/rest/api/content-states";
    const DELETE: &str = "/wiki/rest/api/content-states/delete";
    const TASK: &str = "/wiki/rest/api/content-states/task/{id}";
    const OF_CONTENT: &str = "/wiki/rest/api/content/{id}/state";
    const AVAILABLE: &str = "/wiki/rest/api/content/{id}/state/available";
    const OF_SPACE: &str = "/wiki/rest/api/space/{key}/state";
    const SETTINGS: &str = "/wiki/rest/api/space/{key}/state/settings";
    const CONTENTS: &str = "/wiki/rest/api/space/{key}/state/content";
    vec![
        Route::new(Method::GET, OWN, Flavour::V1, own::handle),
        Route::new(Method::PUT, OWN, Flavour::V1, many::handle_set).narrowed_by(&["status"]),
        Route::new(Method::POST, DELETE, Flavour::V1, many::handle_remove).narrowed_by(&["status"]),
        Route::new(Method::GET, TASK, Flavour::V1, many::handle_task),
        Route::new(Method::GET, OF_CONTENT, Flavour::V1, of_content::handle),
        Route::new(Method::PUT, OF_CONTENT, Flavour::V1, of_content::handle_set)
            .narrowed_by(&["status"]),
        Route::new(
            Method::DELETE,
            OF_CONTENT,
            Flavour::V1,
            of_content::handle_remove,
        )
        .narrowed_by(&["status"]),
        Route::new(Method::GET, AVAILABLE, Flavour::V1, own::handle_available),
        Route::new(Method::GET, OF_SPACE, Flavour::V1, of_space::handle),
        Route::new(
            Method::GET,
            SETTINGS,
            Flavour::V1,
            of_space::handle_settings,
        ),
        Route::new(
            Method::GET,
            CONTENTS,
            Flavour::V1,
            of_space::handle_contents,
        ),
    ]
}
