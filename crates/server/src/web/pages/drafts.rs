//! The list of the reader's own drafts.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::paths;

/// The most drafts that the page lists.
pub const MAX_DRAFT_LINES: usize = 500;

/// `/wiki/drafts`: the pages that the reader has begun and not published. Nobody else sees them
/// (law 2.20).
///
/// Posts `page` (an id) and `do` = `discard`.
#[derive(Clone, Debug, Template)]
#[template(path = "account/drafts.html")]
pub struct Drafts<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The drafts, last changed first; at most [`MAX_DRAFT_LINES`].
    pub lines: Vec<DraftLine<'a>>,
    /// The number of all drafts of the reader.
    pub all: Count,
}

/// One draft of the reader's own.
#[derive(Clone, Debug)]
pub struct DraftLine<'a> {
    /// The id of the page.
    pub id: u64,
    /// The address at which the page is read.
    pub address: String,
    /// The title of the draft.
    pub title: Text<'a>,
    /// The name of the space.
    pub space: Text<'a>,
    /// Whether the page is published, so that the draft is separate from the version that readers
    /// see.
    pub over_published: bool,
    /// Whether the reader may still edit the page.
    pub may_continue: bool,
    /// The instant at which the draft was last saved.
    pub kept: Moment,
}

impl DraftLine<'_> {
    /// Returns the title, or a word for a draft without one.
    pub(super) fn name(&self) -> &str {
        match &*self.title {
            "" => "Untitled",
            title => title,
        }
    }

    /// Returns the address that its name links to: the editor if the reader may continue, or else
    /// the page.
    pub(super) fn leads_to(&self) -> String {
        if self.may_continue {
            format!("{}?pageId={}", paths::EDIT_PAGE, self.id)
        } else {
            self.address.clone()
        }
    }
}

impl Drafts<'_> {
    /// Returns whether there are more drafts than the list shows.
    fn is_cut(&self) -> bool {
        self.all.0 > self.lines.len() as u64
    }
}
