//! Failed attempts to log in or to show a credential (A50).
//!
//! Counted per address and e-mail address, and per address; an address that
//! guesses locks out itself and nobody elsewhere. Only failures count, so this
//! asks without counting, which `governor`'s limiters can't: the arithmetic is
//! theirs (GCRA), one instant a key.

use crate::request::client::counted;
use crate::request::ticks::Ticks;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So many failures at once, then one in every interval.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    burst: u32,
    every: Duration,
}

/// One e-mail address from one address.
const PER_PERSON: Allowance = Allowance {
    burst: 10,
    every: Duration::from_secs(30),
};
/// All e-mail addresses from one address: there may be an office behind it.
const PER_ADDRESS: Allowance = Allowance {
    burst: 100,
    every: Duration::from_secs(3),
};
/// How many keys are remembered; beyond, those that would be forgotten first go.
const MOST_KEYS: usize = 100_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    address: IpAddr,
    /// In lower case; none for what is counted per address.
    email: Option<String>,
}

/// The failed attempts that still count.
#[derive(Debug)]
pub struct Attempts {
    ticks: Ticks,
    any: AtomicBool,
    /// Until when a key's failures count.
    keys: Mutex<HashMap<Key, Duration>>,
}

impl Attempts {
    /// None so far.
    pub fn new(ticks: Ticks) -> Self {
        Self {
            ticks,
            any: AtomicBool::new(false),
            keys: Mutex::default(),
        }
    }

    /// Whether an attempt may be made now.
    ///
    /// # Errors
    /// How many seconds to wait.
    pub fn check(&self, address: IpAddr, email: Option<&str>) -> Result<(), u64> {
        if !self.any.load(Ordering::Acquire) {
            return Ok(());
        }
        let now = self.ticks.elapsed();
        let keys = self.keys();
        let waits = keys_of(address, email)
            .into_iter()
            .filter_map(|(key, allowance)| {
                let counts_until = *keys.get(&key)?;
                let full_from = now + allowance.every * allowance.burst;
                (counts_until + allowance.every)
                    .checked_sub(full_from)
                    .filter(|wait| !wait.is_zero())
            });
        waits.max().map_or(Ok(()), |wait| Err(wait.as_secs() + 1))
    }

    /// Counts a failure.
    pub fn failed(&self, address: IpAddr, email: Option<&str>) {
        let now = self.ticks.elapsed();
        let mut keys = self.keys();
        if keys.len() >= MOST_KEYS {
            keys.retain(|_, until| *until > now);
            if keys.len() >= MOST_KEYS {
                let mut all: Vec<Duration> = keys.values().copied().collect();
                let middle = all.len() / 2;
                let (_, median, _) = all.select_nth_unstable(middle);
                let median = *median;
                keys.retain(|_, until| *until > median);
            }
        }
        for (key, allowance) in keys_of(address, email) {
            let until = keys.entry(key).or_default();
            *until = (*until).max(now) + allowance.every;
        }
        self.any.store(true, Ordering::Release);
    }

    /// Forgets the failures of somebody who has now got in from there.
    pub fn succeeded(&self, address: IpAddr, email: &str) {
        if self.any.load(Ordering::Acquire) {
            self.keys().remove(&person(address, email));
        }
    }

    fn keys(&self) -> MutexGuard<'_, HashMap<Key, Duration>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn person(address: IpAddr, email: &str) -> Key {
    Key {
        address: counted(address),
        email: Some(email.to_lowercase()),
    }
}

fn keys_of(address: IpAddr, email: Option<&str>) -> Vec<(Key, Allowance)> {
    let everybody = Key {
        address: counted(address),
        email: None,
    };
    let mut keys = vec![(everybody, PER_ADDRESS)];
    keys.extend(email.map(|email| (person(address, email), PER_PERSON)));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn ten_failures_close_the_door_to_that_address_and_only_to_it() {
        let ticks = Ticks::manual();
        let attempts = Attempts::new(ticks.clone());
        let (guesser, owner) = (address("192.0.2.1"), address("198.51.100.1"));
        for _ in 0..10 {
            assert_eq!(attempts.check(guesser, Some("Ana@example.org")), Ok(()));
            attempts.failed(guesser, Some("ana@example.org"));
        }
        let wait = attempts
            .check(guesser, Some("ana@example.org"))
            .unwrap_err();
        assert!((1..=31).contains(&wait), "{wait}");
        assert_eq!(attempts.check(owner, Some("ana@example.org")), Ok(()));
        assert_eq!(attempts.check(guesser, Some("ben@example.org")), Ok(()));
        ticks.advance(Duration::from_secs(wait));
        assert_eq!(attempts.check(guesser, Some("ana@example.org")), Ok(()));
    }

    #[test]
    fn many_names_from_one_network_are_counted_together() {
        let attempts = Attempts::new(Ticks::manual());
        for n in 0..100 {
            let from = address(&format!("2001:db8::{n:x}"));
            attempts.failed(from, Some(&format!("p{n}@example.org")));
        }
        assert!(attempts.check(address("2001:db8::ffff"), None).is_err());
        assert_eq!(attempts.check(address("2001:db8:0:1::1"), None), Ok(()));
    }

    #[test]
    fn getting_in_forgets_the_failures() {
        let attempts = Attempts::new(Ticks::manual());
        let here = address("192.0.2.1");
        for _ in 0..10 {
            attempts.failed(here, Some("ana@example.org"));
        }
        attempts.succeeded(here, "ANA@example.org");
        assert_eq!(attempts.check(here, Some("ana@example.org")), Ok(()));
    }
}
