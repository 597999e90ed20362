//! Content properties and space properties: JSON values that programs keep on
//! pages, blog posts, attachments, comments and spaces.

use crate::Millis;
use crate::action::Object;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, BodyId, PropertyId};
use alloc::sync::Arc;

/// A row of `property`: one property of one thing, decided as that thing, without
/// its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyRow {
    /// Its id.
    pub id: PropertyId,
    /// What it is a property of.
    pub on: Object,
    /// Its key, unique among the properties of that.
    pub key: Arc<str>,
    /// Who made it.
    pub author: AccountId,
    /// When it was made.
    pub created_at: Millis,
    /// Its current value: a JSON text.
    pub body: BodyId,
    /// The number of its current version, from 1.
    pub version: u32,
    /// What the author of its current version said of it; empty for nothing.
    pub message: Arc<str>,
    /// Whether its current version was called a minor edit.
    pub minor: bool,
    /// When its current version was made.
    pub updated_at: Millis,
    /// Who made its current version.
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
