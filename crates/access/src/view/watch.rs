//! The watches that a view shows. They rest while the watcher doesn't see what it
//! watches (law 3.10): then nobody is told that it does.

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
    /// Whether an account watches something: one's own for whoever may watch it
    /// (law 2a.11: `own`); another's for site administration.
    ///
    /// # Errors
    /// Absent where it isn't there for the subject; forbidden where it may not be
    /// a watcher, and for another account to all but site administration.
    pub fn watches(&self, account: AccountId, on: Watched) -> Result<bool, Refusal> {
        self.require_own(on)?;
        if self.subject.account != Some(account) {
            self.require_site_admin()?;
        }
        let mut rows = self.catalogue.watches.of(WatchKey::On(on));
        let own = rows.find(|row| row.account == account);
        Ok(own.is_some_and(|row| self.counts(row)))
    }

    /// The watches of something whose watchers see it, oldest first. They are
    /// named to who may watch it; to others the list is empty.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
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

    /// Goes on only where the subject may watch something, now.
    ///
    /// # Errors
    /// [`Refusal`].
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

    /// Whether an account may watch something: asked before it is made a watcher
    /// by somebody else.
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

    /// Whether a watch doesn't rest.
    fn counts(&self, row: &WatchRow) -> bool {
        self.may_watch(row.account, row.on)
    }

    /// `own` of what is watched. A label is nothing by itself: it may be watched
    /// by who may be a watcher of something.
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

/// What a watch is decided as; nothing for a label.
fn object(on: Watched) -> Option<Object> {
    match on {
        Watched::Page(id) => Some(Object::Page(id)),
        Watched::Space(id) => Some(Object::Space(id)),
        Watched::Label(_) => None,
    }
}
