//! `/wiki/people/ACCOUNT`: a person.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::paths;

/// What is shown of a person.
#[derive(Clone, Debug, Template)]
#[template(path = "read/profile.html")]
pub struct Profile<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The name.
    pub name: Text<'a>,
    /// The e-mail address, where it is shown.
    pub email: Option<Text<'a>>,
    /// Whether the account is deactivated.
    pub deactivated: bool,
    /// Whether the person is a guest on this site.
    pub guest: bool,
    /// Whether the person is a customer of the service desk.
    pub customer: bool,
    /// The person's own space, where the reader sees it.
    pub personal_space: Option<SpaceLink<'a>>,
}

/// A space to go to.
#[derive(Clone, Debug)]
pub struct SpaceLink<'a> {
    /// The key.
    pub key: Text<'a>,
    /// The name.
    pub name: Text<'a>,
}
