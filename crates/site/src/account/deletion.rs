//! Deleting an account with everything that belongs to it alone.

use super::{row, site_admin};
use crate::entry::entry;
use crate::error::SiteError;
use crate::plan::Plan;
use crate::principal;
use crate::site::Site;
use narthex_access::{AccountId, Credential, Principal, RowChange, Table};
use narthex_store::change::{Beside, Change};
use narthex_store::user_property::UserPropertyChange;

impl Site {
    /// Deletes an account with its password, sessions, tokens, links, groups and grants, and with
    /// its likes, watches, statuses, properties and drafts over published pages. Lists that hold
    /// the account remain lists without it: a page that was restricted to it alone is restricted to
    /// nobody (law 2.16). Its texts stay and are shown as written by "a user".
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown account; invalid for the
    /// last site administrator and for the last administrator of a space (law 1.8).
    pub async fn delete_account(
        &self,
        credential: &Credential,
        account: AccountId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_delete(plan, account)
        })
        .await
    }
}

pub(super) fn plan_delete(plan: &Plan<'_>, account: AccountId) -> Result<Change<()>, SiteError> {
    let was = row(plan, account)?;
    site_admin::require_another(plan, account)?;
    let catalogue = plan.catalogue;
    let mut change = Change::nothing(());
    let mut deleted = entry("account.deleted", &*was.email);
    deleted.before = super::access::told(catalogue, &[], account);
    change.events.push(deleted);
    principal::remove(plan, Principal::Account(account), &mut change)?;

    let memberships = catalogue
        .memberships_of(account)
        .map(|row| (Table::Membership, row.id.get()));
    let tokens = catalogue
        .tokens_of(account)
        .map(|row| (Table::Token, row.id.get()));
    let sessions = catalogue
        .sessions_of(account)
        .map(|row| (Table::Session, row.id.get()));
    let links = catalogue
        .one_time_links_of(account)
        .map(|row| (Table::OneTimeLink, row.id.get()));
    let likes = catalogue
        .likes_by(account)
        .map(|row| (Table::Like, row.id.get()));
    let watches = catalogue
        .watches_by(account)
        .map(|row| (Table::Watch, row.id.get()));
    let statuses = catalogue
        .custom_statuses_of(account)
        .map(|row| (Table::CustomStatus, row.id.get()));
    let drafts = || catalogue.page_drafts_by(account);
    let texts: Vec<_> = drafts().map(|row| row.body).collect();
    let drafts = drafts().map(|row| (Table::PageDraft, row.id.get()));
    let gone = memberships
        .chain(tokens)
        .chain(sessions)
        .chain(links)
        .chain(likes)
        .chain(watches)
        .chain(statuses)
        .chain(drafts)
        .chain([(Table::Account, account.get())]);
    change
        .rows
        .extend(gone.map(|(table, id)| RowChange::Remove(table, id)));
    if !texts.is_empty() {
        change.beside.push(Beside::RetireBodies(texts));
    }
    change.beside.extend([
        Beside::Password {
            account,
            hash: None,
        },
        Beside::UserProperty(account, UserPropertyChange::RemoveAll),
    ]);
    Ok(change)
}
