//! Content properties and space properties: JSON values that programs store on pages, blog posts,
//! attachments, comments and spaces.

use crate::Millis;
use crate::action::Object;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, BodyId, PropertyId};
use alloc::sync::Arc;

/// A row of `property`: one property of one thing, as visible as that thing is. Its value is in the
/// store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyRow {
    /// The id of the property.
    pub id: PropertyId,
    /// The thing that it is a property of.
    pub on: Object,
    /// Its key, unique among the properties of the same thing.
    pub key: Arc<str>,
    /// The account that created it.
    pub author: AccountId,
    /// When it was created.
    pub created_at: Millis,
    /// The body with its current value, which is a JSON text.
    pub body: BodyId,
    /// The number of its current version, from 1.
    pub version: u32,
    /// The version message of its current version, or empty.
    pub message: Arc<str>,
    /// Whether its current version was marked as a minor edit.
    pub minor: bool,
    /// When its current version was made.
    pub updated_at: Millis,
    /// The account that made its current version.
    pub updated_by: AccountId,
}

impl Found for PropertyRow {
    type Id = PropertyId;
    type Key = Object;
    type Keys = [Object; 1];

    fn id(&self) -> PropertyId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [self.on]
    }
}
