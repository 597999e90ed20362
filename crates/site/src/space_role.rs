//! Space roles: creating them, and assigning them in a space.
//!
//! A role is a set of grants, so assigning it sets the principal's grants through the same
//! operations that every other API uses: with the same right, the same journal entries and, for the
//! classes of open access, the same switch (law 4.1). The grants record the role that they belong
//! to. Changing or deleting a role affects the people to whom it was assigned, and nobody else who
//! happens to have the same grants.

use crate::entry::entry;
use crate::error::SiteError;
use crate::grant::{administrators, event, is_open, plan_grant, plan_remove};
use crate::long_task::{self, Kind};
use crate::plan::Plan;
use crate::site::Site;
use crate::space::check_name;
use crate::switch::{SpaceSwitch, after, set_space_switch};
use narthex_access::{
    AccessClass, Action, Catalogue, Credential, GrantRow, LongTaskId, Object, Operation, Principal,
    Rights, RowChange, SpaceId, SpaceRole, SpaceRoleId, SpaceRoleRow, Table, VIEWER,
};
use narthex_store::change::{Change, Event};

/// The longest description of a role, in characters.
pub const LONGEST_DESCRIPTION: usize = 255;
/// The largest number of custom roles of a site.
pub const MOST_ROLES: usize = 100;

/// A role to create, or the new state of an existing one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSpaceRole {
    /// The name, which no other role has.
    pub name: String,
    /// A description in one line.
    pub description: String,
    /// The operations that it grants; reading is added.
    pub operations: Vec<Operation>,
}

/// The assignment of a role to a principal in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleAssignment {
    /// The account, group or class of people.
    pub principal: Principal,
    /// The role to assign; `None` takes all grants that the principal has in the space.
    pub role: Option<SpaceRoleId>,
}

impl Site {
    /// Creates a role and returns its id.
    ///
    /// # Errors
    /// Forbidden to all but site administration; invalid for a bad name or one that is taken, and
    /// for exactly the permissions of another role.
    pub async fn create_space_role(
        &self,
        credential: &Credential,
        new: NewSpaceRole,
    ) -> Result<SpaceRoleId, SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require_site_admin()?;
            let row = checked(plan, plan.new_id(SpaceRoleId::from_random), &new)?;
            if plan.catalogue.space_roles().count() >= MOST_ROLES {
                return Err(SiteError::invalid(format!(
                    "a site has at most {MOST_ROLES} roles; delete one first"
                )));
            }
            Ok(Change {
                answer: row.id,
                events: vec![Event {
                    after: Some(told(row.rights)),
                    ..entry("space_role.created", &*row.name)
                }],
                rows: vec![row.into()],
                beside: Vec::new(),
            })
        })
        .await
    }

    /// Changes a role, and with it the grants of its members in every space. Returns the id of a
    /// finished long task.
    ///
    /// # Errors
    /// As [`Site::create_space_role`]; absent for an unknown role; invalid for a role that every
    /// site has, and if a space would be left without an administrator.
    pub async fn edit_space_role(
        &self,
        credential: &Credential,
        id: SpaceRoleId,
        new: NewSpaceRole,
    ) -> Result<LongTaskId, SiteError> {
        self.commit(credential, move |plan| plan_edit(plan, id, &new))
            .await
    }

    /// Deletes a role, and takes its grants from its members. Returns the id of a finished long
    /// task.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown role; invalid for a role
    /// that every site has, and if a space would be left without an administrator.
    pub async fn remove_space_role(
        &self,
        credential: &Credential,
        id: SpaceRoleId,
    ) -> Result<LongTaskId, SiteError> {
        self.commit(credential, move |plan| {
            let row = own_role(plan, id)?;
            let mut change = give_members(plan, id, Rights::NONE, None)?;
            change
                .rows
                .push(RowChange::Remove(Table::SpaceRole, id.get()));
            change.events.push(Event {
                before: Some(told(row.rights)),
                ..entry("space_role.deleted", &*row.name)
            });
            Ok(long_task::with(plan, Kind::DeleteSpaceRole, 0, change))
        })
        .await
    }

    /// Assigns and takes roles in a space, either all of them or none. Afterwards each principal
    /// has exactly the role's grants.
    ///
    /// # Errors
    /// Absent and forbidden as for administering the space; invalid for an unknown role or
    /// principal, for a principal named twice, for any role but Viewer to a class of open access,
    /// and if nobody would administer the space; conflict for anonymous view while the site
    /// enforces that it is off.
    pub async fn assign_space_roles(
        &self,
        credential: &Credential,
        space: SpaceId,
        assignments: Vec<RoleAssignment>,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan_assign(plan, space, &assignments)
        })
        .await
    }
}

fn plan_assign(
    plan: &Plan<'_>,
    space: SpaceId,
    assignments: &[RoleAssignment],
) -> Result<Change<()>, SiteError> {
    plan.view
        .require(Action::Administer, Object::Space(space))?;
    set_grants(plan, space, &given_by_all(plan, assignments)?)
}

/// The grants that a principal gets in a space, instead of all others, and the role that they
/// belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) principal: Principal,
    pub(crate) rights: Rights,
    pub(crate) role: Option<SpaceRoleId>,
}

/// Returns the grants that assignments of roles give.
pub(crate) fn given_by_all(
    plan: &Plan<'_>,
    assignments: &[RoleAssignment],
) -> Result<Vec<Given>, SiteError> {
    let mut wanted: Vec<Given> = Vec::new();
    for RoleAssignment { principal, role } in assignments {
        if wanted.iter().any(|given| given.principal == *principal) {
            return Err(SiteError::invalid(format!(
                "{principal} is listed twice; list each principal once"
            )));
        }
        let rights = match role {
            None => Rights::NONE,
            Some(id) => rights_of(plan, *principal, *id)?,
        };
        wanted.push(Given {
            principal: *principal,
            rights,
            role: *role,
        });
    }
    Ok(wanted)
}

/// Returns the grants of a role for a principal. The classes of open access can have only Viewer,
/// which is reduced to reading for them (law 2.11).
fn rights_of(plan: &Plan<'_>, principal: Principal, id: SpaceRoleId) -> Result<Rights, SiteError> {
    let mut roles = plan.catalogue.space_roles();
    let role = roles
        .find(|role| role.id() == id)
        .ok_or_else(|| SiteError::invalid("there is no role with this id; list the roles"))?;
    match (is_open(principal), id == VIEWER.id) {
        (false, _) => Ok(role.rights()),
        (true, true) => Ok(Rights::of(Operation::Read)),
        (true, false) => Err(SiteError::invalid(
            "authenticated-users and anonymous-users can have only the role Viewer, \
             with which they can view and nothing else",
        )),
    }
}

/// Sets the grants of principals in a space. Missing grants are given before others are taken, so
/// that the last administrator can hand over in one step.
pub(crate) fn set_grants(
    plan: &Plan<'_>,
    space: SpaceId,
    wanted: &[Given],
) -> Result<Change<()>, SiteError> {
    let mut all = Change::nothing(());
    for Given {
        principal, rights, ..
    } in wanted
    {
        for operation in rights.operations() {
            let so_far = after(plan.catalogue, &all.rows);
            let plan = Plan {
                catalogue: &so_far,
                ..*plan
            };
            let given = plan_grant(&plan, space, *principal, operation)?;
            all.rows.extend(given.rows);
            all.events.extend(given.events);
        }
    }
    let given = after(plan.catalogue, &all.rows);
    for Given {
        principal, rights, ..
    } in wanted
    {
        let plan = Plan {
            catalogue: &given,
            ..*plan
        };
        match (principal, rights.has(Operation::Read)) {
            (Principal::Class(AccessClass::AuthenticatedUsers), false) => {
                set_space_switch(&plan, space, SpaceSwitch::UnlicensedView, false, &mut all)?;
            }
            (Principal::Class(AccessClass::AnonymousUsers), false) => {
                set_space_switch(&plan, space, SpaceSwitch::AnonymousView, false, &mut all)?;
            }
            _ => {
                let gone = given.grants_in(space);
                let gone: Vec<&GrantRow> = gone
                    .filter(|grant| grant.principal == *principal && !rights.has(grant.operation))
                    .collect();
                let taken = plan_remove(&plan, space, gone)?;
                all.rows.extend(taken.rows);
                all.events.extend(taken.events);
            }
        }
    }
    let left = after(plan.catalogue, &all.rows);
    if administrators(plan.catalogue, space) > 0 && administrators(&left, space) == 0 {
        return Err(crate::grant::no_administrator());
    }
    record_roles(plan, space, wanted, &left, &mut all);
    Ok(all)
}

/// Records the role on each grant, and writes journal entries for principals whose role changes.
fn record_roles(
    plan: &Plan<'_>,
    space: SpaceId,
    wanted: &[Given],
    left: &Catalogue,
    all: &mut Change<()>,
) {
    let before = plan.catalogue.assigned_roles(space);
    for Given {
        principal, role, ..
    } in wanted
    {
        // The grants of the classes of open access are switches, whatever sets them.
        if is_open(*principal) {
            continue;
        }
        let others = left.grants_in(space);
        let others = others.filter(|grant| grant.principal == *principal && grant.role != *role);
        all.rows.extend(others.map(|grant| {
            let grant = grant.clone();
            let role = *role;
            GrantRow { role, ..grant }.into()
        }));
        let mut before = before.iter();
        let before = before.find(|(who, _)| who == principal);
        let before = before.map(|(_, role)| *role);
        if before.map(SpaceRole::id) == *role {
            continue;
        }
        let mut roles = plan.catalogue.space_roles();
        let now = roles.find(|it| Some(it.id()) == *role);
        let named = |role: SpaceRole<'_>| format!("{principal} {}", role.name());
        all.events.push(Event {
            before: before.map(named),
            after: now.map(named),
            ..event("space.role.assigned", plan.catalogue, space)
        });
    }
}

fn plan_edit(
    plan: &Plan<'_>,
    id: SpaceRoleId,
    new: &NewSpaceRole,
) -> Result<Change<LongTaskId>, SiteError> {
    let was = own_role(plan, id)?;
    let row = checked(plan, id, new)?;
    let mut change = give_members(plan, id, row.rights, Some(id))?;
    change.events.push(Event {
        before: Some(told(was.rights)),
        after: Some(told(row.rights)),
        ..entry("space_role.edited", &*row.name)
    });
    change.rows.push(row.into());
    Ok(long_task::with(plan, Kind::EditSpaceRole, 0, change))
}

/// Sets the grants of all members of a role, in every space.
fn give_members(
    plan: &Plan<'_>,
    id: SpaceRoleId,
    rights: Rights,
    role: Option<SpaceRoleId>,
) -> Result<Change<()>, SiteError> {
    let mut change = Change::nothing(());
    for space in plan.catalogue.spaces() {
        let space = space.row().id;
        let assigned = plan.catalogue.assigned_roles(space);
        let members = assigned.into_iter().filter(|(_, it)| it.id() == id);
        let members: Vec<Given> = members
            .map(|(principal, _)| Given {
                principal,
                rights,
                role,
            })
            .collect();
        if members.is_empty() {
            continue;
        }
        let changed = set_grants(plan, space, &members)?;
        change.rows.extend(changed.rows);
        change.events.extend(changed.events);
    }
    Ok(change)
}

/// Returns a custom role, which site administration may change.
fn own_role<'a>(plan: &Plan<'a>, id: SpaceRoleId) -> Result<&'a SpaceRoleRow, SiteError> {
    plan.view.require_site_admin()?;
    match plan.view.space_role(id)? {
        SpaceRole::Custom(row) => Ok(row),
        SpaceRole::System(_) => Err(SiteError::invalid(
            "the built-in roles can't be changed; create a role of your own",
        )),
    }
}

fn checked(
    plan: &Plan<'_>,
    id: SpaceRoleId,
    new: &NewSpaceRole,
) -> Result<SpaceRoleRow, SiteError> {
    check_name(&new.name)?;
    if new.description.chars().count() > LONGEST_DESCRIPTION
        || new.description.chars().any(char::is_control)
    {
        return Err(SiteError::invalid(format!(
            "description must be at most {LONGEST_DESCRIPTION} characters, \
             none of them a control character"
        )));
    }
    let read = Rights::of(Operation::Read);
    let operations = new.operations.iter();
    let rights = operations.fold(read, |rights, operation| rights.and(Rights::of(*operation)));
    let name = new.name.trim();
    let mut others = plan.catalogue.space_roles().filter(|role| role.id() != id);
    match others
        .find(|role| role.rights() == rights || role.name().to_lowercase() == name.to_lowercase())
    {
        Some(same) if same.rights() == rights => Err(SiteError::invalid(format!(
            "the role {} has exactly these permissions; use it, or choose others",
            same.name()
        ))),
        Some(same) => Err(SiteError::invalid(format!(
            "a role is called {} already; choose another name",
            same.name()
        ))),
        None => Ok(SpaceRoleRow {
            id,
            name: name.into(),
            description: new.description.trim().into(),
            rights,
        }),
    }
}

fn told(rights: Rights) -> String {
    let words: Vec<&str> = rights.operations().map(Operation::word).collect();
    words.join(", ")
}
