//! Deactivating and reactivating an account.

use super::{row, site_admin};
use crate::entry::entry;
use crate::error::SiteError;
use crate::plan::Plan;
use crate::site::Site;
use crate::{one_time_link, session, token};
use narthex_access::{AccountId, AccountRow, Credential};
use narthex_store::change::Change;

impl Site {
    /// Deactivates an account: it can't log in, and its sessions, API tokens and one-time links end
    /// for good, so that reactivation revives none of them. Groups, grants, lists and the password
    /// stay.
    ///
    /// The last administrator of a space can be deactivated: its grant counts again after
    /// reactivation, and site administration administers every space meanwhile. So no space delays
    /// the removal of somebody who must lose access at once.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown account; invalid for the
    /// last site administrator (law 1.8).
    pub async fn deactivate_account(
        &self,
        credential: &Credential,
        account: AccountId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_deactivate(plan, account)
        })
        .await
    }

    /// Lets a deactivated account log in again. It needs a new log-in, since its credentials have
    /// ended.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown account.
    pub async fn reactivate_account(
        &self,
        credential: &Credential,
        account: AccountId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan_reactivate(plan, account)
        })
        .await
    }
}

pub(crate) fn plan_deactivate(
    plan: &Plan<'_>,
    account: AccountId,
) -> Result<Change<()>, SiteError> {
    let was = row(plan, account)?;
    let mut change = Change::nothing(());
    if !was.active {
        return Ok(change);
    }
    site_admin::require_another(plan, account)?;
    change.rows.push(
        AccountRow {
            active: false,
            ..was.clone()
        }
        .into(),
    );
    change
        .events
        .push(entry("account.deactivated", &*was.email));
    session::end_all(plan, account, &mut change);
    token::end_all(plan, account, &mut change);
    one_time_link::end_all(plan, account, &mut change);
    Ok(change)
}

pub(crate) fn plan_reactivate(
    plan: &Plan<'_>,
    account: AccountId,
) -> Result<Change<()>, SiteError> {
    let was = row(plan, account)?;
    let mut change = Change::nothing(());
    if !was.active {
        change.rows.push(
            AccountRow {
                active: true,
                ..was.clone()
            }
            .into(),
        );
        change
            .events
            .push(entry("account.reactivated", &*was.email));
    }
    Ok(change)
}
