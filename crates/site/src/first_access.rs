//! Creating a space with other access than the default: with roles or permissions that are given in
//! the same revision, or with the access of another space.

use crate::error::SiteError;
use crate::grant::plan_grant;
use crate::plan::Plan;
use crate::site::Site;
use crate::space::{MadeSpace, NewSpace, plan_create};
use crate::space_role::{Given, RoleAssignment, given_by_all, set_grants};
use crate::switch::after;
use narthex_access::{
    Credential, GrantRow, Operation, Principal, Rights, Row, RowChange, SpaceId, SpaceRoleId,
};
use narthex_store::change::Change;
use std::collections::BTreeMap;

/// The access to a space from its creation on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstAccess {
    /// Exactly these roles.
    Roles(Vec<RoleAssignment>),
    /// Exactly these permissions, and all permissions for the account that creates the space.
    Grants(Vec<(Principal, Operation)>),
    /// The permissions of another space, and all permissions for the account that creates this one.
    CopyOf(SpaceId),
}

impl Site {
    /// Creates a space with the given access.
    ///
    /// # Errors
    /// As [`Site::create_space`]; as for assigning roles, and invalid if the roles leave nobody to
    /// administer the space; absent if the caller can't see the space to copy from, and forbidden
    /// if the caller may not see that space's permissions.
    pub async fn create_space_with(
        &self,
        credential: &Credential,
        new: NewSpace,
        access: FirstAccess,
    ) -> Result<MadeSpace, SiteError> {
        let new = NewSpace {
            private: true,
            ..new
        };
        self.commit(credential, move |plan| {
            let mut change = plan_create(plan, &new)?;
            let made = after(plan.catalogue, &change.rows);
            let within = Plan {
                catalogue: &made,
                ..*plan
            };
            let space = change.answer.id;
            let given = match &access {
                FirstAccess::Roles(roles) => with_roles(&within, space, roles)?,
                FirstAccess::Grants(grants) => with_grants(&within, space, grants.clone())?,
                FirstAccess::CopyOf(other) => as_in(&within, space, *other)?,
            };
            change.rows.extend(given.rows);
            change.events.extend(given.events);
            Ok(change)
        })
        .await
    }
}

/// Plans exactly these roles: the creator of the space has a role only if it is named.
fn with_roles(
    plan: &Plan<'_>,
    space: SpaceId,
    roles: &[RoleAssignment],
) -> Result<Change<()>, SiteError> {
    let mut wanted = given_by_all(plan, roles)?;
    let maker = Principal::Account(plan.author()?);
    if wanted.iter().all(|given| given.principal != maker) {
        wanted.push(Given {
            principal: maker,
            rights: Rights::NONE,
            role: None,
        });
    }
    set_grants(plan, space, &wanted)
}

fn as_in(plan: &Plan<'_>, space: SpaceId, other: SpaceId) -> Result<Change<()>, SiteError> {
    let grants = plan.view.space(other)?.grants()?;
    let grants = grants.map(|grant| (grant.principal, grant.operation));
    let mut all = with_grants(plan, space, grants.collect())?;
    // Principals with a role there get it here. The creator has all grants already, as Admin.
    let assigned = plan.catalogue.assigned_roles(other).into_iter();
    let assigned: BTreeMap<Principal, SpaceRoleId> =
        assigned.map(|(who, role)| (who, role.id())).collect();
    for row in &mut all.rows {
        if let RowChange::Put(Row::Grant(GrantRow {
            principal, role, ..
        })) = row
        {
            *role = assigned.get(principal).copied();
        }
    }
    Ok(all)
}

/// Plans these permissions beside the creator's own: reading first, because the others require it.
fn with_grants(
    plan: &Plan<'_>,
    space: SpaceId,
    grants: Vec<(Principal, Operation)>,
) -> Result<Change<()>, SiteError> {
    let (reading, more): (Vec<_>, Vec<_>) = grants
        .into_iter()
        .partition(|(_, operation)| *operation == Operation::Read);
    let mut all = Change::nothing(());
    for (principal, operation) in reading.into_iter().chain(more) {
        let so_far = after(plan.catalogue, &all.rows);
        let plan = Plan {
            catalogue: &so_far,
            ..*plan
        };
        let given = plan_grant(&plan, space, principal, operation)?;
        all.rows.extend(given.rows);
        all.events.extend(given.events);
    }
    Ok(all)
}
