//! Pages that say no: what isn't there, what isn't allowed, what doesn't work now.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::entry::LogInForm;
use crate::web::pages::{Text, moment::Count};
use crate::web::paths;

/// `404`, the same for what is hidden and for what never was (law 6.1), so it takes nothing about
/// the object that was asked for.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/not_there.html")]
pub struct NotThere<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The log-in form, when nobody is signed in.
    pub log_in: Option<LogInForm<'a>>,
}

/// Any other refusal or failure.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/problem.html")]
pub struct Problem<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// What happened.
    pub kind: ProblemKind<'a>,
}

/// What happened, and what one can do about it.
#[derive(Clone, Debug)]
pub enum ProblemKind<'a> {
    /// `400`: the request makes no sense; why, in one sentence.
    BadRequest {
        /// One sentence.
        reason: Text<'a>,
    },
    /// `403`: one sees the thing but may not do this; the missing right, in one sentence.
    Forbidden {
        /// One sentence.
        reason: Text<'a>,
    },
    /// `403`: a form that didn't come from a page of this site.
    ForeignForm,
    /// `409`: somebody else changed it meanwhile.
    Conflict {
        /// One sentence.
        reason: Text<'a>,
    },
    /// `413`: more bytes than the site takes.
    TooLarge,
    /// `429`.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: Count,
    },
    /// `500`, with the id under which the log has it.
    Failed {
        /// The id of the request.
        request_id: Text<'a>,
    },
    /// `503`: the database can't be asked, or this node doesn't know the newest revision (law 7.5).
    Unavailable,
    /// `507`: no room to write.
    StorageFull,
}

impl ProblemKind<'_> {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest { .. } => 400,
            Self::Forbidden { .. } | Self::ForeignForm => 403,
            Self::Conflict { .. } => 409,
            Self::TooLarge => 413,
            Self::TooManyRequests { .. } => 429,
            Self::Failed { .. } => 500,
            Self::Unavailable => 503,
            Self::StorageFull => 507,
        }
    }

    /// The heading of the page; the window's title too.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        match self {
            Self::BadRequest { .. } => "That request can’t be understood",
            Self::Forbidden { .. } => "You may not do this",
            Self::ForeignForm => "This form came from somewhere else",
            Self::Conflict { .. } => "This has changed meanwhile",
            Self::TooLarge => "That is too large",
            Self::TooManyRequests { .. } => "Too many requests",
            Self::Failed { .. } => "Something went wrong here",
            Self::Unavailable => "Narthex can’t answer right now",
            Self::StorageFull => "There is no room to save this",
        }
    }
}
