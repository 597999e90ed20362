//! The trash of a space.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::space::SpaceHead;
use crate::web::paths;

/// How many pages the trash lists at most.
pub const MAX_TRASH_LINES: usize = 500;

/// `/wiki/spaces/KEY/trash`, for administrators of the space (law 2, State).
///
/// Posts `page` (an id) and `do`: `restore`, or `purge` to delete it for good.
#[derive(Clone, Debug, Template)]
#[template(path = "space/trash.html")]
pub struct Trash<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The space.
    pub space: SpaceHead<'a>,
    /// The pages in the trash, by title; at most [`MAX_TRASH_LINES`].
    pub lines: Vec<TrashLine<'a>>,
    /// How many pages are in the trash.
    pub all: Count,
}

/// A page in the trash.
#[derive(Clone, Debug)]
pub struct TrashLine<'a> {
    /// The id.
    pub id: u64,
    /// Where it can be read.
    pub address: String,
    /// The title.
    pub title: Text<'a>,
    /// Page, blog post or folder.
    pub kind: &'static str,
    /// When its last version was made.
    pub updated: Moment,
}

impl TrashLine<'_> {
    /// The title, or a word for a page that has none.
    fn name(&self) -> &str {
        match &*self.title {
            "" => "Untitled",
            title => title,
        }
    }
}

impl Trash<'_> {
    /// Whether the list ends before the trash does.
    fn is_cut(&self) -> bool {
        self.all.0 > self.lines.len() as u64
    }
}
