//! Settings: what was typed becomes what it means, once.
//!
//! [`Typed`] is what a door says (flags and environment, the file); [`Settings`] is
//! what it means. A flag wins over a variable, a variable over the file, the file
//! over the default.

mod meant;
mod typed;

pub(crate) use meant::{
    LogFormat, LogSettings, RateLimits, ServerSettings, Settings, SiteSettings, reached_at,
};
pub(crate) use typed::Typed;

use crate::args::{ServerArgs, SiteArgs};
use std::path::{Path, PathBuf};

/// The name of the configuration file that is read without being named.
pub(crate) const FILE_NAME: &str = "narthex.toml";

/// A setting that isn't understood, or one that is missing. Exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    /// A value that isn't one of the setting's.
    #[error("{setting} = {value:?} {problem}")]
    Value {
        setting: &'static str,
        value: String,
        problem: String,
    },
    /// Nothing says which site.
    #[error(
        "no site is named: give --data DIR, set NARTHEX_DATA, or name a configuration file \
         that has the key data"
    )]
    NoSite,
    /// The file can't be read.
    #[error("the configuration file {} can't be read: {source}", .file.display())]
    Unreadable {
        file: PathBuf,
        source: std::io::Error,
    },
    /// The file is there and isn't understood. Only the line's number is told: the
    /// line itself may hold a password.
    #[error("the configuration file {}, line {line}: {message}", .file.display())]
    File {
        file: PathBuf,
        line: usize,
        message: String,
    },
}

/// What the flags, the environment and the file mean together.
///
/// # Errors
/// [`SettingsError`], naming the setting.
pub(crate) fn settings(
    site: &SiteArgs,
    server: Option<&ServerArgs>,
) -> Result<Settings, SettingsError> {
    let typed = Typed::from_args(site, server);
    let file = match (&site.config, &site.data) {
        (Some(file), _) => Typed::from_file(file)?,
        (None, Some(data)) => from_default_file(&data.join(FILE_NAME))?,
        (None, None) => Typed::default(),
    };
    Settings::meant(typed.or(file))
}

/// The file that nobody named: it need not be there.
fn from_default_file(file: &Path) -> Result<Typed, SettingsError> {
    match Typed::from_file(file) {
        Err(SettingsError::Unreadable { source, .. })
            if source.kind() == std::io::ErrorKind::NotFound =>
        {
            Ok(Typed::default())
        }
        other => other,
    }
}
