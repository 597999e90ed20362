//! What surrounds every page: the window's title, the top bar, the person's menu.

use crate::web::assets::AssetPaths;
use crate::web::pages::Text;

/// What the layout around every page needs.
#[derive(Clone, Debug)]
pub struct Chrome<'a> {
    /// The window's title, without the site's name. On a refusal it names nothing (law 6.1).
    pub title: Text<'a>,
    /// Where style sheet, script and icon are.
    pub assets: &'a AssetPaths,
    /// Who is signed in.
    pub person: Option<Person<'a>>,
    /// Path and query of this page on this site: where the log-in link leads back to.
    pub here: Text<'a>,
    /// Whether search engines may list this page (law 4.10: off unless the site says so).
    pub indexable: bool,
    /// What the last form did, shown once above the page.
    pub notice: Option<Notice<'a>>,
}

/// The person who is signed in, as the top bar shows them.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    /// The display name.
    pub name: Text<'a>,
    /// The e-mail address of the account.
    pub email: Text<'a>,
    /// Shows the way to the administration of the site.
    pub administers_site: bool,
}

impl Person<'_> {
    /// The first letter of the name, for the round mark in the top bar.
    #[must_use]
    pub fn initial(&self) -> String {
        self.name
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default()
    }
}

/// What a form did, or why it did nothing.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// Whether it worked.
    pub kind: NoticeKind,
    /// One sentence.
    pub text: Text<'a>,
}

/// Whether a form did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// It did.
    Done,
    /// It was refused, and nothing has changed.
    Refused,
}
