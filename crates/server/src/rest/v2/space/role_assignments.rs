//! `GET /wiki/api/v2/spaces/{id}/role-assignments`: the roles of principals in a space; empty for
//! people who may not see its permissions (laws 3.4 and 6.4). POST assigns and removes roles, all
//! or nothing: an entry point of law 4.1.
//!
//! GET: `role-id`, `role-type`, `principal-type` with `principal-id`, `cursor`, `limit`. POST:
//! `[{"principal": {"principalType", "principalId"}, "roleId"}]`; a principal that is named without
//! a role loses its role.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Node};
use crate::rest::keyset::{Anchor, cut_anchored};
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::space_role::{
    RoleAssignment, asked_kind, asked_principal, kind, read_principal,
};
use crate::route::Answer;
use narthex_access::view::SeenSpace;
use narthex_access::{Principal, SpaceId, SpaceRole, SpaceRoleId};
use narthex_site::space_role;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let after = After::<Anchor>::of(&query, 25)?;
    let (principal, wanted) = (asked_principal(&query)?, asked_kind(&query)?);
    let role: Option<SpaceRoleId> = query.parsed("role-id", "the id of a role")?;
    let mut all = assigned(call.view.space(call.id("id")?)?);
    all.retain(|(who, has)| {
        principal.is_none_or(|principal| principal == *who)
            && role.is_none_or(|role| role == has.id())
            && wanted.is_none_or(|wanted| wanted == kind(*has))
    });
    let (page, next) = cut_anchored(|| all.iter().copied(), |(who, _)| number(*who), &after);
    let results = page.into_iter().map(RoleAssignment::of);
    answer_v2(&call, results.collect(), next)
}

pub(super) async fn assign(mut call: Call) -> Answer {
    call.require_account()?;
    let assignments = read_body(&call.json().await?)?;
    let space: SpaceId = call.id("id")?;
    let site = &call.app.site;
    site.assign_space_roles(&call.credential, space, assignments)
        .await?;
    let view = call.view_now().await?;
    // People who have just given their own role away, and site administrators without a licence,
    // get an empty list, as they do from GET.
    let results = view.space(space).map(assigned).unwrap_or_default();
    let results = results.into_iter();
    answer_v2(&call, results.map(RoleAssignment::of).collect(), None)
}

fn assigned(space: SeenSpace<'_>) -> Vec<(Principal, SpaceRole<'_>)> {
    space.role_assignments().unwrap_or_default()
}

/// Returns a number for a principal that is unique within a space.
fn number(principal: Principal) -> u64 {
    match principal {
        Principal::Account(id) => id.get(),
        Principal::Group(id) => id.get(),
        Principal::Class(class) => class as u64,
    }
}

fn read_body(document: &Document) -> Result<Vec<space_role::RoleAssignment>, Failure> {
    document.root()?.array()?.iter().map(read).collect()
}

/// Reads one of the assignments of a request.
pub(super) fn read(node: &Node<'_>) -> Result<space_role::RoleAssignment, Failure> {
    let body = node.object()?;
    // An assignment without a role takes everything from the principal, so the member must not be
    // missed for its spelling.
    let is_misspelt = |name: &str| {
        name != "roleId" && matches!(&*name.to_lowercase(), "roleid" | "role" | "role_id")
    };
    if let Some(name) = body.names().find(|name| is_misspelt(name)) {
        return Err(Failure::bad_request(format!(
            "the member \"{name}\" isn't understood here: nothing was done; it is written \"roleId\""
        )));
    }
    let role = body.optional("roleId")?.map(|role| role.id_text());
    let role = role.transpose()?.map(|role| role.parse());
    Ok(space_role::RoleAssignment {
        principal: read_principal(&body.required("principal")?)?,
        role: role
            .transpose()
            .map_err(|_| Failure::bad_request("the member \"roleId\" must be the id of a role"))?,
    })
}
