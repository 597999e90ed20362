//! One-time links, each of which sets the password of its account once.
//!
//! An account that is added without a password gets one; site administration makes another for
//! people who have forgotten their password.

use crate::account::site_admin;
use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::password::{self, Password, Passwords};
use crate::plan::Plan;
use crate::secret::{self, Secret};
use crate::session;
use crate::site::Site;
use narthex_access::credential::SecretHash;
use narthex_access::{
    AccountId, Catalogue, Credential, Millis, OneTimeLinkId, OneTimeLinkRow, RowChange, Table,
};
use narthex_store::change::Change;
use std::sync::Arc;

/// How long a link is valid: a week, so that it may be sent before a holiday.
pub const LINK_LIFETIME: Millis = 7 * 24 * 60 * 60 * 1_000;

/// The account whose password a link sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOwner {
    /// The account's id.
    pub account: AccountId,
    /// The account's e-mail address, which is used to log in.
    pub email: Arc<str>,
    /// The account's name.
    pub name: Arc<str>,
}

impl Site {
    /// Makes a one-time link for an account and ends its earlier links. A password that it has
    /// stays until the link is used.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown account;
    /// [`SiteError::PasswordNeeded`]; invalid for a deactivated account.
    pub async fn create_one_time_link(
        &self,
        credential: &Credential,
        account: AccountId,
    ) -> Result<Secret, SiteError> {
        let secret = Secret::random(&self.entropy);
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            session::require_password(plan)?;
            let row = plan.catalogue.account(account).ok_or_else(absent)?.row();
            if !row.active {
                return Err(SiteError::invalid(
                    "the account is deactivated; reactivate it first",
                ));
            }
            let mut change = Change::nothing(secret.clone());
            end_all(plan, account, &mut change);
            change.rows.push(fresh(plan, account, &secret));
            change
                .events
                .push(entry("one_time_link.created", &*row.email));
            Ok(change)
        })
        .await
    }

    /// Returns the owner of a link, for the page that asks for the new password.
    ///
    /// # Errors
    /// Invalid for a link that can't be used, whatever the reason.
    pub async fn one_time_link(&self, secret: &str) -> Result<LinkOwner, SiteError> {
        let hash = secret::hash(secret);
        self.rehearse(&Credential::Nobody, |plan| {
            usable(plan.catalogue, &hash, plan.now).map(|(_, owner)| owner)
        })
        .await
    }

    /// Uses a link: sets the account's password, and ends the link and the account's sessions, all
    /// in one change.
    ///
    /// # Errors
    /// Invalid for a link that can't be used, and for a password that breaks the rules; in the
    /// latter case the link can still be used.
    pub async fn use_one_time_link(
        &self,
        passwords: &Passwords,
        secret: &str,
        password: &Password,
    ) -> Result<LinkOwner, SiteError> {
        // The link is checked before the password is hashed, so that requests without one cost
        // little.
        self.one_time_link(secret).await?;
        let hash = secret::hash(secret);
        let password = passwords.hash(password).await?;
        self.commit(&Credential::Nobody, move |plan| {
            let (link, owner) = usable(plan.catalogue, &hash, plan.now)?;
            let mut change = Change::nothing(());
            password::set(plan, link.account, &password, "password.set", &mut change)?;
            let Change {
                rows,
                beside,
                events,
                ..
            } = change;
            Ok(Change {
                rows,
                beside,
                events,
                answer: owner,
            })
        })
        .await
    }
}

fn usable<'c>(
    catalogue: &'c Catalogue,
    hash: &SecretHash,
    now: Millis,
) -> Result<(&'c OneTimeLinkRow, LinkOwner), SiteError> {
    let link = catalogue
        .one_time_link_by_hash(hash)
        .filter(|link| link.ended_at.is_none() && now < link.expires_at);
    let owner = link
        .and_then(|link| catalogue.account(link.account))
        .filter(|account| account.row().active);
    let (Some(link), Some(owner)) = (link, owner) else {
        return Err(SiteError::invalid(
            "this link was used, replaced or has expired; ask a site administrator for a new one",
        ));
    };
    let row = owner.row();
    let owner = LinkOwner {
        account: row.id,
        email: row.email.clone(),
        name: row.name.clone(),
    };
    Ok((link, owner))
}

/// Makes the row of a new link.
pub(crate) fn fresh(plan: &Plan<'_>, account: AccountId, secret: &Secret) -> RowChange {
    OneTimeLinkRow {
        id: plan.new_id(OneTimeLinkId::from_random),
        account,
        hash: secret.hash(),
        expires_at: plan.now.saturating_add(LINK_LIFETIME),
        ended_at: None,
    }
    .into()
}

/// Plans the end of an account's links, and removes the rows of those that had ended before.
pub(crate) fn end_all<T>(plan: &Plan<'_>, account: AccountId, change: &mut Change<T>) {
    change
        .rows
        .extend(plan.catalogue.one_time_links_of(account).map(|row| {
            match row.ended_at {
                Some(_) => RowChange::Remove(Table::OneTimeLink, row.id.get()),
                None => OneTimeLinkRow {
                    ended_at: Some(plan.now),
                    ..row.clone()
                }
                .into(),
            }
        }));
}
