//! `/wiki/spaces/KEY/permissions`: who may do what in a space.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Moment;
use crate::web::pages::space::SpaceHead;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// Forms by `do`:
/// - `grant`: `to` = `group` | `account` | `class:ID`, `principal` (group name or e-mail address;
///   not for a class), `permission` (repeated; values of [`PermissionChoice::value`]);
/// - `remove`: `principal_kind`, `principal_id`: takes all grants of that principal away;
/// - `take-over`: `page`: takes over the restriction of that page (law 2.19, audited).
///
/// The two switches are links to `?change=unlicensed_view|anonymous_view&to=on|off`: see
/// [`ConfirmChange`](crate::web::pages::confirm::ConfirmChange).
#[derive(Clone, Debug, Template)]
#[template(path = "space/permissions.html")]
pub struct SpacePermissions<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The space.
    pub space: SpaceHead<'a>,
    /// Who can read it right now, in a sentence.
    pub now: Option<Text<'a>>,
    /// "Any active user can view this space".
    pub unlicensed: Channel<'a>,
    /// "Anyone can view this space".
    pub anonymous: Channel<'a>,
    /// The call that does the same, for people who administer the space.
    pub call: Option<OpeningCall<'a>>,
    /// Who has been granted what.
    pub grants: Vec<GrantLine<'a>>,
    /// The form for one more grant; `None` hides it and all removing.
    pub add: Option<GrantForm<'a>>,
    /// Restricted pages: titles only of those that the asker sees (law 2.19).
    pub restricted: Vec<RestrictedPage<'a>>,
}

/// The request that opens the space to any active user.
#[derive(Clone, Debug)]
pub struct OpeningCall<'a> {
    /// The e-mail address of the asker, the user name of Basic authentication.
    pub email: Text<'a>,
    /// The address of this site.
    pub base_url: Text<'a>,
}

/// One of the two ways in that don't need a grant: what is set, and what that does now.
#[derive(Clone, Debug)]
pub struct Channel<'a> {
    /// Whether it is set on the space.
    pub set: bool,
    /// Who gets in by it now, in one sentence.
    pub effect: Text<'a>,
    /// How far what is set is in effect.
    pub state: ChannelState,
    /// Whether one may change it; otherwise why not, in one sentence.
    pub change: Result<(), Text<'a>>,
}

/// How far what is set is in effect (law 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelState {
    /// Not set: nobody gets in by it.
    NotSet,
    /// Set and in effect.
    InEffect,
    /// Set, in effect for signed-in people only: the older rule.
    OlderRule,
    /// Set, without effect: the site's switch is off.
    NoEffect,
}

/// What one principal has been granted.
#[derive(Clone, Debug)]
pub struct GrantLine<'a> {
    /// What kind of principal it is.
    pub kind: Principal,
    /// Its id: an account id, a group id or a class id.
    pub id: Text<'a>,
    /// Its name.
    pub name: Text<'a>,
    /// What it may do, as [`PermissionChoice::label`] says it.
    pub permissions: Vec<Text<'a>>,
    /// Why the grant has no effect now, e.g. `No effect: no Confluence access`.
    pub rests: Option<Text<'a>>,
}

/// Whom a grant can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    /// One account.
    Account,
    /// A group.
    Group,
    /// A class of law 2.10, e.g. all people with Confluence access.
    Class,
}

impl Principal {
    /// As people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Account => "Person",
            Self::Group => "Group",
            Self::Class => "Everyone in it",
        }
    }

    /// As forms send it.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Group => "group",
            Self::Class => "class",
        }
    }
}

/// The form for one more grant.
#[derive(Clone, Debug)]
pub struct GrantForm<'a> {
    /// The value of `to` that is chosen.
    pub to: Text<'a>,
    /// The classes that can be granted something here.
    pub classes: Vec<ClassChoice<'a>>,
    /// The principal as it was typed.
    pub principal: Text<'a>,
    /// What is wrong with `principal`.
    pub principal_error: FieldError<'a>,
    /// What can be granted.
    pub choices: Vec<PermissionChoice<'a>>,
    /// What is wrong with `permission`.
    pub permission_error: FieldError<'a>,
}

/// One class of law 2.10.
#[derive(Clone, Debug)]
pub struct ClassChoice<'a> {
    /// As the form sends it, e.g. `class:all-licensed-users`.
    pub value: Text<'a>,
    /// As people read it, e.g. `People with Confluence access`.
    pub label: Text<'a>,
}

/// One permission that can be granted.
#[derive(Clone, Debug)]
pub struct PermissionChoice<'a> {
    /// As the form sends it, e.g. `create/page`.
    pub value: Text<'a>,
    /// As people read it, e.g. `Create pages`.
    pub label: Text<'a>,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// One page that view restrictions close.
#[derive(Clone, Debug)]
pub struct RestrictedPage<'a> {
    /// The id.
    pub id: u64,
    /// The title and where it is read, if the asker sees the page.
    pub seen: Option<(Text<'a>, PagePath<'a>)>,
    /// Since when.
    pub since: Moment,
    /// By whom.
    pub by: Text<'a>,
    /// Whether the asker may take the restriction over.
    pub may_take_over: bool,
}
