//! The layout that surrounds every page: the window's title, the top bar, the person's menu.

use crate::web::assets::AssetPaths;
use crate::web::pages::Text;

/// The values that the layout around every page needs.
#[derive(Clone, Debug)]
pub struct Chrome<'a> {
    /// The window's title, without the site's name. On a refusal it names nothing (law 6.1).
    pub title: Text<'a>,
    /// The addresses of the style sheet, the script and the icon.
    pub assets: &'a AssetPaths,
    /// The person who is signed in; `None` for anonymous readers.
    pub person: Option<Person<'a>>,
    /// Path and query of this page on this site: the target of the log-in link.
    pub here: Text<'a>,
    /// Whether search engines may list this page (law 4.10: off unless the site says so).
    pub indexable: bool,
    /// The result of the last form, shown once above the page.
    pub notice: Option<Notice<'a>>,
}

/// The person who is signed in, as the top bar shows them.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    /// The display name of the account.
    pub name: Text<'a>,
    /// The e-mail address of the account.
    pub email: Text<'a>,
    /// Whether to link to the administration of the site.
    pub administers_site: bool,
}

impl Person<'_> {
    /// Returns the first letter of the name, for the round mark in the top bar.
    #[must_use]
    pub fn initial(&self) -> String {
        self.name
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default()
    }
}

/// The result of a form: what it did, or why it did nothing.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// Whether the form was carried out.
    pub kind: NoticeKind,
    /// The text, one sentence.
    pub text: Text<'a>,
}

/// Whether a form was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// It was carried out.
    Done,
    /// It was refused, and nothing has changed.
    Refused,
}
