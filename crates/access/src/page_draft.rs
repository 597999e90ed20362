//! Drafts over published pages and blog posts.
//!
//! What was never published is a page in the state draft. A draft over something
//! that is published stands beside it: readers go on seeing the published text, and
//! each author has at most one draft of their own.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, BodyId, PageDraftId, PageId};
use alloc::sync::Arc;

/// A row of `page_draft`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDraftRow {
    /// Its id.
    pub id: PageDraftId,
    /// The published page or blog post that it is a draft of.
    pub page: PageId,
    /// Who keeps it, and alone sees it.
    pub author: AccountId,
    /// The number of the published version that it was begun on.
    pub base: u32,
    /// The title that it is to have; may be empty.
    pub title: Arc<str>,
    /// What its author says of it.
    pub message: Arc<str>,
    /// Its text.
    pub body: BodyId,
    /// When it was first kept.
    pub created_at: Millis,
    /// When it was last kept.
    pub updated_at: Millis,
}

/// What a draft is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageDraftKey {
    /// The page.
    Of(PageId),
    /// The author.
    By(AccountId),
}

impl Found for PageDraftRow {
    type Id = PageDraftId;
    type Key = PageDraftKey;
    type Keys = [PageDraftKey; 2];

    fn id(&self) -> PageDraftId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [PageDraftKey::Of(self.page), PageDraftKey::By(self.author)]
    }
}
