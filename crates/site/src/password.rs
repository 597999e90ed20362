//! Passwords: the rules for them, hashing and checking them, and setting one.

use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::plan::Plan;
use crate::session::{self, LoggedIn};
use crate::site::Site;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use narthex_access::{AccountId, Credential};
use narthex_store::change::{Beside, Change};
use narthex_store::{DbError, Entropy};
use std::fmt;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The shortest password, in characters. Length is the one rule that helps: rules about kinds of
/// characters make passwords worse (NIST SP 800-63B).
pub const SHORTEST_PASSWORD: usize = 12;

/// The longest password, in bytes: whole sentences fit, and no request can send a flood.
pub const LONGEST_PASSWORD: usize = 1_000;

/// Argon2id's memory in KiB, rounds and lanes: the first set that OWASP's cheat sheet recommends.
/// One check costs some 20 ms and 19 MiB, which makes it expensive to try a stolen table and cheap
/// to log in.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The number of passwords that a node hashes at once. Each takes its memory, so that with a larger
/// number a flood of log-ins could take all of it.
const AT_ONCE: usize = 2;

/// A password that somebody typed. Its `Debug` output doesn't contain it, so no log does.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Wraps the text that was typed.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// Checks the rules for a new password.
    ///
    /// # Errors
    /// Invalid for a bad password; the message names the rule that it breaks.
    pub fn check(&self) -> Result<(), SiteError> {
        if self.0.chars().count() < SHORTEST_PASSWORD {
            return Err(SiteError::invalid(format!(
                "the password is too short; take at least {SHORTEST_PASSWORD} characters, \
                 for example four words"
            )));
        }
        if self.0.len() > LONGEST_PASSWORD {
            return Err(SiteError::invalid(format!(
                "the password is too long; take at most {LONGEST_PASSWORD} bytes"
            )));
        }
        let first = self.0.chars().next();
        if self.0.chars().all(|c| Some(c) == first) {
            return Err(SiteError::invalid(
                "the password is one character again and again; take another one",
            ));
        }
        Ok(())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// A password that obeys the rules, in its stored form: an argon2id hash in a PHC string. Only
/// [`Passwords::hash`] makes one.
#[derive(Clone)]
pub struct HashedPassword(String);

impl HashedPassword {
    /// The row that sets it as the password of an account.
    pub(crate) fn of(&self, account: AccountId) -> Beside {
        Beside::Password {
            account,
            hash: Some(self.0.clone()),
        }
    }
}

impl fmt::Debug for HashedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashedPassword")
    }
}

/// Hashes and checks passwords, few at once and outside the threads that serve requests. A node has
/// one; it is cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    nobody: Arc<str>,
    entropy: Entropy,
}

impl Passwords {
    /// Makes one that takes its salts from `entropy`.
    pub fn new(entropy: Entropy) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: nobody().into(),
            entropy,
        }
    }

    /// Hashes a new password, if it obeys the rules.
    ///
    /// # Errors
    /// Invalid for a bad password; the message names the rule that it breaks.
    pub async fn hash(&self, password: &Password) -> Result<HashedPassword, SiteError> {
        password.check()?;
        let salt = self.entropy.bytes::<16>();
        let password = password.clone();
        self.beside(move || {
            let salt = SaltString::encode_b64(&salt)?;
            let hash = argon2id()?.hash_password(password.0.as_bytes(), &salt)?;
            Ok(HashedPassword(hash.to_string()))
        })
        .await
    }

    /// Whether a password matches the stored hash. Without a hash it does the same work and returns
    /// false, so that the time reveals nothing to people who guess (A28).
    pub(crate) async fn matches(
        &self,
        password: &Password,
        kept: Option<&str>,
    ) -> Result<bool, SiteError> {
        let known = kept.is_some();
        let phc = kept.unwrap_or(&self.nobody).to_owned();
        let password = password.clone();
        // A password longer than any stored one can't match; an empty one is checked in its place.
        let fits = password.0.len() <= LONGEST_PASSWORD;
        self.beside(move || {
            let phc = PasswordHash::new(&phc)?;
            let typed = if fits { password.0.as_bytes() } else { &[] };
            Ok(argon2id()?.verify_password(typed, &phc).is_ok() && known && fits)
        })
        .await
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
    ) -> Result<T, SiteError> {
        let stopping = || DbError::Unavailable("the program is stopping".into());
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| stopping())?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        let done = done.await.map_err(|_| stopping())?;
        Ok(done
            .map_err(|error| DbError::Corrupt(format!("a password can't be checked: {error}")))?)
    }
}

fn argon2id() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let (memory, rounds, lanes) = COST;
    let params = Params::new(memory, rounds, lanes, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash that is checked for accounts without a password. It costs the same as a real one, and
/// no known password matches it.
fn nobody() -> String {
    let (memory, rounds, lanes) = COST;
    let (salt, output) = ("A".repeat(22), "A".repeat(43));
    format!("$argon2id$v=19$m={memory},t={rounds},p={lanes}${salt}${output}")
}

impl Site {
    /// Changes the caller's own password. All sessions of the account end in the same change, and a
    /// new session is returned for the caller. API tokens stay: they never depended on the
    /// password, and are revoked in a list of their own.
    ///
    /// # Errors
    /// Unauthorized without a session, so that a token can't take over its account's password.
    /// Invalid for a wrong current password, which counts as a wrong credential for the limits, and
    /// for a new password that breaks the rules.
    pub async fn change_password(
        &self,
        passwords: &Passwords,
        credential: &Credential,
        current: &Password,
        new: &Password,
    ) -> Result<LoggedIn, SiteError> {
        let account = self.rehearse(credential, session::account_of).await?;
        let kept = self.store().password_hash(account).await?;
        if !passwords.matches(current, kept.as_deref()).await? {
            return Err(SiteError::invalid(
                "the current password is wrong; type it again, or ask a site administrator \
                 for a one-time link",
            ));
        }
        let hashed = passwords.hash(new).await?;
        let start = session::Start::new(account, &self.entropy);
        self.commit(credential, move |plan| {
            session::account_of(plan)?;
            let mut change = Change::nothing(());
            set(plan, account, &hashed, "password.changed", &mut change)?;
            start.plan(plan, change)
        })
        .await
    }

    /// Sets an account's password, for the command line. Site administration makes a one-time link
    /// instead, so that nobody knows another person's password.
    ///
    /// # Errors
    /// Forbidden to all but the operator; absent for an unknown account.
    pub async fn set_password(
        &self,
        credential: &Credential,
        account: AccountId,
        password: HashedPassword,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            if !plan.view.subject().is_operator() {
                return Err(SiteError::Forbidden(narthex_access::Denied::NotOwn));
            }
            let mut change = Change::nothing(());
            set(plan, account, &password, "password.set", &mut change)?;
            Ok(change)
        })
        .await
    }
}

/// Plans a new password. It ends the account's sessions, and the one-time links that could replace
/// the new password.
pub(crate) fn set<T>(
    plan: &Plan<'_>,
    account: AccountId,
    password: &HashedPassword,
    kind: &'static str,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let row = plan.catalogue.account(account).ok_or_else(absent)?.row();
    change.beside.push(password.of(account));
    change.events.push(entry(kind, &*row.email));
    session::end_all(plan, account, change);
    crate::one_time_link::end_all(plan, account, change);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    const GOOD: &str = "correct horse battery";

    fn run<F: Future>(work: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(work)
    }

    #[test]
    fn a_password_matches_itself_and_nothing_else() {
        run(async {
            let passwords = Passwords::new(Entropy::seeded(1));
            let kept = passwords.hash(&Password::new(GOOD)).await.unwrap();
            assert!(
                kept.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
                "{}",
                kept.0
            );
            let matches = async |typed: &str, kept: Option<&str>| {
                passwords
                    .matches(&Password::new(typed), kept)
                    .await
                    .unwrap()
            };
            assert!(matches(GOOD, Some(&kept.0)).await);
            assert!(!matches("correct horse batterz", Some(&kept.0)).await);
            assert!(!matches("", Some(&kept.0)).await);
            assert!(!matches(GOOD, None).await);
            assert!(!matches(&"x".repeat(LONGEST_PASSWORD + 1), Some(&kept.0)).await);
        });
    }

    #[test]
    fn who_has_no_password_costs_as_much_as_who_has_one() {
        run(async {
            let passwords = Passwords::new(Entropy::seeded(1));
            let kept = passwords.hash(&Password::new(GOOD)).await.unwrap();
            let typed = Password::new("not the one, but long");
            let (mut with, mut without) = (Vec::new(), Vec::new());
            for _ in 0..7 {
                let start = Instant::now();
                passwords.matches(&typed, Some(&kept.0)).await.unwrap();
                with.push(start.elapsed());
                let start = Instant::now();
                passwords.matches(&typed, None).await.unwrap();
                without.push(start.elapsed());
            }
            with.sort();
            without.sort();
            let ratio = with[3].as_secs_f64() / without[3].as_secs_f64();
            assert!(
                (0.5..2.0).contains(&ratio),
                "{ratio}: one of the two does no work"
            );
        });
    }

    #[test]
    fn a_password_that_is_short_long_or_one_character_is_refused_with_the_next_step() {
        run(async {
            let passwords = Passwords::new(Entropy::seeded(1));
            let long = "ab".repeat(LONGEST_PASSWORD);
            for (typed, step) in [
                ("short", "at least 12"),
                (long.as_str(), "at most 1000"),
                ("aaaaaaaaaaaaaaa", "another one"),
            ] {
                let refused = passwords.hash(&Password::new(typed)).await;
                assert!(refused.unwrap_err().to_string().contains(step));
            }
        });
    }

    #[test]
    fn a_password_never_shows_itself_in_a_log() {
        assert_eq!(format!("{:?}", Password::new(GOOD)), "Password");
        assert_eq!(
            format!("{:?}", HashedPassword(GOOD.into())),
            "HashedPassword"
        );
    }
}
