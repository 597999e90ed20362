//! `/login`: the log-in form, and logging in.

use super::return_target::return_target;
use super::{Begun, begin, counted, go_on_as, help_centre_only, is_somebody};
use crate::call::Ask;
use crate::respond;
use crate::route::Answer;
use crate::web::frame::{open_chrome, page_with};
use crate::web::pages::entry::{LogIn, LogInForm, LogInProblem};
use crate::web::pages::moment::Count;
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use narthex_site::SiteError;
use narthex_site::password::Password;

/// `GET` shows the form; people who are logged in already are sent on to their target.
pub(super) async fn show(ask: Ask) -> Answer {
    let somebody = is_somebody(&ask).await?;
    let query = ask.query();
    let return_to = return_target(query.get("return"));
    if somebody {
        return respond::see_other(return_to);
    }
    let problem = (!ask.app.site.is_set_up().await?).then_some(LogInProblem::NotSetUp);
    form(&ask, StatusCode::OK, "", return_to, problem)
}

/// Renders the form with the values that were sent.
pub(super) fn form(
    ask: &Ask,
    status: StatusCode,
    email: &str,
    return_to: &str,
    problem: Option<LogInProblem>,
) -> Answer {
    page_with(
        status,
        &LogIn {
            chrome: open_chrome(ask, "Log in"),
            log_in: LogInForm {
                email: email.into(),
                return_to: return_to.into(),
                problem,
                elsewhere: false,
            },
            typed: None,
        },
    )
}

/// `POST` logs in. Whatever is wrong, the message and the amount of work are the same (A28).
pub(super) async fn enter(mut ask: Ask) -> Answer {
    let body = ask.form().await?;
    let fields = body.fields();
    let email = fields.get("email").unwrap_or_default().trim();
    let return_to = return_target(fields.get("return"));
    let address = ask.client.address;
    let again = |status, problem| form(&ask, status, email, return_to, Some(problem));
    let counted = counted(email);
    let attempt = match ask.app.attempts.begin(address, counted.as_deref()) {
        Ok(attempt) => attempt,
        Err(seconds) => {
            let retry_after = Count(seconds);
            let problem = LogInProblem::TooManyAttempts { retry_after };
            let mut response = again(StatusCode::TOO_MANY_REQUESTS, problem)?;
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(RETRY_AFTER, seconds);
            return Ok(response);
        }
    };
    let password = Password::new(fields.get("password").unwrap_or_default());
    match begin(&ask, email, password).await {
        Ok(begun) => {
            attempt.succeeded();
            match begun {
                Begun::Session(session) => go_on_as(&session, ask.is_secure(), return_to, None),
                Begun::HelpCentreOnly => help_centre_only(&ask, email),
            }
        }
        // The attempt stays counted as a failure.
        Err(SiteError::Unauthorized(_)) => {
            let problem = match ask.app.site.is_set_up().await? {
                true => LogInProblem::WrongCredentials,
                false => LogInProblem::NotSetUp,
            };
            again(StatusCode::UNAUTHORIZED, problem)
        }
        Err(error) => {
            attempt.take_back();
            Err(error.into())
        }
    }
}
