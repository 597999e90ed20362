//! The context in which the plan of a write runs.

use crate::error::SiteError;
use narthex_access::{AccountId, Catalogue, Millis, Scope, View};
use narthex_store::Entropy;
use narthex_store::change::Actor;

/// The context of a plan: the newest catalogue, and the caller's view of it, inside the write's own
/// transaction.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The caller's view, which makes every decision of the plan.
    pub view: &'a View,
    /// The whole catalogue, including what the caller can't see. It is for rules that hold beyond
    /// the view, such as hidden children that move along, or names that are taken.
    pub catalogue: &'a Catalogue,
    /// The instant of the write.
    pub now: Millis,
    /// The source of new ids.
    pub entropy: &'a Entropy,
}

impl Plan<'_> {
    /// Makes a new id of any kind.
    pub fn new_id<I>(&self, from_random: impl FnOnce(u64) -> I) -> I {
        from_random(self.entropy.number())
    }

    /// Returns the account that makes the change.
    ///
    /// # Errors
    /// Unauthorized if nobody is logged in.
    pub fn author(&self) -> Result<AccountId, SiteError> {
        Ok(self
            .view
            .subject()
            .account()
            .ok_or(narthex_access::Refused)?)
    }

    /// Requires a credential with a scope.
    pub(crate) fn require_scope(&self, scope: Scope) -> Result<(), SiteError> {
        let in_scope = self.view.subject().require_scope(scope);
        in_scope.map_err(SiteError::Forbidden)
    }

    /// Returns the actor that the journal names.
    pub(crate) fn actor(&self) -> Actor {
        let subject = self.view.subject();
        match subject.account() {
            Some(account) => Actor::Account(account),
            None if subject.is_operator() => Actor::Operator,
            None => Actor::Anonymous,
        }
    }
}
