//! The part of a view about the roles of a site, and about who has which role in a space.

use super::{SeenSpace, View};
use crate::account::Tier;
use crate::grant::{AccessClass, Operation, Principal, Rights};
use crate::id::SpaceRoleId;
use crate::seen::{Absent, Refusal};
use crate::space_role::{SpaceRoleRow, SystemRole, VIEWER};
use alloc::vec::Vec;

/// A role of every site, or one of this site alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpaceRole<'a> {
    /// A role that every site has.
    System(&'static SystemRole),
    /// A role that site administrators created.
    Custom(&'a SpaceRoleRow),
}

impl<'a> SpaceRole<'a> {
    /// Returns the id of the role.
    #[must_use]
    pub fn id(self) -> SpaceRoleId {
        match self {
            Self::System(role) => role.id,
            Self::Custom(row) => row.id,
        }
    }

    /// Returns the name of the role.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::System(role) => role.name,
            Self::Custom(row) => &row.name,
        }
    }

    /// Returns a line about the role.
    #[must_use]
    pub fn description(self) -> &'a str {
        match self {
            Self::System(role) => role.description,
            Self::Custom(row) => &row.description,
        }
    }

    /// Returns the operations that the role allows.
    #[must_use]
    pub fn rights(self) -> Rights {
        match self {
            Self::System(role) => role.rights,
            Self::Custom(row) => row.rights,
        }
    }

    /// Whether a principal can have the role. The classes of open access can have only Viewer (law
    /// 2.11).
    #[must_use]
    pub fn may_be_given_to(self, principal: Principal) -> bool {
        let open = matches!(
            principal,
            Principal::Class(AccessClass::AuthenticatedUsers | AccessClass::AnonymousUsers)
        );
        !open || self.id() == VIEWER.id
    }
}

impl View {
    /// Returns the roles: first those of every site, the smallest first, then this site's own by
    /// name. They are shown to licensed people and site administrators.
    ///
    /// # Errors
    /// Forbidden to everybody else: roles are a resource that every site has (law 6.3).
    pub fn space_roles(&self) -> Result<Vec<SpaceRole<'_>>, Refusal> {
        if self.subject.tier != Tier::Licensed {
            self.require_site_admin()?;
        }
        Ok(self.catalogue.space_roles().collect())
    }

    /// Returns a role by id.
    ///
    /// # Errors
    /// As [`View::space_roles`]; absent if there is no such role.
    pub fn space_role(&self, id: SpaceRoleId) -> Result<SpaceRole<'_>, Refusal> {
        let mut roles = self.space_roles()?.into_iter();
        Ok(roles.find(|role| role.id() == id).ok_or(Absent::HERE)?)
    }
}

impl<'view> SeenSpace<'view> {
    /// Returns who has which role in the space, in the order of the principals. A principal has a
    /// role if it was assigned it, and its grants are still exactly those of the role.
    ///
    /// # Errors
    /// Returns a [`Refusal`] to people who may not see the permissions of the space (law 3.4).
    pub fn role_assignments(&self) -> Result<Vec<(Principal, SpaceRole<'view>)>, Refusal> {
        let space = self.permissions()?;
        let assigned = self.view.catalogue.assigned_roles(space.row.id);
        let viewer = |set: bool, class| {
            let who = Principal::Class(class);
            set.then_some((who, SpaceRole::System(VIEWER)))
        };
        let mut all: Vec<_> = assigned
            .into_iter()
            .chain(viewer(
                space.unlicensed_view,
                AccessClass::AuthenticatedUsers,
            ))
            .chain(viewer(
                space.anonymous.has(Operation::Read),
                AccessClass::AnonymousUsers,
            ))
            .collect();
        all.sort_by_key(|(who, _)| *who);
        Ok(all)
    }
}
