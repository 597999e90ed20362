//! Administration: names and keys of all spaces.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::paths;

/// `/wiki/admin/spaces`: every space by name and key (law 1.6), with its two
/// flags as set, and those that are in the trash.
///
/// Posts `do` (`restore`) and `space` (a key).
#[derive(Clone, Debug, Template)]
#[template(path = "admin/spaces.html")]
pub struct Spaces<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The spaces, by name.
    pub spaces: Vec<SpaceLine<'a>>,
    /// How many there are in all.
    pub total: Count,
    /// `jsm_access`: whether unlicensed view has an effect.
    pub jsm_access: bool,
    /// `anonymous_access`: whether anonymous view lets the internet in.
    pub anonymous_access: bool,
    /// Where the next spaces are.
    pub next: Option<Text<'a>>,
    /// The spaces in the trash, by name.
    pub trash: Vec<TrashedSpace<'a>>,
}

/// A space in the trash.
#[derive(Clone, Debug)]
pub struct TrashedSpace<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name.
    pub name: Text<'a>,
}

/// One space in the table.
#[derive(Clone, Debug)]
pub struct SpaceLine<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name.
    pub name: Text<'a>,
    /// Whether it belongs to a person.
    pub personal: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Any active user can view it, as set.
    pub unlicensed_view: bool,
    /// Anyone can view it, as set.
    pub anonymous_view: bool,
}
