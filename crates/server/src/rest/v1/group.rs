//! Groups.

mod create;
mod delete;
mod get;
mod list;
mod members;
mod membership;
mod picker;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Flavour, Route};
use http::Method;
use narthex_access::{GroupRow, Refusal, View};

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/rest/api/group";
    const BY_ID: &str = "/wiki/rest/api/group/by-id";
    const BY_NAME: &str = "/wiki/rest/api/group/by-name";
    const PICKER: &str = "/wiki/rest/api/group/picker";
    const MEMBER: &str = "/wiki/rest/api/group/member";
    const USER: &str = "/wiki/rest/api/group/user";
    const USER_BY_ID: &str = "/wiki/rest/api/group/userByGroupId";
    const NAMED: &str = "/wiki/rest/api/group/{group}";
    const NAMED_MEMBERS: &str = "/wiki/rest/api/group/{group}/member";
    const MEMBERS: &str = "/wiki/rest/api/group/{group}/membersByGroupId";
    vec![
        Route::new(Method::GET, ALL, Flavour::V1, list::handle),
        Route::new(Method::POST, ALL, Flavour::V1, create::handle),
        Route::new(Method::DELETE, ALL, Flavour::V1, delete::handle_by_name),
        Route::new(Method::GET, BY_ID, Flavour::V1, get::handle_by_id),
        Route::new(Method::DELETE, BY_ID, Flavour::V1, delete::handle_by_id),
        Route::new(Method::GET, BY_NAME, Flavour::V1, get::handle_by_name),
        Route::new(Method::GET, PICKER, Flavour::V1, picker::handle),
        Route::new(Method::GET, MEMBER, Flavour::V1, members::handle_by_query),
        Route::new(
            Method::POST,
            USER,
            Flavour::V1,
            membership::handle_add_by_name,
        ),
        Route::new(
            Method::DELETE,
            USER,
            Flavour::V1,
            membership::handle_remove_by_name,
        ),
        Route::new(
            Method::POST,
            USER_BY_ID,
            Flavour::V1,
            membership::handle_add_by_id,
        ),
        Route::new(
            Method::DELETE,
            USER_BY_ID,
            Flavour::V1,
            membership::handle_remove_by_id,
        ),
        Route::new(Method::GET, NAMED, Flavour::V1, get::handle_in_path),
        Route::new(
            Method::GET,
            NAMED_MEMBERS,
            Flavour::V1,
            members::handle_by_name,
        ),
        Route::new(Method::GET, MEMBERS, Flavour::V1, members::handle_by_id),
    ]
}

/// The group with an id as text: what can't be an id names no group.
fn by_id<'v>(view: &'v View, id: &str) -> Result<&'v GroupRow, Failure> {
    // Who may not see groups is told so whatever it asks for (law 6.3).
    let _ = view.groups()?;
    Ok(view.group(id.parse().map_err(|_| Failure::Absent)?)?)
}

/// The group with a name, in any case.
fn by_name<'v>(view: &'v View, name: &str) -> Result<&'v GroupRow, Refusal> {
    view.group_by_name(name)
}

/// 401 to nobody, before anything is said of groups.
fn require_somebody(call: &Call) -> Result<(), Failure> {
    call.require_account().map(|_| ())
}
