//! Users: the profiles of many at once, and the access of e-mail addresses.

mod bulk;
mod check_access;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the routes for users.
pub(crate) fn routes() -> Vec<Route> {
    const BULK: &str = "/wiki/api/v2/users-bulk";
    const CHECK: &str = "/wiki/api/v2/user/access/check-access-by-email";
    vec![
        Route::new(Method::POST, BULK, Flavour::V2, bulk::handle),
        Route::new(Method::POST, CHECK, Flavour::V2, check_access::handle),
    ]
}
