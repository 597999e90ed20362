//! `/account`: the reader's own API tokens, sessions and password.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// The page of the reader's own account. Its forms, by the field `do`:
/// - `create-token`: `label`, `expires_days` (1 to 365), `preset` (see [`Preset`]), and for
///   [`Preset::Chosen`] also `scope` (repeated: `read`, `write`, `administer`);
/// - `revoke-token`: `token` (its id);
/// - `log-out-everywhere`: no other field;
/// - `change-password`: `current_password`, `password`, `password_again`;
/// - `create-personal-space`: `private` = `yes`, or absent.
#[derive(Clone, Debug, Template)]
#[template(path = "account/account.html")]
pub struct Account<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The display name of the account.
    pub name: Text<'a>,
    /// The e-mail address of the account.
    pub email: Text<'a>,
    /// The access to each product, e.g. `Confluence: user`.
    pub access: Vec<Text<'a>>,
    /// The account's API tokens, newest first.
    pub tokens: Vec<TokenLine<'a>>,
    /// The form for a new token.
    pub new_token: TokenForm<'a>,
    /// The number of open sessions.
    pub sessions: Count,
    /// The form for a new password.
    pub password: PasswordForm<'a>,
    /// The reader's personal space, or the offer to make it.
    pub personal_space: PersonalSpace<'a>,
}

/// The part of the page about the reader's personal space.
#[derive(Clone, Debug)]
pub enum PersonalSpace<'a> {
    /// The reader has one.
    Has {
        /// The key of the space.
        key: Text<'a>,
        /// The name of the space.
        name: Text<'a>,
    },
    /// The reader has none, and may make it.
    MayCreate,
    /// The reader has none, and may not make one.
    None,
}

/// An API token in the list; its secret is never shown again.
#[derive(Clone, Debug)]
pub struct TokenLine<'a> {
    /// The id of the token.
    pub id: Text<'a>,
    /// The label that its owner gave it.
    pub label: Text<'a>,
    /// The last characters of its secret; empty where they aren't known.
    pub ends_in: Text<'a>,
    /// The scopes of the token.
    pub scopes: Vec<Scope>,
    /// The instant at which it was made.
    pub created: Moment,
    /// The instant at which it expires or expired.
    pub expires: Moment,
    /// Whether it has expired.
    pub expired: bool,
    /// The instant at which it was last used; `None` if it never was.
    pub last_used: Option<Moment>,
}

/// A scope of an API token: what it may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The token may read.
    Read,
    /// The token may write.
    Write,
    /// The token may administer.
    Administer,
}

impl Scope {
    /// All scopes, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Administer];

    /// Returns the text that forms send and tables show.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Administer => "administer",
        }
    }

    /// Explains what the scope allows.
    fn meaning(self) -> &'static str {
        match self {
            Self::Read => "read what you are allowed to read",
            Self::Write => "create, change and delete what you are allowed to",
            Self::Administer => "change access, accounts and settings where you administer",
        }
    }
}

/// A named set of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The scope to read.
    Read,
    /// The scopes to read and to write.
    ReadAndWrite,
    /// The scopes that opening and closing spaces takes.
    OpenSpaces,
    /// No fixed set: the scopes are ticked one by one.
    Chosen,
}

impl Preset {
    /// All presets, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Read,
        Self::ReadAndWrite,
        Self::OpenSpaces,
        Self::Chosen,
    ];

    /// Returns the value that forms send.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadAndWrite => "read-and-write",
            Self::OpenSpaces => "open-spaces",
            Self::Chosen => "chosen",
        }
    }

    /// Returns the preset that a form names, or `None` for any other text.
    #[must_use]
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.value() == value)
    }

    /// Returns the scopes of the preset, or `None` where they are ticked one by one.
    #[must_use]
    pub fn scopes(self) -> Option<&'static [Scope]> {
        match self {
            Self::Read => Some(&[Scope::Read]),
            Self::ReadAndWrite => Some(&[Scope::Read, Scope::Write]),
            Self::OpenSpaces => Some(&[Scope::Read, Scope::Administer]),
            Self::Chosen => None,
        }
    }

    /// Returns the name of the preset in the form.
    fn label(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::ReadAndWrite => "Read and write",
            Self::OpenSpaces => "Open and close spaces",
            Self::Chosen => "Something else",
        }
    }

    /// Explains what the preset allows.
    fn meaning(self) -> &'static str {
        match self {
            Self::Read => "read what you are allowed to read, and nothing more",
            Self::ReadAndWrite => "read, create, change and delete what you are allowed to",
            Self::OpenSpaces => {
                "read, and change access where you administer: spaces, and for site administrators accounts and settings too"
            }
            Self::Chosen => "tick the scopes one by one",
        }
    }
}

/// The form for a new token.
#[derive(Clone, Debug)]
pub struct TokenForm<'a> {
    /// The label as it was typed.
    pub label: Text<'a>,
    /// The error about `label`.
    pub label_error: FieldError<'a>,
    /// The chosen number of days until the token expires.
    pub expires_days: u16,
    /// The error about `expires_days`.
    pub expires_error: FieldError<'a>,
    /// The chosen preset.
    pub preset: Preset,
    /// The scopes of that preset, or those that were ticked.
    pub scopes: Vec<Scope>,
    /// The error about `scope`.
    pub scope_error: FieldError<'a>,
}

/// The form for a new password.
#[derive(Clone, Debug, Default)]
pub struct PasswordForm<'a> {
    /// The error about `current_password`.
    pub current_error: FieldError<'a>,
    /// The error about `password`.
    pub password_error: FieldError<'a>,
    /// The error about `password_again`.
    pub password_again_error: FieldError<'a>,
}

/// `/account/tokens/ID`: one of the reader's own API tokens. `create-token` leads here, and the
/// page shows the secret this one time; it is never cached.
#[derive(Clone, Debug, Template)]
#[template(path = "account/token.html")]
pub struct OwnToken<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The id of the token.
    pub id: Text<'a>,
    /// The label that its owner gave it.
    pub label: Text<'a>,
    /// The e-mail address of the account, the user name of Basic authentication.
    pub email: Text<'a>,
    /// The secret; `None` once it was shown.
    pub secret: Option<Text<'a>>,
    /// The last characters of the secret; empty where they aren't known.
    pub ends_in: Text<'a>,
    /// The instant at which the token expires.
    pub expires: Moment,
    /// A first request to try it with.
    pub try_it: TryIt<'a>,
    /// The address of this site, for the example.
    pub base_url: Text<'a>,
}

/// A first request to try a new API token with.
#[derive(Clone, Debug)]
pub enum TryIt<'a> {
    /// A request for the token's own account.
    ReadOneself,
    /// A request that opens a space, given by its key, to all active users.
    OpenSpace(Text<'a>),
    /// No request: none that its scopes allow is as simple.
    Nothing,
}
