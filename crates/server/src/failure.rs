//! Why a request was not served, and the response that says so: one variant per outcome, and one
//! body shape per API. Handlers return a [`Failure`]; the errors of the rooms below convert into
//! it.

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

/// The message for a thing that doesn't exist or that the caller may not see. The words are the
/// same whatever the cause (law 6.1).
pub const ABSENT: &str = "there is no such thing here, or it is not shared with you";

/// The reason why a request was not served.
#[derive(Debug)]
pub enum Failure {
    /// 401: the credential is present and wrong, or one is required.
    Unauthorized,
    /// 401: the session cookie is stale; the response also deletes it.
    StaleSession {
        /// The `Set-Cookie` value that deletes the cookie.
        cleared: String,
    },
    /// 404: the thing doesn't exist, or the caller may not see it.
    Absent,
    /// 403: the caller sees the thing but isn't allowed to do this. On v2 it is 404 with the
    /// missing right as `detail` (law 6.3).
    Forbidden(String),
    /// 403: the request carries a cookie, but no page of this site sent it.
    ForeignRequest,
    /// 400: the request makes no sense.
    Invalid(Cow<'static, str>),
    /// 409: the request contradicts the present state.
    Conflict(String),
    /// 415: the body doesn't have the media type that the route takes.
    UnsupportedMediaType(&'static str),
    /// 413: the body has more bytes than this limit.
    TooLarge(usize),
    /// 413: the body has more bytes than are accepted from anonymous callers.
    TooLargeForUnknown,
    /// 405: the route doesn't have this method.
    MethodNotAllowed(String),
    /// 429: too many attempts or requests; it holds the seconds to wait.
    TooMany(u64),
    /// 408: the body didn't arrive, or the request wasn't answered, in time.
    Timeout,
    /// 503: no memory became free for the request in time.
    Busy,
    /// 412: a condition of the request no longer holds.
    PreconditionFailed,
    /// 503, or 507 for a full disk: the database or the blob store can't do it now.
    Storage(DbError),
    /// 500: a fault of the program.
    Fault,
}

/// The parts of a failure from which the body of every API is made.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The HTTP status.
    pub status: StatusCode,
    /// The message for a person, with the next step.
    pub message: Cow<'static, str>,
    /// A stable code for programs.
    pub code: &'static str,
    /// Whether v2 shows the message as `detail`. A response for what is absent never says more.
    pub detailed: bool,
}

impl Failure {
    /// Makes a 400 whose message says what would be right.
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid(message.into())
    }

    /// Returns the most bytes that are taken in one body, if the body had more.
    pub(crate) fn most_bytes(&self) -> Option<usize> {
        match self {
            Self::TooLarge(most) => Some(*most),
            Self::TooLargeForUnknown => Some(MAX_UNKNOWN),
            _ => None,
        }
    }

    /// Returns the parts of the failure as this API reports them.
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
                format!(
                    "the body is larger than the {most} bytes that are taken here; send less at once"
                )
                .into(),
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
                "this has changed since you read it; read it again".into(),
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

    /// Returns the response in the body shape of this API, with the headers that belong to it.
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

/// The `WWW-Authenticate` challenge for a caller without a valid credential.
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
