//! The settings of the program, from flags, environment and file.
//!
//! [`Typed`] holds the texts from one source (the file, or the flags with the environment);
//! [`Settings`] is what they resolve to. A flag wins over a variable, a variable over the file, the
//! file over the default.

mod meant;
mod typed;

pub(crate) use meant::{
    LogFormat, LogSettings, RateLimits, ServerSettings, Settings, SiteSettings, reached_at,
};
pub(crate) use typed::Typed;

use crate::args::{ServerArgs, SiteArgs};
use std::path::{Path, PathBuf};

/// The name of the configuration file that is read from the data folder if no other is named.
pub(crate) const FILE_NAME: &str = "narthex.toml";

/// A setting that is missing or can't be resolved. Exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    /// A value that the setting doesn't accept.
    #[error("{setting} = {value:?} {problem}")]
    Value {
        setting: &'static str,
        value: String,
        problem: String,
    },
    /// No source names a site.
    #[error(
        "the data folder isn't named: use --data DIR, set NARTHEX_DATA, or use a configuration \
         file that has the key data"
    )]
    NoSite,
    /// The file can't be read.
    #[error("the configuration file {} can't be read: {source}", .file.display())]
    Unreadable {
        file: PathBuf,
        source: std::io::Error,
    },
    /// The file can't be parsed. The message has only the line's number, because the line itself
    /// may contain a password.
    #[error("the configuration file {}, line {line}: {message}", .file.display())]
    File {
        file: PathBuf,
        line: usize,
        message: String,
    },
}

/// Resolves the settings of the flags, the environment and the file together.
///
/// # Errors
/// Returns [`SettingsError`], which names the setting.
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

/// Reads the default file, which need not exist.
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
