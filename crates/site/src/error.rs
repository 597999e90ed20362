//! The errors of operations, one variant for each outcome.
//!
//! The server turns each into a status and into the error body of the caller's API; the message
//! says what the caller can do next.

use narthex_access::{Absent, Denied, Refusal, Refused};
use narthex_store::DbError;

/// Why an operation did nothing.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The credential is present and wrong, or a credential is needed: 401.
    #[error("{0}; log in again, or make a new API token")]
    Unauthorized(#[from] Refused),
    /// The thing doesn't exist, or the caller may not see it: 404.
    #[error(transparent)]
    Absent(#[from] Absent),
    /// The caller sees the thing and may not do this to it: 403 (404 on v2 routes, law 6.3).
    #[error("{}", forbidden(*.0))]
    Forbidden(Denied),
    /// The operation makes a credential, and the password wasn't given lately: 403.
    #[error(
        "this needs a session in which the password was entered in the last ten minutes; an API \
         token isn't enough, so log in again and repeat it"
    )]
    PasswordNeeded,
    /// The request makes no sense as it stands: 400.
    #[error("{0}")]
    Invalid(String),
    /// The request contradicts the current state: 409.
    #[error("{0}")]
    Conflict(String),
    /// There were too many attempts: 429. The number is the seconds to wait.
    #[error("too many tries; wait {0} seconds and try again")]
    TooManyTries(u64),
    /// The database or the blob store fails at the moment: 503, or 507 for a full disk.
    #[error(transparent)]
    Storage(#[from] DbError),
}

impl SiteError {
    /// An error for a request that makes no sense; the message says what is wrong and what is
    /// right.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid(message.into())
    }

    /// An error for a request that contradicts the current state.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::Conflict(message.into())
    }
}

impl From<Refusal> for SiteError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Absent(absent) => Self::Absent(absent),
            Refusal::Forbidden(denied) => Self::Forbidden(denied),
        }
    }
}

/// Returns the message on a denial, for a caller who sees the object.
pub fn forbidden(denied: Denied) -> String {
    match denied {
        Denied::Missing(operation) => format!(
            "this needs the permission {} on {} here; ask an administrator of the space for it",
            operation.verb(),
            operation.target()
        ),
        Denied::NotOwn => "this needs a permission of your own in the space: \
             open access shows pages, and nothing beside them"
            .into(),
        Denied::NotOnEditList { .. } => {
            "editing of this page is restricted, and you are not on its list".into()
        }
        Denied::NotTheAuthor => {
            "only its author or an administrator of the space may change a comment".into()
        }
        Denied::Scope(scope) => format!(
            "the API token lacks the scope \"{scope}\"; make one that has it, on your account page"
        ),
        Denied::ReadOnly => {
            "what is archived or in the trash is read-only; restore it first".into()
        }
        Denied::OfFolder => {
            "a folder has no files, comments, likes or watchers; do this on a page in the folder"
                .into()
        }
        _ => "this can't be done to it".into(),
    }
}
