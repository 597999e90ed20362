//! Spaces: the containers of pages and blog posts, each with a key, a kind and a state.

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
        /// A space of one account, for which the same rules hold (law 2b.5).
        Personal = "personal",
    }
}

words! {
    /// The state of a space.
    pub enum SpaceState {
        /// In use.
        Live = "current",
        /// Read-only, and not in the directory of spaces.
        Archived = "archived",
        /// In the trash, and unknown to everybody but site administrators (law 2.23).
        Trashed = "trashed",
        /// Being filled by an import, and as unknown as a trashed space.
        Importing = "importing",
    }
}

/// A row of `space`: a container of pages and blog posts, without its grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceRow {
    /// The id of the space.
    pub id: SpaceId,
    /// Its key as it was entered. Keys are unique and matched without case (law 5.5).
    pub key: Arc<str>,
    /// The display name of the space.
    pub name: Arc<str>,
    /// A line about the space, or empty.
    pub description: Arc<str>,
    /// Whether it is global or personal.
    pub kind: SpaceKind,
    /// Whether it is live, archived, trashed or importing.
    pub state: SpaceState,
    /// Whether it was archived when it was trashed. Restoring it then makes it archived again.
    pub was_archived: bool,
    /// Its home page, if it has one.
    pub homepage: Option<PageId>,
    /// The account that created it; for a personal space, its owner.
    pub creator: AccountId,
    /// When it was created.
    pub created_at: Millis,
}

/// Returns the key of an account's personal space: `~` and the account's id. Because keys are
/// unique, an account has at most one.
#[must_use]
pub fn personal_key(of: AccountId) -> String {
    alloc::format!("~{of}")
}
