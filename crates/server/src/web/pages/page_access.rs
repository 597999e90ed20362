//! The page that says who can see a page, and why.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Moment;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// The most readers that the page lists.
pub const MAX_READERS: usize = 100;

/// `/wiki/pages/access?pageId=`: who can see one page, and why a person does or doesn't
/// (laws 8.2 and 8.3).
///
/// `about` names the person in question: `me`, `anonymous`, or an e-mail address.
#[derive(Clone, Debug, Template)]
#[template(path = "space/page_access.html")]
pub struct PageAccess<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The address at which the page is read.
    pub page_address: PagePath<'a>,
    /// The id of the page.
    pub page_id: u64,
    /// The title of the page.
    pub page_title: Text<'a>,
    /// Says in a sentence who can view it at the moment.
    pub now: Text<'a>,
    /// The accounts that can view it, by name; at most [`MAX_READERS`].
    pub readers: Vec<Reader<'a>>,
    /// The number of readers beyond those.
    pub more_readers: usize,
    /// Whether the caller may ask about other people.
    pub may_ask_about_others: bool,
    /// The e-mail address of the person in question, as it was typed.
    pub about: Text<'a>,
    /// The error about that address.
    pub about_error: FieldError<'a>,
    /// The explanation for that person.
    pub told: Option<ToldAccess<'a>>,
    /// Whether to link to the restrictions of the page.
    pub may_restrict: bool,
}

/// A person who can view the page.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    /// The name of the person.
    pub name: Text<'a>,
    /// The address that explains why; `None` where the caller may not ask about others.
    pub why: Option<String>,
}

/// The explanation of whether a person can see the page.
#[derive(Clone, Debug)]
pub struct ToldAccess<'a> {
    /// The decision in a sentence.
    pub sentence: Text<'a>,
    /// Whether the person sees the page.
    pub allowed: bool,
    /// The rules in the order in which they are applied.
    pub rules: Vec<Rule<'a>>,
}

/// One rule, as applied to the person and the page.
#[derive(Clone, Debug)]
pub struct Rule<'a> {
    /// Whether the rule lets the page be seen.
    pub holds: bool,
    /// The outcome of the rule in a sentence.
    pub sentence: Text<'a>,
    /// The event that made it so, where it is known.
    pub cause: Option<RuleCause<'a>>,
}

/// The event that gave a rule its present outcome.
#[derive(Clone, Debug)]
pub struct RuleCause<'a> {
    /// The event in the words of the audit log.
    pub what: Text<'a>,
    /// The person who caused it.
    pub by: Option<Text<'a>>,
    /// The instant at which it happened.
    pub at: Option<Moment>,
}
