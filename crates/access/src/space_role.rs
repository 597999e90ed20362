//! Space roles: named sets of permissions.
//!
//! A role gives grants, so that the permissions page, the API's permissions and the roles all
//! change one fact (law 4.1). Each grant records the role that it was given as a part of. A
//! principal has a role in a space if it was assigned the role and has exactly its grants there.
//! Somebody who happens to have the same grants doesn't have the role.

use crate::catalogue::rows::Found;
use crate::grant::{Operation, Rights};
use crate::id::SpaceRoleId;
use alloc::sync::Arc;

/// A row of `space_role`: a role that site administrators created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceRoleRow {
    /// The id of the role.
    pub id: SpaceRoleId,
    /// The display name of the role.
    pub name: Arc<str>,
    /// A line about the role.
    pub description: Arc<str>,
    /// The operations that it allows, which always include reading.
    pub rights: Rights,
}

impl Found for SpaceRoleRow {
    type Id = SpaceRoleId;
    type Key = ();
    type Keys = [(); 0];

    fn id(&self) -> SpaceRoleId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        []
    }
}

/// A role that every site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemRole {
    /// The id of the role, the same on every site.
    pub id: SpaceRoleId,
    /// The display name of the role.
    pub name: &'static str,
    /// A line about the role.
    pub description: &'static str,
    /// The operations that it allows.
    pub rights: Rights,
}

const VIEWS: Rights = Rights::of(Operation::Read).and(Rights::of(Operation::CreateComment));

const COLLABORATOR: Rights = VIEWS
    .and(Rights::of(Operation::CreatePage))
    .and(Rights::of(Operation::CreateBlogPost))
    .and(Rights::of(Operation::CreateAttachment));

const MANAGER: Rights = COLLABORATOR
    .and(Rights::of(Operation::DeleteOwn))
    .and(Rights::of(Operation::DeletePage))
    .and(Rights::of(Operation::DeleteBlogPost))
    .and(Rights::of(Operation::DeleteAttachment))
    .and(Rights::of(Operation::DeleteComment))
    .and(Rights::of(Operation::ArchivePage))
    .and(Rights::of(Operation::Restrict));

const ADMIN: Rights = MANAGER
    .and(Rights::of(Operation::Export))
    .and(Rights::of(Operation::Administer));

/// The role that the classes of open access may have, cut to reading (law 2.11).
pub const VIEWER: &SystemRole = &SystemRole {
    id: SpaceRoleId::from_random(1),
    name: "Viewer",
    description: "Views content and comments on it.",
    rights: VIEWS,
};

/// The roles of every site, the smallest first. A new space gives Collaborator to the licensed and
/// Admin to its creator.
pub const SYSTEM_ROLES: [SystemRole; 4] = [
    *VIEWER,
    SystemRole {
        id: SpaceRoleId::from_random(2),
        name: "Collaborator",
        description: "Views, creates and edits content, and comments on it.",
        rights: COLLABORATOR,
    },
    SystemRole {
        id: SpaceRoleId::from_random(3),
        name: "Manager",
        description: "Does what a collaborator does, and deletes, archives and restricts content.",
        rights: MANAGER,
    },
    SystemRole {
        id: SpaceRoleId::from_random(4),
        name: "Admin",
        description: "Does everything in the space, and administers it.",
        rights: ADMIN,
    },
];

/// Returns the system role that allows exactly these operations, if there is one.
#[must_use]
pub fn system_role_of(rights: Rights) -> Option<&'static SystemRole> {
    SYSTEM_ROLES.iter().find(|role| role.rights == rights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_holds_the_one_before_and_the_last_is_everything() {
        for pair in SYSTEM_ROLES.windows(2) {
            let [less, more] = pair else { continue };
            assert_eq!(less.rights.within(more.rights), less.rights);
        }
        assert_eq!(ADMIN.operations().count(), Operation::ALL.len());
    }
}
