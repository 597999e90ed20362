//! `GET /wiki/api/v2/spaces/{id}/permissions`: the grants of a space; an empty
//! list to who may not see them (law 3 and 6). An access class is a principal of
//! type `role`.

use crate::call::Call;
use crate::rest::paging::{After, answer_v2};
use crate::route::Answer;
use narthex_access::{GrantId, GrantRow, Principal};
use serde::Serialize;

#[derive(Serialize)]
struct Assignment {
    id: String,
    principal: Who,
    operation: What,
}

#[derive(Serialize)]
struct Who {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct What {
    key: &'static str,
    target_type: &'static str,
}

pub(super) async fn handle(call: Call) -> Answer {
    let after = After::<GrantId>::of(&call.query(), 25)?;
    let space = call.view.space(call.id("id")?)?;
    let mut grants: Vec<&GrantRow> = space
        .grants()
        .map_or_else(|_| Vec::new(), |grants| grants.collect());
    grants.retain(|grant| after.last.is_none_or(|last| grant.id > last));
    let more = grants.len() > after.limit;
    grants.truncate(after.limit);
    let next = grants
        .last()
        .filter(|_| more)
        .map(|grant| grant.id.to_string());
    answer_v2(&call, grants.into_iter().map(assignment).collect(), next)
}

fn assignment(grant: &GrantRow) -> Assignment {
    let (kind, id) = match grant.principal {
        Principal::Account(id) => ("user", id.to_string()),
        Principal::Group(id) => ("group", id.to_string()),
        Principal::Class(class) => ("role", class.to_string()),
    };
    Assignment {
        id: grant.id.to_string(),
        principal: Who { kind, id },
        operation: What {
            key: grant.operation.verb(),
            target_type: grant.operation.target(),
        },
    }
}
