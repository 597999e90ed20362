//! Search: what one sees of what has some words.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::paths;

/// `/wiki/search?text=`: hits in pages of twenty, best first. A form of its own asks again:
/// `q`, and `space` with the key of one space.
#[derive(Clone, Debug, Template)]
#[template(path = "read/search.html")]
pub struct Search<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// What is asked for, as it was typed.
    pub asked: Text<'a>,
    /// The label that each hit has, if only labelled content is wanted.
    pub label: Option<Text<'a>>,
    /// The key of the one space that is searched.
    pub space: Option<Text<'a>>,
    /// The spaces that one can choose from, by name.
    pub spaces: Vec<SpaceChoice<'a>>,
    /// What came of it; none before anything is asked for.
    pub outcome: Option<Outcome<'a>>,
}

/// A space in the list of choices.
#[derive(Clone, Debug)]
pub struct SpaceChoice<'a> {
    /// The key.
    pub key: Text<'a>,
    /// The name.
    pub name: Text<'a>,
    /// Whether it is the one that is searched.
    pub chosen: bool,
}

/// What came of a search.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// It can't be understood, in words for the person who typed it.
    Problem(Text<'a>),
    /// Hits.
    Hits {
        /// How many there are in all.
        total: Count,
        /// Those of this page.
        hits: Vec<HitShown<'a>>,
        /// The address of the page before.
        previous: Option<String>,
        /// The address of the page after.
        next: Option<String>,
    },
}

/// A hit as it is shown.
#[derive(Clone, Debug)]
pub struct HitShown<'a> {
    /// Where it leads.
    pub address: String,
    /// What it is: page, blog post, comment, attachment.
    pub kind: &'static str,
    /// Its title.
    pub title: Text<'a>,
    /// The name of its space.
    pub space: Text<'a>,
    /// When it was last changed.
    pub changed: Moment,
    /// The passage that shows why it was found: pieces, and whether each was asked for.
    pub excerpt: Vec<(bool, String)>,
}
