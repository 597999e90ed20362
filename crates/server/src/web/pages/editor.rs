//! The forms for writing: a new page, a changed page, a page to be moved to the trash.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// `/wiki/pages/create?spaceKey=&parentId=` and `/wiki/pages/edit?pageId=`.
///
/// Posts `title`, `body` (storage format), `parent` (a page id; empty for a root page), `version`
/// (the number of the version that is edited; empty for a new page), `message`, and `do` =
/// `publish` | `draft` | `discard`.
#[derive(Clone, Debug, Template)]
#[template(path = "space/editor.html")]
pub struct PageForm<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The key of the space.
    pub space_key: Text<'a>,
    /// The name of the space.
    pub space_name: Text<'a>,
    /// The number of the version that is edited; `None` for a new page.
    pub version: Option<u64>,
    /// The title of the page.
    pub title: Text<'a>,
    /// The error about `title`.
    pub title_error: FieldError<'a>,
    /// The body in storage format.
    pub body: Text<'a>,
    /// The error about `body`, with line and column.
    pub body_error: FieldError<'a>,
    /// The pages that can be its parent: those that the writer sees.
    pub parents: Vec<ParentChoice<'a>>,
    /// The error about `parent`.
    pub parent_error: FieldError<'a>,
    /// The version message: what this version changes, in the writer's words.
    pub message: Text<'a>,
    /// Whether to offer to discard the draft that is edited.
    pub has_draft: bool,
    /// The address that cancelling leads to.
    pub cancel: Text<'a>,
}

/// A page that can be the parent of the edited page.
#[derive(Clone, Debug)]
pub struct ParentChoice<'a> {
    /// The id of the page.
    pub id: u64,
    /// The title of the page.
    pub title: Text<'a>,
    /// Its depth in the tree; root pages have 0.
    pub depth: usize,
    /// Whether it is the chosen parent.
    pub chosen: bool,
}

impl ParentChoice<'_> {
    /// Returns four no-break spaces per level, since options can't be nested; at most ten levels.
    fn indent(&self) -> String {
        "\u{a0}\u{a0}\u{a0}\u{a0}".repeat(self.depth.min(10))
    }
}

/// `/wiki/pages/delete?pageId=`: the confirmation before a page is moved to the trash. Posts
/// `confirmed=yes`.
#[derive(Clone, Debug, Template)]
#[template(path = "space/delete.html")]
pub struct DeletePage<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The title of the page.
    pub title: Text<'a>,
    /// The number of pages directly below it, among those that the reader sees.
    pub children: Count,
    /// The title of the page that they move to; `None` if they become root pages.
    pub parent: Option<Text<'a>>,
    /// The address that cancelling leads to.
    pub cancel: Text<'a>,
}
