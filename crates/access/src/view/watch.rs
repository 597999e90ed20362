//! The part of a view about watches. A watch has no effect while the watcher can't see the thing
//! (law 3.10), and then nobody learns of the watch either.

use super::View;
use crate::account::Tier;
use crate::action::{Action, Object};
use crate::credential::{Door, Scope};
use crate::decide::{Channel, Denied, decide};
use crate::id::AccountId;
use crate::seen::{Absent, Refusal};
use crate::watch::{WatchKey, WatchRow, Watched};
use alloc::vec::Vec;

impl View {
    /// Whether an account watches something. Anyone who may watch it can ask about their own watch
    /// (law 2a.11: `own`), and a site administrator about another's.
    ///
    /// # Errors
    /// Absent if the subject can't see the thing; forbidden if it may not watch it, and for another
    /// account to everybody but site administrators.
    pub fn watches(&self, account: AccountId, on: Watched) -> Result<bool, Refusal> {
        self.require_own(on)?;
        if self.subject.account != Some(account) {
            self.require_site_admin()?;
        }
        let mut rows = self.catalogue.watches.of(WatchKey::On(on));
        let own = rows.find(|row| row.account == account);
        Ok(own.is_some_and(|row| self.counts(row)))
    }

    /// Returns the watches of something whose watchers see it, oldest first. They are shown to
    /// people who may watch it themselves; to others the list is empty.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see the thing.
    pub fn watchers(&self, on: Watched) -> Result<Vec<&WatchRow>, Absent> {
        match self.require_own(on) {
            Err(Refusal::Absent(absent)) => return Err(absent),
            Err(Refusal::Forbidden(_)) => return Ok(Vec::new()),
            Ok(()) => {}
        }
        let rows = self.catalogue.watches.of(WatchKey::On(on));
        let mut rows: Vec<_> = rows.filter(|row| self.counts(row)).collect();
        rows.sort_by_key(|row| (row.since, row.id));
        Ok(rows)
    }

    /// Requires that the subject may watch something now.
    ///
    /// # Errors
    /// Absent if the subject can't see the thing; forbidden if it may not watch it.
    pub fn require_watching(&self, on: Watched) -> Result<(), Refusal> {
        match object(on) {
            Some(on) => self.require(Action::LikeOrWatch, on).map(drop),
            None => {
                let in_scope = self.subject.require_scope(Scope::Write);
                in_scope.map_err(Refusal::Forbidden)?;
                self.require_own(on)
            }
        }
    }

    /// Whether an account may watch something. Somebody else must not make it a watcher otherwise.
    #[must_use]
    pub fn may_watch(&self, account: AccountId, on: Watched) -> bool {
        let catalogue = &self.catalogue;
        let Some(watcher) = catalogue.subject_of(account, Door::Confluence) else {
            return false;
        };
        match object(on) {
            Some(on) => decide(catalogue, &watcher, Action::LikeOrWatch, on).is_allowed(),
            None => matches!(watcher.tier, Tier::Licensed | Tier::Guest),
        }
    }

    /// Whether a watch has effect, because the watcher can see the thing.
    fn counts(&self, row: &WatchRow) -> bool {
        self.may_watch(row.account, row.on)
    }

    /// Requires the channel `own` to the watched thing. A label is in no space: it may be watched
    /// by anyone who may watch anything.
    fn require_own(&self, on: Watched) -> Result<(), Refusal> {
        let own = match on {
            Watched::Page(id) => self.page(id)?.channel == Channel::Own,
            Watched::Space(id) => self.space(id)?.channel == Some(Channel::Own),
            Watched::Label(_) => matches!(self.subject.tier, Tier::Licensed | Tier::Guest),
        };
        if own {
            Ok(())
        } else {
            Err(Refusal::Forbidden(Denied::NotOwn))
        }
    }
}

/// Returns the object that a watch is decided as, or `None` for a label.
fn object(on: Watched) -> Option<Object> {
    match on {
        Watched::Page(id) => Some(Object::Page(id)),
        Watched::Space(id) => Some(Object::Space(id)),
        Watched::Label(_) => None,
    }
}
