//! The search page: the content with some words, as far as the reader sees it.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::paths;

/// `/wiki/search?text=`: hits in pages of twenty, best first. Its own form sends `q`, and `space`
/// with the key of one space.
#[derive(Clone, Debug, Template)]
#[template(path = "read/search.html")]
pub struct Search<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The search text as it was typed.
    pub asked: Text<'a>,
    /// The label that each hit must have; `None` if none was chosen.
    pub label: Option<Text<'a>>,
    /// The key of the one space that is searched; `None` for all.
    pub space: Option<Text<'a>>,
    /// The spaces to choose from, by name.
    pub spaces: Vec<SpaceChoice<'a>>,
    /// The result; `None` before a search.
    pub outcome: Option<Outcome<'a>>,
}

/// A space in the list of choices.
#[derive(Clone, Debug)]
pub struct SpaceChoice<'a> {
    /// The key of the space.
    pub key: Text<'a>,
    /// The name of the space.
    pub name: Text<'a>,
    /// Whether it is the space that is searched.
    pub chosen: bool,
}

/// The result of a search.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// The text isn't a valid search; it holds the reason, in words for the person who typed it.
    Problem(Text<'a>),
    /// The search was made.
    Hits {
        /// The number of hits on all pages.
        total: Count,
        /// The hits of this page.
        hits: Vec<HitShown<'a>>,
        /// The address of the previous page; `None` on the first.
        previous: Option<String>,
        /// The address of the next page; `None` on the last.
        next: Option<String>,
    },
}

/// One hit in the list.
#[derive(Clone, Debug)]
pub struct HitShown<'a> {
    /// The address that it links to.
    pub address: String,
    /// The kind of content: page, blog post, comment, attachment.
    pub kind: &'static str,
    /// The title of the content.
    pub title: Text<'a>,
    /// The name of its space.
    pub space: Text<'a>,
    /// The instant at which it was last changed.
    pub changed: Moment,
    /// The passage that shows why it was found, in pieces: whether the piece is a word that was
    /// searched for, and its text.
    pub excerpt: Vec<(bool, String)>,
}
