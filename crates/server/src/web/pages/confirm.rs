//! The confirmations before a change of access, with its exposure: who would gain or lose what.

use askama::Template;

use crate::web::pages::access::Audience;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// Confirms one change of a switch, of the site or of a space.
///
/// The page is reached by `GET` (`?change=FACT&to=on|off` on the page with the switch) and changes
/// nothing. Its form posts `change`, `to` and `confirmed=yes` to the same address.
#[derive(Clone, Debug, Template)]
#[template(path = "space/confirm.html")]
pub struct ConfirmChange<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The question, e.g. `Let any active user view “Handbook”?`.
    pub question: Text<'a>,
    /// An explanation of the change, in one or two sentences.
    pub meaning: Text<'a>,
    /// A warning: a setting that would have no effect, or another thing to know first.
    pub caution: Option<Text<'a>>,
    /// The switch, as the value of `change`.
    pub change: Fact,
    /// Whether it would be turned on.
    pub on: bool,
    /// The exposure of the change.
    pub exposure: Exposure<'a>,
    /// The label of the button that also turns the other switch of the space off, sent as
    /// `both=yes`; it is offered where the space would stay open through that switch.
    pub both: Option<Text<'a>>,
    /// The label of the button, e.g. `Open the space`.
    pub action: Text<'a>,
    /// The address that cancelling leads to.
    pub cancel: Text<'a>,
}

/// The switches that a confirmation can be about; the field `change` holds [`Fact::value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The site's *Use Confluence* in the JSM access tab.
    JsmAccess,
    /// The site's *Use Confluence* in the anonymous access tab.
    AnonymousAccess,
    /// Whether anonymous grants of spaces count only while anonymous access is on.
    EnforceAnonymous,
    /// Whether anonymous visitors may see user profiles.
    UserProfiles,
    /// Whether anonymous visitors see the names of authors.
    AuthorNames,
    /// Whether search engines may list the content that anonymous visitors can view.
    Indexing,
    /// Whether any active user can view the space.
    UnlicensedView,
    /// Whether anyone can view the space.
    AnonymousView,
}

impl Fact {
    /// Returns the value that addresses and forms use.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::JsmAccess => "jsm_access",
            Self::AnonymousAccess => "anonymous_access",
            Self::EnforceAnonymous => "enforce_anonymous",
            Self::UserProfiles => "user_profiles",
            Self::AuthorNames => "author_names",
            Self::Indexing => "indexing",
            Self::UnlicensedView => "unlicensed_view",
            Self::AnonymousView => "anonymous_view",
        }
    }

    /// Returns the switch that a form names, or `None` for any other text.
    #[must_use]
    pub fn from_value(value: &str) -> Option<Self> {
        [
            Self::JsmAccess,
            Self::AnonymousAccess,
            Self::EnforceAnonymous,
            Self::UserProfiles,
            Self::AuthorNames,
            Self::Indexing,
            Self::UnlicensedView,
            Self::AnonymousView,
        ]
        .into_iter()
        .find(|fact| fact.value() == value)
    }
}

/// The exposure of a change: who gains or loses what (law 5.10, `dryRun`).
#[derive(Clone, Debug, Default)]
pub struct Exposure<'a> {
    /// One line for each tier that the change concerns.
    pub tiers: Vec<TierExposure>,
    /// The number of restricted pages that stay closed whatever is confirmed.
    pub restricted_stay_closed: Count,
    /// The number of author names that become visible.
    pub author_names: Count,
    /// The titles of some pages whose readers change: only pages that the caller sees (law 8.4).
    pub examples: Vec<Text<'a>>,
}

impl Exposure<'_> {
    /// Returns whether nobody gains or loses anything.
    fn nothing(&self) -> bool {
        self.author_names.none()
            && self.tiers.iter().all(|tier| {
                tier.cells()
                    .iter()
                    .all(|(_, gained, lost)| gained.none() && lost.none())
            })
    }
}

/// The content that one tier gains and loses.
#[derive(Clone, Copy, Debug)]
pub struct TierExposure {
    /// The tier.
    pub audience: Audience,
    /// The content that it would see and doesn't see now.
    pub gained: Extent,
    /// The content that it sees now and wouldn't see any more.
    pub lost: Extent,
}

impl TierExposure {
    /// Returns the counts gained and lost of each kind, with the name of the kind's column.
    fn cells(&self) -> [(&'static str, Count, Count); 4] {
        let [pages, blog_posts, attachments, comments] = COLUMNS;
        [
            (pages, self.gained.pages, self.lost.pages),
            (blog_posts, self.gained.blog_posts, self.lost.blog_posts),
            (attachments, self.gained.attachments, self.lost.attachments),
            (comments, self.gained.comments, self.lost.comments),
        ]
    }
}

/// Numbers of things, by kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extent {
    /// The number of pages.
    pub pages: Count,
    /// The number of blog posts.
    pub blog_posts: Count,
    /// The number of attachments, including those that no page refers to.
    pub attachments: Count,
    /// The number of comments.
    pub comments: Count,
}

/// The columns of the exposure table, in the order of [`TierExposure::cells`].
const COLUMNS: [&str; 4] = ["Pages", "Blog posts", "Attachments", "Comments"];

/// Confirms a change that a form makes to people's access: the response to a form that is complete
/// but not confirmed. Its form posts the fields that were sent, and `confirmed=yes`, to the same
/// address.
#[derive(Clone, Debug, Template)]
#[template(path = "space/confirm_access.html")]
pub struct ConfirmAccess<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The question, e.g. `Delete the group “help-desk”?`.
    pub question: Text<'a>,
    /// An explanation of the change, in one or two sentences.
    pub meaning: Text<'a>,
    /// The people who gain or lose something, account by account, one sentence for each.
    pub people: Vec<Text<'a>>,
    /// The exposure, tier by tier.
    pub exposure: Exposure<'a>,
    /// The fields of the form that is confirmed, as they were sent.
    pub fields: Vec<(Text<'a>, Text<'a>)>,
    /// The name that has to be typed to confirm, where the button alone isn't enough.
    pub typed: Option<TypedName<'a>>,
    /// The label of the button, e.g. `Delete group`.
    pub action: Text<'a>,
    /// Whether the change takes something away.
    pub danger: bool,
    /// The address that cancelling leads to.
    pub cancel: Text<'a>,
}

/// The name that is typed to confirm, sent as `typed`.
#[derive(Clone, Debug)]
pub struct TypedName<'a> {
    /// The name that has to be typed.
    pub name: Text<'a>,
    /// The error about the name that was typed.
    pub problem: FieldError<'a>,
}
