//! The doors of the site: log-in, logged out, one-time link, first set-up.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// The log-in form, on its own page and inside the page that isn't there.
///
/// Posts to [`paths::LOG_IN`]: `email`, `password`, `return` (path and query of this site to go
/// to afterwards; the handler refuses what isn't a path of this site).
#[derive(Clone, Debug)]
pub struct LogInForm<'a> {
    /// The e-mail address as it was typed.
    pub email: Text<'a>,
    /// Where to go afterwards; empty for home.
    pub return_to: Text<'a>,
    /// Why the last attempt failed.
    pub problem: Option<LogInProblem>,
}

/// Why a log-in failed. Says nothing about which accounts exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogInProblem {
    /// No account that may log in has this e-mail address with this password.
    WrongCredentials,
    /// Too many attempts; the next one is taken after so many seconds.
    TooManyAttempts {
        /// Seconds to wait.
        retry_after: Count,
    },
    /// The password is right, but the account is for the help centre alone (law 1.3).
    HelpCentreOnly,
    /// The site has no account yet.
    NotSetUp,
}

/// `/login`.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/log_in.html")]
pub struct LogIn<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The form.
    pub log_in: LogInForm<'a>,
}

/// The answer to a form that makes a credential, where the password wasn't given lately.
///
/// Posts the fields that were sent, and the password, to the same address.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/password_again.html")]
pub struct PasswordAgain<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The address that the form is sent to again.
    pub here: Text<'a>,
    /// The fields that were sent.
    pub fields: Vec<(Text<'a>, Text<'a>)>,
    /// The name of the password's field.
    pub password: &'static str,
    /// Why the last attempt failed.
    pub problem: Option<LogInProblem>,
}

/// `/logout`, after one has logged out.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/logged_out.html")]
pub struct LoggedOut<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
}

/// `/link/SECRET`: sets the password of the account that the link was made for.
///
/// Posts `password`, `password_again`.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/one_time_link.html")]
pub struct OneTimeLink<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The account, while the link holds; `None` when it was used, has expired or never was.
    pub account: Option<LinkedAccount<'a>>,
}

/// Whose password a one-time link sets.
#[derive(Clone, Debug)]
pub struct LinkedAccount<'a> {
    /// The e-mail address of the account.
    pub email: Text<'a>,
    /// What is wrong with `password`.
    pub password_error: FieldError<'a>,
    /// What is wrong with `password_again`.
    pub password_again_error: FieldError<'a>,
}

/// `/setup?token=`: makes the first administrator.
///
/// Posts `name`, `email`, `password`, `password_again`; the token stays in the address.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/set_up.html")]
pub struct SetUp<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The display name as it was typed.
    pub name: Text<'a>,
    /// The e-mail address as it was typed.
    pub email: Text<'a>,
    /// What is wrong with `name`.
    pub name_error: FieldError<'a>,
    /// What is wrong with `email`.
    pub email_error: FieldError<'a>,
    /// What is wrong with `password`.
    pub password_error: FieldError<'a>,
    /// What is wrong with `password_again`.
    pub password_again_error: FieldError<'a>,
}
