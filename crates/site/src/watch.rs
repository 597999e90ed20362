//! Watches of pages, spaces and labels.

use crate::entry::entry;
use crate::error::SiteError;
use crate::hung;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    AccountId, Credential, Object, RowChange, Table, View, WatchId, WatchRow, Watched,
};
use narthex_store::change::{Change, Event};

impl Site {
    /// Makes an account a watcher of something, or ends the watch. For the caller's own account
    /// this needs the right to watch (law 2a.11: `own`); for another account it needs site
    /// administration too, and the account must be able to watch. If that is so already, nothing
    /// changes.
    ///
    /// # Errors
    /// Absent if the caller can't see the thing or the account; forbidden without these rights;
    /// invalid for an account that can't watch the thing.
    pub async fn set_watch(
        &self,
        credential: &Credential,
        account: AccountId,
        on: Watched,
        watches: bool,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            require(plan.view, account, on)?;
            plan_watch(plan, account, on, watches)
        })
        .await
    }
}

fn require(view: &View, account: AccountId, on: Watched) -> Result<(), SiteError> {
    view.require_watching(on)?;
    if view.subject().account() == Some(account) {
        return Ok(());
    }
    view.require_site_admin()?;
    view.profile(account)?;
    Ok(())
}

fn plan_watch(
    plan: &Plan<'_>,
    account: AccountId,
    on: Watched,
    watches: bool,
) -> Result<Change<()>, SiteError> {
    let mut rows = plan.catalogue.watches_of(on);
    let was = rows.find(|row| row.account == account);
    Ok(match (was, watches) {
        (None, true) if !plan.view.may_watch(account, on) => {
            return Err(SiteError::invalid(
                "this account can't watch it, because it has no permission of its own in the space",
            ));
        }
        (None, true) => Change {
            rows: vec![
                WatchRow {
                    id: plan.new_id(WatchId::from_random),
                    account,
                    on,
                    since: plan.now,
                }
                .into(),
            ],
            beside: Vec::new(),
            events: vec![event(plan, "watch.begun", on)],
            answer: (),
        },
        (Some(row), false) => Change {
            rows: vec![RowChange::Remove(Table::Watch, row.id.get())],
            beside: Vec::new(),
            events: vec![event(plan, "watch.ended", on)],
            answer: (),
        },
        _ => Change::nothing(()),
    })
}

fn event(plan: &Plan<'_>, kind: &'static str, on: Watched) -> Event {
    match on {
        Watched::Page(id) => hung::event(plan, kind, Object::Page(id)),
        Watched::Space(id) => hung::event(plan, kind, Object::Space(id)),
        // The label that somebody watches is nobody else's business.
        Watched::Label(_) => entry(kind, String::new()),
    }
}
