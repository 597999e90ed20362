//! The last look before a switch is turned: who would gain or lose what.

use askama::Template;

use crate::web::pages::access::Audience;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// Confirms one change of access, of the site or of a space.
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
    /// What the change means, in one or two sentences.
    pub meaning: Text<'a>,
    /// What would remain without effect, or another thing to know first.
    pub caution: Option<Text<'a>>,
    /// The value of `change`: which fact.
    pub change: Fact,
    /// Whether it would be turned on.
    pub on: bool,
    /// Who gains or loses what.
    pub exposure: Exposure<'a>,
    /// The button that also turns the other switch of the space off, sent as `both=yes`: offered
    /// where the space would stay open by that.
    pub both: Option<Text<'a>>,
    /// What the button does, e.g. `Open the space`.
    pub action: Text<'a>,
    /// Where cancelling leads.
    pub cancel: Text<'a>,
}

/// The facts that a confirmation can be about; the field `change` holds [`Fact::value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Global *Use Confluence* in the JSM access tab.
    JsmAccess,
    /// Global *Use Confluence* in the anonymous access tab.
    AnonymousAccess,
    /// Anonymous grants of spaces count only while anonymous access is on.
    EnforceAnonymous,
    /// Anonymous may see user profiles.
    UserProfiles,
    /// Anonymous sees the names of authors.
    AuthorNames,
    /// Search engines may list what anonymous can view.
    Indexing,
    /// Any active user can view the space.
    UnlicensedView,
    /// Anyone can view the space.
    AnonymousView,
}

impl Fact {
    /// As addresses and forms name it.
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

    /// The fact that a form names; `None` for any other text.
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

/// Who gains or loses what by a change (law 5.10, `dryRun`).
#[derive(Clone, Debug, Default)]
pub struct Exposure<'a> {
    /// One line per tier that the change concerns.
    pub tiers: Vec<TierExposure>,
    /// Restricted pages that stay closed whatever is confirmed.
    pub restricted_stay_closed: Count,
    /// Author names that become visible.
    pub author_names: Count,
    /// Some of the pages that change hands, by title: only those that the asker sees (law 8.4).
    pub examples: Vec<Text<'a>>,
}

impl Exposure<'_> {
    /// Whether nobody gains or loses anything.
    fn nothing(&self) -> bool {
        self.author_names.none()
            && self.tiers.iter().all(|tier| {
                tier.cells()
                    .iter()
                    .all(|(_, gained, lost)| gained.none() && lost.none())
            })
    }
}

/// What one tier gains and loses.
#[derive(Clone, Copy, Debug)]
pub struct TierExposure {
    /// Who.
    pub audience: Audience,
    /// What it would see that it doesn't see now.
    pub gained: Extent,
    /// What it sees now and wouldn't see any more.
    pub lost: Extent,
}

impl TierExposure {
    /// Gained and lost of each kind, each with the name of its column.
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

/// How much content, by kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extent {
    /// Pages.
    pub pages: Count,
    /// Blog posts.
    pub blog_posts: Count,
    /// Attachments, unreferenced ones too.
    pub attachments: Count,
    /// Comments.
    pub comments: Count,
}

/// The columns of the exposure table, in the order of [`TierExposure::cells`].
const COLUMNS: [&str; 4] = ["Pages", "Blog posts", "Attachments", "Comments"];

/// Asks before a form changes who may see or do something; answered to a form that is complete but
/// not confirmed. Its form posts what was sent, and `confirmed=yes`, to the same address.
#[derive(Clone, Debug, Template)]
#[template(path = "space/confirm_access.html")]
pub struct ConfirmAccess<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The question, e.g. `Delete the group “help-desk”?`.
    pub question: Text<'a>,
    /// What the change means, in one or two sentences.
    pub meaning: Text<'a>,
    /// Who gains or loses what, account by account, a sentence for each.
    pub people: Vec<Text<'a>>,
    /// Who gains or loses what, tier by tier.
    pub exposure: Exposure<'a>,
    /// The fields of the form that is confirmed, as they were sent.
    pub fields: Vec<(Text<'a>, Text<'a>)>,
    /// What has to be typed to confirm, where the button alone isn't enough.
    pub typed: Option<TypedName<'a>>,
    /// What the button does, e.g. `Delete group`.
    pub action: Text<'a>,
    /// Whether it takes something away.
    pub danger: bool,
    /// Where cancelling leads.
    pub cancel: Text<'a>,
}

/// The name that is typed to confirm, sent as `typed`.
#[derive(Clone, Debug)]
pub struct TypedName<'a> {
    /// What has to be typed.
    pub name: Text<'a>,
    /// What is wrong with what was typed.
    pub problem: FieldError<'a>,
}
