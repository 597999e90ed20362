//! The pages of refusals and failures: for what isn't there, isn't allowed, or doesn't work now.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::entry::LogInForm;
use crate::web::pages::moment::{Count, Size};
use crate::web::paths;

/// `404`, the same for a hidden thing and for one that never existed (law 6.1), so it contains
/// nothing about the thing that was requested.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/not_there.html")]
pub struct NotThere<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The log-in form; `None` if somebody is signed in.
    pub log_in: Option<LogInForm<'a>>,
    /// What was typed into the form that was sent.
    pub typed: Option<TypedAgain<'a>>,
}

/// What was typed into a form that was refused. It holds nothing but what its reader sent.
///
/// Posts the same fields to the same address, if it can be sent again.
#[derive(Clone, Debug)]
pub struct TypedAgain<'a> {
    /// The address that the form was sent to.
    pub action: Text<'a>,
    /// What has happened to the text and what the next step is.
    pub says: Text<'a>,
    /// Whether the log-in form beside it opens a new window, so that this one keeps the text.
    pub logs_in_elsewhere: bool,
    /// The fields that were typed into; none if the text is too long to be shown.
    pub fields: Vec<TypedAgainField<'a>>,
    /// The names and values of the other fields.
    pub carried: Vec<(&'static str, Text<'a>)>,
    /// Whether it can be changed and sent again, and not only copied.
    pub can_be_sent: bool,
}

/// A field that was typed into.
#[derive(Clone, Debug)]
pub struct TypedAgainField<'a> {
    /// The name of the field.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Whether it takes more than one line.
    pub is_long: bool,
    /// The text as it was typed.
    pub value: Text<'a>,
}

/// Any other refusal or failure.
#[derive(Clone, Debug, Template)]
#[template(path = "entry/problem.html")]
pub struct Problem<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The kind of failure.
    pub kind: ProblemKind<'a>,
    /// What was typed into the form that was sent.
    pub typed: Option<TypedAgain<'a>>,
}

/// The kinds of failure, each with the advice for the reader.
#[derive(Clone, Debug)]
pub enum ProblemKind<'a> {
    /// `400`: the request makes no sense.
    BadRequest {
        /// The reason, in one sentence.
        reason: Text<'a>,
    },
    /// `403`: the reader sees the thing but may not do this.
    Forbidden {
        /// The missing right, in one sentence.
        reason: Text<'a>,
    },
    /// `403`: a form that didn't come from a page of this site.
    ForeignForm,
    /// `409`: somebody else changed it meanwhile.
    Conflict {
        /// The reason, in one sentence.
        reason: Text<'a>,
    },
    /// `413`: the body has more bytes than the site accepts.
    TooLarge {
        /// The most that is accepted.
        most: Size,
        /// Whether more is accepted from people who are logged in.
        log_in_helps: bool,
    },
    /// `429`: there were too many requests.
    TooManyRequests {
        /// The seconds to wait.
        retry_after: Count,
    },
    /// `500`: a fault, with the id under which the log has it.
    Failed {
        /// The id of the request.
        request_id: Text<'a>,
    },
    /// `503`: the database can't be reached, or this node doesn't know the newest revision
    /// (law 7.5).
    Unavailable,
    /// `507`: the disk is full.
    StorageFull,
}

impl ProblemKind<'_> {
    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest { .. } => 400,
            Self::Forbidden { .. } | Self::ForeignForm => 403,
            Self::Conflict { .. } => 409,
            Self::TooLarge { .. } => 413,
            Self::TooManyRequests { .. } => 429,
            Self::Failed { .. } => 500,
            Self::Unavailable => 503,
            Self::StorageFull => 507,
        }
    }

    /// Returns the heading of the page, which is the window's title too.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        match self {
            Self::BadRequest { .. } => "That request can’t be understood",
            Self::Forbidden { .. } => "You may not do this",
            Self::ForeignForm => "This form came from somewhere else",
            Self::Conflict { .. } => "This was changed in the meantime",
            Self::TooLarge { .. } => "That request is too large",
            Self::TooManyRequests { .. } => "Too many requests",
            Self::Failed { .. } => "Something went wrong here",
            Self::Unavailable => "Narthex can’t answer right now",
            Self::StorageFull => "There is no room to save this",
        }
    }
}
