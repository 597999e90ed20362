//! Administration: the names and keys of all spaces.

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
    /// The number of all spaces.
    pub total: Count,
    /// Whether the switch `jsm_access` is on, so that unlicensed view has an effect.
    pub jsm_access: bool,
    /// Whether the switch `anonymous_access` is on, so that anonymous view lets anonymous visitors
    /// in.
    pub anonymous_access: bool,
    /// The address of the next spaces; `None` if there are no more.
    pub next: Option<Text<'a>>,
    /// The spaces in the trash, by name.
    pub trash: Vec<TrashedSpace<'a>>,
}

/// A space in the trash.
#[derive(Clone, Debug)]
pub struct TrashedSpace<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name of the space.
    pub name: Text<'a>,
}

/// One space in the table.
#[derive(Clone, Debug)]
pub struct SpaceLine<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name of the space.
    pub name: Text<'a>,
    /// Whether it is a personal space.
    pub personal: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether any active user can view it, as set.
    pub unlicensed_view: bool,
    /// Whether anyone can view it, as set.
    pub anonymous_view: bool,
}
