//! Who can see a page, and why.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Moment;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// How many readers the page lists at most.
pub const MAX_READERS: usize = 100;

/// `/wiki/pages/access?pageId=`: who can see one page, and why somebody does or doesn't (laws 8.2 and 8.3).
///
/// `about` asks about somebody: `me`, `anonymous`, or an e-mail address.
#[derive(Clone, Debug, Template)]
#[template(path = "space/page_access.html")]
pub struct PageAccess<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// Where the page is read.
    pub page_address: PagePath<'a>,
    /// The id of the page.
    pub page_id: u64,
    /// The title of the page.
    pub page_title: Text<'a>,
    /// Who can view it right now, in a sentence.
    pub now: Text<'a>,
    /// The accounts that can view it, by name; at most [`MAX_READERS`].
    pub readers: Vec<Reader<'a>>,
    /// How many more there are.
    pub more_readers: usize,
    /// Whether the asker may ask about others.
    pub may_ask_about_others: bool,
    /// The e-mail address that was asked about.
    pub about: Text<'a>,
    /// What is wrong with it.
    pub about_error: FieldError<'a>,
    /// The answer.
    pub told: Option<ToldAccess<'a>>,
    /// Shows the way to the restrictions of the page.
    pub may_restrict: bool,
}

/// Somebody who can view the page.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    /// The name.
    pub name: Text<'a>,
    /// What asks why; `None` where the asker may not ask about others.
    pub why: Option<String>,
}

/// Whether somebody can see the page, and why.
#[derive(Clone, Debug)]
pub struct ToldAccess<'a> {
    /// The answer in a sentence.
    pub sentence: Text<'a>,
    /// Whether they see it.
    pub allowed: bool,
    /// The rules in the order in which they are asked.
    pub rules: Vec<Rule<'a>>,
}

/// One rule, as it stands for somebody and the page.
#[derive(Clone, Debug)]
pub struct Rule<'a> {
    /// Whether it lets the page be seen.
    pub holds: bool,
    /// How it stands.
    pub sentence: Text<'a>,
    /// What happened that made it so.
    pub cause: Option<RuleCause<'a>>,
}

/// What made a rule stand as it does.
#[derive(Clone, Debug)]
pub struct RuleCause<'a> {
    /// What happened, in the words of the audit log.
    pub what: Text<'a>,
    /// By whom.
    pub by: Option<Text<'a>>,
    /// When.
    pub at: Option<Moment>,
}
