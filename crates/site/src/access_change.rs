//! Changes of access that a person makes by a form, so that one can look at what each would do
//! before it is done.
//!
//! A change is planned by the same functions as at every other door. To rehearse it is to plan it
//! and to compare the site that is with the site that it would make.

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
    /// [`Site::grant_all`].
    Grant {
        /// The key of the space.
        space_key: String,
        /// Who is given it.
        principal: Principal,
        /// What is given.
        operations: Vec<Operation>,
    },
    /// [`Site::revoke_all`].
    Revoke {
        /// The key of the space.
        space_key: String,
        /// Who loses all that it has been granted.
        principal: Principal,
    },
    /// An administrator of the space puts itself on the lists of a restricted page,
    /// seen or not; an audited act.
    TakeOver {
        /// The key of the space.
        space_key: String,
        /// The restricted page.
        page: PageId,
    },
    /// [`Site::restrict_page`].
    Restrict(PageId, Restrict),
    /// [`Site::set_account_access`].
    SetAccess(AccountId, Access),
    /// [`Site::set_site_admin`].
    SetSiteAdmin(AccountId, bool),
    /// [`Site::deactivate_account`].
    Deactivate(AccountId),
    /// [`Site::reactivate_account`].
    Reactivate(AccountId),
    /// [`Site::add_member`].
    AddMember(GroupId, AccountId),
    /// [`Site::remove_member`].
    RemoveMember(GroupId, AccountId),
    /// [`Site::set_group_access`].
    SetGroupAccess {
        /// The group.
        group: GroupId,
        /// What its members get in Confluence.
        confluence: ConfluenceAccess,
        /// Whether its members are agents of the service desk.
        service_desk: bool,
    },
    /// [`Site::delete_group`].
    DeleteGroup(GroupId),
    /// [`Site::restore_space`].
    RestoreSpace {
        /// The key of the space.
        space_key: String,
    },
}

/// What a change would do, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequences {
    /// Tier by tier.
    pub tiers: Exposure,
    /// Account by account.
    pub people: PeopleExposure,
}

impl Consequences {
    /// Whether somebody would come to read something, or get a licence.
    #[must_use]
    pub fn widens(&self) -> bool {
        self.tiers.widens() || self.people.widens()
    }
}

impl Site {
    /// Makes a change of access.
    ///
    /// # Errors
    /// As the operation of the change.
    pub async fn change_access(
        &self,
        credential: &Credential,
        wanted: AccessChange,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| planned(plan, &wanted))
            .await
    }

    /// What a change of access would do, without doing it.
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
