//! What a request gets instead of what it asked for: one constructor an outcome,
//! one body per API.

mod body;

use crate::request::bad_request::BadRequest;
use crate::request::body::MAX_UNKNOWN;
use crate::route::Flavour;
use axum::response::Response;
use http::header::{ALLOW, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use narthex_access::{Absent, Refusal, Refused};
use narthex_site::SiteError;
use narthex_store::DbError;
use narthex_store::blob::BlobError;
use std::borrow::Cow;

pub use body::html_escaped;

/// What all callers are told of what is not there, or not for them: the same
/// words whatever the cause (law 6.1).
pub const ABSENT: &str = "there is no such thing here, or it is not shared with you";

/// A request that was not served, and why.
#[derive(Debug)]
pub enum Failure {
    /// The credential is present and wrong, or one is needed: 401.
    Unauthorized,
    /// A stale session cookie: 401, and the cookie is taken back.
    StaleSession {
        /// The `Set-Cookie` that takes it back.
        cleared: String,
    },
    /// Not there, or not for the caller: 404.
    Absent,
    /// Seen, and not allowed: 403; 404 on v2 with the missing right as `detail` (law 6.3).
    Forbidden(String),
    /// A cookie's request that no page of this site sent: 403.
    ForeignRequest,
    /// The request makes no sense: 400.
    Invalid(Cow<'static, str>),
    /// It contradicts what is there: 409.
    Conflict(String),
    /// The body isn't what the route takes: 415.
    UnsupportedMediaType(&'static str),
    /// The body has more bytes than this: 413.
    TooLarge(usize),
    /// The body has more bytes than are taken from callers who aren't known: 413.
    TooLargeForUnknown,
    /// The method isn't one of the route: 405.
    MethodNotAllowed(String),
    /// Too many tries or requests: 429, and how many seconds to wait.
    TooMany(u64),
    /// The body didn't come in, or was not answered, in time: 408.
    Timeout,
    /// There was no memory for the request in time: 503.
    Busy,
    /// A condition of the request holds no more: 412.
    PreconditionFailed,
    /// The database or the blob store can't do it now: 503, or 507 for a full disk.
    Storage(DbError),
    /// A fault of ours: 500.
    Fault,
}

/// A failure in the words that every API's body is made of.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The status.
    pub status: StatusCode,
    /// What a person reads, with the next step.
    pub message: Cow<'static, str>,
    /// A stable word for programs.
    pub code: &'static str,
    /// Whether v2 shows the message as `detail`; what is absent never says more.
    pub detailed: bool,
}

impl Failure {
    /// A request that makes no sense, and what would be right.
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid(message.into())
    }

    /// The failure as it is told to a caller of an API.
    pub fn facts(&self, flavour: Flavour) -> Facts {
        let facts = |status, code, message: Cow<'static, str>| Facts {
            status,
            message,
            code,
            detailed: true,
        };
        match self {
            Self::Unauthorized | Self::StaleSession { .. } => facts(
                StatusCode::UNAUTHORIZED,
                "UNAUTHORIZED",
                "the e-mail address, API token or session is not valid; \
                 log in again, or make a new API token"
                    .into(),
            ),
            Self::Absent => Facts {
                detailed: false,
                ..facts(StatusCode::NOT_FOUND, "NOT_FOUND", ABSENT.into())
            },
            Self::Forbidden(why) if flavour == Flavour::V2 => {
                facts(StatusCode::NOT_FOUND, "NOT_FOUND", why.clone().into())
            }
            Self::Forbidden(why) => facts(StatusCode::FORBIDDEN, "FORBIDDEN", why.clone().into()),
            Self::ForeignRequest => facts(
                StatusCode::FORBIDDEN,
                "FORBIDDEN",
                "this request carries a session cookie, but no page of this site sent it; \
                 use an API token, or send it from the site itself"
                    .into(),
            ),
            Self::Invalid(why) => facts(StatusCode::BAD_REQUEST, "INVALID_REQUEST", why.clone()),
            Self::Conflict(why) => facts(StatusCode::CONFLICT, "CONFLICT", why.clone().into()),
            Self::UnsupportedMediaType(wanted) => facts(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UNSUPPORTED_MEDIA_TYPE",
                format!("send the body with the header Content-Type: {wanted}").into(),
            ),
            Self::TooLarge(most) => facts(
                StatusCode::PAYLOAD_TOO_LARGE,
                "PAYLOAD_TOO_LARGE",
                format!("the body is larger than the {most} bytes that are taken here").into(),
            ),
            Self::TooLargeForUnknown => facts(
                StatusCode::PAYLOAD_TOO_LARGE,
                "PAYLOAD_TOO_LARGE",
                format!(
                    "the body is larger than the {MAX_UNKNOWN} bytes that are taken from callers \
                     who aren't logged in; log in, or send an API token"
                )
                .into(),
            ),
            Self::MethodNotAllowed(allowed) => facts(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                format!("this address takes {allowed}").into(),
            ),
            Self::TooMany(seconds) => facts(
                StatusCode::TOO_MANY_REQUESTS,
                "TOO_MANY_REQUESTS",
                format!("too many tries; wait {seconds} seconds and try again").into(),
            ),
            Self::Timeout => facts(
                StatusCode::REQUEST_TIMEOUT,
                "REQUEST_TIMEOUT",
                "the request took too long; try again".into(),
            ),
            Self::Busy => facts(
                StatusCode::SERVICE_UNAVAILABLE,
                "SERVICE_UNAVAILABLE",
                "too many large requests are being answered now; try again soon".into(),
            ),
            Self::PreconditionFailed => facts(
                StatusCode::PRECONDITION_FAILED,
                "PRECONDITION_FAILED",
                "it has changed since; read it again".into(),
            ),
            Self::Storage(DbError::DiskFull(_)) => facts(
                StatusCode::INSUFFICIENT_STORAGE,
                "INSUFFICIENT_STORAGE",
                "there is no space left to save this; an administrator finds the cause in /readyz"
                    .into(),
            ),
            Self::Storage(_) => facts(
                StatusCode::SERVICE_UNAVAILABLE,
                "SERVICE_UNAVAILABLE",
                "this can't be answered now, try again soon; \
                 an administrator finds the cause in /readyz"
                    .into(),
            ),
            Self::Fault => facts(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL_SERVER_ERROR",
                "something went wrong here; the log has it under this request's id".into(),
            ),
        }
    }

    /// The answer in the body of the caller's API, with the headers that belong to it.
    pub fn answer(&self, flavour: Flavour) -> Response {
        let mut response = body::of(&self.facts(flavour), flavour);
        let headers = response.headers_mut();
        let text = |text: &str| HeaderValue::from_str(text).ok();
        match self {
            Self::Unauthorized => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE));
            }
            Self::StaleSession { cleared } => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE));
                if let Some(cleared) = text(cleared) {
                    headers.insert(SET_COOKIE, cleared);
                }
            }
            Self::MethodNotAllowed(allowed) => {
                if let Some(allowed) = text(allowed) {
                    headers.insert(ALLOW, allowed);
                }
            }
            Self::TooMany(seconds) => {
                headers.insert(RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Self::Storage(_) | Self::Busy => {
                headers.insert(RETRY_AFTER, HeaderValue::from(2_u64));
            }
            _ => {}
        }
        response
    }
}

/// What a caller without a valid credential is asked for.
const CHALLENGE: &str = "Basic realm=\"Narthex\"";

impl From<SiteError> for Failure {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::Unauthorized(_) => Self::Unauthorized,
            SiteError::Absent(_) => Self::Absent,
            SiteError::Forbidden(denied) => Self::Forbidden(narthex_site::error::forbidden(denied)),
            error @ SiteError::PasswordNeeded => Self::Forbidden(error.to_string()),
            SiteError::Invalid(why) => Self::Invalid(why.into()),
            SiteError::Conflict(why) => Self::Conflict(why),
            SiteError::TooManyTries(seconds) => Self::TooMany(seconds),
            SiteError::Storage(error) => Self::Storage(error),
        }
    }
}

impl From<BlobError> for Failure {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::TooLarge(most) => {
                Self::TooLarge(usize::try_from(most).unwrap_or(usize::MAX))
            }
            BlobError::Interrupted(_) => Self::Invalid(error.to_string().into()),
            BlobError::Damaged => Self::Fault,
            BlobError::Storage(error) => Self::Storage(error),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Storage(error)
    }
}

impl From<BadRequest> for Failure {
    fn from(refusal: BadRequest) -> Self {
        Self::Invalid(refusal.to_string().into())
    }
}

impl From<Absent> for Failure {
    fn from(_: Absent) -> Self {
        Self::Absent
    }
}

impl From<Refused> for Failure {
    fn from(_: Refused) -> Self {
        Self::Unauthorized
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        SiteError::from(refusal).into()
    }
}
