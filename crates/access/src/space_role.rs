//! Space roles: named sets of permissions.
//!
//! What a role gives is grants, so the permissions page, the call and the roles are
//! doors to one fact (law 4.1). Each grant keeps the role that it was given as a part of:
//! a role has those principals in a space to whom it was assigned, and who have exactly
//! its grants there. Somebody who happens to have the same grants isn't in it.

use crate::catalogue::rows::Found;
use crate::grant::{Operation, Rights};
use crate::id::SpaceRoleId;
use alloc::sync::Arc;

/// A row of `space_role`: a role that site administration made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceRoleRow {
    /// Its id.
    pub id: SpaceRoleId,
    /// Its name.
    pub name: Arc<str>,
    /// A line about it.
    pub description: Arc<str>,
    /// What its members may do; reading among it.
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

/// A role of every site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemRole {
    /// Its id.
    pub id: SpaceRoleId,
    /// Its name.
    pub name: &'static str,
    /// A line about it.
    pub description: &'static str,
    /// What who has it may do.
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

/// The role that the classes of open access take, cut to reading (law 2.11).
pub const VIEWER: &SystemRole = &SystemRole {
    id: SpaceRoleId::from_random(1),
    name: "Viewer",
    description: "Views content and comments on it.",
    rights: VIEWS,
};

/// The roles of every site, the smallest first. What a new space gives the
/// licensed is the role Collaborator, and what it gives its creator Admin.
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

/// The role of every site that gives exactly these rights.
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
