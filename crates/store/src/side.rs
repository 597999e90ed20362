//! Side state: unjournalled, never an input of a decision, never under the
//! revision's lock. All of it: when a token was last used. Failed log-ins are
//! counted in each node's memory.
//!
//! Passwords are here too for how they are read: journalled when they change,
//! but no part of the catalogue, so that a catalogue holds no secret to guess.

use crate::Store;
use crate::db::{DbError, Statement};
use narthex_access::{AccountId, Millis, TokenId};

crate::statements! {
    PASSWORD = "SELECT hash FROM password WHERE account = :account";
    USED = "INSERT INTO token_use (token, used_at) VALUES (:token, :at) \
            ON CONFLICT (token) DO UPDATE SET used_at = excluded.used_at \
            WHERE excluded.used_at > token_use.used_at";
    LAST_USED = "SELECT token, used_at FROM token_use WHERE token IN (:tokens[])";
}

impl Store {
    /// The password hash of an account (argon2id, PHC string), if it has a password.
    ///
    /// # Errors
    /// What the database says.
    pub async fn password_hash(&self, account: AccountId) -> Result<Option<String>, DbError> {
        self.db.read_one(PASSWORD, &[("account", account.get().into())], |row| row.get(0)).await
    }

    /// Writes down when tokens were last used: the later of what is known and this.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tokens_used(&self, used: &[(TokenId, Millis)]) -> Result<(), DbError> {
        let statements = used
            .iter()
            .map(|(token, at)| {
                Statement::new(USED, vec![("token", token.get().into()), ("at", (*at).into())])
            })
            .collect();
        let mut tx = self.db.write().await?;
        tx.execute_all(statements).await?;
        tx.commit().await
    }

    /// When each of these tokens was last used, as far as is written down.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tokens_last_used(
        &self,
        tokens: &[TokenId],
    ) -> Result<Vec<(TokenId, Millis)>, DbError> {
        let ids = tokens.iter().filter_map(|token| i64::try_from(token.get()).ok()).collect();
        let params = [("tokens", crate::db::Value::List(ids))];
        let rows = self
            .db
            .read(LAST_USED, &params, |row| Ok((row.get::<u64>(0)?, row.get::<Millis>(1)?)))
            .await?;
        Ok(rows.into_iter().filter_map(|(id, at)| Some((TokenId::new(id)?, at))).collect())
    }
}
