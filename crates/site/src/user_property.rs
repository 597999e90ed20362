//! User properties: JSON values that programs store about accounts, under keys.

use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{AccountId, Credential, Door, View};
use narthex_store::DbError;
use narthex_store::change::{Beside, Change, Event};
use narthex_store::user_property::UserPropertyChange;

pub use narthex_store::user_property::UserProperty;

/// The longest key, in characters.
pub const LONGEST_KEY: usize = 127;
/// The longest value, in bytes of JSON.
pub const LONGEST_VALUE: usize = 32 * 1024;
/// The largest number of properties of one account.
pub const MOST_PROPERTIES: u64 = 100;

/// How often a change is tried while the property is changed by others.
const TRIES: usize = 3;

impl Site {
    /// Returns some of the keys of an account's properties, and whether there are more.
    ///
    /// # Errors
    /// Absent for an account that the viewer isn't shown; forbidden to all but the account itself
    /// and site administration; storage.
    pub async fn user_property_keys(
        &self,
        view: &View,
        account: AccountId,
        start: usize,
        limit: usize,
    ) -> Result<(Vec<String>, bool), SiteError> {
        view.require_user_properties(account, false)?;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut keys = self
            .store()
            .user_property_keys(account, number(start), number(limit.saturating_add(1)))
            .await?;
        let more = keys.len() > limit;
        keys.truncate(limit);
        Ok((keys, more))
    }

    /// Returns a property of an account.
    ///
    /// # Errors
    /// As [`Site::user_property_keys`]; absent if there is no such property.
    pub async fn user_property(
        &self,
        view: &View,
        account: AccountId,
        key: &str,
    ) -> Result<UserProperty, SiteError> {
        view.require_user_properties(account, false)?;
        check_key(key)?;
        let found = self.store().user_property(account, key).await?;
        found.ok_or_else(absent)
    }

    /// Creates a property of an account.
    ///
    /// # Errors
    /// As [`Site::user_property_keys`]; invalid for a bad key, for a value that is too long, and
    /// for too many properties; conflict for a key that is taken.
    pub async fn create_user_property(
        &self,
        credential: &Credential,
        account: AccountId,
        key: String,
        value: String,
    ) -> Result<(), SiteError> {
        check_value(&value)?;
        let change = UserPropertyChange::Create { key, value };
        self.change_user_property(credential, account, change).await
    }

    /// Writes the value of a property of an account.
    ///
    /// # Errors
    /// As [`Site::user_property`]; invalid for a value that is too long.
    pub async fn update_user_property(
        &self,
        credential: &Credential,
        account: AccountId,
        key: String,
        value: String,
    ) -> Result<(), SiteError> {
        check_value(&value)?;
        let change = UserPropertyChange::Update { key, value };
        self.change_user_property(credential, account, change).await
    }

    /// Removes a property of an account.
    ///
    /// # Errors
    /// As [`Site::user_property`].
    pub async fn remove_user_property(
        &self,
        credential: &Credential,
        account: AccountId,
        key: String,
    ) -> Result<(), SiteError> {
        let change = UserPropertyChange::Remove { key };
        self.change_user_property(credential, account, change).await
    }

    /// Checks that a change can be made, and makes it. If it can no longer be made when it is
    /// written, this is tried again.
    async fn change_user_property(
        &self,
        credential: &Credential,
        account: AccountId,
        change: UserPropertyChange,
    ) -> Result<(), SiteError> {
        for _ in 0..TRIES {
            let view = self.view(credential, Door::Confluence).await?;
            view.require_user_properties(account, true)?;
            self.can_be_made(account, &change).await?;
            let change = change.clone();
            let made = self
                .commit(credential, move |plan| plan_change(plan, account, &change))
                .await;
            if !matches!(made, Err(SiteError::Storage(DbError::Constraint(_)))) {
                return made;
            }
        }
        Err(SiteError::conflict(
            "the property changes all the time; try again",
        ))
    }

    async fn can_be_made(
        &self,
        account: AccountId,
        change: &UserPropertyChange,
    ) -> Result<(), SiteError> {
        let key = key_of(change);
        check_key(key)?;
        let is_there = self.store().user_property(account, key).await?.is_some();
        let is_new = matches!(change, UserPropertyChange::Create { .. });
        if !is_new {
            return if is_there { Ok(()) } else { Err(absent()) };
        }
        if is_there {
            return Err(SiteError::conflict(format!(
                "a property with the key {key} is there already; update it instead"
            )));
        }
        if self.store().count_user_properties(account).await? >= MOST_PROPERTIES {
            return Err(SiteError::invalid(format!(
                "this would be more than {MOST_PROPERTIES} properties; remove others first"
            )));
        }
        Ok(())
    }
}

fn plan_change(
    plan: &Plan<'_>,
    account: AccountId,
    change: &UserPropertyChange,
) -> Result<Change<()>, SiteError> {
    plan.view.require_user_properties(account, true)?;
    let kind = match change {
        UserPropertyChange::Create { .. } => "account.property.created",
        UserPropertyChange::Update { .. } => "account.property.edited",
        UserPropertyChange::Remove { .. } | UserPropertyChange::RemoveAll => {
            "account.property.removed"
        }
    };
    let row = plan.catalogue.account(account).ok_or_else(absent)?.row();
    Ok(Change {
        rows: Vec::new(),
        beside: vec![Beside::UserProperty(account, change.clone())],
        events: vec![Event {
            after: Some(key_of(change).to_owned()),
            ..entry(kind, &*row.email)
        }],
        answer: (),
    })
}

fn key_of(change: &UserPropertyChange) -> &str {
    match change {
        UserPropertyChange::Create { key, .. }
        | UserPropertyChange::Update { key, .. }
        | UserPropertyChange::Remove { key } => key,
        UserPropertyChange::RemoveAll => "",
    }
}

fn check_key(key: &str) -> Result<(), SiteError> {
    let fits = (1..=LONGEST_KEY).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if fits {
        Ok(())
    } else {
        Err(SiteError::invalid(format!(
            "the key of a user property must be 1 to {LONGEST_KEY} letters, digits, hyphens and underscores"
        )))
    }
}

fn check_value(value: &str) -> Result<(), SiteError> {
    if value.len() > LONGEST_VALUE {
        return Err(SiteError::invalid(format!(
            "the value is longer than {LONGEST_VALUE} bytes of JSON; make it smaller"
        )));
    }
    Ok(())
}
