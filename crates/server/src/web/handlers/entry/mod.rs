//! The ways into the site: log-in, log-out, one-time links, first set-up.
//!
//! These routes authenticate nobody, so that a stale cookie doesn't prevent logging in.

mod log_in;
mod log_out;
mod one_time_link;
mod return_target;
mod set_up;

use crate::call::Ask;
use crate::failure::Failure;
use crate::request::credential::{credential, session_cookie};
use crate::respond;
use crate::route::{Answer, Flavour, Route};
use crate::web::notice::Done;
use crate::web::notice_cookie;
use crate::web::pages::FieldError;
use crate::web::pages::entry::LogInProblem;
use crate::web::paths;
use http::header::SET_COOKIE;
use http::{HeaderValue, Method, StatusCode};
use narthex_access::{Credential, Door};
use narthex_site::SiteError;
use narthex_site::password::Password;
use narthex_site::session::{LogIn, LoggedIn, SESSION_LIFETIME};

/// Returns the routes of this module.
pub(super) fn routes() -> Vec<Route> {
    const LINK: &str = "/link/{secret}";
    let html = Flavour::Html;
    vec![
        Route::open(Method::GET, paths::LOG_IN, html, log_in::show),
        Route::open(Method::POST, paths::LOG_IN, html, log_in::enter),
        Route::open(Method::GET, paths::LOG_OUT, html, log_out::left),
        Route::open(Method::POST, paths::LOG_OUT, html, log_out::leave),
        Route::open(Method::GET, LINK, html, one_time_link::show),
        Route::open(Method::POST, LINK, html, one_time_link::set),
        Route::open(Method::GET, paths::SET_UP, html, set_up::show),
        Route::open(Method::POST, paths::SET_UP, html, set_up::set_up),
    ]
}

/// Returns the session of the request's cookie, whether or not it is still valid.
fn session(ask: &Ask) -> Option<Credential> {
    match credential(&ask.headers, ask.is_secure()) {
        Ok((session @ Credential::Session { .. }, _)) => Some(session),
        _ => None,
    }
}

/// Returns whether the request's session belongs to an account that may use Confluence.
async fn is_somebody(ask: &Ask) -> Result<bool, Failure> {
    let Some(session) = session(ask) else {
        return Ok(false);
    };
    match ask.app.site.view(&session, Door::Confluence).await {
        Ok(view) => Ok(view.subject().account().is_some()),
        Err(SiteError::Unauthorized(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Begins a session with e-mail address and password. It replaces the session of the request's
/// cookie (A45).
async fn begin(ask: &Ask, email: &str, password: Password) -> Result<Begun, SiteError> {
    let replaces = match session(ask) {
        Some(Credential::Session { hash }) => Some(hash),
        _ => None,
    };
    let attempt = LogIn {
        email: email.to_owned(),
        password,
        replaces,
    };
    let site = &ask.app.site;
    let session = site.log_in(&ask.app.passwords, attempt).await?;
    let credential = Credential::Session {
        hash: session.secret.hash(),
    };
    let view = site.view(&credential, Door::Confluence).await?;
    if view.subject().account().is_some() {
        return Ok(Begun::Session(session));
    }
    // Nobody has the secret of this session, and it would give access to nothing here.
    match site.log_out(&credential).await {
        Ok(()) | Err(SiteError::Unauthorized(_)) => Ok(Begun::HelpCentreOnly),
        Err(error) => Err(error),
    }
}

/// The result of a correct password.
enum Begun {
    /// A session has begun.
    Session(LoggedIn),
    /// No session: the account is for the help centre alone (law 1.3).
    HelpCentreOnly,
}

/// Shows the log-in form to a customer, whose account gives access to nothing here.
fn help_centre_only(ask: &Ask, email: &str) -> Answer {
    log_in::form(
        ask,
        StatusCode::FORBIDDEN,
        email,
        "",
        Some(LogInProblem::HelpCentreOnly),
    )
}

/// Makes a 303 to a path of this site, with the cookie of a session that has begun, and with the
/// notice that its first page shows.
pub(super) fn go_on_as(session: &LoggedIn, secure: bool, path: &str, done: Option<Done>) -> Answer {
    let seconds = u64::try_from(SESSION_LIFETIME / 1_000).unwrap_or_default();
    let cookie = session_cookie(session.secret.reveal(), secure, seconds);
    let mut response = go_on_with(&cookie, path)?;
    if let Some(done) = done {
        let notice = notice_cookie::set_cookie(&session.secret.hash(), secure, done.sentence());
        let notice = HeaderValue::from_str(&notice).map_err(|_| Failure::Fault)?;
        response.headers_mut().append(SET_COOKIE, notice);
    }
    Ok(response)
}

/// Makes a 303 to a path of this site, with a `Set-Cookie`.
pub(super) fn go_on_with(cookie: &str, path: &str) -> Answer {
    let mut response = respond::see_other(path)?;
    let cookie = HeaderValue::from_str(cookie).map_err(|_| Failure::Fault)?;
    response.headers_mut().insert(SET_COOKIE, cookie);
    Ok(response)
}

/// Returns the key under which failed passwords are counted. It differs from that of failed API
/// tokens, so that guessing a password from behind a proxy stops nobody's programs there. `None`
/// for a text too long to be an address, which isn't worth remembering.
pub(super) fn counted(email: &str) -> Option<String> {
    (email.len() <= narthex_site::name::LONGEST_EMAIL).then(|| format!("password:{email}"))
}

/// A new password that was typed twice.
pub(super) struct NewPassword {
    /// The first of the two.
    pub(super) password: Password,
    /// The error about it.
    pub(super) error: FieldError<'static>,
    /// The error about the repetition.
    pub(super) again_error: FieldError<'static>,
}

impl NewPassword {
    /// Reads the fields `password` and `password_again` of a form.
    pub(super) fn read(fields: &crate::request::query::Parameters<'_>) -> Self {
        let typed = fields.get("password").unwrap_or_default();
        let again = fields.get("password_again").unwrap_or_default();
        let password = Password::new(typed);
        let error = password.check().err();
        Self {
            error: error.map(|why| crate::web::notice::sentence(&why.to_string()).into()),
            again_error: (typed != again)
                .then(|| "The two passwords differ; type the same one twice.".into()),
            password,
        }
    }

    /// Returns whether the password can be accepted.
    pub(super) fn is_right(&self) -> bool {
        self.error.is_none() && self.again_error.is_none()
    }
}
