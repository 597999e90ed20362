//! An account's access to Confluence, which is its tier (law 1.2).
//!
//! The tier follows from groups: setting the access puts the account into a group that gives it,
//! and takes it out of the groups that give another one.

use super::{AccountInfo, membership, row, site_admin};
use crate::entry::entry;
use crate::error::SiteError;
use crate::grant;
use crate::plan::Plan;
use crate::site::Site;
use crate::switch::after;
use crate::token;
use narthex_access::{
    AccountId, AccountKind, AccountRow, Catalogue, ConfluenceAccess, Credential, GrantId, GrantRow,
    GroupId, Operation, Principal, RowChange, SpaceId, Table,
};
use narthex_store::change::Change;
use std::collections::BTreeSet;

/// The access of an account to Confluence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Product access: the tier is Licensed.
    Confluence,
    /// The guest role, which is assigned to at most one space: the tier is Guest.
    Guest {
        /// The key of the space; `None` for a guest without one.
        space_key: Option<String>,
    },
    /// No access to Confluence: tier Unlicensed.
    None,
    /// Access to the customer portal only: the tier is Customer.
    Customer,
}

impl Access {
    /// The kind of an account with this access.
    pub(super) fn kind(&self) -> AccountKind {
        match self {
            Self::Customer => AccountKind::Customer,
            Self::Confluence | Self::Guest { .. } | Self::None => AccountKind::Site,
        }
    }
}

/// The groups that an account joins and leaves to get an access.
#[derive(Debug, Default)]
pub(super) struct Moves {
    pub(super) join: BTreeSet<GroupId>,
    pub(super) leave: BTreeSet<GroupId>,
}

impl Site {
    /// Sets an account's access.
    ///
    /// The account leaves the groups that give more or another access, and joins one that gives
    /// this access if none of its groups does. A guest gets *view* of its space if it has no such
    /// grant there. Everything that rests on the lost access ends in the same change, so that
    /// nothing forgotten revives later: a guest's assignment to a space, and a new customer's API
    /// tokens, groups and site administration. Grants and lists stay, without effect (law 2.9).
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown account; invalid for an
    /// unknown space, if no group gives the access, and if the last site administrator would become
    /// a customer.
    pub async fn set_account_access(
        &self,
        credential: &Credential,
        account: AccountId,
        access: Access,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_access(plan, account, &access)
        })
        .await
    }
}

pub(crate) fn plan_access(
    plan: &Plan<'_>,
    account: AccountId,
    access: &Access,
) -> Result<Change<()>, SiteError> {
    let was = row(plan, account)?;
    let groups: BTreeSet<GroupId> = plan
        .catalogue
        .memberships_of(account)
        .map(|row| row.group)
        .collect();
    let moves = moves(plan.catalogue, access, &groups)?;
    let becomes_customer = *access == Access::Customer;
    if becomes_customer {
        site_admin::require_another(plan, account)?;
    }
    let now = AccountRow {
        kind: access.kind(),
        guest_space: guest_space(plan.catalogue, access)?,
        site_admin: was.site_admin && !becomes_customer,
        ..was.clone()
    };
    let mut change = Change::nothing(());
    let left = moves
        .leave
        .iter()
        .filter_map(|group| plan.catalogue.membership(*group, account));
    change
        .rows
        .extend(left.map(|id| RowChange::Remove(Table::Membership, id.get())));
    change.rows.extend(
        moves
            .join
            .iter()
            .map(|group| membership(plan, *group, account)),
    );
    if now != *was || !change.rows.is_empty() {
        // The row is written even if it is unchanged: explanations find a change of groups through
        // it.
        change.rows.push(now.clone().into());
    }
    if !change.rows.is_empty() {
        let mut set = entry("account.access.set", &*was.email);
        set.before = told(plan.catalogue, &[], account);
        set.after = told(plan.catalogue, &change.rows, account);
        change.events.push(set);
    }
    if was.site_admin && !now.site_admin {
        change.events.push(site_admin::taken(&was.email));
    }
    if becomes_customer {
        token::end_all(plan, account, &mut change);
    }
    open_guest_space(plan, &now, &mut change);
    Ok(change)
}

/// Returns the groups to join and to leave for an access.
///
/// # Errors
/// Invalid if no group gives the access.
pub(super) fn moves(
    catalogue: &Catalogue,
    access: &Access,
    groups: &BTreeSet<GroupId>,
) -> Result<Moves, SiteError> {
    let gives = |id: &GroupId| {
        catalogue
            .group(*id)
            .map_or(ConfluenceAccess::None, |group| group.confluence)
    };
    let fits = |given: ConfluenceAccess| match access {
        Access::Confluence => given >= ConfluenceAccess::User,
        Access::Guest { .. } => given == ConfluenceAccess::Guest,
        Access::None | Access::Customer => false,
    };
    let stays = |id: &GroupId| match access {
        Access::Customer => false,
        _ => gives(id) == ConfluenceAccess::None || fits(gives(id)),
    };
    let mut moves = Moves::default();
    moves.leave.extend(groups.iter().filter(|id| !stays(id)));
    let needed = match access {
        Access::Confluence => Some(ConfluenceAccess::User),
        Access::Guest { .. } => Some(ConfluenceAccess::Guest),
        Access::None | Access::Customer => None,
    };
    if let Some(needed) = needed.filter(|_| !groups.iter().any(|id| fits(gives(id)))) {
        moves.join.insert(group_that_gives(catalogue, needed)?);
    }
    Ok(moves)
}

/// Returns the group that gives people an access: the one that set-up made for it or, if that group
/// was renamed, deleted or changed, the first by name of those that give exactly this access.
fn group_that_gives(catalogue: &Catalogue, access: ConfluenceAccess) -> Result<GroupId, SiteError> {
    let standard = crate::setup::GROUPS
        .iter()
        .filter(|group| group.confluence == access)
        .find_map(|group| catalogue.group_by_name(group.name))
        .filter(|group| group.confluence == access);
    let first = || {
        catalogue
            .groups()
            .filter(|g| g.confluence == access)
            .min_by_key(|g| &g.name)
    };
    standard
        .or_else(first)
        .map(|group| group.id)
        .ok_or_else(|| {
            SiteError::invalid(format!(
                "no group gives the access {access}; create a group that does, or change one"
            ))
        })
}

/// Returns the space that an access assigns to a guest, if it assigns one.
pub(super) fn guest_space(
    catalogue: &Catalogue,
    access: &Access,
) -> Result<Option<SpaceId>, SiteError> {
    let Access::Guest {
        space_key: Some(key),
    } = access
    else {
        return Ok(None);
    };
    let space = catalogue.space_by_key(key.trim()).ok_or_else(|| {
        SiteError::invalid(format!("there is no space {key}; choose an existing space"))
    })?;
    Ok(Some(space.row().id))
}

/// Gives a guest *view* of its space, unless a grant of its own gives it already: a guest assigned
/// to a space that it can't see would see nothing.
pub(super) fn open_guest_space<T>(plan: &Plan<'_>, guest: &AccountRow, change: &mut Change<T>) {
    let Some(space) = guest.guest_space else {
        return;
    };
    let principal = Principal::Account(guest.id);
    let reads =
        |grant: &GrantRow| grant.principal == principal && grant.operation == Operation::Read;
    if plan.catalogue.grants_in(space).any(reads) {
        return;
    }
    let id = plan.new_id(GrantId::from_random);
    change.rows.push(
        GrantRow {
            id,
            space,
            principal,
            operation: Operation::Read,
            role: None,
        }
        .into(),
    );
    let mut given = grant::event("space.permission.given", plan.catalogue, space);
    given.after = Some(format!("{principal} {}", Operation::Read));
    change.events.push(given);
}

/// Describes an account's access and groups after a change, for the journal.
pub(super) fn told(
    catalogue: &Catalogue,
    rows: &[RowChange],
    account: AccountId,
) -> Option<String> {
    let after = after(catalogue, rows);
    after
        .account(account)
        .map(|account| AccountInfo::of(&after, account).told())
}
