//! Limits how many requests an account or an address may make; off until configured.

use crate::request::client::counted;
use crate::request::ticks::Ticks;
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use narthex_access::AccountId;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// The allowed requests per minute; `None` means no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateLimits {
    /// The requests of one account.
    pub per_account: Option<NonZeroU32>,
    /// The requests of one address that carry a credential.
    pub per_address: Option<NonZeroU32>,
    /// The requests of one address without a credential.
    pub anonymous: Option<NonZeroU32>,
}

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, Ticks, NoOpMiddleware<Nanos>>;

/// The limits with their counts.
#[derive(Debug)]
pub struct Rates {
    ticks: Ticks,
    per_account: Option<Limiter<AccountId>>,
    per_address: Option<Limiter<IpAddr>>,
    anonymous: Option<Limiter<IpAddr>>,
}

impl Rates {
    /// Starts counting against the configured limits.
    pub fn new(limits: RateLimits, ticks: Ticks) -> Self {
        Self {
            per_account: limits.per_account.map(|rate| limiter(rate, &ticks)),
            per_address: limits.per_address.map(|rate| limiter(rate, &ticks)),
            anonymous: limits.anonymous.map(|rate| limiter(rate, &ticks)),
            ticks,
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// Returns how many seconds to wait.
    pub fn count(&self, address: IpAddr, account: Option<AccountId>) -> Result<(), u64> {
        let by_address = if account.is_some() {
            &self.per_address
        } else {
            &self.anonymous
        };
        if let Some(limiter) = by_address {
            limiter
                .check_key(&counted(address))
                .map_err(|until| self.wait(&until))?;
        }
        if let (Some(limiter), Some(account)) = (&self.per_account, account) {
            limiter
                .check_key(&account)
                .map_err(|until| self.wait(&until))?;
        }
        Ok(())
    }

    /// Forgets callers who have been idle for a while; to be called periodically.
    pub fn tidy(&self) {
        if let Some(limiter) = &self.per_account {
            limiter.retain_recent();
        }
        for limiter in [&self.per_address, &self.anonymous].into_iter().flatten() {
            limiter.retain_recent();
        }
    }

    fn wait(&self, until: &NotUntil<Nanos>) -> u64 {
        until.wait_time_from(self.ticks.now()).as_secs() + 1
    }
}

fn limiter<K: std::hash::Hash + Eq + Clone>(rate: NonZeroU32, ticks: &Ticks) -> Limiter<K> {
    RateLimiter::new(
        Quota::per_minute(rate),
        DefaultKeyedStateStore::default(),
        ticks.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn anonymous_is_counted_apart_and_gets_its_turn_again() {
        let ticks = Ticks::manual();
        let limits = RateLimits {
            anonymous: NonZeroU32::new(2),
            ..RateLimits::default()
        };
        let rates = Rates::new(limits, ticks.clone());
        let here = "192.0.2.1".parse().unwrap();
        assert_eq!(rates.count(here, None), Ok(()));
        assert_eq!(rates.count(here, None), Ok(()));
        let wait = rates.count(here, None).unwrap_err();
        assert_eq!(rates.count(here, AccountId::new(1)), Ok(()));
        ticks.advance(Duration::from_secs(wait));
        assert_eq!(rates.count(here, None), Ok(()));
    }
}
