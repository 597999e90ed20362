//! Accounts, groups, and the tier that each account is in (law 1.2).
//!
//! These are the rows that a request's [`Subject`](crate::Subject) is made from; what an account
//! may do follows from them and from the [grants](crate::grant).

use crate::Millis;
use crate::id::{AccountId, GroupId, MembershipId, SpaceId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// The kind of reader that a subject is. Everybody is in exactly one tier (law 1.1).
    pub enum Tier {
        /// An active account with Confluence product access.
        Licensed = "licensed",
        /// An active account whose product role is guest. It is assigned at most one space.
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
    /// Whether an account belongs to the site or to the service desk alone.
    pub enum AccountKind {
        /// An account of the site, with or without products.
        Site = "site",
        /// A portal-only account, which logs in to the help centre and never to Confluence.
        Customer = "customer",
    }
}

words! {
    /// The Confluence access that a group gives its members.
    pub enum ConfluenceAccess {
        /// No access to Confluence.
        None = "none",
        /// The guest role.
        Guest = "guest",
        /// Product access, which makes its members licensed.
        User = "user",
        /// Product access and membership in the class of product administrators.
        Admin = "admin",
    }
}

/// A row of `account`: a person or program that can be known by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The id of the account.
    pub id: AccountId,
    /// The e-mail address that the account logs in with. It is unique, compared without case.
    pub email: Arc<str>,
    /// The display name, for readers who may see names.
    pub name: Arc<str>,
    /// Whether the account belongs to the site or is portal-only.
    pub kind: AccountKind,
    /// Whether the account may log in. Deactivating it also stops its tokens and sessions at once.
    pub active: bool,
    /// Whether the account is a site administrator, which is a role beside the tier.
    pub site_admin: bool,
    /// The one space that a guest is assigned. In the other tiers it is stored but has no effect.
    pub guest_space: Option<SpaceId>,
    /// When the account was created.
    pub created_at: Millis,
}

/// A row of `account_group`: a group of accounts, which grants and restrictions can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// The id of the group.
    pub id: GroupId,
    /// The name of the group, unique without case. Grants and restrictions hold the id, never the
    /// name.
    pub name: Arc<str>,
    /// The Confluence access that its members get.
    pub confluence: ConfluenceAccess,
    /// Whether its members are service desk agents, which gives them no right here (law 1.5).
    pub service_desk: bool,
}

/// A row of `membership`: one account in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRow {
    /// The id of the membership.
    pub id: MembershipId,
    /// The group that the account is in.
    pub group: GroupId,
    /// The account that is a member.
    pub account: AccountId,
}
