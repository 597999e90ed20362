//! v1 user properties: their keys in lists, and one with its value.

use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::AccountId;
use narthex_site::user_property as site;
use serde::Serialize;
use serde_json::value::RawValue;

/// The key of a user property, as lists return it.
#[derive(Debug, Serialize)]
pub struct Key {
    /// The key that names the property within its account.
    pub key: String,
}

/// A user property. Its id is made of the account and the key, which no other property has
/// together.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserProperty {
    key: String,
    value: Box<RawValue>,
    id: String,
    last_modified_date: String,
    created_date: String,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    base: String,
    context: &'static str,
}

impl UserProperty {
    /// Builds the object of a property of an account.
    ///
    /// # Errors
    /// A fault if the stored value isn't JSON.
    pub fn of(
        lens: Lens<'_>,
        account: AccountId,
        property: site::UserProperty,
    ) -> Result<Self, Failure> {
        let key = property.key;
        Ok(Self {
            value: RawValue::from_string(property.value).map_err(|_| Failure::Fault)?,
            id: format!("{account}-{key}"),
            last_modified_date: moment(property.updated_at),
            created_date: moment(property.created_at),
            links: Links {
                this: format!("{}/rest/api/user/{account}/property/{key}", lens.base),
                base: lens.base.to_owned(),
                context: "/wiki",
            },
            key,
        })
    }
}
