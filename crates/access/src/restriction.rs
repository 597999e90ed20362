//! Page restrictions: lists of the people who alone may view or edit a page. They only subtract
//! (law 2.14); the access itself comes from a channel.

use crate::Millis;
use crate::grant::Principal;
use crate::id::{AccountId, PageId, RestrictionId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// The action that a restriction withholds from people who aren't on its list.
    pub enum RestrictionKind {
        /// Viewing the page and everything below it.
        View = "read",
        /// Editing the page. This isn't inherited (law 2a.3).
        Edit = "update",
    }
}

/// A row of `restriction`: one list of one page.
///
/// A page is restricted if the row is there: with an empty list it is restricted to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestrictionRow {
    /// The id of the restriction.
    pub id: RestrictionId,
    /// The page that is restricted.
    pub page: PageId,
    /// Whether it restricts viewing or editing.
    pub kind: RestrictionKind,
    /// The page that left this restriction here when it was trashed or purged. `None` for the
    /// page's own list. All lists of a page must pass (law 2b.1).
    pub left_by: Option<PageId>,
    /// When the page was restricted.
    pub since: Millis,
    /// The account that restricted it.
    pub by: AccountId,
    /// The accounts and groups on the list, sorted and without repeats; never a class.
    pub listed: Arc<[Principal]>,
}
