//! Home: the spaces that the reader sees.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::drafts::DraftLine;
use crate::web::pages::moment::Count;
use crate::web::paths;

/// `/wiki`: the spaces that the reader sees, and nothing about the others.
#[derive(Clone, Debug, Template)]
#[template(path = "read/home.html")]
pub struct Home<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The drafts that the visitor saved last.
    pub drafts: Vec<DraftLine<'a>>,
    /// The number of all drafts of the visitor.
    pub all_drafts: Count,
    /// The spaces, by name.
    pub spaces: Vec<SpaceCard<'a>>,
    /// The kind of visitor, for the words of an empty home.
    pub visitor: Visitor,
    /// Whether to link to the form for a new space.
    pub may_create_space: bool,
}

/// One space on the home page.
#[derive(Clone, Debug)]
pub struct SpaceCard<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name of the space.
    pub name: Text<'a>,
    /// Whether it is a personal space.
    pub personal: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// The description; empty if there is none.
    pub description: Text<'a>,
}

/// The kind of visitor who sees an empty home. The words say what this kind of visitor can expect
/// here, and nothing about this site's spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// A visitor with Confluence access.
    Licensed,
    /// A guest.
    Guest,
    /// A visitor whose account has no Confluence access.
    Unlicensed,
    /// A visitor who may create the first space of the site.
    Founder {
        /// Whether they may also add people.
        administers_site: bool,
    },
    /// A visitor who isn't signed in.
    Anonymous,
    /// A visitor who isn't signed in, on a site that has no account yet.
    NotSetUp,
}
