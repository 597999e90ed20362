//! Restrictions of a page: reading and changing all lists at once, or one user or group.

mod by_operation;
mod group;
mod lists;
mod user;

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::v1::former_names;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::view::SeenPage;
use narthex_access::{Principal, RestrictionKind, View};
use narthex_site::restriction::Restrict;

/// Returns the routes for restrictions.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/content/{id}/restriction";
    const BY_OPERATION: &str = "/wiki/rest/api/content/{id}/restriction/byOperation";
    const ONE: &str = "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}";
    const GROUP: &str =
        "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}/group/{group}";
    const GROUP_ID: &str =
        "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}/byGroupId/{group}";
    const USER: &str = "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}/user";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, lists::handle_get),
        Route::new(Method::PUT, ALL, Flavour::V1, lists::handle_put),
        Route::new(Method::POST, ALL, Flavour::V1, lists::handle_post),
        Route::new(Method::DELETE, ALL, Flavour::V1, lists::handle_delete),
        Route::new(
            Method::GET,
            BY_OPERATION,
            Flavour::V1,
            by_operation::handle_both,
        ),
        Route::new(Method::GET, ONE, Flavour::V1, by_operation::handle_one),
        Route::new(Method::GET, GROUP, Flavour::V1, group::handle_get),
        Route::new(Method::PUT, GROUP, Flavour::V1, group::handle_put),
        Route::new(Method::DELETE, GROUP, Flavour::V1, group::handle_delete),
        Route::new(Method::GET, GROUP_ID, Flavour::V1, group::handle_get),
        Route::new(Method::PUT, GROUP_ID, Flavour::V1, group::handle_put),
        Route::new(Method::DELETE, GROUP_ID, Flavour::V1, group::handle_delete),
        Route::new(Method::GET, USER, Flavour::V1, user::handle_get),
        Route::new(Method::PUT, USER, Flavour::V1, user::handle_put).narrowed_by(&["accountId"]),
        Route::new(Method::DELETE, USER, Flavour::V1, user::handle_delete)
            .narrowed_by(&["accountId"]),
    ]
}

/// Returns the page in the path.
fn page<'v>(call: &Call, view: &'v View) -> Result<SeenPage<'v>, Failure> {
    Ok(view.page(call.id("id")?)?)
}

/// Reads the operation in the path.
fn operation(call: &Call) -> Result<RestrictionKind, Failure> {
    RestrictionKind::from_word(call.param("operation"))
        .ok_or_else(|| Failure::bad_request("the operation in the path must be read or update"))
}

/// Reads the account in the query.
fn account(call: &Call) -> Result<Principal, Failure> {
    let query = call.query();
    former_names::refuse(&query)?;
    let id = query.required("accountId")?;
    id.parse().map(Principal::Account).map_err(|_| {
        Failure::bad_request("the query parameter \"accountId\" must be the id of an account")
    })
}

/// Returns a group by its id, or by its name if the caller may see groups.
fn group_of(view: &View, text: &str) -> Result<Principal, Failure> {
    match text.parse() {
        Ok(id) => Ok(Principal::Group(id)),
        Err(_) => Ok(Principal::Group(view.group_by_name(text)?.id)),
    }
}

/// Changes the restrictions of the page in the path.
async fn change(call: &Call, how: Restrict) -> Result<(), Failure> {
    let id = page(call, &call.view)?.id();
    Ok(call
        .app
        .site
        .restrict_page(&call.credential, id, how)
        .await?)
}
