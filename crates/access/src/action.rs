//! What can be asked for (law 2a).

use crate::id::{AttachmentId, CommentId, PageId, SpaceId, TemplateId};
use crate::word::words;
use core::fmt;

words! {
    /// An action on an [`Object`].
    pub enum Action {
        /// See it.
        View = "view",
        /// See a page as an article of a portal (law 2.26).
        ViewInPortal = "view in portal",
        /// See former versions, diffs, edits, contributors (law 2.24).
        ViewPast = "view past",
        /// Create a page in the space, or below the page.
        CreatePage = "create page",
        /// Create a blog post in the space.
        CreateBlogPost = "create blog post",
        /// Edit, label, set a property, restore a version.
        Edit = "edit",
        /// Add or change an attachment of the page; of what is made in the space.
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
        /// See the permissions and roles of the space (law 3.4).
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
    /// A template: decided as its space, or by tier.
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

/// A text that names no object.
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
