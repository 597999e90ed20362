//! `/wiki/people/ACCOUNT`: the profile of a person.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::paths;

/// The parts of a person's profile that the reader may see.
#[derive(Clone, Debug, Template)]
#[template(path = "read/profile.html")]
pub struct Profile<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The name of the person.
    pub name: Text<'a>,
    /// The e-mail address; `None` where it is hidden.
    pub email: Option<Text<'a>>,
    /// Whether the account is deactivated.
    pub deactivated: bool,
    /// Whether the person is a guest on this site.
    pub guest: bool,
    /// Whether the person is a customer of the service desk.
    pub customer: bool,
    /// The person's personal space, if the reader sees it.
    pub personal_space: Option<SpaceLink<'a>>,
}

/// A link to a space.
#[derive(Clone, Debug)]
pub struct SpaceLink<'a> {
    /// The key of the space.
    pub key: Text<'a>,
    /// The name of the space.
    pub name: Text<'a>,
}
