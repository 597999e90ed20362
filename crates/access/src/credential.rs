//! Credentials: what a request proves its sender with. They are API tokens, sessions and one-time
//! links.
//!
//! The secrets themselves are random, and the catalogue holds only their SHA-256. A look-up by hash
//! therefore reveals nothing through its timing to somebody who guesses.

use crate::Millis;
use crate::id::{AccountId, OneTimeLinkId, SessionId, TokenId};
use crate::word::words;
use alloc::sync::Arc;
use core::fmt;

/// The SHA-256 of a secret.
pub type SecretHash = [u8; 32];

words! {
    /// A kind of use that a token may be limited to.
    pub enum Scope {
        /// Read content.
        Read = "read",
        /// Write content.
        Write = "write",
        /// Administer permissions, switches and accounts.
        Administer = "administer",
    }
}

/// The uses that a token is limited to. A session has all scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scopes {
    /// Whether it may read.
    pub read: bool,
    /// Whether it may write content.
    pub write: bool,
    /// Whether it may administer permissions, switches and accounts.
    pub administer: bool,
}

impl Scopes {
    /// All scopes, as a session has them.
    pub const ALL: Self = Self {
        read: true,
        write: true,
        administer: true,
    };

    /// Whether a scope is in the set.
    #[must_use]
    pub const fn has(self, scope: Scope) -> bool {
        match scope {
            Scope::Read => self.read,
            Scope::Write => self.write,
            Scope::Administer => self.administer,
        }
    }

    /// Parses words that are separated by blanks or commas. Returns `None` if there is no word or
    /// an unknown one.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let mut scopes = Self {
            read: false,
            write: false,
            administer: false,
        };
        for word in words.split([' ', ',']).filter(|word| !word.is_empty()) {
            match word {
                "read" => scopes.read = true,
                "write" => scopes.write = true,
                "administer" => scopes.administer = true,
                _ => return None,
            }
        }
        (scopes.read || scopes.write || scopes.administer).then_some(scopes)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            (self.read, "read"),
            (self.write, "write"),
            (self.administer, "administer"),
        ];
        let mut between = "";
        for (_, word) in words.iter().filter(|(set, _)| *set) {
            write!(f, "{between}{word}")?;
            between = " ";
        }
        Ok(())
    }
}

/// A row of `api_token`: a secret that a program sends with each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// The id of the token.
    pub id: TokenId,
    /// The account that the token stands for.
    pub account: AccountId,
    /// The name that its owner gave it.
    pub label: Arc<str>,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// The last characters of its secret, by which its owner recognizes it in a list. Empty for a
    /// token that was made before they were stored.
    pub ends_in: Arc<str>,
    /// The uses that the token is limited to.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Millis,
    /// The instant from which it is no longer valid.
    pub expires_at: Millis,
    /// When it was revoked, or `None` if it wasn't.
    pub ended_at: Option<Millis>,
}

/// A row of `session`: an account that is logged in with a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The id of the session.
    pub id: SessionId,
    /// The account that is logged in.
    pub account: AccountId,
    /// The hash of its cookie's secret.
    pub hash: SecretHash,
    /// When the account logged in.
    pub created_at: Millis,
    /// The instant from which it is no longer valid.
    pub expires_at: Millis,
    /// When it was ended by logging out or otherwise, or `None` if it wasn't.
    pub ended_at: Option<Millis>,
}

/// A row of `one_time_link`: anyone who has the link may set the account's password once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeLinkRow {
    /// The id of the link.
    pub id: OneTimeLinkId,
    /// The account whose password it sets.
    pub account: AccountId,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// The instant from which it is no longer valid.
    pub expires_at: Millis,
    /// When it was used or replaced, or `None` if it wasn't.
    pub ended_at: Option<Millis>,
}

/// The entry point that a request came in by. It matters for customers, who are customers only in
/// the portal: at Confluence's entry point they count as nobody (law 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Door {
    /// `/wiki` and its REST API.
    #[default]
    Confluence,
    /// The help centre and its REST API.
    Portal,
}

/// The proof of its sender that a request carries. Secrets are already hashed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Credential {
    /// No credential.
    #[default]
    Nobody,
    /// An API token, with the e-mail address that came with it (Basic) or without one (Bearer).
    Token {
        /// The e-mail address, which must be that of the token's account. `None` with Bearer.
        email: Option<Arc<str>>,
        /// The hash of the token's secret.
        hash: SecretHash,
    },
    /// A session cookie.
    Session {
        /// The hash of the cookie's secret.
        hash: SecretHash,
    },
    /// An operator at the command line, who has the data folder or the database's URL. It acts as
    /// site administration and reads no content.
    Operator,
}

/// The error for a credential that is present and wrong. It is never served as anonymous (law 5.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the e-mail address, API token or session is not valid")
    }
}
impl core::error::Error for Refused {}
