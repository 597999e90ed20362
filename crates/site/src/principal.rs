//! Removing a deleted account or group from all grants and lists, and naming a principal for
//! people.

use crate::error::SiteError;
use crate::grant;
use crate::plan::Plan;
use narthex_access::{
    Catalogue, GrantRow, Operation, Principal, RestrictionRow, RowChange, SpaceId, SpaceState,
    Table,
};
use narthex_store::change::Change;

/// Plans the removal of a principal from all grants and lists. Its grants are removed; a list that
/// holds it remains a list without it, and an emptied list keeps its page restricted to nobody
/// (law 2.16). The administrators of each space see the end of its grants in the audit log, but not
/// that of lists on pages, which they may not see.
///
/// # Errors
/// Invalid if it is the last administrator of a space (law 1.8).
pub(crate) fn remove<T>(
    plan: &Plan<'_>,
    who: Principal,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let catalogue = plan.catalogue;
    let global = catalogue
        .global_grants()
        .filter(|grant| grant.principal == who);
    change
        .rows
        .extend(global.map(|row| RowChange::Remove(Table::GlobalGrant, row.id.get())));

    for space in catalogue.spaces().map(|space| space.row()) {
        if space.state != SpaceState::Trashed && is_last_administrator(catalogue, space.id, who) {
            return Err(SiteError::invalid(format!(
                "{} is the last administrator of the space {}; let somebody else administer it \
                 first",
                named(catalogue, who),
                space.key
            )));
        }
        let grants: Vec<&GrantRow> = catalogue
            .grants_in(space.id)
            .filter(|grant| grant.principal == who)
            .collect();
        if grants.is_empty() {
            continue;
        }
        let operations: Vec<&str> = grants.iter().map(|grant| grant.operation.word()).collect();
        let mut removed = grant::event("space.principal.removed", catalogue, space.id);
        removed.before = Some(format!(
            "{}: {}",
            named(catalogue, who),
            operations.join(", ")
        ));
        change.events.push(removed);
        let gone = grants
            .iter()
            .map(|row| RowChange::Remove(Table::Grant, row.id.get()));
        change.rows.extend(gone);
        // Touching the unchanged row lets explanations find the grants that no longer exist.
        change.rows.push(space.clone().into());
    }
    for list in catalogue
        .restrictions()
        .filter(|list| list.listed.contains(&who))
    {
        let listed = list
            .listed
            .iter()
            .copied()
            .filter(|listed| *listed != who)
            .collect();
        change.rows.push(
            RestrictionRow {
                listed,
                ..list.clone()
            }
            .into(),
        );
    }
    Ok(())
}

/// Whether nobody but this principal administers a space. Active accounts, groups with members and
/// classes count.
fn is_last_administrator(catalogue: &Catalogue, space: SpaceId, who: Principal) -> bool {
    let counts = |grant: &&GrantRow| match grant.principal {
        Principal::Account(id) => catalogue.account(id).is_some_and(|a| a.tier().is_some()),
        Principal::Group(id) => catalogue.members_of(id).next().is_some(),
        Principal::Class(_) => true,
    };
    let administrators = || {
        catalogue
            .grants_in(space)
            .filter(|grant| grant.operation == Operation::Administer)
    };
    let administers = |grant: &GrantRow| grant.principal == who;
    administrators().filter(counts).any(administers)
        && administrators().filter(counts).all(administers)
}

/// Names a principal for people.
pub(crate) fn named(catalogue: &Catalogue, who: Principal) -> String {
    match who {
        Principal::Account(id) => catalogue
            .account(id)
            .map_or_else(|| "a user".into(), |a| a.row().name.to_string()),
        Principal::Group(id) => catalogue
            .group(id)
            .map_or_else(|| "a group".into(), |group| group.name.to_string()),
        Principal::Class(class) => class.to_string(),
    }
}
