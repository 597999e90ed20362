//! Accounts: adding, listing and renaming them, which only site administration may do.
//!
//! The submodules hold an account's access, its deactivation and deletion, and the role of a site
//! administrator.

pub mod access;
pub mod deactivation;
pub mod deletion;
pub mod site_admin;

use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::name;
use crate::one_time_link;
use crate::password::HashedPassword;
use crate::plan::Plan;
use crate::secret::Secret;
use crate::session;
use crate::site::Site;
use narthex_access::catalogue::Account;
use narthex_access::{
    AccountId, AccountKind, AccountRow, Catalogue, ConfluenceAccess, Credential, GroupId,
    MembershipId, MembershipRow, Millis, RowChange, SpaceId, Tier,
};
use narthex_store::change::Change;
use std::collections::BTreeSet;
use std::sync::Arc;

pub use access::Access;

/// An account to add.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The e-mail address, which no other account may have.
    pub email: String,
    /// The name that people are shown.
    pub name: String,
    /// The access to Confluence.
    pub access: Access,
    /// The names of groups to join, beside the group that gives the access.
    pub groups: Vec<String>,
    /// The password. If it is `None`, the account gets a one-time link to set one.
    pub password: Option<HashedPassword>,
}

/// An account that was added, with the means to log in for the first time.
#[derive(Debug, Clone)]
pub struct Added {
    /// The id of the new account.
    pub account: AccountId,
    /// The secret of the account's one-time link, which is shown only here; `None` for an account
    /// that was given a password.
    pub link: Option<Secret>,
}

/// An account as administration shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountInfo {
    /// The account's id.
    pub id: AccountId,
    /// The account's e-mail address.
    pub email: Arc<str>,
    /// The name that people are shown.
    pub name: Arc<str>,
    /// Whether it is an account of the site or of a customer, for the portal only.
    pub kind: AccountKind,
    /// Whether it may log in.
    pub active: bool,
    /// Its tier; `None` for a deactivated account (law 1.1).
    pub tier: Option<Tier>,
    /// The access to Confluence that its groups give.
    pub confluence: ConfluenceAccess,
    /// Whether it is an agent of the service desk; all other accounts are customers there.
    pub agent: bool,
    /// Whether it has site administration.
    pub site_admin: bool,
    /// The id and key of the space that a guest is assigned to.
    pub guest_space: Option<(SpaceId, Arc<str>)>,
    /// The names of its groups, sorted.
    pub groups: Vec<Arc<str>>,
    /// The moment when it was added.
    pub created_at: Millis,
}

impl AccountInfo {
    /// Collects what administration shows of an account in a catalogue.
    pub(crate) fn of(catalogue: &Catalogue, account: &Account) -> Self {
        let row = account.row();
        let groups = || {
            account
                .groups()
                .iter()
                .filter_map(|id| catalogue.group(*id))
        };
        let mut names: Vec<Arc<str>> = groups().map(|group| group.name.clone()).collect();
        names.sort();
        let key_of = |id| {
            catalogue
                .space(id)
                .map(|space| (id, space.row().key.clone()))
        };
        Self {
            id: row.id,
            email: row.email.clone(),
            name: row.name.clone(),
            kind: row.kind,
            active: row.active,
            tier: account.tier(),
            confluence: account.access(),
            agent: groups().any(|group| group.service_desk),
            site_admin: row.site_admin,
            guest_space: row.guest_space.and_then(key_of),
            groups: names,
            created_at: row.created_at,
        }
    }

    /// Describes its access and groups, for the journal.
    fn told(&self) -> String {
        let access = match (self.kind, self.confluence) {
            (AccountKind::Customer, _) => "customer".to_owned(),
            (_, ConfluenceAccess::User | ConfluenceAccess::Admin) => "confluence".to_owned(),
            (_, ConfluenceAccess::Guest) => match &self.guest_space {
                Some((_, key)) => format!("guest of {key}"),
                None => "guest".to_owned(),
            },
            (_, ConfluenceAccess::None) => "none".to_owned(),
        };
        if self.groups.is_empty() {
            access
        } else {
            format!("{access} ({})", self.groups.join(", "))
        }
    }
}

impl Site {
    /// Adds an account.
    ///
    /// # Errors
    /// Forbidden to all but site administration; [`SiteError::PasswordNeeded`], because it makes a
    /// password or a link to set one; conflict if the e-mail address is taken; invalid if the name,
    /// access and groups are wrong or don't fit together.
    pub async fn add_account(
        &self,
        credential: &Credential,
        new: NewAccount,
    ) -> Result<Added, SiteError> {
        let link = new
            .password
            .is_none()
            .then(|| Secret::random(&self.entropy));
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            session::require_password(plan)?;
            plan_add(plan, &new, link.as_ref())
        })
        .await
    }

    /// Returns all accounts, by name.
    ///
    /// # Errors
    /// Forbidden to all but site administration.
    pub async fn accounts(&self, credential: &Credential) -> Result<Vec<AccountInfo>, SiteError> {
        self.rehearse(credential, |plan| {
            site_admin::require(plan)?;
            let info = |account| AccountInfo::of(plan.catalogue, account);
            let mut all: Vec<AccountInfo> = plan.catalogue.accounts().map(info).collect();
            all.sort_by_cached_key(|info| (info.name.to_lowercase(), info.id));
            Ok(all)
        })
        .await
    }

    /// Returns one account.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown account.
    pub async fn account(
        &self,
        credential: &Credential,
        account: AccountId,
    ) -> Result<AccountInfo, SiteError> {
        self.rehearse(credential, |plan| {
            site_admin::require(plan)?;
            let account = plan.catalogue.account(account).ok_or_else(absent)?;
            Ok(AccountInfo::of(plan.catalogue, account))
        })
        .await
    }

    /// Returns the account with an e-mail address, in upper or lower case.
    ///
    /// # Errors
    /// As [`Site::account`].
    pub async fn account_by_email(
        &self,
        credential: &Credential,
        email: &str,
    ) -> Result<AccountInfo, SiteError> {
        self.rehearse(credential, |plan| {
            site_admin::require(plan)?;
            let account = plan
                .catalogue
                .account_by_email(email.trim())
                .ok_or_else(absent)?;
            Ok(AccountInfo::of(plan.catalogue, account))
        })
        .await
    }

    /// Renames an account.
    ///
    /// # Errors
    /// As [`Site::account`]; invalid for a bad name.
    pub async fn rename_account(
        &self,
        credential: &Credential,
        account: AccountId,
        name: String,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            let row = row(plan, account)?;
            let name = name::name("name", &name)?;
            let mut change = Change::nothing(());
            if row.name != name {
                let mut renamed = entry("account.renamed", &*row.email);
                renamed.before = Some(row.name.to_string());
                renamed.after = Some(name.to_string());
                change.events.push(renamed);
                change.rows.push(
                    AccountRow {
                        name,
                        ..row.clone()
                    }
                    .into(),
                );
            }
            Ok(change)
        })
        .await
    }
}

/// Returns the row of an account, or `Absent` if there is no such account.
pub(crate) fn row<'p>(plan: &'p Plan<'_>, account: AccountId) -> Result<&'p AccountRow, SiteError> {
    Ok(plan.catalogue.account(account).ok_or_else(absent)?.row())
}

/// Plans a new account. The caller has checked that the subject may add one.
pub(crate) fn plan_add(
    plan: &Plan<'_>,
    new: &NewAccount,
    link: Option<&Secret>,
) -> Result<Change<Added>, SiteError> {
    let email = name::email(&new.email)?;
    let name = name::name("name", &new.name)?;
    if plan.catalogue.account_by_email(&email).is_some() {
        return Err(SiteError::conflict(format!(
            "there is already an account with the e-mail address {email}; use another address, or \
             change that account"
        )));
    }
    let id = plan.new_id(AccountId::from_random);
    let asked = asked_groups(plan.catalogue, new)?;
    let moves = access::moves(plan.catalogue, &new.access, &asked)?;
    if let Some(group) = moves.leave.iter().find_map(|id| plan.catalogue.group(*id)) {
        return Err(SiteError::invalid(format!(
            "the group {} doesn't fit the access that you chose; leave one of them out",
            group.name
        )));
    }
    let guest_space = access::guest_space(plan.catalogue, &new.access)?;
    let mut change = Change::nothing(Added {
        account: id,
        link: link.cloned(),
    });
    let row = AccountRow {
        id,
        email,
        name,
        kind: new.access.kind(),
        active: true,
        site_admin: false,
        guest_space,
        created_at: plan.now,
    };
    change.rows.push(row.clone().into());
    for group in asked.union(&moves.join) {
        change.rows.push(membership(plan, *group, id));
    }
    match (&new.password, link) {
        (Some(password), _) => change.beside.push(password.of(id)),
        (None, Some(link)) => change.rows.push(one_time_link::fresh(plan, id, link)),
        (None, None) => {}
    }
    let mut added = entry("account.added", &*row.email);
    added.after = access::told(plan.catalogue, &change.rows, id);
    change.events.push(added);
    access::open_guest_space(plan, &row, &mut change);
    Ok(change)
}

fn asked_groups(catalogue: &Catalogue, new: &NewAccount) -> Result<BTreeSet<GroupId>, SiteError> {
    let find = |name: &String| {
        catalogue
            .group_by_name(name.trim())
            .map(|group| group.id)
            .ok_or_else(|| SiteError::invalid(format!("there is no group {name}; create it first")))
    };
    new.groups.iter().map(find).collect()
}

/// Makes the row of a new membership.
pub(crate) fn membership(plan: &Plan<'_>, group: GroupId, account: AccountId) -> RowChange {
    MembershipRow {
        id: plan.new_id(MembershipId::from_random),
        group,
        account,
    }
    .into()
}
