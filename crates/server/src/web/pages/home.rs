//! Home: the spaces that one sees.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::drafts::DraftLine;
use crate::web::pages::moment::Count;
use crate::web::paths;

/// `/wiki`: the spaces that one sees, and nothing about those that one doesn't.
#[derive(Clone, Debug, Template)]
#[template(path = "read/home.html")]
pub struct Home<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The drafts that the visitor kept last.
    pub drafts: Vec<DraftLine<'a>>,
    /// How many drafts the visitor has.
    pub all_drafts: Count,
    /// The spaces, by name.
    pub spaces: Vec<SpaceCard<'a>>,
    /// Who looks, for the words of an empty home.
    pub visitor: Visitor,
    /// Shows the way to a new space.
    pub may_create_space: bool,
}

/// One space on the home page.
#[derive(Clone, Debug)]
pub struct SpaceCard<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name.
    pub name: Text<'a>,
    /// Whether it belongs to a person.
    pub personal: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// The description; empty where there is none.
    pub description: Text<'a>,
}

/// Who looks at an empty home. The words tell what this kind of visitor can expect here, and
/// nothing about this site's spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Has Confluence access.
    Licensed,
    /// Is a guest.
    Guest,
    /// Has an account without Confluence access.
    Unlicensed,
    /// May create the first space of the site.
    Founder {
        /// Whether they may also add people.
        administers_site: bool,
    },
    /// Isn't signed in.
    Anonymous,
    /// Isn't signed in, and the site has no account yet.
    NotSetUp,
}
