//! Side state: tables that are written without the journal.
//!
//! It never decides who may see what, takes no revision, and losing the last moments of it in a
//! crash harms nobody. It consists of these tables: `token_use`, `failed_log_in`, `blob_upload` and
//! `blob_removal` (see [`crate::blob::sweep`]), and `conversion` (see [`crate::conversion`]).

use crate::Store;
use crate::db::{DbError, Statement, Value};
use narthex_access::{AccountId, Millis, TokenId};
use parking_lot::Mutex;
use std::collections::HashMap;

crate::statements! {
    USED = "INSERT INTO token_use (token, used_at) VALUES (:token, :at) ON CONFLICT (token) DO UPDATE SET used_at = excluded.used_at";
    USES = "SELECT token, used_at FROM token_use WHERE token IN (:tokens[])";
    FAILED = "INSERT INTO failed_log_in (source, failures, last_at) VALUES (:source, 1, :at) \
              ON CONFLICT (source) DO UPDATE SET failures = failed_log_in.failures + 1, last_at = excluded.last_at";
    FAILURES = "SELECT failures, last_at FROM failed_log_in WHERE source = :source";
    FORGIVE = "DELETE FROM failed_log_in WHERE source = :source";
    FORGET = "DELETE FROM failed_log_in WHERE last_at < :before";
    PASSWORD = "SELECT hash FROM password WHERE account = :account";
}

/// The times when tokens were last used that aren't written yet, so that many uses take one write.
#[derive(Default)]
pub(crate) struct Uses(Mutex<HashMap<TokenId, Millis>>);

/// Failed attempts to log in from one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// The number of failures since the last success.
    pub count: u32,
    /// When the last failure was.
    pub last_at: Millis,
}

impl Store {
    /// Notes that a token was used. [`Store::write_token_uses`] writes it.
    pub fn note_token_use(&self, token: TokenId, at: Millis) {
        let mut uses = self.uses().0.lock();
        let known = uses.entry(token).or_insert(at);
        *known = at.max(*known);
    }

    /// Writes the noted uses of tokens. It is to be called from time to time, and at the end.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails. The uses are still noted then.
    pub async fn write_token_uses(&self) -> Result<(), DbError> {
        let noted = self.uses().0.lock().clone();
        if noted.is_empty() {
            return Ok(());
        }
        let write = noted
            .iter()
            .map(|(token, at)| {
                Statement::new(
                    USED,
                    vec![("token", token.get().into()), ("at", (*at).into())],
                )
            })
            .collect();
        let mut tx = self.db().write().await?;
        tx.execute_all(write).await?;
        tx.commit().await?;
        self.uses()
            .0
            .lock()
            .retain(|token, at| noted.get(token) != Some(at));
        Ok(())
    }

    /// Returns when each of these tokens was last used, without those that were never used.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn token_uses(
        &self,
        tokens: &[TokenId],
    ) -> Result<HashMap<TokenId, Millis>, DbError> {
        let ids = tokens
            .iter()
            .map(|token| token.get().cast_signed())
            .collect();
        let written = self
            .db()
            .read(USES, &[("tokens", Value::List(ids))], |row| {
                Ok((row.get::<u64>(0)?, row.get(1)?))
            })
            .await?;
        let mut found: HashMap<TokenId, Millis> = written
            .into_iter()
            .filter_map(|(token, at)| Some((TokenId::new(token)?, at)))
            .collect();
        let noted = self.uses().0.lock();
        for token in tokens {
            if let Some(at) = noted.get(token) {
                found.insert(*token, *at);
            }
        }
        Ok(found)
    }

    /// Notes a failed attempt to log in. `source` is the caller's digest of who tried from where.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn note_failed_log_in(&self, source: &str, at: Millis) -> Result<(), DbError> {
        self.side(FAILED, vec![("source", source.into()), ("at", at.into())])
            .await
    }

    /// Returns the failed attempts from a source since its last success.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn failed_log_ins(&self, source: &str) -> Result<Failures, DbError> {
        let found = self
            .db()
            .read_one(FAILURES, &[("source", source.into())], |row| {
                Ok(Failures {
                    count: row.get(0)?,
                    last_at: row.get(1)?,
                })
            })
            .await?;
        Ok(found.unwrap_or_default())
    }

    /// Removes the failures of a source that has succeeded.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn forgive_log_ins(&self, source: &str) -> Result<(), DbError> {
        self.side(FORGIVE, vec![("source", source.into())]).await
    }

    /// Removes failures of sources whose last one is older than `before`.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn forget_log_ins(&self, before: Millis) -> Result<(), DbError> {
        self.side(FORGET, vec![("before", before.into())]).await
    }

    /// Returns the password hash of an account (argon2id, PHC string), or `None` if it has no
    /// password.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn password_hash(&self, account: AccountId) -> Result<Option<String>, DbError> {
        self.db()
            .read_one(PASSWORD, &[("account", account.get().into())], |row| {
                row.get(0)
            })
            .await
    }

    async fn side(
        &self,
        sql: &'static str,
        params: Vec<(&'static str, Value)>,
    ) -> Result<(), DbError> {
        let mut tx = self.db().write().await?;
        tx.execute(sql, params).await?;
        tx.commit().await
    }
}
