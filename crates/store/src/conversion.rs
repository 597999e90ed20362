//! Bodies that were sent to be converted later. They are side state (see [`crate::side`]), limited
//! in age, number and bytes.

use crate::Store;
use crate::db::{DbError, Statement};
use narthex_access::{AccountId, Millis};

crate::statements! {
    KEEP = "INSERT INTO conversion (id, account, asked_at, written, wanted, content, space, body) \
            VALUES (:id, :account, :at, :written, :wanted, :content, :space, :body)";
    KEPT = "SELECT written, wanted, content, space, body FROM conversion \
            WHERE id = :id AND account = :account AND asked_at > :after";
    FORGET_OLD = "DELETE FROM conversion WHERE asked_at <= :before";
    FORGET_OWN = "DELETE FROM conversion WHERE account = :account AND id NOT IN (SELECT id FROM conversion \
                  WHERE account = :account ORDER BY asked_at DESC, id LIMIT :most)";
    FORGET_ANY = "DELETE FROM conversion WHERE id NOT IN (SELECT id FROM conversion ORDER BY asked_at DESC, id LIMIT :most)";
    FORGET_LARGE_OWN = "DELETE FROM conversion WHERE id IN (SELECT id FROM (SELECT id, SUM(octet_length(body)) \
                        OVER (ORDER BY asked_at DESC, id) AS bytes FROM conversion WHERE account = :account) AS own \
                        WHERE bytes > :most AND id <> :id)";
    FORGET_LARGE_ANY = "DELETE FROM conversion WHERE id IN (SELECT id FROM (SELECT id, SUM(octet_length(body)) \
                        OVER (ORDER BY asked_at DESC, id) AS bytes FROM conversion) AS every \
                        WHERE bytes > :most AND id <> :id)";
}

/// How long a request for a conversion is stored, in milliseconds: the five minutes of the
/// published document.
pub const KEPT_FOR: Millis = 5 * 60 * 1_000;
/// How many requests of one account are stored. The oldest ones are removed first.
pub const MOST_OF_ONE: i64 = 60;
/// How many requests are stored in all.
pub const MOST_OF_ALL: i64 = 1_000;

/// How many bytes of bodies of one account are stored. Any account may send some, with a licence or
/// without.
pub const MAX_BYTES_OF_ONE: i64 = 16 * 1024 * 1024;
/// How many bytes of bodies are stored in all.
pub const MAX_BYTES_OF_ALL: i64 = 64 * 1024 * 1024;

/// A body that was sent to be converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The representation it was sent in, as the API names it.
    pub written: String,
    /// The representation that it is to be converted to.
    pub wanted: String,
    /// The content that names in it are relative to, as it was sent.
    pub content: Option<String>,
    /// The space that names are relative to if there is no content.
    pub space: Option<String>,
    /// The text.
    pub body: String,
}

impl Store {
    /// Stores a request for the account that sent it, and removes those that are too old or too
    /// many.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn keep_conversion(
        &self,
        id: String,
        account: AccountId,
        at: Millis,
        conversion: Conversion,
    ) -> Result<(), DbError> {
        let large_own = vec![
            ("account", account.get().into()),
            ("id", id.clone().into()),
            ("most", MAX_BYTES_OF_ONE.into()),
        ];
        let large_any = vec![("id", id.clone().into()), ("most", MAX_BYTES_OF_ALL.into())];
        let keep = vec![
            ("id", id.into()),
            ("account", account.get().into()),
            ("at", at.into()),
            ("written", conversion.written.into()),
            ("wanted", conversion.wanted.into()),
            ("content", conversion.content.into()),
            ("space", conversion.space.into()),
            ("body", conversion.body.into()),
        ];
        let of_one = vec![
            ("account", account.get().into()),
            ("most", MOST_OF_ONE.into()),
        ];
        let statements = vec![
            Statement::new(FORGET_OLD, vec![("before", (at - KEPT_FOR).into())]),
            Statement::new(KEEP, keep),
            Statement::new(FORGET_OWN, of_one),
            Statement::new(FORGET_ANY, vec![("most", MOST_OF_ALL.into())]),
            Statement::new(FORGET_LARGE_OWN, large_own),
            Statement::new(FORGET_LARGE_ANY, large_any),
        ];
        let mut tx = self.db().write().await?;
        tx.execute_all(statements).await?;
        tx.commit().await
    }

    /// Returns a request of an account, if it is still stored.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn kept_conversion(
        &self,
        id: &str,
        account: AccountId,
        now: Millis,
    ) -> Result<Option<Conversion>, DbError> {
        let params = [
            ("id", id.into()),
            ("account", account.get().into()),
            ("after", (now - KEPT_FOR).into()),
        ];
        self.db()
            .read_one(KEPT, &params, |row| {
                Ok(Conversion {
                    written: row.get(0)?,
                    wanted: row.get(1)?,
                    content: row.get(2)?,
                    space: row.get(3)?,
                    body: row.get(4)?,
                })
            })
            .await
    }
}
