//! Grants: space permissions and global permissions (laws 2.8 and 2a.15).
//!
//! A grant gives one [`Operation`] in a space, or one [`GlobalPermission`] on the site, to a
//! [`Principal`]. Grants only add up; restrictions are in [`restriction`](crate::restriction).

use crate::id::{AccountId, GlobalGrantId, GrantId, GroupId, SpaceId, SpaceRoleId};
use crate::word::words;
use core::fmt;

words! {
    /// An access class: a principal whose members follow from their tier (law 2.10).
    pub enum AccessClass {
        /// The tier Licensed.
        AllLicensedUsers = "all-licensed-users",
        /// Every active account. A grant to this class is the space's unlicensed view.
        AuthenticatedUsers = "authenticated-users",
        /// Everybody, logged in or not. A grant to this class is the space's anonymous view.
        AnonymousUsers = "anonymous-users",
        /// The licensed members of administrator groups.
        AllProductAdmins = "all-product-admins",
        /// The licensed administrators of a service project that links the space.
        JsmProjectAdmins = "jsm-project-admins",
    }
}

/// The account, group or class that a grant is given to or a restriction lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// One account.
    Account(AccountId),
    /// The members of a group.
    Group(GroupId),
    /// The members of an access class.
    Class(AccessClass),
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Group(id) => write!(f, "group:{id}"),
            Self::Class(class) => write!(f, "class:{class}"),
        }
    }
}

/// The error for a text that doesn't name a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPrincipal;

impl core::str::FromStr for Principal {
    type Err = NotAPrincipal;

    fn from_str(text: &str) -> Result<Self, NotAPrincipal> {
        let (kind, id) = text.split_once(':').ok_or(NotAPrincipal)?;
        match kind {
            "account" => id.parse().map(Self::Account).map_err(|_| NotAPrincipal),
            "group" => id.parse().map(Self::Group).map_err(|_| NotAPrincipal),
            "class" => AccessClass::from_word(id)
                .map(Self::Class)
                .ok_or(NotAPrincipal),
            _ => Err(NotAPrincipal),
        }
    }
}

words! {
    /// An operation that a space permission allows on a type of target, in the words of the v1 API.
    pub enum Operation {
        /// View the space and its content.
        Read = "read/space",
        /// Create and edit pages.
        CreatePage = "create/page",
        /// Create and edit blog posts.
        CreateBlogPost = "create/blogpost",
        /// Add attachments.
        CreateAttachment = "create/attachment",
        /// Add comments.
        CreateComment = "create/comment",
        /// Delete one's own content.
        DeleteOwn = "delete/space",
        /// Delete any page.
        DeletePage = "delete/page",
        /// Delete any blog post.
        DeleteBlogPost = "delete/blogpost",
        /// Delete any attachment.
        DeleteAttachment = "delete/attachment",
        /// Delete any comment.
        DeleteComment = "delete/comment",
        /// Archive pages.
        ArchivePage = "archive/page",
        /// Restrict pages.
        Restrict = "restrict_content/space",
        /// Export the space.
        Export = "export/space",
        /// Administer the space.
        Administer = "administer/space",
    }
}

impl Operation {
    /// Returns the operation's verb, as in the `operation` of v1.
    #[must_use]
    pub fn verb(self) -> &'static str {
        self.word()
            .split_once('/')
            .map_or(self.word(), |(verb, _)| verb)
    }

    /// Returns the operation's type of target, as in the `targetType` of v1.
    #[must_use]
    pub fn target(self) -> &'static str {
        self.word()
            .split_once('/')
            .map_or("space", |(_, target)| target)
    }
}

/// A set of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Rights(u16);

impl Rights {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// Returns the set with one operation.
    #[must_use]
    pub const fn of(operation: Operation) -> Self {
        Self(1 << operation as u16)
    }

    /// Whether an operation is in the set.
    #[must_use]
    pub const fn has(self, operation: Operation) -> bool {
        self.0 & (1 << operation as u16) != 0
    }

    /// Returns the operations that are in either set.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the operations that are in both sets.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the operations in the set, in the order of [`Operation::ALL`].
    pub fn operations(self) -> impl Iterator<Item = Operation> {
        Operation::ALL
            .iter()
            .copied()
            .filter(move |operation| self.has(*operation))
    }
}

/// A row of `space_grant`: one operation in one space for one principal.
///
/// The rows of [`AccessClass::AuthenticatedUsers`] and
/// [`AccessClass::AnonymousUsers`] *are* the switches of laws 4.2 and 4.3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// The id of the grant, which v1 shows as the id of a space permission.
    pub id: GrantId,
    /// The space that the grant is about.
    pub space: SpaceId,
    /// The principal that it is given to.
    pub principal: Principal,
    /// The operation that it allows.
    pub operation: Operation,
    /// The role that the grant is a part of. `None` for a single permission.
    pub role: Option<SpaceRoleId>,
}

words! {
    /// A permission on the whole site, for licensed accounts (law 2a.15).
    pub enum GlobalPermission {
        /// Use Confluence.
        Use = "use",
        /// Create spaces.
        CreateSpace = "create_space",
        /// Have a personal space.
        PersonalSpace = "personal_space",
        /// Administer Confluence.
        Administer = "administer",
    }
}

/// A row of `global_grant`: one permission on the site for one principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobalGrantRow {
    /// The id of the grant.
    pub id: GlobalGrantId,
    /// The principal that it is given to.
    pub principal: Principal,
    /// The permission that it gives.
    pub permission: GlobalPermission,
}
