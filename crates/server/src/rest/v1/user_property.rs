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

/// The account in the path, for who may read its properties, or change them. It is
/// decided here first, so that a person who isn't shown takes no more than one who never
/// was.
fn account(call: &Call, writing: bool) -> Result<AccountId, Failure> {
    let account = call.id("user")?;
    call.view.require_user_properties(account, writing)?;
    Ok(account)
}
