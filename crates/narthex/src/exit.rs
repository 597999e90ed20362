//! How the program ends.

use crate::settings::SettingsError;
use narthex_site::SiteError;
use narthex_store::DbError;
use std::process::ExitCode;

/// A command that wasn't carried out, and why; the message says the next step.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A setting.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// What was typed can't be meant.
    #[error("{0}")]
    Usage(String),
    /// The site refused.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// It couldn't be done.
    #[error("{0}")]
    Failed(String),
    /// The site has no administrator.
    #[error(
        "this site isn't set up yet; run narthex init, or open the set-up URL that narthex serve shows"
    )]
    NotSetUp,
    /// A widening that nobody confirmed.
    #[error("{0}")]
    Unconfirmed(&'static str),
}

impl Failure {
    /// It couldn't be done: what, and the system's reason.
    pub(crate) fn io(what: impl std::fmt::Display, error: &std::io::Error) -> Self {
        Self::Failed(format!("{what}: {error}"))
    }

    /// The exit code, as documented in the program's help.
    pub(crate) fn number(&self) -> u8 {
        match self {
            Self::Site(SiteError::Storage(_)) => 4,
            Self::Site(_) | Self::Failed(_) => 1,
            Self::Settings(_) | Self::Usage(_) => 2,
            Self::NotSetUp => 3,
            Self::Unconfirmed(_) => 5,
        }
    }

    /// The exit code.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(self.number())
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Site(SiteError::Storage(error))
    }
}
