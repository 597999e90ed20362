//! Spaces: their list, creating one, and the permissions and role assignments of one.

mod create;
mod get;
mod list;
mod permissions;
mod role_assignments;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for spaces.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/api/v2/spaces";
    const ONE: &str = "/wiki/api/v2/spaces/{id}";
    const PERMISSIONS: &str = "/wiki/api/v2/spaces/{id}/permissions";
    const ROLES: &str = "/wiki/api/v2/spaces/{id}/role-assignments";
    vec![
        Route::new(Method::GET, ALL, Flavour::V2, list::handle),
        Route::new(Method::POST, ALL, Flavour::V2, create::handle).reads_members(&[
            "createPrivateSpace",
            "roleAssignments",
            "copySpaceAccessConfiguration",
        ]),
        Route::new(Method::GET, ONE, Flavour::V2, get::handle),
        Route::new(Method::GET, PERMISSIONS, Flavour::V2, permissions::handle),
        Route::new(Method::GET, ROLES, Flavour::V2, role_assignments::handle),
        Route::new(Method::POST, ROLES, Flavour::V2, role_assignments::assign),
    ]
}
