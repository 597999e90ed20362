//! `/account`: one's own API tokens, sessions and password.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// Forms by `do`:
/// - `create-token`: `label`, `expires_days` (1 to 365), `scope` (repeated: `read`, `write`,
///   `administer`);
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
    /// The ticked scopes.
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

/// The answer to `create-token`: the one time that the secret is shown. Never cached.
#[derive(Clone, Debug, Template)]
#[template(path = "account/new_token.html")]
pub struct NewToken<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The label.
    pub label: Text<'a>,
    /// The e-mail address, the user name of Basic authentication.
    pub email: Text<'a>,
    /// The secret.
    pub secret: Text<'a>,
    /// When it ends.
    pub expires: Moment,
    /// The address of this site, for the example.
    pub base_url: Text<'a>,
}
