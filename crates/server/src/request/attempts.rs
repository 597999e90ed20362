//! Counts failed attempts to log in or to present a credential (A50).
//!
//! Failures are counted per pair of address and e-mail address, and per address; an address that
//! guesses locks out itself and nobody elsewhere. Only failures count, so a check must not count,
//! which `governor`'s limiters can't do: the arithmetic is theirs (GCRA), one instant per key.
//!
//! What a caller sends as an e-mail address is stored as a hash of fixed size, until its failures
//! no longer count.

use crate::request::client::counted;
use crate::request::ticks::Ticks;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many failures are allowed at once, and the interval after which each further one is.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    burst: u32,
    every: Duration,
}

/// The allowance of one e-mail address from one address.
const PER_PERSON: Allowance = Allowance {
    burst: 10,
    every: Duration::from_secs(30),
};
/// The allowance of all e-mail addresses from one address; it is larger, because there may be an
/// office behind it.
const PER_ADDRESS: Allowance = Allowance {
    burst: 100,
    every: Duration::from_secs(3),
};
/// The most keys that are remembered; beyond it, those that would be forgotten first are dropped.
const MAX_KEYS: usize = 100_000;

impl Allowance {
    /// Returns how long a key whose failures count until `counts_until` has to wait for its next
    /// attempt.
    fn wait(self, counts_until: Duration, now: Duration) -> Option<Duration> {
        let full_from = now + self.every * self.burst;
        let wait = (counts_until + self.every).checked_sub(full_from)?;
        Some(wait).filter(|wait| !wait.is_zero())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    address: IpAddr,
    /// The hash of the e-mail address in lower case; `None` in a key that counts per address.
    email: Option<[u8; 32]>,
}

/// The failed attempts that still count.
#[derive(Debug)]
pub struct Attempts {
    ticks: Ticks,
    any: AtomicBool,
    /// For each key, the instant until which its failures count.
    keys: Mutex<HashMap<Key, Duration>>,
}

/// An attempt that has been counted as a failure before it is known whether it is one.
///
/// One that is dropped stays counted: a caller who breaks off a request has used up its attempt.
#[derive(Debug)]
#[must_use]
pub struct Attempt<'a> {
    attempts: &'a Attempts,
    address: IpAddr,
    email: Option<&'a str>,
}

impl Attempts {
    /// Makes an empty count.
    pub fn new(ticks: Ticks) -> Self {
        Self {
            ticks,
            any: AtomicBool::new(false),
            keys: Mutex::default(),
        }
    }

    /// Checks whether an attempt may be made now.
    ///
    /// # Errors
    /// Returns how many seconds to wait.
    pub fn check(&self, address: IpAddr, email: Option<&str>) -> Result<(), u64> {
        if !self.any.load(Ordering::Acquire) {
            return Ok(());
        }
        let of = keys_of(address, email);
        waits(&self.keys(), &of, self.ticks.elapsed())
    }

    /// Begins an attempt whose check takes a while, and counts it in advance. Of many attempts made
    /// at once, no more are let through than of those made one after another.
    ///
    /// # Errors
    /// Returns how many seconds to wait.
    pub fn begin<'a>(
        &'a self,
        address: IpAddr,
        email: Option<&'a str>,
    ) -> Result<Attempt<'a>, u64> {
        let (now, of) = (self.ticks.elapsed(), keys_of(address, email));
        let mut keys = self.keys();
        waits(&keys, &of, now)?;
        self.count(&mut keys, of, now);
        Ok(Attempt {
            attempts: self,
            address,
            email,
        })
    }

    /// Counts a failure.
    pub fn failed(&self, address: IpAddr, email: Option<&str>) {
        let (now, of) = (self.ticks.elapsed(), keys_of(address, email));
        self.count(&mut self.keys(), of, now);
    }

    /// Forgets the failures that no longer count; to be called periodically.
    pub fn tidy(&self) {
        let now = self.ticks.elapsed();
        let mut keys = self.keys();
        keys.retain(|_, until| *until > now);
        keys.shrink_to_fit();
        self.any.store(!keys.is_empty(), Ordering::Release);
    }

    fn count(&self, keys: &mut HashMap<Key, Duration>, of: Counted, now: Duration) {
        if keys.len() >= MAX_KEYS {
            keys.retain(|_, until| *until > now);
            if keys.len() >= MAX_KEYS {
                let mut all: Vec<Duration> = keys.values().copied().collect();
                let middle = all.len() / 2;
                let (_, median, _) = all.select_nth_unstable(middle);
                let median = *median;
                keys.retain(|_, until| *until > median);
            }
        }
        for (key, allowance) in of.into_iter().flatten() {
            let until = keys.entry(key).or_default();
            *until = (*until).max(now) + allowance.every;
        }
        self.any.store(true, Ordering::Release);
    }

    fn keys(&self) -> MutexGuard<'_, HashMap<Key, Duration>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt<'_> {
    /// Takes the failure back because the password was right, and forgets earlier failures of the
    /// same person from that address.
    pub fn succeeded(self) {
        let [address, person] = keys_of(self.address, self.email);
        let mut keys = self.attempts.keys();
        if let Some((person, _)) = person {
            keys.remove(&person);
        }
        take_back(&mut keys, address, self.attempts.ticks.elapsed());
    }

    /// Takes the failure back because the password could not be checked.
    pub fn take_back(self) {
        let (mut keys, now) = (self.attempts.keys(), self.attempts.ticks.elapsed());
        for counted in keys_of(self.address, self.email) {
            take_back(&mut keys, counted, now);
        }
    }
}

/// The keys that an attempt is counted under: the address, and the person where one is named.
type Counted = [Option<(Key, Allowance)>; 2];

fn keys_of(address: IpAddr, email: Option<&str>) -> Counted {
    let address = counted(address);
    let key = |email| Key { address, email };
    let hash = |email: &str| Sha256::digest(email.to_lowercase()).into();
    let person = email.map(|email| (key(Some(hash(email))), PER_PERSON));
    [Some((key(None), PER_ADDRESS)), person]
}

fn waits(keys: &HashMap<Key, Duration>, of: &Counted, now: Duration) -> Result<(), u64> {
    let waits = of.iter().flatten().filter_map(|(key, allowance)| {
        let counts_until = *keys.get(key)?;
        allowance.wait(counts_until, now)
    });
    waits.max().map_or(Ok(()), |wait| Err(wait.as_secs() + 1))
}

fn take_back(keys: &mut HashMap<Key, Duration>, counted: Option<(Key, Allowance)>, now: Duration) {
    let Some((key, allowance)) = counted else {
        return;
    };
    let Some(until) = keys.get_mut(&key) else {
        return;
    };
    *until = until.saturating_sub(allowance.every);
    if *until <= now {
        keys.remove(&key);
    }
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
    fn of_sixty_attempts_at_once_ten_are_let_through_and_the_wait_does_not_grow() {
        let attempts = Attempts::new(Ticks::manual());
        let here = address("192.0.2.1");
        let begun: Vec<_> = (0..60)
            .map(|_| attempts.begin(here, Some("ana@example.org")))
            .collect();
        assert_eq!(begun.iter().filter(|begun| begun.is_ok()).count(), 10);
        let waits = begun.iter().filter_map(|begun| begun.as_ref().err());
        assert!(waits.max().unwrap() <= &31);
    }

    #[test]
    fn getting_in_forgets_the_failures_and_what_was_not_checked_is_taken_back() {
        let attempts = Attempts::new(Ticks::manual());
        let (here, ana) = (address("192.0.2.1"), Some("ana@example.org"));
        for _ in 0..9 {
            let _ = attempts.begin(here, ana).unwrap();
        }
        for _ in 0..200 {
            attempts.begin(here, ana).unwrap().take_back();
        }
        attempts
            .begin(here, Some("ANA@example.org"))
            .unwrap()
            .succeeded();
        for _ in 0..10 {
            let _ = attempts.begin(here, ana).unwrap();
        }
        assert!(attempts.begin(here, ana).is_err());
    }

    #[test]
    fn what_counts_no_more_is_forgotten_and_a_name_takes_the_same_room_however_long() {
        let ticks = Ticks::manual();
        let attempts = Attempts::new(ticks.clone());
        let long = "x".repeat(47_000);
        for n in 0..50 {
            attempts.failed(address("192.0.2.1"), Some(&format!("{long}{n}")));
        }
        assert_eq!(attempts.keys().len(), 51);
        assert!(size_of::<(Key, Duration)>() <= 80);
        ticks.advance(Duration::from_secs(60));
        attempts.tidy();
        assert_eq!(attempts.keys().len(), 1, "the address alone");
        ticks.advance(Duration::from_secs(300));
        attempts.tidy();
        assert_eq!(attempts.keys().capacity(), 0);
        assert!(!attempts.any.load(Ordering::Acquire));
    }
}
