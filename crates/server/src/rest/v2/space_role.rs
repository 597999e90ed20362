//! Space roles: named sets of permissions (law 4.1).

mod create;
mod delete;
mod get;
mod list;
mod mode;
mod read;
mod update;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for space roles.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/api/v2/space-roles";
    const ONE: &str = "/wiki/api/v2/space-roles/{id}";
    const MODE: &str = "/wiki/api/v2/space-role-mode";
    vec![
        Route::new(Method::GET, ALL, Flavour::V2, list::handle),
        Route::new(Method::POST, ALL, Flavour::V2, create::handle),
        Route::new(Method::GET, ONE, Flavour::V2, get::handle),
        Route::new(Method::PUT, ONE, Flavour::V2, update::handle),
        Route::new(Method::DELETE, ONE, Flavour::V2, delete::handle),
        Route::new(Method::GET, MODE, Flavour::V2, mode::handle),
    ]
}
