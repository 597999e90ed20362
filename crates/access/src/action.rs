//! What can be asked for (law 2a).

use crate::id::{AttachmentId, CommentId, PageId, SpaceId};
use crate::word::words;

words! {
    /// An action on an [`Object`].
    pub enum Action {
        /// See it.
        View = "view",
        /// See a page as an article of a portal (law 2, Portal).
        ViewInPortal = "view in portal",
        /// See former versions, diffs, edits, contributors (law 2, The past).
        ViewPast = "view past",
        /// Create a page in the space, or below the page.
        CreatePage = "create page",
        /// Create a blog post in the space.
        CreateBlogPost = "create blog post",
        /// Edit, label, set a property, restore a version.
        Edit = "edit",
        /// Add or change an attachment of the page.
        Attach = "attach",
        /// Comment on the page.
        Comment = "comment",
        /// Edit or resolve the comment.
        EditComment = "edit comment",
        /// Delete it.
        Delete = "delete",
        /// Archive the page.
        Archive = "archive",
        /// Change who the page is restricted to; restrict what is made in the space.
        Restrict = "restrict",
        /// List the trash of the space, restore from it, purge.
        Trash = "trash",
        /// Like or watch it.
        LikeOrWatch = "like or watch",
        /// Export the page, or the space.
        Export = "export",
        /// See the permissions and roles of the space (law 3).
        ViewPermissions = "view permissions",
        /// Administer the space, its permissions and roles.
        Administer = "administer",
    }
}

/// What an action is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// A space.
    Space(SpaceId),
    /// A page or blog post.
    Page(PageId),
    /// An attachment: decided as its page.
    Attachment(AttachmentId),
    /// A comment: decided as its page.
    Comment(CommentId),
}
