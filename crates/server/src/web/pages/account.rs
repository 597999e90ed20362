//! `/account`: one's own API tokens, sessions and password.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// Forms by `do`:
/// - `create-token`: `label`, `expires_days` (1 to 365), `preset` (see [`Preset`]), and where that
///   leaves the choice `scope` (repeated: `read`, `write`, `administer`);
/// - `revoke-token`: `token` (its id);
/// - `log-out-everywhere`: nothing else;
/// - `change-password`: `current_password`, `password`, `password_again`;
/// - `create-personal-space`: `private` = `yes` or nothing.
#[derive(Clone, Debug, Template)]
#[template(path = "account/account.html")]
pub struct Account<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The display name.
    pub name: Text<'a>,
    /// The e-mail address.
    pub email: Text<'a>,
    /// What one may use, e.g. `Confluence: user`.
    pub access: Vec<Text<'a>>,
    /// One's API tokens, newest first.
    pub tokens: Vec<TokenLine<'a>>,
    /// The form for a new token.
    pub new_token: TokenForm<'a>,
    /// How many sessions are open.
    pub sessions: Count,
    /// The form for a new password.
    pub password: PasswordForm<'a>,
    /// One's personal space, or the way to it.
    pub personal_space: PersonalSpace<'a>,
}

/// What the page says of one's personal space.
#[derive(Clone, Debug)]
pub enum PersonalSpace<'a> {
    /// There is one.
    Has {
        /// Its key.
        key: Text<'a>,
        /// Its name.
        name: Text<'a>,
    },
    /// There is none, and one may make it.
    MayCreate,
    /// One may not make one.
    None,
}

/// One API token; its secret is never shown again.
#[derive(Clone, Debug)]
pub struct TokenLine<'a> {
    /// The id.
    pub id: Text<'a>,
    /// The label.
    pub label: Text<'a>,
    /// The last characters of its secret; empty where they aren't known.
    pub ends_in: Text<'a>,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created: Moment,
    /// When it ends or ended.
    pub expires: Moment,
    /// Whether it has ended.
    pub expired: bool,
    /// When it was last used.
    pub last_used: Option<Moment>,
}

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Reading.
    Read,
    /// Writing.
    Write,
    /// Administering.
    Administer,
}

impl Scope {
    /// All scopes, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Administer];

    /// As forms send it and tables show it.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Administer => "administer",
        }
    }

    /// What it allows.
    fn meaning(self) -> &'static str {
        match self {
            Self::Read => "read what you may read",
            Self::Write => "create, change and delete what you may",
            Self::Administer => "change access, accounts and settings where you administer",
        }
    }
}

/// A set of scopes that serves a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Reading.
    Read,
    /// Reading and writing.
    ReadAndWrite,
    /// Opening and closing spaces.
    OpenSpaces,
    /// The scopes are ticked one by one.
    Chosen,
}

impl Preset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Read,
        Self::ReadAndWrite,
        Self::OpenSpaces,
        Self::Chosen,
    ];

    /// As forms send it.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadAndWrite => "read-and-write",
            Self::OpenSpaces => "open-spaces",
            Self::Chosen => "chosen",
        }
    }

    /// The set that a form names; `None` for a text that names none.
    #[must_use]
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.value() == value)
    }

    /// Its scopes; `None` where they are ticked one by one.
    #[must_use]
    pub fn scopes(self) -> Option<&'static [Scope]> {
        match self {
            Self::Read => Some(&[Scope::Read]),
            Self::ReadAndWrite => Some(&[Scope::Read, Scope::Write]),
            Self::OpenSpaces => Some(&[Scope::Read, Scope::Administer]),
            Self::Chosen => None,
        }
    }

    /// Its name in the form.
    fn label(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::ReadAndWrite => "Read and write",
            Self::OpenSpaces => "Open and close spaces",
            Self::Chosen => "Something else",
        }
    }

    /// What it allows.
    fn meaning(self) -> &'static str {
        match self {
            Self::Read => "what you may read, and nothing more",
            Self::ReadAndWrite => "read, create, change and delete what you may",
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
    /// What is wrong with `label`.
    pub label_error: FieldError<'a>,
    /// The chosen days until it ends.
    pub expires_days: u16,
    /// What is wrong with `expires_days`.
    pub expires_error: FieldError<'a>,
    /// The chosen set of scopes.
    pub preset: Preset,
    /// The scopes, of that set or as they were ticked.
    pub scopes: Vec<Scope>,
    /// What is wrong with `scope`.
    pub scope_error: FieldError<'a>,
}

/// The form for a new password.
#[derive(Clone, Debug, Default)]
pub struct PasswordForm<'a> {
    /// What is wrong with `current_password`.
    pub current_error: FieldError<'a>,
    /// What is wrong with `password`.
    pub password_error: FieldError<'a>,
    /// What is wrong with `password_again`.
    pub password_again_error: FieldError<'a>,
}

/// `/account/tokens/ID`: one's own API token. Where `create-token` leads, it shows the secret, this one
/// time; never cached.
#[derive(Clone, Debug, Template)]
#[template(path = "account/token.html")]
pub struct OwnToken<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The id.
    pub id: Text<'a>,
    /// The label.
    pub label: Text<'a>,
    /// The e-mail address, the user name of Basic authentication.
    pub email: Text<'a>,
    /// The secret; `None` once it was shown.
    pub secret: Option<Text<'a>>,
    /// The last characters of the secret; empty where they aren't known.
    pub ends_in: Text<'a>,
    /// When it ends.
    pub expires: Moment,
    /// A first request to make with it.
    pub try_it: TryIt<'a>,
    /// The address of this site, for the example.
    pub base_url: Text<'a>,
}

/// A first request to make with a new API token.
#[derive(Clone, Debug)]
pub enum TryIt<'a> {
    /// Whose token it is.
    ReadOneself,
    /// Opening a space, by its key, to all active users.
    OpenSpace(Text<'a>),
    /// Nothing that its scopes reach is as simple.
    Nothing,
}
