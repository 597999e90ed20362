//! Grants of a space: giving and taking space permissions (law 2.8).

use crate::error::SiteError;
use crate::plan::Plan;
use crate::site::Site;
use crate::switch::{SpaceSwitch, administered, after, lacking, set_space_switch};
use narthex_access::{
    AccessClass, AccountKind, Catalogue, Credential, GrantId, GrantRow, Operation, Principal,
    RowChange, SpaceId, Table,
};
use narthex_store::change::{Change, Event};

impl Site {
    /// Gives a principal an operation in a space and returns the grant's id. A grant that exists
    /// already keeps its id, and no journal entry is written.
    ///
    /// # Errors
    /// Absent and forbidden as for administering the space; invalid for a class that can't have the
    /// operation, for an unknown principal, and for other operations before reading; conflict for
    /// anonymous view while the site enforces that it is off.
    pub async fn grant(
        &self,
        credential: &Credential,
        space_key: String,
        principal: Principal,
        operation: Operation,
    ) -> Result<GrantId, SiteError> {
        self.commit(credential, move |plan| {
            let space = administered(plan, &space_key)?;
            let mut change = plan_grant(plan, space, principal, operation)?;
            leave_role(plan, space, principal, &mut change);
            Ok(change)
        })
        .await
    }

    /// Gives a principal several operations in a space, either all of them or none. Reading is
    /// given along with them, because no other operation counts without it. A class of open access
    /// gets reading only if it is named, because it is a switch of the space.
    ///
    /// # Errors
    /// As [`Site::grant`]; invalid for an empty list of operations.
    pub async fn grant_all(
        &self,
        credential: &Credential,
        space_key: String,
        principal: Principal,
        operations: Vec<Operation>,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let space = administered(plan, &space_key)?;
            plan_grant_all(plan, space, principal, &operations)
        })
        .await
    }

    /// Takes all grants of a principal in a space. The reading of a class of open access is a
    /// switch of the space, which stays; all other grants of the class are taken.
    ///
    /// # Errors
    /// Absent and forbidden as for administering the space; invalid if nobody would administer the
    /// space any more.
    pub async fn revoke_all(
        &self,
        credential: &Credential,
        space_key: String,
        principal: Principal,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let space = administered(plan, &space_key)?;
            plan_revoke_all(plan, space, principal)
        })
        .await
    }

    /// Takes a grant by its id. If it is the grant of reading, all grants of the principal in the
    /// space are taken with it.
    ///
    /// # Errors
    /// Absent and forbidden as for administering the space; invalid for an id that isn't a grant of
    /// the space, and if nobody would administer the space any more.
    pub async fn revoke(
        &self,
        credential: &Credential,
        space_key: String,
        id: GrantId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let space = administered(plan, &space_key)?;
            let Some(row) = plan.catalogue.grant(id).filter(|row| row.space == space) else {
                return Err(SiteError::invalid(
                    "there is no permission with this id in the space",
                ));
            };
            plan_revoke(plan, row)
        })
        .await
    }
}

pub(crate) fn plan_grant_all(
    plan: &Plan<'_>,
    space: SpaceId,
    principal: Principal,
    operations: &[Operation],
) -> Result<Change<()>, SiteError> {
    if operations.is_empty() {
        return Err(SiteError::invalid(
            "no permission is chosen; choose at least one",
        ));
    }
    let reads = operations.contains(&Operation::Read) || !is_open(principal);
    let others = operations.iter().copied();
    let others = others.filter(|operation| *operation != Operation::Read);
    let mut all = Change::nothing(());
    for operation in reads.then_some(Operation::Read).into_iter().chain(others) {
        // Each operation is planned on the result of those before it.
        let so_far = after(plan.catalogue, &all.rows);
        let plan = Plan {
            catalogue: &so_far,
            ..*plan
        };
        let given = plan_grant(&plan, space, principal, operation)?;
        all.rows.extend(given.rows);
        all.events.extend(given.events);
    }
    leave_role(plan, space, principal, &mut all);
    Ok(all)
}

/// Takes a principal out of its role when it gains or loses a single permission. The remaining
/// grants of the role are single permissions from then on.
fn leave_role<T>(plan: &Plan<'_>, space: SpaceId, who: Principal, change: &mut Change<T>) {
    if change.rows.is_empty() {
        return;
    }
    let left = after(plan.catalogue, &change.rows);
    let of_role = left
        .grants_in(space)
        .filter(|grant| grant.principal == who && grant.role.is_some());
    change.rows.extend(of_role.map(|grant| {
        let grant = grant.clone();
        GrantRow {
            role: None,
            ..grant
        }
        .into()
    }));
}

pub(crate) fn plan_grant(
    plan: &Plan<'_>,
    space: SpaceId,
    principal: Principal,
    operation: Operation,
) -> Result<Change<GrantId>, SiteError> {
    check_principal(plan.catalogue, principal)?;
    let mut change = Change::nothing(());
    match (principal, operation) {
        (Principal::Class(AccessClass::AuthenticatedUsers), Operation::Read) => {
            set_space_switch(plan, space, SpaceSwitch::UnlicensedView, true, &mut change)?;
        }
        (Principal::Class(AccessClass::AnonymousUsers), Operation::Read) => {
            set_space_switch(plan, space, SpaceSwitch::AnonymousView, true, &mut change)?;
        }
        (Principal::Class(AccessClass::AuthenticatedUsers), _) => {
            return Err(SiteError::invalid(
                "authenticated-users can only be given read on space: any active user can view",
            ));
        }
        (Principal::Class(AccessClass::AnonymousUsers), operation)
            if operation != Operation::CreateComment =>
        {
            return Err(SiteError::invalid(
                "anonymous can only be given read on space and create on comment",
            ));
        }
        _ => {}
    }
    let given = |of: Operation| {
        plan.catalogue
            .grants_in(space)
            .find(|grant| grant.principal == principal && grant.operation == of)
    };
    if let Some(grant) = given(operation) {
        return Ok(Change::nothing(grant.id));
    }
    if operation != Operation::Read && given(Operation::Read).is_none() {
        return Err(SiteError::invalid(
            "give read on space first: other permissions have no effect without it",
        ));
    }
    if let Some(id) = change.rows.iter().find_map(put_grant) {
        let Change {
            rows,
            beside,
            events,
            answer: (),
        } = change;
        return Ok(Change {
            rows,
            beside,
            events,
            answer: id,
        });
    }
    let id = plan.new_id(GrantId::from_random);
    Ok(Change {
        rows: vec![
            GrantRow {
                id,
                space,
                principal,
                operation,
                role: None,
            }
            .into(),
        ],
        beside: Vec::new(),
        events: vec![Event {
            after: Some(format!("{principal} {operation}")),
            ..event("space.permission.given", plan.catalogue, space)
        }],
        answer: id,
    })
}

fn put_grant(change: &RowChange) -> Option<GrantId> {
    match change {
        RowChange::Put(narthex_access::Row::Grant(row)) => Some(row.id),
        _ => None,
    }
}

fn plan_revoke(plan: &Plan<'_>, row: &GrantRow) -> Result<Change<()>, SiteError> {
    let mut change = Change::nothing(());
    let switch = match row.principal {
        Principal::Class(AccessClass::AuthenticatedUsers) => Some(SpaceSwitch::UnlicensedView),
        Principal::Class(AccessClass::AnonymousUsers) => Some(SpaceSwitch::AnonymousView),
        _ => None,
    };
    if let (Some(switch), Operation::Read) = (switch, row.operation) {
        set_space_switch(plan, row.space, switch, false, &mut change)?;
        return Ok(change);
    }
    let gone: Vec<&GrantRow> = plan
        .catalogue
        .grants_in(row.space)
        .filter(|grant| grant.id == row.id || taken_with(row, grant))
        .collect();
    let mut change = plan_remove(plan, row.space, gone)?;
    leave_role(plan, row.space, row.principal, &mut change);
    Ok(change)
}

pub(crate) fn plan_revoke_all(
    plan: &Plan<'_>,
    space: SpaceId,
    principal: Principal,
) -> Result<Change<()>, SiteError> {
    let given = plan.catalogue.grants_in(space);
    let gone = given
        .filter(|grant| grant.principal == principal && !is_switch(grant))
        .collect();
    plan_remove(plan, space, gone)
}

/// Plans the end of grants of a space, none of which is a switch.
pub(crate) fn plan_remove(
    plan: &Plan<'_>,
    space: SpaceId,
    gone: Vec<&GrantRow>,
) -> Result<Change<()>, SiteError> {
    let mut change = Change::nothing(());
    keeps_an_administrator(plan.catalogue, space, &gone)?;
    change.rows = gone
        .iter()
        .map(|g| RowChange::Remove(Table::Grant, g.id.get()))
        .collect();
    if !gone.is_empty() {
        change.rows.extend(lacking(plan.catalogue, space));
    }
    change.events = gone
        .iter()
        .map(|grant| Event {
            before: Some(format!("{} {}", grant.principal, grant.operation)),
            ..event("space.permission.taken", plan.catalogue, space)
        })
        .collect();
    Ok(change)
}

/// Whether a grant is one of the two switches of its space (laws 4.2 and 4.3).
fn is_switch(grant: &GrantRow) -> bool {
    is_open(grant.principal) && grant.operation == Operation::Read
}

/// Whether a principal is a class of open access, whose reading is a switch of the space.
pub(crate) fn is_open(principal: Principal) -> bool {
    matches!(
        principal,
        Principal::Class(AccessClass::AuthenticatedUsers | AccessClass::AnonymousUsers)
    )
}

/// Whether a grant depends on the grant of reading that is taken.
fn taken_with(row: &GrantRow, other: &GrantRow) -> bool {
    row.operation == Operation::Read && other.principal == row.principal
}

/// Refuses to remove the last administrator of a space (law 1.8).
fn keeps_an_administrator(
    catalogue: &Catalogue,
    space: SpaceId,
    gone: &[&GrantRow],
) -> Result<(), SiteError> {
    let stays = |grant: &GrantRow| gone.iter().all(|gone| gone.id != grant.id);
    let after = administering(catalogue, space).filter(|grant| stays(grant));
    if administrators(catalogue, space) > 0 && after.count() == 0 {
        return Err(no_administrator());
    }
    Ok(())
}

/// The error for a change that would leave a space without an administrator.
pub(crate) fn no_administrator() -> SiteError {
    SiteError::invalid(
        "this would leave the space without an administrator; \
         give administer on space to somebody else first",
    )
}

/// Counts the grants that let somebody administer a space.
pub(crate) fn administrators(catalogue: &Catalogue, space: SpaceId) -> usize {
    administering(catalogue, space).count()
}

fn administering(catalogue: &Catalogue, space: SpaceId) -> impl Iterator<Item = &GrantRow> {
    catalogue.grants_in(space).filter(|grant| {
        grant.operation == Operation::Administer
            && match grant.principal {
                Principal::Account(id) => catalogue
                    .account(id)
                    .is_some_and(|account| account.tier().is_some()),
                Principal::Group(id) => catalogue.members_of(id).next().is_some(),
                Principal::Class(_) => true,
            }
    })
}

fn check_principal(catalogue: &Catalogue, principal: Principal) -> Result<(), SiteError> {
    let known = match principal {
        Principal::Account(id) => catalogue
            .account(id)
            .is_some_and(|account| account.row().kind == AccountKind::Site),
        Principal::Group(id) => catalogue.group(id).is_some(),
        Principal::Class(_) => true,
    };
    if known {
        Ok(())
    } else {
        Err(SiteError::invalid(format!(
            "{principal} can't be given a permission: name an account of the site or a group"
        )))
    }
}

pub(crate) fn event(kind: &'static str, catalogue: &Catalogue, space: SpaceId) -> Event {
    Event {
        kind,
        space: Some(space),
        page: None,
        object: catalogue
            .space(space)
            .map_or_else(String::new, |s| s.row().key.to_string()),
        before: None,
        after: None,
    }
}
