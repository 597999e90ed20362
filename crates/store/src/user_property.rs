//! User properties: values that programs store about people, under keys.
//!
//! They aren't in the catalogue, because no decision depends on them. Whether somebody may read
//! those of an account is decided by the account, before any is read.

use crate::Store;
use crate::db::{DbError, Row, Statement};
use narthex_access::{AccountId, Millis};

crate::statements! {
    CREATE = "INSERT INTO user_property (account, name, value, created_at, updated_at) \
              VALUES (:account, :name, :value, :at, :at) ON CONFLICT (account, name) DO NOTHING";
    UPDATE = "UPDATE user_property SET value = :value, updated_at = :at WHERE account = :account AND name = :name";
    REMOVE = "DELETE FROM user_property WHERE account = :account AND name = :name";
    REMOVE_ALL = "DELETE FROM user_property WHERE account = :account";
    ONE = "SELECT name, value, created_at, updated_at FROM user_property WHERE account = :account AND name = :name";
    NAMES = "SELECT name FROM user_property WHERE account = :account ORDER BY name LIMIT :limit OFFSET :start";
    COUNT = "SELECT COUNT(*) FROM user_property WHERE account = :account";
}

/// A user property with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserProperty {
    /// The key of the property.
    pub key: String,
    /// The value, as the JSON text that was sent.
    pub value: String,
    /// When it was created.
    pub created_at: Millis,
    /// When its value was last written.
    pub updated_at: Millis,
}

/// A change of an account's properties. If the change finds another state than it was planned for,
/// everything that is written with it is undone, with [`DbError::Constraint`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserPropertyChange {
    /// Creates a property with a key that doesn't exist.
    Create {
        /// The key of the property.
        key: String,
        /// The value, a JSON text.
        value: String,
    },
    /// Writes the value of a property that exists.
    Update {
        /// The key of the property.
        key: String,
        /// The value, a JSON text.
        value: String,
    },
    /// Removes a property that exists.
    Remove {
        /// The key of the property.
        key: String,
    },
    /// Removes all properties of the account.
    RemoveAll,
}

/// Returns the statement that makes a change.
pub(crate) fn statement(account: AccountId, change: UserPropertyChange, now: Millis) -> Statement {
    let account = ("account", account.get().into());
    match change {
        UserPropertyChange::Create { key, value } => Statement::of_one_row(
            CREATE,
            vec![
                account,
                ("name", key.into()),
                ("value", value.into()),
                ("at", now.into()),
            ],
        ),
        UserPropertyChange::Update { key, value } => Statement::of_one_row(
            UPDATE,
            vec![
                account,
                ("name", key.into()),
                ("value", value.into()),
                ("at", now.into()),
            ],
        ),
        UserPropertyChange::Remove { key } => {
            Statement::of_one_row(REMOVE, vec![account, ("name", key.into())])
        }
        UserPropertyChange::RemoveAll => Statement::new(REMOVE_ALL, vec![account]),
    }
}

impl Store {
    /// Returns the property of an account with a key, or `None` if there is no such property.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn user_property(
        &self,
        account: AccountId,
        key: &str,
    ) -> Result<Option<UserProperty>, DbError> {
        let property = |row: &Row<'_>| {
            Ok(UserProperty {
                key: row.get(0)?,
                value: row.get(1)?,
                created_at: row.get(2)?,
                updated_at: row.get(3)?,
            })
        };
        let params = [("account", account.get().into()), ("name", key.into())];
        self.db().read_one(ONE, &params, property).await
    }

    /// Returns at most `limit` keys of an account's properties in their order, after the first
    /// `start`.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn user_property_keys(
        &self,
        account: AccountId,
        start: u32,
        limit: u32,
    ) -> Result<Vec<String>, DbError> {
        let params = [
            ("account", account.get().into()),
            ("start", start.into()),
            ("limit", limit.into()),
        ];
        self.db().read(NAMES, &params, |row| row.get(0)).await
    }

    /// Returns how many properties an account has.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn count_user_properties(&self, account: AccountId) -> Result<u64, DbError> {
        let params = [("account", account.get().into())];
        let count = self.db().read_one(COUNT, &params, |row| row.get(0)).await?;
        Ok(count.unwrap_or_default())
    }
}
