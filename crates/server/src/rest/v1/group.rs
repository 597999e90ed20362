//! Groups and their members: finding, creating and deleting groups, adding and removing members.

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

/// Returns the routes for groups.
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
        )
        .narrowed_by(&["accountId"]),
        Route::new(
            Method::POST,
            USER_BY_ID,
            Flavour::V1,
            membership::handle_add_by_id,
        )
        .narrowed_by(&["groupId"]),
        Route::new(
            Method::DELETE,
            USER_BY_ID,
            Flavour::V1,
            membership::handle_remove_by_id,
        )
        .narrowed_by(&["accountId", "groupId"]),
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

/// Returns the group with an id as text; absent if the text can't be an id.
fn by_id<'v>(view: &'v View, id: &str) -> Result<&'v GroupRow, Failure> {
    // People who may not see groups get the same response whatever the id (law 6.3).
    let _ = view.groups()?;
    Ok(view.group(id.parse().map_err(|_| Failure::Absent)?)?)
}

/// Returns the group with a name, in any case.
fn by_name<'v>(view: &'v View, name: &str) -> Result<&'v GroupRow, Refusal> {
    view.group_by_name(name)
}

/// Requires an account: otherwise 401, before anything about groups is revealed.
fn require_somebody(call: &Call) -> Result<(), Failure> {
    call.require_account().map(|_| ())
}
