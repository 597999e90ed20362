//! A page or a blog post, as its readers see it.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Moment, Size};
use crate::web::pages::space::SpaceHead;
use crate::web::pages::tree::Tree;
use crate::web::paths;

/// HTML that `narthex-content` has made and sanitised; written as it is.
#[derive(Clone, Debug, Default)]
pub struct Rendered<'a>(pub Text<'a>);

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Rendered<'_> {}

/// `/wiki/spaces/KEY/pages/ID/Title` and `/wiki/spaces/KEY/blog/2026/01/31/ID/Title`.
///
/// The comment form (when [`Actions::comment`]) posts `do=comment`, `comment` (plain text).
#[derive(Clone, Debug, Template)]
#[template(path = "read/page.html")]
pub struct PageView<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The space it is in.
    pub space: SpaceHead<'a>,
    /// The tree beside it; empty beside a blog post.
    pub tree: Tree<'a>,
    /// Ancestors that one sees, from the root down.
    pub ancestors: Vec<PageLink<'a>>,
    /// The id.
    pub id: u64,
    /// The title.
    pub title: Text<'a>,
    /// What lies right below it, if it is a folder.
    pub in_folder: Option<Vec<PageLink<'a>>>,
    /// Whether it is live, a draft, archived or in the trash.
    pub state: PageState,
    /// Whether this reader keeps a draft over the published page.
    pub has_own_draft: bool,
    /// Whether to tell this reader that the page has view restrictions.
    pub restricted: bool,
    /// Who wrote the current version; `None` where names are hidden (law 3.7).
    pub author: Option<Text<'a>>,
    /// When the current version was made.
    pub updated: Moment,
    /// The body.
    pub body: Rendered<'a>,
    /// Labels.
    pub labels: Vec<Text<'a>>,
    /// Attachments.
    pub attachments: Vec<AttachmentLine<'a>>,
    /// Footer comments, oldest first.
    pub comments: Vec<CommentView<'a>>,
    /// How many further ones the page is too long for.
    pub more_comments: usize,
    /// What this reader is offered to do.
    pub actions: Actions,
}

/// A link to a page of the same space.
#[derive(Clone, Debug)]
pub struct PageLink<'a> {
    /// The id.
    pub id: u64,
    /// The title.
    pub title: Text<'a>,
}

/// In which state a page is (laws 2.20 to 2.22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Published.
    Live,
    /// Not published; its author alone sees it.
    Draft,
    /// Read-only, out of tree and search.
    Archived,
    /// In the trash; administrators of the space see it.
    Trashed,
}

/// Which controls a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// Edit.
    pub edit: bool,
    /// Create a page below it.
    pub create_below: bool,
    /// See and change its restrictions.
    pub restrict: bool,
    /// See who can see it, and why.
    pub access: bool,
    /// Move it to the trash.
    pub delete: bool,
    /// Write a comment.
    pub comment: bool,
}

impl Actions {
    /// Whether the page's menu has anything in it.
    fn any_in_menu(self) -> bool {
        self.create_below || self.restrict || self.access || self.delete
    }
}

/// One attachment in the list below a page.
#[derive(Clone, Debug)]
pub struct AttachmentLine<'a> {
    /// The file name.
    pub file_name: Text<'a>,
    /// What kind of file it is, e.g. `image/png`.
    pub media_type: Text<'a>,
    /// Its size in bytes.
    pub size: Size,
    /// When this version of it was made.
    pub updated: Moment,
}

/// One comment below a page.
#[derive(Clone, Debug)]
pub struct CommentView<'a> {
    /// The id, for the anchor `#nx-comment-ID`.
    pub id: u64,
    /// Who wrote it; `None` where names are hidden.
    pub author: Option<Text<'a>>,
    /// When.
    pub written: Moment,
    /// Whether it answers the comment above it.
    pub reply: bool,
    /// The body.
    pub body: Rendered<'a>,
}
