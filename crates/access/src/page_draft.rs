//! Drafts over published pages and blog posts.
//!
//! A page that was never published is itself in the state draft. A draft over something published
//! is a row of its own: readers still see the published text, and each author has at most one such
//! draft of a page.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, BodyId, PageDraftId, PageId};
use alloc::sync::Arc;

/// A row of `page_draft`: the unpublished changes of one author to one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDraftRow {
    /// The id of the draft.
    pub id: PageDraftId,
    /// The published page or blog post that it is a draft of.
    pub page: PageId,
    /// The author of the draft, who alone sees it.
    pub author: AccountId,
    /// The number of the published version that it was begun from.
    pub base: u32,
    /// The title that the page will get. It may be empty.
    pub title: Arc<str>,
    /// The author's version message.
    pub message: Arc<str>,
    /// The body with the text of the draft.
    pub body: BodyId,
    /// When it was first saved.
    pub created_at: Millis,
    /// When it was last saved.
    pub updated_at: Millis,
}

/// The keys by which a draft is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageDraftKey {
    /// The page that it is a draft of.
    Of(PageId),
    /// The author of the draft.
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
