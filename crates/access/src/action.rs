//! The actions that a decision can be about, and the objects they are done to (law 2a).
//!
//! Every call of [`decide`](crate::decide::decide) names one [`Action`] and one [`Object`].

use crate::id::{AttachmentId, CommentId, PageId, SpaceId, TemplateId};
use crate::word::words;
use core::fmt;

words! {
    /// An action on an [`Object`].
    pub enum Action {
        /// View the object.
        View = "view",
        /// View a page as an article of a portal (law 2.26).
        ViewInPortal = "view in portal",
        /// View former versions, diffs, edits and contributors (law 2.24).
        ViewPast = "view past",
        /// Create a page in the space, or below the page.
        CreatePage = "create page",
        /// Create a blog post in the space.
        CreateBlogPost = "create blog post",
        /// Edit or label the object, set one of its properties, or restore a version of it.
        Edit = "edit",
        /// Add or change an attachment of the page. On a space, it is about pages created there.
        Attach = "attach",
        /// Comment on the page.
        Comment = "comment",
        /// Edit or resolve the comment.
        EditComment = "edit comment",
        /// Delete the object.
        Delete = "delete",
        /// Archive the page.
        Archive = "archive",
        /// Change the restrictions of the page. On a space, it is about pages created there.
        Restrict = "restrict",
        /// List the trash of the space, restore from it, or purge it.
        Trash = "trash",
        /// Like or watch the object.
        LikeOrWatch = "like or watch",
        /// Export the page or the space.
        Export = "export",
        /// View the permissions and roles of the space (law 3.4).
        ViewPermissions = "view permissions",
        /// Administer the space, its permissions and roles.
        Administer = "administer",
    }
}

/// The thing that an action is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// A space.
    Space(SpaceId),
    /// A page or blog post.
    Page(PageId),
    /// An attachment, which is decided as its page is.
    Attachment(AttachmentId),
    /// A comment, which is decided as its page is.
    Comment(CommentId),
    /// A template, which is decided by its space, or by the tier if it is a global one.
    Template(TemplateId),
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Space(id) => write!(f, "space:{id}"),
            Self::Page(id) => write!(f, "page:{id}"),
            Self::Attachment(id) => write!(f, "attachment:{id}"),
            Self::Comment(id) => write!(f, "comment:{id}"),
            Self::Template(id) => write!(f, "template:{id}"),
        }
    }
}

/// The error for a text that doesn't name an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnObject;

impl core::str::FromStr for Object {
    type Err = NotAnObject;

    fn from_str(text: &str) -> Result<Self, NotAnObject> {
        let (kind, id) = text.split_once(':').ok_or(NotAnObject)?;
        let object = match kind {
            "space" => id.parse().map(Self::Space),
            "page" => id.parse().map(Self::Page),
            "attachment" => id.parse().map(Self::Attachment),
            "comment" => id.parse().map(Self::Comment),
            "template" => id.parse().map(Self::Template),
            _ => return Err(NotAnObject),
        };
        object.map_err(|_| NotAnObject)
    }
}
