//! One's own drafts.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::paths;

/// How many drafts the page lists at most.
pub const MAX_DRAFT_LINES: usize = 500;

/// `/wiki/drafts`: what one has begun and not published. Nobody else sees it (law 2.20).
///
/// Posts `page` (an id) and `do` = `discard`.
#[derive(Clone, Debug, Template)]
#[template(path = "account/drafts.html")]
pub struct Drafts<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The drafts, last changed first; at most [`MAX_DRAFT_LINES`].
    pub lines: Vec<DraftLine<'a>>,
    /// How many drafts there are.
    pub all: Count,
}

/// A draft of one's own.
#[derive(Clone, Debug)]
pub struct DraftLine<'a> {
    /// The id of the page.
    pub id: u64,
    /// Where the page is read.
    pub address: String,
    /// The title of the draft.
    pub title: Text<'a>,
    /// The name of the space.
    pub space: Text<'a>,
    /// Whether the page is published, and the draft stands beside what readers see.
    pub over_published: bool,
    /// Whether one may still edit the page.
    pub may_continue: bool,
    /// When the draft was last kept.
    pub kept: Moment,
}

impl DraftLine<'_> {
    /// The title, or a word for a draft that has none.
    pub(super) fn name(&self) -> &str {
        match &*self.title {
            "" => "Untitled",
            title => title,
        }
    }

    /// Where its name leads: to the text that is being written, else to the page.
    pub(super) fn leads_to(&self) -> String {
        if self.may_continue {
            format!("{}?pageId={}", paths::EDIT_PAGE, self.id)
        } else {
            self.address.clone()
        }
    }
}

impl Drafts<'_> {
    /// Whether the list ends before the drafts do.
    fn is_cut(&self) -> bool {
        self.all.0 > self.lines.len() as u64
    }
}
