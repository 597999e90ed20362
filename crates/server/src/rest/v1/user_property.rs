//! User properties: data that programs store about people, under keys. They are for the person and
//! for site administrators.

mod change;
mod read;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::AccountId;

/// Returns the routes for user properties.
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

/// Returns the account in the path, if the caller may read its properties, or with `writing` change
/// them. This is decided first, so that a hidden account takes no longer than one that never
/// existed.
fn account(call: &Call, writing: bool) -> Result<AccountId, Failure> {
    let account = call.id("user")?;
    call.view.require_user_properties(account, writing)?;
    Ok(account)
}
