//! Writing: a new page, a changed page, a page for the trash.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// `/wiki/pages/create?spaceKey=&parentId=` and `/wiki/pages/edit?pageId=`.
///
/// Posts `title`, `body` (storage format), `parent` (a page id; empty for a root page), `version`
/// (the number one edits; empty for a new page), `message`, and `do` = `publish` | `draft` | `discard`.
#[derive(Clone, Debug, Template)]
#[template(path = "space/editor.html")]
pub struct PageForm<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The key of the space.
    pub space_key: Text<'a>,
    /// The name of the space.
    pub space_name: Text<'a>,
    /// The version one edits; `None` for a new page.
    pub version: Option<u64>,
    /// The title.
    pub title: Text<'a>,
    /// What is wrong with `title`.
    pub title_error: FieldError<'a>,
    /// The body in storage format.
    pub body: Text<'a>,
    /// What is wrong with `body`, with line and column.
    pub body_error: FieldError<'a>,
    /// Pages that it can stand below: those that the writer sees.
    pub parents: Vec<ParentChoice<'a>>,
    /// What is wrong with `parent`.
    pub parent_error: FieldError<'a>,
    /// What this version changes, in the writer's words.
    pub message: Text<'a>,
    /// Offers to discard the draft that is edited.
    pub has_draft: bool,
    /// Where cancelling leads.
    pub cancel: Text<'a>,
}

/// A page that the edited page can stand below.
#[derive(Clone, Debug)]
pub struct ParentChoice<'a> {
    /// The id.
    pub id: u64,
    /// The title.
    pub title: Text<'a>,
    /// How far below the root pages it is.
    pub depth: usize,
    /// Whether it is the parent now.
    pub chosen: bool,
}

impl ParentChoice<'_> {
    /// Four no-break spaces a step, since options can't be nested; at most ten steps.
    fn indent(&self) -> String {
        "\u{a0}\u{a0}\u{a0}\u{a0}".repeat(self.depth.min(10))
    }
}

/// `/wiki/pages/delete?pageId=`: asks before a page goes to the trash. Posts `confirmed=yes`.
#[derive(Clone, Debug, Template)]
#[template(path = "space/delete.html")]
pub struct DeletePage<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The title of the page.
    pub title: Text<'a>,
    /// How many pages stand directly below it, of those that the asker sees.
    pub children: Count,
    /// The title of the page that they move to; `None`: they become root pages.
    pub parent: Option<Text<'a>>,
    /// Where cancelling leads.
    pub cancel: Text<'a>,
}
