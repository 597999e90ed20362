//! The pages around logging in: log-in, logged out, one-time link, first set-up.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::pages::refusal::TypedAgain;
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// The log-in form, on its own page and inside the page for what isn't there.
///
/// Posts to [`paths::LOG_IN`]: `email`, `password`, `return` (path and query of this site to go to
/// afterwards; the handler refuses anything that isn't a path of this site).
#[derive(Clone, Debug)]
pub struct LogInForm<'a> {
    /// The e-mail address as it was typed.
    pub email: Text<'a>,
    /// The target after log-in; empty for home.
    pub return_to: Text<'a>,
    /// The reason why the last attempt failed; `None` before the first.
    pub problem: Option<LogInProblem>,
    /// Whether it opens a new window, because this one holds something that was typed.
    pub elsewhere: bool,
}

/// The reason why a log-in failed. It reveals nothing about which accounts exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogInProblem {
    /// No account that may log in has this e-mail address with this password.
    WrongCredentials,
    /// There were too many attempts; the next one is accepted after so many seconds.
    TooManyAttempts {
        /// The seconds to wait.
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
    /// What was typed into the form that was sent with a session that has ended.
    pub typed: Option<TypedAgain<'a>>,
}

/// The response to a form that makes a credential, where the password wasn't given lately.
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
    /// The reason why the last attempt failed; `None` before the first.
    pub problem: Option<LogInProblem>,
}

/// `/logout`, after logging out.
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
    /// The account, while the link is valid; `None` when it was used, has expired or never existed.
    pub account: Option<LinkedAccount<'a>>,
}

/// The account whose password a one-time link sets.
#[derive(Clone, Debug)]
pub struct LinkedAccount<'a> {
    /// The e-mail address of the account.
    pub email: Text<'a>,
    /// The error about `password`.
    pub password_error: FieldError<'a>,
    /// The error about `password_again`.
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
    /// The error about `name`.
    pub name_error: FieldError<'a>,
    /// The error about `email`.
    pub email_error: FieldError<'a>,
    /// The error about `password`.
    pub password_error: FieldError<'a>,
    /// The error about `password_again`.
    pub password_again_error: FieldError<'a>,
}
