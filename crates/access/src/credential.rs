//! Credentials: API tokens, sessions, one-time links.
//!
//! The secrets themselves are random; the catalogue holds their SHA-256, so a
//! look-up by hash tells a guesser nothing by its time.

use crate::Millis;
use crate::id::{AccountId, OneTimeLinkId, SessionId, TokenId};
use crate::word::words;
use alloc::sync::Arc;
use core::fmt;

/// SHA-256 of a secret.
pub type SecretHash = [u8; 32];

words! {
    /// One of the things that a token may be used for.
    pub enum Scope {
        /// Reading.
        Read = "read",
        /// Writing content.
        Write = "write",
        /// Administering: permissions, switches, accounts.
        Administer = "administer",
    }
}

/// What a token may be used for; a session may be used for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scopes {
    /// Reading.
    pub read: bool,
    /// Writing content.
    pub write: bool,
    /// Administering: permissions, switches, accounts.
    pub administer: bool,
}

impl Scopes {
    /// All scopes.
    pub const ALL: Self = Self {
        read: true,
        write: true,
        administer: true,
    };

    /// Whether this one is among them.
    #[must_use]
    pub const fn has(self, scope: Scope) -> bool {
        match scope {
            Scope::Read => self.read,
            Scope::Write => self.write,
            Scope::Administer => self.administer,
        }
    }

    /// The scopes of a list of words with single blanks or commas between; none
    /// for an empty list or an unknown word.
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

/// A row of `api_token`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// Whose it is.
    pub account: AccountId,
    /// What its owner calls it.
    pub label: Arc<str>,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// The last characters of its secret, so that its owner knows it from others in a list; empty for
    /// one that was made before they were kept.
    pub ends_in: Arc<str>,
    /// What it may be used for.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Millis,
    /// From when on it counts no more.
    pub expires_at: Millis,
    /// When it was revoked.
    pub ended_at: Option<Millis>,
}

/// A row of `session`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// The hash of its cookie's secret.
    pub hash: SecretHash,
    /// When it was made.
    pub created_at: Millis,
    /// From when on it counts no more.
    pub expires_at: Millis,
    /// When it was ended.
    pub ended_at: Option<Millis>,
}

/// A row of `one_time_link`: who has it may set the account's password once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeLinkRow {
    /// Its id.
    pub id: OneTimeLinkId,
    /// The account.
    pub account: AccountId,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// From when on it counts no more.
    pub expires_at: Millis,
    /// When it was used or replaced.
    pub ended_at: Option<Millis>,
}

/// Through which door a request comes in: a customer is a customer only in the
/// portal, at Confluence's door it is nobody (law 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Door {
    /// `/wiki` and its REST.
    #[default]
    Confluence,
    /// The help centre and its REST.
    Portal,
}

/// What a request shows of who sends it; secrets already hashed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Credential {
    /// Nothing.
    #[default]
    Nobody,
    /// An API token, with the e-mail address that came with it (Basic) or without one (Bearer).
    Token {
        /// The e-mail address.
        email: Option<Arc<str>>,
        /// The hash of the token.
        hash: SecretHash,
    },
    /// A session cookie.
    Session {
        /// The hash of the cookie.
        hash: SecretHash,
    },
    /// An operator with the data folder or the database's URL in hand: the
    /// command line. Acts as site administration, reads no content.
    Operator,
}

/// A credential that is present and wrong. Never served as anonymous (law 5.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the e-mail address, API token or session is not valid")
    }
}
impl core::error::Error for Refused {}
