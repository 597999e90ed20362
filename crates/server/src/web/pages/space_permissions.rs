//! `/wiki/spaces/KEY/permissions`: who may do what in a space.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Moment;
use crate::web::pages::space::SpaceHead;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// The permissions of a space. Its forms, by the field `do`:
/// - `grant`: `to` = `group` | `account` | `class:ID`, `principal` (group name or e-mail address;
///   not for a class), `permission` (repeated; values of [`PermissionChoice::value`]);
/// - `remove`: `principal_kind`, `principal_id`: removes all grants of that principal;
/// - `take-over`: `page`: takes over the restriction of that page (law 2.19, audited).
///
/// The two switches are links to `?change=unlicensed_view|anonymous_view&to=on|off`: see
/// [`ConfirmChange`](crate::web::pages::confirm::ConfirmChange).
#[derive(Clone, Debug, Template)]
#[template(path = "space/permissions.html")]
pub struct SpacePermissions<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The space that is shown.
    pub space: SpaceHead<'a>,
    /// Says in a sentence who can read it at the moment.
    pub now: Option<Text<'a>>,
    /// The switch "Any active user can view this space".
    pub unlicensed: Channel<'a>,
    /// The switch "Anyone can view this space".
    pub anonymous: Channel<'a>,
    /// The API request that opens the space, for people who administer it.
    pub call: Option<OpeningCall<'a>>,
    /// The grants in the space, one line for each principal.
    pub grants: Vec<GrantLine<'a>>,
    /// The form for one more grant; `None` hides it and all removing.
    pub add: Option<GrantForm<'a>>,
    /// The restricted pages; titles only of those that the reader sees (law 2.19).
    pub restricted: Vec<RestrictedPage<'a>>,
}

/// The API request that opens the space to any active user.
#[derive(Clone, Debug)]
pub struct OpeningCall<'a> {
    /// The e-mail address of the reader, the user name of Basic authentication.
    pub email: Text<'a>,
    /// The address of this site.
    pub base_url: Text<'a>,
}

/// One of the two channels that don't need a grant: what is set, and its effect at the moment.
#[derive(Clone, Debug)]
pub struct Channel<'a> {
    /// Whether it is set on the space.
    pub set: bool,
    /// Says in one sentence who gets in through it at the moment.
    pub effect: Text<'a>,
    /// How far the setting is in effect.
    pub state: ChannelState,
    /// Whether the reader may change it; if not, the reason in one sentence.
    pub change: Result<(), Text<'a>>,
}

/// How far a setting is in effect (law 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelState {
    /// It isn't set: nobody gets in through it.
    NotSet,
    /// It is set and in effect.
    InEffect,
    /// It is set, and in effect for signed-in people only: the older rule.
    OlderRule,
    /// It is set, but has no effect: the site's switch is off.
    NoEffect,
}

/// The grants of one principal.
#[derive(Clone, Debug)]
pub struct GrantLine<'a> {
    /// The kind of the principal.
    pub kind: Principal,
    /// The id of the principal: an account id, a group id or a class id.
    pub id: Text<'a>,
    /// The name of the principal.
    pub name: Text<'a>,
    /// Its permissions, as in [`PermissionChoice::label`].
    pub permissions: Vec<Text<'a>>,
    /// The reason why the grant has no effect now, e.g. `No effect: no Confluence access`.
    pub rests: Option<Text<'a>>,
}

/// The kinds of principal that a grant can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    /// An account.
    Account,
    /// A group.
    Group,
    /// A class of law 2.10, e.g. all people with Confluence access.
    Class,
}

impl Principal {
    /// Returns the word that people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Account => "Person",
            Self::Group => "Group",
            Self::Class => "Everyone in it",
        }
    }

    /// Returns the value that forms send.
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
    /// The chosen value of `to`.
    pub to: Text<'a>,
    /// The classes that can be granted permissions here.
    pub classes: Vec<ClassChoice<'a>>,
    /// The group name or e-mail address as it was typed.
    pub principal: Text<'a>,
    /// The error about `principal`.
    pub principal_error: FieldError<'a>,
    /// The permissions to choose from.
    pub choices: Vec<PermissionChoice<'a>>,
    /// The error about `permission`.
    pub permission_error: FieldError<'a>,
}

/// One class of law 2.10.
#[derive(Clone, Debug)]
pub struct ClassChoice<'a> {
    /// The value that the form sends, e.g. `class:all-licensed-users`.
    pub value: Text<'a>,
    /// The text that people read, e.g. `People with Confluence access`.
    pub label: Text<'a>,
}

/// One permission that can be granted.
#[derive(Clone, Debug)]
pub struct PermissionChoice<'a> {
    /// The value that the form sends, e.g. `create/page`.
    pub value: Text<'a>,
    /// The text that people read, e.g. `Create pages`.
    pub label: Text<'a>,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// A page that is closed by a view restriction.
#[derive(Clone, Debug)]
pub struct RestrictedPage<'a> {
    /// The id of the page.
    pub id: u64,
    /// The title and the address of the page, if the reader sees it.
    pub seen: Option<(Text<'a>, PagePath<'a>)>,
    /// The instant at which the restriction was set.
    pub since: Moment,
    /// The person who set it.
    pub by: Text<'a>,
    /// Whether the reader may take the restriction over.
    pub may_take_over: bool,
}
