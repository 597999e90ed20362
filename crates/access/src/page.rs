//! Pages, blog posts, and what hangs on them.

use crate::Millis;
use crate::id::{AccountId, AttachmentId, BlobId, BodyId, CommentId, PageId, SpaceId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// What a row of `page` is.
    pub enum PageKind {
        /// A page of the tree.
        Page = "page",
        /// A blog post: no parent, no article of a portal.
        BlogPost = "blogpost",
        /// A folder: a title in the tree that pages lie below. It is decided as a
        /// page is, and has no text, files, comments or likes.
        Folder = "folder",
    }
}

impl PageKind {
    /// Whether it has a place in the page tree, and others below it.
    #[must_use]
    pub const fn is_in_tree(self) -> bool {
        matches!(self, Self::Page | Self::Folder)
    }

    /// Whether people write in it, and on it: a folder is its title.
    #[must_use]
    pub const fn has_text(self) -> bool {
        matches!(self, Self::Page | Self::BlogPost)
    }
}

words! {
    /// The state of a page (laws 2.20 to 2.22).
    pub enum PageState {
        /// Never published: its author's alone.
        Draft = "draft",
        /// Published.
        Live = "current",
        /// Read-only, by direct link.
        Archived = "archived",
        /// For administrators of the space.
        Trashed = "trashed",
    }
}

words! {
    /// The state of an attachment or a comment.
    pub enum ContentState {
        /// There.
        Live = "current",
        /// For administrators of the space.
        Trashed = "trashed",
    }
}

words! {
    /// Where a comment stands.
    pub enum CommentPlace {
        /// Below the page.
        Footer = "footer",
        /// At a passage of the page.
        Inline = "inline",
    }
}

words! {
    /// How far the thread of an inline comment is.
    pub enum Resolution {
        /// Being talked about.
        Open = "open",
        /// Resolved before, and being talked about again.
        Reopened = "reopened",
        /// Done.
        Resolved = "resolved",
        /// Its passage is no longer in the page.
        Dangling = "dangling",
    }
}

/// A row of `page`: a page, a blog post or a folder, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Its id.
    pub id: PageId,
    /// The space that it is in.
    pub space: SpaceId,
    /// The page or folder above it; none at the root and for blog posts.
    pub parent: Option<PageId>,
    /// Page, blog post or folder.
    pub kind: PageKind,
    /// Draft, live, archived or trashed.
    pub state: PageState,
    /// Whether it was archived when it was trashed: then it comes back archived.
    pub was_archived: bool,
    /// Its title; not unique (law 6.8).
    pub title: Arc<str>,
    /// An order key among its siblings; those that share one stand by their titles.
    /// Never answered: only its order is.
    pub position: i64,
    /// Who made it.
    pub author: AccountId,
    /// Who owns it now.
    pub owner: AccountId,
    /// When it was made.
    pub created_at: Millis,
    /// Its current body.
    pub body: BodyId,
    /// The number of its current version, from 1.
    pub version: u32,
    /// When its current version was made.
    pub updated_at: Millis,
    /// Who made its current version.
    pub updated_by: AccountId,
}

/// A row of `attachment`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// Its id.
    pub id: AttachmentId,
    /// The page that it is decided as.
    pub page: PageId,
    /// Its file name.
    pub file_name: Arc<str>,
    /// Its media type.
    pub media_type: Arc<str>,
    /// A remark on its current version; empty for none.
    pub remark: Arc<str>,
    /// Live or trashed.
    pub state: ContentState,
    /// Who made it.
    pub author: AccountId,
    /// When it was made.
    pub created_at: Millis,
    /// The bytes of its current version.
    pub blob: BlobId,
    /// Their number.
    pub size: u64,
    /// The number of its current version, from 1.
    pub version: u32,
    /// When its current version was made.
    pub updated_at: Millis,
    /// Who made its current version.
    pub updated_by: AccountId,
}

/// A row of `comment`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// Its id.
    pub id: CommentId,
    /// The page that it is decided as.
    pub page: PageId,
    /// The comment that it answers.
    pub parent: Option<CommentId>,
    /// Below the page or at a passage.
    pub place: CommentPlace,
    /// Live or trashed.
    pub state: ContentState,
    /// How far its thread is.
    pub resolution: Resolution,
    /// Who changed that last; none while nobody has.
    pub resolved_by: Option<AccountId>,
    /// When that was changed last.
    pub resolved_at: Option<Millis>,
    /// The reference of its mark in the page's text; empty for a footer comment.
    pub marker_ref: Arc<str>,
    /// The passage that was chosen; empty for a footer comment.
    pub selection: Arc<str>,
    /// Which of the same passages in the page it was, from 0.
    pub match_index: u32,
    /// How many of them there were.
    pub match_count: u32,
    /// Who wrote it; none where nobody was logged in.
    pub author: Option<AccountId>,
    /// When it was made.
    pub created_at: Millis,
    /// Its current body.
    pub body: BodyId,
    /// The number of its current version, from 1.
    pub version: u32,
    /// When its current version was made.
    pub updated_at: Millis,
    /// Who made its current version; none where nobody was logged in.
    pub updated_by: Option<AccountId>,
}
