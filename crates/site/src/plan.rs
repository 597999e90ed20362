//! What a plan works with, and writes of it.

use crate::error::SiteError;
use narthex_access::{AccountId, Catalogue, Millis, Scope, View};
use narthex_store::Entropy;
use narthex_store::change::Actor;

/// What a planned write sees: the newest catalogue, by the caller's eyes, inside
/// the write's own transaction.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The caller's view: every decision of the plan is asked of it.
    pub view: &'a View,
    /// The whole catalogue, undecided: for rules that hold beyond what the caller
    /// sees (hidden children that move along, names that are taken).
    pub catalogue: &'a Catalogue,
    /// The write's instant.
    pub now: Millis,
    /// Where new ids come from.
    pub entropy: &'a Entropy,
}

impl Plan<'_> {
    /// A new id of any kind.
    pub fn new_id<I>(&self, from_random: impl FnOnce(u64) -> I) -> I {
        from_random(self.entropy.number())
    }

    /// The account that makes the change.
    ///
    /// # Errors
    /// Unauthorized for who isn't logged in.
    pub fn author(&self) -> Result<AccountId, SiteError> {
        Ok(self
            .view
            .subject()
            .account()
            .ok_or(narthex_access::Refused)?)
    }

    /// Goes on only for a credential that may be used for something.
    pub(crate) fn require_scope(&self, scope: Scope) -> Result<(), SiteError> {
        let in_scope = self.view.subject().require_scope(scope);
        in_scope.map_err(SiteError::Forbidden)
    }

    /// Who the journal names.
    pub(crate) fn actor(&self) -> Actor {
        let subject = self.view.subject();
        match subject.account() {
            Some(account) => Actor::Account(account),
            None if subject.is_operator() => Actor::Operator,
            None => Actor::Anonymous,
        }
    }
}
