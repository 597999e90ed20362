//! Groups: what they are called, what they give, and who is in them.

use crate::account::{self, site_admin};
use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::name::{name, read_alike};
use crate::plan::Plan;
use crate::principal;
use crate::site::Site;
use narthex_access::{
    AccountId, AccountKind, AccountRow, ConfluenceAccess, Credential, GroupId, GroupRow, Principal,
    RowChange, Table,
};
use narthex_store::change::{Change, Event};
use std::sync::Arc;

/// A group to be created.
#[derive(Debug, Clone)]
pub struct NewGroup {
    /// Its name, unique without case.
    pub name: String,
    /// What its members get in Confluence.
    pub confluence: ConfluenceAccess,
    /// Whether its members are agents of the service desk.
    pub service_desk: bool,
}

/// A group, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupInfo {
    /// The group.
    pub row: GroupRow,
    /// How many accounts are in it, deactivated ones too.
    pub members: usize,
}

impl Site {
    /// All groups, by name: to the licensed and to site administration (law 3.6).
    ///
    /// # Errors
    /// Forbidden to all others.
    pub async fn groups(&self, credential: &Credential) -> Result<Vec<GroupInfo>, SiteError> {
        self.rehearse(credential, |plan| {
            let mut all = Vec::new();
            for group in plan.view.groups()? {
                let members = plan.view.members(group.id)?.count();
                all.push(GroupInfo {
                    row: group.clone(),
                    members,
                });
            }
            all.sort_by(|a, b| a.row.name.cmp(&b.row.name));
            Ok(all)
        })
        .await
    }

    /// Creates a group.
    ///
    /// # Errors
    /// Forbidden to all but site administration; conflict for a name that is
    /// taken; invalid for a bad one.
    pub async fn create_group(
        &self,
        credential: &Credential,
        new: NewGroup,
    ) -> Result<GroupId, SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_create(plan, &new)
        })
        .await
    }

    /// Gives a group another name. Grants and lists hold its id, so nothing
    /// changes for its members.
    ///
    /// # Errors
    /// As [`Site::create_group`]; absent for an unknown group.
    pub async fn rename_group(
        &self,
        credential: &Credential,
        group: GroupId,
        name: String,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_rename(plan, group, &name)
        })
        .await
    }

    /// Sets what a group gives its members.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown group.
    pub async fn set_group_access(
        &self,
        credential: &Credential,
        group: GroupId,
        confluence: ConfluenceAccess,
        service_desk: bool,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_set_access(plan, group, confluence, service_desk)
        })
        .await
    }

    /// Deletes a group with its memberships and grants. Lists that hold it stay
    /// lists without it (law 2.16).
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown group;
    /// invalid where it is the last administrator of a space (law 1.8).
    pub async fn delete_group(
        &self,
        credential: &Credential,
        group: GroupId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_delete(plan, group)
        })
        .await
    }

    /// Puts an account into a group.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown group or
    /// account; invalid for a customer, who is in no group (law 1.2).
    pub async fn add_member(
        &self,
        credential: &Credential,
        group: GroupId,
        account: AccountId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_add_member(plan, group, account)
        })
        .await
    }

    /// Takes an account out of a group.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown group or
    /// account.
    pub async fn remove_member(
        &self,
        credential: &Credential,
        group: GroupId,
        account: AccountId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_remove_member(plan, group, account)
        })
        .await
    }
}

pub(crate) fn plan_create(plan: &Plan<'_>, new: &NewGroup) -> Result<Change<GroupId>, SiteError> {
    let row = GroupRow {
        id: plan.new_id(GroupId::from_random),
        name: free_name(plan, &new.name, None)?,
        confluence: new.confluence,
        service_desk: new.service_desk,
    };
    let mut change = Change::nothing(row.id);
    let mut created = entry("group.created", &*row.name);
    created.after = Some(given(&row));
    change.events.push(created);
    change.rows.push(row.into());
    Ok(change)
}

fn plan_rename(plan: &Plan<'_>, group: GroupId, to: &str) -> Result<Change<()>, SiteError> {
    let was = row(plan, group)?;
    let name = free_name(plan, to, Some(group))?;
    let mut change = Change::nothing(());
    if was.name != name {
        let mut renamed = entry("group.renamed", &*name);
        renamed.before = Some(was.name.to_string());
        renamed.after = Some(name.to_string());
        change.events.push(renamed);
        change.rows.push(
            GroupRow {
                name,
                ..was.clone()
            }
            .into(),
        );
    }
    Ok(change)
}

pub(crate) fn plan_set_access(
    plan: &Plan<'_>,
    group: GroupId,
    confluence: ConfluenceAccess,
    service_desk: bool,
) -> Result<Change<()>, SiteError> {
    let was = row(plan, group)?;
    let now = GroupRow {
        confluence,
        service_desk,
        ..was.clone()
    };
    let mut change = Change::nothing(());
    if now != *was {
        let mut set = entry("group.access.set", &*was.name);
        set.before = Some(given(was));
        set.after = Some(given(&now));
        change.events.push(set);
        change.rows.push(now.into());
    }
    Ok(change)
}

pub(crate) fn plan_delete(plan: &Plan<'_>, group: GroupId) -> Result<Change<()>, SiteError> {
    let was = row(plan, group)?;
    let mut change = Change::nothing(());
    let members: Vec<AccountId> = plan.catalogue.members_of(group).collect();
    let mut deleted = entry("group.deleted", &*was.name);
    deleted.before = Some(format!("{}; {} members", given(was), members.len()));
    change.events.push(deleted);
    principal::remove(plan, Principal::Group(group), &mut change)?;
    let memberships = members
        .iter()
        .filter_map(|who| plan.catalogue.membership(group, *who));
    change
        .rows
        .extend(memberships.map(|id| RowChange::Remove(Table::Membership, id.get())));
    let accounts = members
        .iter()
        .filter_map(|who| plan.catalogue.account(*who));
    change
        .rows
        .extend(accounts.map(|account| left(account.row())));
    change
        .rows
        .push(RowChange::Remove(Table::Group, group.get()));
    Ok(change)
}

pub(crate) fn plan_add_member(
    plan: &Plan<'_>,
    group: GroupId,
    account: AccountId,
) -> Result<Change<()>, SiteError> {
    let (of, who) = (row(plan, group)?, account::row(plan, account)?);
    if who.kind == AccountKind::Customer {
        return Err(SiteError::invalid(
            "a customer is in no group; give the account another access first",
        ));
    }
    let mut change = Change::nothing(());
    if plan.catalogue.membership(group, account).is_none() {
        change.rows.push(account::membership(plan, group, account));
        let mut added = entry("group.member.added", &*of.name);
        added.after = Some(who.email.to_string());
        change.events.push(added);
    }
    Ok(change)
}

pub(crate) fn plan_remove_member(
    plan: &Plan<'_>,
    group: GroupId,
    account: AccountId,
) -> Result<Change<()>, SiteError> {
    let (of, who) = (row(plan, group)?, account::row(plan, account)?);
    let mut change = Change::nothing(());
    if let Some(id) = plan.catalogue.membership(group, account) {
        change
            .rows
            .push(RowChange::Remove(Table::Membership, id.get()));
        change.rows.push(left(who));
        let removed = entry("group.member.removed", &*of.name);
        change.events.push(Event {
            before: Some(who.email.to_string()),
            ..removed
        });
    }
    Ok(change)
}

/// The row of an account that leaves a group: touched as it is, so that it tells
/// of a membership that isn't there any more (law 7.7).
fn left(account: &AccountRow) -> RowChange {
    account.clone().into()
}

fn row<'p>(plan: &'p Plan<'_>, group: GroupId) -> Result<&'p GroupRow, SiteError> {
    plan.catalogue.group(group).ok_or_else(absent)
}

/// A name that no other group has.
fn free_name(plan: &Plan<'_>, asked: &str, own: Option<GroupId>) -> Result<Arc<str>, SiteError> {
    let name = name("name of the group", asked)?;
    let mut others = plan
        .catalogue
        .groups()
        .filter(|group| Some(group.id) != own);
    if others.any(|group| read_alike(&group.name, &name)) {
        return Err(SiteError::conflict(format!(
            "there is a group {name}; take another name"
        )));
    }
    Ok(name)
}

/// What a group gives, in words.
fn given(row: &GroupRow) -> String {
    let agents = if row.service_desk {
        ", agents of the service desk"
    } else {
        ""
    };
    format!("Confluence access {}{agents}", row.confluence)
}
