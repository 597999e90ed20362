//! The page of a page, folder or blog post, as its readers see it.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Moment, Size};
use crate::web::pages::space::SpaceHead;
use crate::web::pages::tree::Tree;
use crate::web::paths;

/// HTML that `narthex-content` has made and sanitised; it is written without escaping.
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
    /// The space that the page is in.
    pub space: SpaceHead<'a>,
    /// The tree beside it; empty beside a blog post.
    pub tree: Tree<'a>,
    /// The ancestors that the reader sees, from the root down.
    pub ancestors: Vec<PageLink<'a>>,
    /// The id of the page.
    pub id: u64,
    /// The title of the page.
    pub title: Text<'a>,
    /// The entries directly below it if it is a folder; `None` if it isn't.
    pub in_folder: Option<Vec<PageLink<'a>>>,
    /// Whether it is live, a draft, archived or in the trash.
    pub state: PageState,
    /// Whether this reader has a draft of the published page.
    pub has_own_draft: bool,
    /// Whether to tell this reader that the page has view restrictions.
    pub restricted: bool,
    /// The author of the current version; `None` where names are hidden (law 3.7).
    pub author: Option<Text<'a>>,
    /// The instant at which the current version was made.
    pub updated: Moment,
    /// The rendered body.
    pub body: Rendered<'a>,
    /// The labels of the page.
    pub labels: Vec<Text<'a>>,
    /// The attachments of the page.
    pub attachments: Vec<AttachmentLine<'a>>,
    /// Footer comments, oldest first.
    pub comments: Vec<CommentView<'a>>,
    /// The number of further comments for which the response is too long.
    pub more_comments: usize,
    /// The controls that this reader is offered.
    pub actions: Actions,
}

/// A link to a page of the same space.
#[derive(Clone, Debug)]
pub struct PageLink<'a> {
    /// The id of the page.
    pub id: u64,
    /// The title of the page.
    pub title: Text<'a>,
}

/// The state of a page (laws 2.20 to 2.22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// The page is published.
    Live,
    /// The page isn't published; its author alone sees it.
    Draft,
    /// The page is read-only, and in neither tree nor search.
    Archived,
    /// The page is in the trash; administrators of the space see it.
    Trashed,
}

/// The controls that a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// Whether to offer to edit it.
    pub edit: bool,
    /// Whether to offer to create a page below it.
    pub create_below: bool,
    /// Whether to offer to see and change its restrictions.
    pub restrict: bool,
    /// Whether to offer to see who can see it, and why.
    pub access: bool,
    /// Whether to offer to move it to the trash.
    pub delete: bool,
    /// Whether to offer to comment on it.
    pub comment: bool,
}

impl Actions {
    /// Returns whether the page's menu has an entry.
    fn any_in_menu(self) -> bool {
        self.create_below || self.restrict || self.access || self.delete
    }
}

/// One attachment in the list below a page.
#[derive(Clone, Debug)]
pub struct AttachmentLine<'a> {
    /// The name of the file.
    pub file_name: Text<'a>,
    /// The media type of the file, e.g. `image/png`.
    pub media_type: Text<'a>,
    /// The size of the file.
    pub size: Size,
    /// The instant at which its current version was made.
    pub updated: Moment,
}

/// One comment below a page.
#[derive(Clone, Debug)]
pub struct CommentView<'a> {
    /// The id of the comment, for the anchor `#nx-comment-ID`.
    pub id: u64,
    /// The author; `None` where names are hidden.
    pub author: Option<Text<'a>>,
    /// The instant at which it was written.
    pub written: Moment,
    /// Whether it is a reply to the comment above it.
    pub reply: bool,
    /// The rendered body.
    pub body: Rendered<'a>,
}
