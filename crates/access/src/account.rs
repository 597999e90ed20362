//! Accounts, groups and the tiers that people are in (law 1.2).

use crate::Millis;
use crate::id::{AccountId, GroupId, MembershipId, SpaceId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// What a request's subject is, exactly one (law 1.1).
    pub enum Tier {
        /// An active account with Confluence product access.
        Licensed = "licensed",
        /// An active account whose product role is guest; at most one space.
        Guest = "guest",
        /// An active account of the site without Confluence product access.
        Unlicensed = "unlicensed",
        /// A portal-only account of the service desk.
        Customer = "customer",
        /// Nobody is logged in.
        Anonymous = "anonymous",
    }
}

words! {
    /// The kind of an account.
    pub enum AccountKind {
        /// An account of the site, with or without products.
        Site = "site",
        /// A portal-only account: logs in to the help centre, never to Confluence.
        Customer = "customer",
    }
}

words! {
    /// What a group gives its members in Confluence.
    pub enum ConfluenceAccess {
        /// Nothing.
        None = "none",
        /// The guest role.
        Guest = "guest",
        /// Product access: its members are licensed.
        User = "user",
        /// Product access, and the class of product administrators.
        Admin = "admin",
    }
}

/// A row of `account`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// The e-mail address that logs in; unique without case.
    pub email: Arc<str>,
    /// The name shown to who may see names.
    pub name: Arc<str>,
    /// Whether it is of the site or portal-only.
    pub kind: AccountKind,
    /// A deactivated account can't log in; its tokens and sessions stop at once.
    pub active: bool,
    /// Site administration, a role beside the tier.
    pub site_admin: bool,
    /// The one space of a guest; kept without effect in the other tiers.
    pub guest_space: Option<SpaceId>,
    /// When it was made.
    pub created_at: Millis,
}

/// A row of `account_group`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Its name, unique without case. Grants and lists never hold it.
    pub name: Arc<str>,
    /// What its members get in Confluence.
    pub confluence: ConfluenceAccess,
    /// Whether its members are agents of the service desk; no right here (law 1.5).
    pub service_desk: bool,
}

/// A row of `membership`: one account in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRow {
    /// Its id.
    pub id: MembershipId,
    /// The group.
    pub group: GroupId,
    /// The account.
    pub account: AccountId,
}
