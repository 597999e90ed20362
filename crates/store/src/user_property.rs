//! User properties: what programs keep about people, under keys.
//!
//! They are beside the catalogue, for nothing is decided by them. Who may read those of an account is decided by the
//! account, before any is read.

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

/// A user property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserProperty {
    /// Its key.
    pub key: String,
    /// Its value, as the JSON text that was sent.
    pub value: String,
    /// When it was made.
    pub created_at: Millis,
    /// When its value was last written.
    pub updated_at: Millis,
}

/// A change of the properties of an account. One that finds another state than it is planned for undoes all that is
/// written with it, with [`DbError::Constraint`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserPropertyChange {
    /// Makes the property with a key that isn't there.
    Create {
        /// Its key.
        key: String,
        /// Its value, a JSON text.
        value: String,
    },
    /// Writes the value of one that is there.
    Update {
        /// Its key.
        key: String,
        /// Its value, a JSON text.
        value: String,
    },
    /// Removes one that is there.
    Remove {
        /// Its key.
        key: String,
    },
    /// Removes all that there are.
    RemoveAll,
}

/// The statement of a change.
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
    /// The property of an account with a key; none when there is none.
    ///
    /// # Errors
    /// What the database says.
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

    /// The keys of the properties of an account in their order, after the first so many.
    ///
    /// # Errors
    /// What the database says.
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

    /// How many properties an account has.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_user_properties(&self, account: AccountId) -> Result<u64, DbError> {
        let params = [("account", account.get().into())];
        let count = self.db().read_one(COUNT, &params, |row| row.get(0)).await?;
        Ok(count.unwrap_or_default())
    }
}
