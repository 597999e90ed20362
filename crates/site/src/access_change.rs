//! Changes of access that a person makes in a form, so that the consequences of each can be shown
//! before it is made.
//!
//! A change is planned by the same functions that every other API uses. To rehearse a change is to
//! plan it and to compare the present catalogue with the one that it would make.

use crate::account::Access;
use crate::account::access::plan_access;
use crate::account::deactivation::{plan_deactivate, plan_reactivate};
use crate::account::site_admin::{self, plan_site_admin};
use crate::error::SiteError;
use crate::grant::{plan_grant_all, plan_revoke_all};
use crate::group::{plan_add_member, plan_delete, plan_remove_member, plan_set_access};
use crate::plan::Plan;
use crate::restriction::{Restrict, plan_restrict, plan_take_over};
use crate::site::Site;
use crate::space::plan_restore;
use crate::switch::{administered, after};
use narthex_access::exposure::{Exposure, PeopleExposure, exposure, people};
use narthex_access::{
    AccountId, ConfluenceAccess, Credential, GroupId, Operation, PageId, Principal,
};
use narthex_store::change::Change;

/// A change of what people may see or do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessChange {
    /// Gives permissions in a space; see [`Site::grant_all`].
    Grant {
        /// The key of the space.
        space_key: String,
        /// The account, group or class of people that receives the permissions.
        principal: Principal,
        /// The permissions to give.
        operations: Vec<Operation>,
    },
    /// Takes all permissions in a space; see [`Site::revoke_all`].
    Revoke {
        /// The key of the space.
        space_key: String,
        /// The account, group or class of people that loses all permissions granted to it.
        principal: Principal,
    },
    /// An administrator of the space adds itself to the lists of a restricted page, whether it sees
    /// the page or not. The act is audited.
    TakeOver {
        /// The key of the space.
        space_key: String,
        /// The restricted page to take over.
        page: PageId,
    },
    /// Sets the restrictions of a page; see [`Site::restrict_page`].
    Restrict(PageId, Restrict),
    /// Sets the access of an account; see [`Site::set_account_access`].
    SetAccess(AccountId, Access),
    /// Gives or takes site administration; see [`Site::set_site_admin`].
    SetSiteAdmin(AccountId, bool),
    /// Deactivates an account; see [`Site::deactivate_account`].
    Deactivate(AccountId),
    /// Reactivates an account; see [`Site::reactivate_account`].
    Reactivate(AccountId),
    /// Adds an account to a group; see [`Site::add_member`].
    AddMember(GroupId, AccountId),
    /// Removes an account from a group; see [`Site::remove_member`].
    RemoveMember(GroupId, AccountId),
    /// Sets what a group gives its members; see [`Site::set_group_access`].
    SetGroupAccess {
        /// The group whose access changes.
        group: GroupId,
        /// The access to Confluence that its members get.
        confluence: ConfluenceAccess,
        /// Whether its members are agents of the service desk.
        service_desk: bool,
    },
    /// Deletes a group; see [`Site::delete_group`].
    DeleteGroup(GroupId),
    /// Takes a space out of the trash; see [`Site::restore_space`].
    RestoreSpace {
        /// The key of the space.
        space_key: String,
    },
}

/// The consequences of a change, for tiers and for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequences {
    /// The consequences for each tier.
    pub tiers: Exposure,
    /// The consequences for each account.
    pub people: PeopleExposure,
}

impl Consequences {
    /// Whether the change lets anybody read something new, or gives anybody a licence.
    #[must_use]
    pub fn widens(&self) -> bool {
        self.tiers.widens() || self.people.widens()
    }
}

impl Site {
    /// Makes a change of access.
    ///
    /// # Errors
    /// Returns the errors of the operation that makes the change.
    pub async fn change_access(
        &self,
        credential: &Credential,
        wanted: AccessChange,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| planned(plan, &wanted))
            .await
    }

    /// Returns what a change of access would do, without doing it.
    ///
    /// # Errors
    /// As [`Site::change_access`].
    pub async fn rehearse_access(
        &self,
        credential: &Credential,
        wanted: &AccessChange,
    ) -> Result<Consequences, SiteError> {
        self.rehearse(credential, |plan| {
            let rows = planned(plan, wanted)?.rows;
            let then = after(plan.catalogue, &rows);
            Ok(Consequences {
                tiers: exposure(plan.catalogue, &then),
                people: people(plan.catalogue, &then, &rows),
            })
        })
        .await
    }
}

fn planned(plan: &Plan<'_>, wanted: &AccessChange) -> Result<Change<()>, SiteError> {
    match wanted {
        AccessChange::Grant {
            space_key,
            principal,
            operations,
        } => {
            let space = administered(plan, space_key)?;
            plan_grant_all(plan, space, *principal, operations)
        }
        AccessChange::Revoke {
            space_key,
            principal,
        } => {
            let space = administered(plan, space_key)?;
            plan_revoke_all(plan, space, *principal)
        }
        AccessChange::TakeOver { space_key, page } => {
            let space = administered(plan, space_key)?;
            plan_take_over(plan, space, *page)
        }
        AccessChange::Restrict(page, how) => plan_restrict(plan, *page, how),
        AccessChange::SetAccess(account, access) => {
            site_admin::require(plan)?;
            plan_access(plan, *account, access)
        }
        AccessChange::SetSiteAdmin(account, on) => {
            site_admin::require(plan)?;
            plan_site_admin(plan, *account, *on)
        }
        AccessChange::Deactivate(account) => {
            site_admin::require(plan)?;
            plan_deactivate(plan, *account)
        }
        AccessChange::Reactivate(account) => {
            site_admin::require(plan)?;
            plan_reactivate(plan, *account)
        }
        AccessChange::AddMember(group, account) => {
            site_admin::require(plan)?;
            plan_add_member(plan, *group, *account)
        }
        AccessChange::RemoveMember(group, account) => {
            site_admin::require(plan)?;
            plan_remove_member(plan, *group, *account)
        }
        AccessChange::SetGroupAccess {
            group,
            confluence,
            service_desk,
        } => {
            site_admin::require(plan)?;
            plan_set_access(plan, *group, *confluence, *service_desk)
        }
        AccessChange::DeleteGroup(group) => {
            site_admin::require(plan)?;
            plan_delete(plan, *group)
        }
        AccessChange::RestoreSpace { space_key } => plan_restore(plan, space_key),
    }
}
