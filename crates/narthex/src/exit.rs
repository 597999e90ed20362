//! The ways in which the program fails, and their exit codes. Every command returns a [`Failure`];
//! `main` prints it and exits with its code.

use crate::settings::SettingsError;
use narthex_site::SiteError;
use narthex_store::DbError;
use std::process::ExitCode;

/// Why a command wasn't carried out; the message says the next step.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The arguments make no sense.
    #[error("{0}")]
    Usage(String),
    /// The site refused the operation.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The command couldn't be carried out.
    #[error("{0}")]
    Failed(String),
    /// The site has no administrator.
    #[error(
        "this site isn't set up yet; run narthex init, or open the set-up URL that narthex serve shows"
    )]
    NotSetUp,
    /// Nobody confirmed a widening.
    #[error("{0}")]
    Unconfirmed(&'static str),
}

impl Failure {
    /// Makes a `Failed` that says what couldn't be done, and the system's reason.
    pub(crate) fn io(what: impl std::fmt::Display, error: &std::io::Error) -> Self {
        Self::Failed(format!("{what}: {error}"))
    }

    /// Returns the exit code, as documented in the program's help.
    pub(crate) fn number(&self) -> u8 {
        match self {
            Self::Site(SiteError::Storage(_)) => 4,
            Self::Site(_) | Self::Failed(_) => 1,
            Self::Settings(_) | Self::Usage(_) => 2,
            Self::NotSetUp => 3,
            Self::Unconfirmed(_) => 5,
        }
    }

    /// Returns the exit code for `main`.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(self.number())
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Site(SiteError::Storage(error))
    }
}
