//! Site administration: a role that an account has beside its tier (law 1.6).

use super::row;
use crate::entry::entry;
use crate::error::SiteError;
use crate::plan::Plan;
use crate::session;
use crate::site::Site;
use narthex_access::{AccountId, AccountKind, AccountRow, Credential, Refused};
use narthex_store::change::{Change, Event};

impl Site {
    /// Gives or takes site administration.
    ///
    /// # Errors
    /// Forbidden to all but site administration; [`SiteError::PasswordNeeded`] to give it; absent
    /// for an unknown account; invalid to give it to a customer or a deactivated account, and to
    /// take it from the last account that has it.
    pub async fn set_site_admin(
        &self,
        credential: &Credential,
        account: AccountId,
        on: bool,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            require(plan)?;
            if on {
                session::require_password(plan)?;
            }
            plan_site_admin(plan, account, on)
        })
        .await
    }
}

pub(crate) fn plan_site_admin(
    plan: &Plan<'_>,
    account: AccountId,
    on: bool,
) -> Result<Change<()>, SiteError> {
    let was = row(plan, account)?;
    let mut change = Change::nothing(());
    if was.site_admin == on {
        return Ok(change);
    }
    if on && (was.kind == AccountKind::Customer || !was.active) {
        return Err(SiteError::invalid(
            "site administration is for active accounts of the site; reactivate the account, or \
             give a customer another access first",
        ));
    }
    if on {
        change
            .events
            .push(entry("account.site_admin.given", &*was.email));
    } else {
        require_another(plan, account)?;
        change.events.push(taken(&was.email));
    }
    change.rows.push(
        AccountRow {
            site_admin: on,
            ..was.clone()
        }
        .into(),
    );
    Ok(change)
}

/// Requires site administration.
///
/// # Errors
/// Unauthorized if nobody is logged in, forbidden to all other subjects.
pub(crate) fn require(plan: &Plan<'_>) -> Result<(), SiteError> {
    let subject = plan.view.subject();
    if subject.account().is_none() && !subject.is_operator() {
        return Err(Refused.into());
    }
    Ok(plan.view.require_site_admin()?)
}

/// Requires that an active site administrator remains without this account (law 1.8). An account
/// that isn't one itself passes always.
///
/// # Errors
/// Invalid for the last site administrator.
pub(crate) fn require_another(plan: &Plan<'_>, account: AccountId) -> Result<(), SiteError> {
    let administers =
        |row: &AccountRow| row.site_admin && row.active && row.kind == AccountKind::Site;
    if !administers(row(plan, account)?) {
        return Ok(());
    }
    let mut others = plan.catalogue.accounts().map(|other| other.row());
    if others.any(|other| other.id != account && administers(other)) {
        return Ok(());
    }
    Err(SiteError::invalid(
        "this is the last site administrator; give site administration to another active \
         account first",
    ))
}

/// The journal entry for an account that loses site administration.
pub(super) fn taken(email: &str) -> Event {
    entry("account.site_admin.taken", email)
}
