//! Pages, blog posts and folders, with their attachments and comments.
//!
//! The rows have no texts and no bytes: these are in the store, under the ids of bodies and blobs.

use crate::Millis;
use crate::id::{AccountId, AttachmentId, BlobId, BodyId, CommentId, PageId, SpaceId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// The kind of a row of `page`.
    pub enum PageKind {
        /// A page of the tree.
        Page = "page",
        /// A blog post, which has no parent and is never an article of a portal.
        BlogPost = "blogpost",
        /// A folder: a title in the page tree, with pages below it. It is decided as a page is, and
        /// has no text, attachments, comments or likes.
        Folder = "folder",
    }
}

impl PageKind {
    /// Whether it is in the page tree, where others can be below it.
    #[must_use]
    pub const fn is_in_tree(self) -> bool {
        matches!(self, Self::Page | Self::Folder)
    }

    /// Whether people can write text in it and comment on it. A folder has only a title.
    #[must_use]
    pub const fn has_text(self) -> bool {
        matches!(self, Self::Page | Self::BlogPost)
    }
}

words! {
    /// The state of a page (laws 2.20 to 2.22).
    pub enum PageState {
        /// Never published, and visible to its author alone.
        Draft = "draft",
        /// Published.
        Live = "current",
        /// Read-only, and found by direct link.
        Archived = "archived",
        /// In the trash, and visible to administrators of the space.
        Trashed = "trashed",
    }
}

words! {
    /// The state of an attachment or a comment.
    pub enum ContentState {
        /// In use.
        Live = "current",
        /// In the trash, and visible to administrators of the space.
        Trashed = "trashed",
    }
}

words! {
    /// Which part of a page a comment is attached to.
    pub enum CommentPlace {
        /// Below the text of the page.
        Footer = "footer",
        /// At a passage of the page's text.
        Inline = "inline",
    }
}

words! {
    /// The resolution of an inline comment's thread.
    pub enum Resolution {
        /// The thread is open.
        Open = "open",
        /// The thread was resolved and then reopened.
        Reopened = "reopened",
        /// The thread is resolved.
        Resolved = "resolved",
        /// The passage is no longer in the page.
        Dangling = "dangling",
    }
}

/// A row of `page`: a page, a blog post or a folder, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// The id of the page.
    pub id: PageId,
    /// The space that it is in.
    pub space: SpaceId,
    /// The page or folder above it. `None` at the root, and for blog posts.
    pub parent: Option<PageId>,
    /// Whether it is a page, a blog post or a folder.
    pub kind: PageKind,
    /// Whether it is a draft, live, archived or trashed.
    pub state: PageState,
    /// Whether it was archived when it was trashed. Restoring it then makes it archived again.
    pub was_archived: bool,
    /// Its title, which need not be unique (law 6.8).
    pub title: Arc<str>,
    /// Its order key among its siblings; siblings with the same key are ordered by title. The
    /// number itself is never returned to anybody.
    pub position: i64,
    /// The account that created it.
    pub author: AccountId,
    /// The account that owns it now.
    pub owner: AccountId,
    /// When it was created.
    pub created_at: Millis,
    /// The body of its current version.
    pub body: BodyId,
    /// The number of its current version, from 1.
    pub version: u32,
    /// When its current version was made.
    pub updated_at: Millis,
    /// The account that made its current version.
    pub updated_by: AccountId,
}

/// A row of `attachment`: a file attached to a page, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// The id of the attachment.
    pub id: AttachmentId,
    /// The page that it is attached to, by which access to it is decided.
    pub page: PageId,
    /// Its file name.
    pub file_name: Arc<str>,
    /// Its media type.
    pub media_type: Arc<str>,
    /// The comment on its current version, or empty.
    pub remark: Arc<str>,
    /// Whether it is live or trashed.
    pub state: ContentState,
    /// The account that attached it.
    pub author: AccountId,
    /// When it was attached.
    pub created_at: Millis,
    /// The blob with the bytes of its current version.
    pub blob: BlobId,
    /// The size of its current version in bytes.
    pub size: u64,
    /// The number of its current version, from 1.
    pub version: u32,
    /// When its current version was made.
    pub updated_at: Millis,
    /// The account that made its current version.
    pub updated_by: AccountId,
}

/// A row of `comment`: a comment on a page, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// The id of the comment.
    pub id: CommentId,
    /// The page that it is on, by which access to it is decided.
    pub page: PageId,
    /// The comment that it replies to, or `None`.
    pub parent: Option<CommentId>,
    /// Whether it is below the page or at a passage.
    pub place: CommentPlace,
    /// Whether it is live or trashed.
    pub state: ContentState,
    /// The resolution of its thread.
    pub resolution: Resolution,
    /// The account that changed the resolution last, or `None` if nobody has.
    pub resolved_by: Option<AccountId>,
    /// When the resolution was changed last.
    pub resolved_at: Option<Millis>,
    /// The reference of its marker in the page's text. Empty for a footer comment.
    pub marker_ref: Arc<str>,
    /// The passage that was selected. Empty for a footer comment.
    pub selection: Arc<str>,
    /// Which of the equal passages in the page was selected, from 0.
    pub match_index: u32,
    /// How many equal passages there were.
    pub match_count: u32,
    /// The account that wrote it, or `None` if nobody was logged in.
    pub author: Option<AccountId>,
    /// When it was created.
    pub created_at: Millis,
    /// The body of its current version.
    pub body: BodyId,
    /// The number of its current version, from 1.
    pub version: u32,
    /// When its current version was made.
    pub updated_at: Millis,
    /// The account that made its current version, or `None` if nobody was logged in.
    pub updated_by: Option<AccountId>,
}
