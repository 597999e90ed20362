//! Page restrictions: lists that only subtract (law 2.14).

use crate::Millis;
use crate::grant::Principal;
use crate::id::{AccountId, PageId, RestrictionId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// What a restriction withholds from who isn't on its list.
    pub enum RestrictionKind {
        /// Seeing the page and all below it.
        View = "read",
        /// Editing the page; not inherited (law 2a.3).
        Edit = "update",
    }
}

/// A row of `restriction`: one list of one page.
///
/// That the row is there is the fact *restricted*: with nobody on the list the
/// page is restricted to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestrictionRow {
    /// Its id.
    pub id: RestrictionId,
    /// The page.
    pub page: PageId,
    /// Viewing or editing.
    pub kind: RestrictionKind,
    /// The page that left it here when it was trashed or purged; none for the
    /// page's own list. All lists of a page must pass (law 2b.1).
    pub left_by: Option<PageId>,
    /// Since when.
    pub since: Millis,
    /// By whom.
    pub by: AccountId,
    /// The accounts and groups listed, sorted, without repeats; never a class.
    pub listed: Arc<[Principal]>,
}
