//! A v2 space role, and its assignments to principals.

use super::included::{Included, MOST_INCLUDED};
use crate::failure::Failure;
use crate::request::json::Node;
use crate::request::query::Parameters;
use narthex_access::view::SeenSpace;
use narthex_access::{AccessClass, Principal, SpaceRole};
use serde::Serialize;

/// A role with the permissions that it gives.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Role<'v> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'v str,
    description: &'v str,
    space_permissions: Vec<&'static str>,
}

/// Returns the word for the kind of a role: one that every site has, or one of this site alone.
pub fn kind(role: SpaceRole<'_>) -> &'static str {
    match role {
        SpaceRole::System(_) => "SYSTEM",
        SpaceRole::Custom(_) => "CUSTOM",
    }
}

impl<'v> Role<'v> {
    /// Builds the object of a role.
    pub fn of(role: SpaceRole<'v>) -> Self {
        Self {
            id: role.id().to_string(),
            kind: kind(role),
            name: role.name(),
            description: role.description(),
            space_permissions: role.rights().operations().map(|it| it.word()).collect(),
        }
    }
}

/// An assignment of a role in a space to a principal.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignment {
    principal: Who,
    role_id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Who {
    principal_type: &'static str,
    principal_id: String,
}

impl RoleAssignment {
    /// Builds the object of an assignment.
    pub fn of((principal, role): (Principal, SpaceRole<'_>)) -> Self {
        let (principal_type, principal_id) = match principal {
            Principal::Account(id) => ("USER", id.to_string()),
            Principal::Group(id) => ("GROUP", id.to_string()),
            Principal::Class(class) => ("ACCESS_CLASS", class.to_string()),
        };
        Self {
            principal: Who {
                principal_type,
                principal_id,
            },
            role_id: role.id().to_string(),
        }
    }

    /// Returns the first assignments of a space within it, whose address is `/wiki/api/v2/` and
    /// `address`; empty for people who may not see them (law 3.4).
    pub(super) fn included(space: SeenSpace<'_>, address: &str) -> Included<Self> {
        let all = space.role_assignments().unwrap_or_default();
        let more = all.len() > MOST_INCLUDED;
        let first = all.into_iter().take(MOST_INCLUDED).map(Self::of);
        let address = format!("/wiki/api/v2/{address}/role-assignments");
        Included::part(first.collect(), more, address)
    }
}

/// Returns the principal that a type and an id name; `None` if they can't name one.
fn principal(kind: &str, id: &str) -> Option<Principal> {
    match kind {
        "USER" => id.parse().ok().map(Principal::Account),
        "GROUP" => id.parse().ok().map(Principal::Group),
        "ACCESS_CLASS" => AccessClass::from_word(id).map(Principal::Class),
        _ => None,
    }
}

const NO_PRINCIPAL: &str = "a principal is named by its type, which is USER, GROUP or ACCESS_CLASS, \
     and by its id, which for a class is anonymous-users, authenticated-users, \
     all-licensed-users, all-product-admins or jsm-project-admins";

/// Reads the principal of a request: `{"principalType", "principalId"}`.
///
/// # Errors
/// Bad request if it doesn't name a principal.
pub fn read_principal(node: &Node<'_>) -> Result<Principal, Failure> {
    let body = node.object()?;
    let kind = body.required("principalType")?.string()?;
    let id = body.required("principalId")?.id_text()?;
    principal(&kind, &id).ok_or_else(|| Failure::bad_request(NO_PRINCIPAL))
}

/// Reads `principal-type` and `principal-id` of a query, which come together.
///
/// # Errors
/// Bad request if one is sent without the other, or if they don't name a principal.
pub fn asked_principal(query: &Parameters<'_>) -> Result<Option<Principal>, Failure> {
    match (query.get("principal-type"), query.get("principal-id")) {
        (None, None) => Ok(None),
        (Some(kind), Some(id)) => principal(kind, id)
            .map(Some)
            .ok_or_else(|| Failure::bad_request(NO_PRINCIPAL)),
        _ => Err(Failure::bad_request(
            "the query parameters \"principal-type\" and \"principal-id\" must be sent together",
        )),
    }
}

/// Reads `role-type` of a query.
///
/// # Errors
/// Bad request if there is no such type.
pub fn asked_kind<'q>(query: &'q Parameters<'_>) -> Result<Option<&'q str>, Failure> {
    match query.get("role-type") {
        Some(word) if !matches!(word, "SYSTEM" | "CUSTOM") => Err(Failure::bad_request(
            "the query parameter \"role-type\" must be SYSTEM or CUSTOM",
        )),
        word => Ok(word),
    }
}
