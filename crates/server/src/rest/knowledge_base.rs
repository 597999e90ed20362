//! The knowledge-base call that the project exists for (law 5), and its extensions: reading the
//! switches, setting those of many spaces, and rehearsing a change.

mod exposure;
mod get_space;
mod get_spaces;
mod set_space;
mod set_spaces;
mod switches;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes of this API. The switch is the last segment, in any case.
pub(crate) fn routes() -> Vec<Route> {
    const SPACE: &str = "/wiki/rest/knowledge-base/1.0/permissions/space";
    const SPACES: &str = "/wiki/rest/knowledge-base/1.0/permissions/spaces";
    const SWITCH: &str = "/wiki/rest/knowledge-base/1.0/permissions/space/{switch}";
    vec![
        Route::new(Method::POST, SWITCH, Flavour::V1, set_space::handle)
            .reads_members(&["spaceKey"])
            .shows_nothing()
            .rehearsed(),
        Route::new(Method::GET, SPACE, Flavour::V1, get_space::handle),
        Route::new(Method::GET, SPACES, Flavour::V1, get_spaces::handle),
        Route::new(Method::POST, SPACES, Flavour::V1, set_spaces::handle)
            .shows_nothing()
            .rehearsed(),
    ]
}
