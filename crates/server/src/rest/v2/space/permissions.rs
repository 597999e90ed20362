//! `GET /wiki/api/v2/spaces/{id}/permissions`: the grants of a space; empty for people who may not
//! see them (laws 3.4 and 6.4). An access class is a principal of type `role`.

use crate::call::Call;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::permission::Assignment;
use crate::route::Answer;
use narthex_access::{GrantId, GrantRow};

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
    answer_v2(
        &call,
        grants.into_iter().map(Assignment::of).collect(),
        next,
    )
}
