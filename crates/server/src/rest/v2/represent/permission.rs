//! A permission of a space: a principal and the operation that it may do there. An access class is
//! a principal of type `role`.

use super::included::{Included, MOST_INCLUDED};
use narthex_access::view::SeenSpace;
use narthex_access::{GrantRow, Principal};
use serde::Serialize;

/// A permission that has been granted.
#[derive(Debug, Serialize)]
pub struct Assignment {
    id: String,
    principal: Who,
    operation: What,
}

#[derive(Debug, Serialize)]
struct Who {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct What {
    key: &'static str,
    target_type: &'static str,
}

impl Assignment {
    /// Builds the object of a grant.
    pub fn of(grant: &GrantRow) -> Self {
        let (kind, id) = match grant.principal {
            Principal::Account(id) => ("user", id.to_string()),
            Principal::Group(id) => ("group", id.to_string()),
            Principal::Class(class) => ("role", class.to_string()),
        };
        Self {
            id: grant.id.to_string(),
            principal: Who { kind, id },
            operation: What {
                key: grant.operation.verb(),
                target_type: grant.operation.target(),
            },
        }
    }
}

/// Returns the first permissions of a space within it, whose address is `/wiki/api/v2/` and
/// `address`; empty for people who may not see them (law 3.4).
pub(super) fn assignments(space: SeenSpace<'_>, address: &str) -> Included<Assignment> {
    let address = format!("/wiki/api/v2/{address}/permissions");
    let Ok(grants) = space.grants() else {
        return Included::whole(Vec::new(), address);
    };
    let mut grants = grants.peekable();
    let mut last = None;
    let mut first = Vec::new();
    for grant in grants.by_ref().take(MOST_INCLUDED) {
        last = Some(grant.id.to_string());
        first.push(Assignment::of(grant));
    }
    let next = last.filter(|_| grants.peek().is_some());
    Included::of(first, next.as_deref(), address)
}
