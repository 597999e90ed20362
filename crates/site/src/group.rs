//! Groups: their names, what they give their members, and the members themselves.

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

/// A group to create.
#[derive(Debug, Clone)]
pub struct NewGroup {
    /// The name, which differs from all others by more than case.
    pub name: String,
    /// The access to Confluence that its members get.
    pub confluence: ConfluenceAccess,
    /// Whether its members are agents of the service desk.
    pub service_desk: bool,
}

/// A group as it is listed, with the number of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupInfo {
    /// The group itself.
    pub row: GroupRow,
    /// The number of accounts in it, including deactivated ones.
    pub members: usize,
}

impl Site {
    /// Returns all groups, by name. Only licensed people and site administration may list them
    /// (law 3.6).
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
    /// Forbidden to all but site administration; conflict if the name is taken; invalid for a bad
    /// name.
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

    /// Renames a group. Grants and lists refer to it by its id, so nothing changes for its members.
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

    /// Deletes a group with its memberships and grants. Lists that hold it remain lists without it
    /// (law 2.16).
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown group; invalid if it is the
    /// last administrator of a space (law 1.8).
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

    /// Adds an account to a group.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown group or account; invalid
    /// for a customer, who can be in no group (law 1.2).
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

    /// Removes an account from a group.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown group or account.
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
            "a customer can't be in a group; give the account another access first",
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

/// The unchanged row of an account that leaves a group. Touching it is what lets explanations find
/// the end of a membership that no longer exists (law 7.7).
fn left(account: &AccountRow) -> RowChange {
    account.clone().into()
}

fn row<'p>(plan: &'p Plan<'_>, group: GroupId) -> Result<&'p GroupRow, SiteError> {
    plan.catalogue.group(group).ok_or_else(absent)
}

/// Checks a name for a group and returns it, if no other group has one that reads alike.
fn free_name(plan: &Plan<'_>, asked: &str, own: Option<GroupId>) -> Result<Arc<str>, SiteError> {
    let name = name("name of the group", asked)?;
    let mut others = plan
        .catalogue
        .groups()
        .filter(|group| Some(group.id) != own);
    if others.any(|group| read_alike(&group.name, &name)) {
        return Err(SiteError::conflict(format!(
            "there is already a group {name}; choose another name"
        )));
    }
    Ok(name)
}

/// Describes what a group gives, for the journal.
fn given(row: &GroupRow) -> String {
    let agents = if row.service_desk {
        ", agents of the service desk"
    } else {
        ""
    };
    format!("Confluence access {}{agents}", row.confluence)
}
