//! Asks for the password again before something is made that logs somebody in.
//!
//! The page contains the fields of the form that was sent, and sends them again to the same address
//! with the password; so people return to what they were doing, without JavaScript. A right
//! password begins a new session in place of the old one, and the requested change is made with
//! that.

use super::entry::counted;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::credential::session_cookie;
use crate::request::query::Parameters;
use crate::respond;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::notice_cookie;
use crate::web::pages::entry::{LogInProblem, PasswordAgain};
use crate::web::pages::moment::Count;
use crate::web::shown_once::{self, Of};
use axum::response::Response;
use http::header::{RETRY_AFTER, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use narthex_access::Credential;
use narthex_site::SiteError;
use narthex_site::password::Password;
use narthex_site::secret::Secret;
use narthex_site::session::{LogIn, SESSION_LIFETIME, counts_as_given};

/// The field that the page adds.
const FIELD: &str = "password_again_to_go_on";

/// The result of asking for the password.
pub(super) enum Asked {
    /// The change may be made, with this credential.
    GoOn(Proof),
    /// The password has to be given first, on this page.
    First(Response),
}

/// A credential whose password was given lately.
pub(super) struct Proof {
    /// The credential to call the operation with.
    pub(super) credential: Credential,
    /// The secret of its session, which the browser gets with the response.
    session: String,
    cookie: Option<String>,
    secure: bool,
}

impl Proof {
    /// Makes a 303 to the page that shows a secret once.
    ///
    /// # Errors
    /// As [`respond::see_other`].
    pub(super) fn show_once(self, call: &Call, path: &str, of: Of, secret: &Secret) -> Answer {
        let session = self.session.clone();
        let mut response = self.answer(respond::see_other(path))?;
        shown_once::hand_over(call, &mut response, &session, of, secret)?;
        Ok(response)
    }

    /// Adds the cookie of the session that has begun to the response.
    ///
    /// # Errors
    /// Returns the failure that `answer` is.
    pub(super) fn answer(self, answer: Answer) -> Answer {
        let mut response = answer?;
        if let Some(cookie) = self.cookie {
            let cookie = HeaderValue::from_str(&cookie).map_err(|_| Failure::Fault)?;
            response.headers_mut().insert(SET_COOKIE, cookie);
            if let Credential::Session { hash } = &self.credential {
                notice_cookie::bind(&mut response, hash, self.secure);
            }
        }
        Ok(response)
    }
}

/// Asks for the password, unless it was given lately.
///
/// # Errors
/// Returns `Failure::Forbidden` for an API token, which never makes a credential (A47).
pub(super) async fn ask(call: &Call, fields: &Parameters<'_>) -> Result<Asked, Failure> {
    let view = &call.view;
    let id = view.subject().session();
    let session = view.own_sessions().find(|row| Some(row.id) == id);
    let session = session.ok_or_else(|| Failure::from(SiteError::PasswordNeeded))?;
    let Some(typed) = fields.get(FIELD) else {
        if counts_as_given(session, view.now()) {
            return Ok(Asked::GoOn(Proof {
                credential: call.credential.clone(),
                session: shown_once::session_of(call).unwrap_or_default().to_owned(),
                cookie: None,
                secure: call.is_secure(),
            }));
        }
        return again(call, fields, StatusCode::FORBIDDEN, None);
    };
    let email = view.own_account().ok_or(Failure::Unauthorized)?.row();
    let email = email.email.to_string();
    let (app, address, counted) = (&call.app, call.client.address, counted(&email));
    let counting = match app.attempts.begin(address, counted.as_deref()) {
        Ok(counting) => counting,
        Err(seconds) => {
            let retry_after = Count(seconds);
            let problem = LogInProblem::TooManyAttempts { retry_after };
            let asked = again(call, fields, StatusCode::TOO_MANY_REQUESTS, Some(problem))?;
            return Ok(match asked {
                Asked::First(mut response) => {
                    let seconds = HeaderValue::from(seconds);
                    response.headers_mut().insert(RETRY_AFTER, seconds);
                    Asked::First(response)
                }
                other => other,
            });
        }
    };
    let attempt = LogIn {
        email: email.clone(),
        password: Password::new(typed),
        replaces: Some(session.hash),
    };
    match app.site.log_in(&app.passwords, attempt).await {
        Ok(begun) => {
            counting.succeeded();
            let seconds = u64::try_from(SESSION_LIFETIME / 1_000).unwrap_or_default();
            Ok(Asked::GoOn(Proof {
                credential: Credential::Session {
                    hash: begun.secret.hash(),
                },
                session: begun.secret.reveal().to_owned(),
                cookie: Some(session_cookie(
                    begun.secret.reveal(),
                    call.is_secure(),
                    seconds,
                )),
                secure: call.is_secure(),
            }))
        }
        // The attempt stays counted as a failure.
        Err(SiteError::Unauthorized(_)) => {
            let problem = Some(LogInProblem::WrongCredentials);
            again(call, fields, StatusCode::FORBIDDEN, problem)
        }
        Err(error) => {
            counting.take_back();
            Err(error.into())
        }
    }
}

fn again(
    call: &Call,
    fields: &Parameters<'_>,
    status: StatusCode,
    problem: Option<LogInProblem>,
) -> Result<Asked, Failure> {
    let here = call.uri.path_and_query().map_or("", |here| here.as_str());
    let sent = fields.pairs().filter(|(name, _)| *name != FIELD);
    let page = PasswordAgain {
        chrome: chrome(call, "Enter your password", None),
        here: here.into(),
        fields: sent
            .map(|(name, value)| (name.into(), value.into()))
            .collect(),
        password: FIELD,
        problem,
    };
    Ok(Asked::First(page_with(status, &page)?))
}
