//! Spaces.

use crate::Millis;
use crate::id::{AccountId, PageId, SpaceId};
use crate::word::words;
use alloc::string::String;
use alloc::sync::Arc;

words! {
    /// The kind of a space.
    pub enum SpaceKind {
        /// A space of the site.
        Global = "global",
        /// A space of one account; the same rules hold (law 2b.5).
        Personal = "personal",
    }
}

words! {
    /// The state of a space.
    pub enum SpaceState {
        /// In use.
        Live = "current",
        /// Read-only, out of the directory.
        Archived = "archived",
        /// Unknown to all but site administration (law 2.23).
        Trashed = "trashed",
        /// Being filled by an import: as unknown as a trashed one.
        Importing = "importing",
    }
}

/// A row of `space`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceRow {
    /// Its id.
    pub id: SpaceId,
    /// Its key as stored; unique and matched without case (law 5.5).
    pub key: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// A line about it; empty for none.
    pub description: Arc<str>,
    /// Global or personal.
    pub kind: SpaceKind,
    /// Live, archived, trashed or importing.
    pub state: SpaceState,
    /// Whether it was archived when it was trashed: then it comes back archived.
    pub was_archived: bool,
    /// Its home page.
    pub homepage: Option<PageId>,
    /// Who made it; the owner of a personal space.
    pub creator: AccountId,
    /// When it was made.
    pub created_at: Millis,
}

/// The key of an account's personal space: `~` and the account's id. An account has
/// one such space at most, because keys are unique.
#[must_use]
pub fn personal_key(of: AccountId) -> String {
    alloc::format!("~{of}")
}
