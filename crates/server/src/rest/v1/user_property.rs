//! User properties: what programs keep about people, under keys. They are a person's own,
//! and site administration's.

mod change;
mod read;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::AccountId;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/user/{user}/property";
    const ONE: &str = "/wiki/rest/api/user/{user}/property/{key}";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, read::handle_keys),
        Route::new(Method::GET, ONE, Flavour::V1, read::handle),
        Route::new(Method::POST, ONE, Flavour::V1, change::handle_create),
        Route::new(Method::PUT, ONE, Flavour::V1, change::handle_update),
        Route::new(Method::DELETE, ONE, Flavour::V1, change::handle_remove),
    ]
}

/// The account in the path. Whoever isn't logged in has none of its own: 401.
fn account(call: &Call) -> Result<AccountId, Failure> {
    call.require_account()?;
    call.id("user")
}
