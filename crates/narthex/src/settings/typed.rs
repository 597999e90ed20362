//! The settings as texts, before they are parsed: those of one source, which [`Typed::or`]
//! combines.

use super::SettingsError;
use crate::args::{ServerArgs, SiteArgs};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Settings from one source (file, environment or flags). Unset fields are `None`. The fields are
/// the keys of the configuration file.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    pub(crate) data: Option<PathBuf>,
    pub(crate) database: Option<String>,
    pub(crate) listen: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) metrics_listen: Option<String>,
    pub(crate) trusted_proxy: Option<Vec<String>>,
    pub(crate) log_format: Option<String>,
    pub(crate) log_level: Option<String>,
    /// The limits, each as `WHO=N`.
    pub(crate) rate_limit: Option<Vec<String>>,
    pub(crate) image_host: Option<Vec<String>>,
    pub(crate) frame_host: Option<Vec<String>>,
    pub(crate) jira_url: Option<String>,
    pub(crate) upload_limit: Option<String>,
    #[serde(default, deserialize_with = "number")]
    pub(crate) workers: Option<String>,
}

/// Reads a number of the file as a text, as a flag has it, so that both are parsed by the same
/// code.
fn number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    u64::deserialize(from).map(|number| Some(number.to_string()))
}

impl Typed {
    /// Takes the settings from the flags and, where a flag is absent, from the environment.
    pub(crate) fn from_args(site: &SiteArgs, server: Option<&ServerArgs>) -> Self {
        let server = server.cloned().unwrap_or_default();
        Self {
            data: site.data.clone(),
            database: site.database.clone(),
            listen: server.listen,
            base_url: site.base_url.clone(),
            metrics_listen: server.metrics_listen,
            trusted_proxy: server.trusted_proxy,
            log_format: server.log_format,
            log_level: server.log_level,
            rate_limit: server.rate_limit,
            image_host: server.image_host,
            frame_host: server.frame_host,
            jira_url: server.jira_url,
            upload_limit: server.upload_limit,
            workers: server.workers,
        }
    }

    /// Reads the settings from a file.
    ///
    /// # Errors
    /// Fails for a file that can't be read, isn't TOML, or has an unknown key; the message names
    /// the key and the known ones.
    pub(crate) fn from_file(file: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(file).map_err(|source| SettingsError::Unreadable {
            file: file.to_path_buf(),
            source,
        })?;
        toml::from_str(&text).map_err(|error| SettingsError::File {
            file: file.to_path_buf(),
            line: line_of(&text, error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        })
    }

    /// Returns these settings, with unset ones taken from `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            database: self.database.or(other.database),
            listen: self.listen.or(other.listen),
            base_url: self.base_url.or(other.base_url),
            metrics_listen: self.metrics_listen.or(other.metrics_listen),
            trusted_proxy: self.trusted_proxy.or(other.trusted_proxy),
            log_format: self.log_format.or(other.log_format),
            log_level: self.log_level.or(other.log_level),
            rate_limit: self.rate_limit.or(other.rate_limit),
            image_host: self.image_host.or(other.image_host),
            frame_host: self.frame_host.or(other.frame_host),
            jira_url: self.jira_url.or(other.jira_url),
            upload_limit: self.upload_limit.or(other.upload_limit),
            workers: self.workers.or(other.workers),
        }
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Typed, SettingsError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("narthex.toml");
        std::fs::write(&file, text).unwrap();
        Typed::from_file(&file)
    }

    #[test]
    fn a_file_says_what_it_says_and_nothing_else() {
        let typed =
            read("listen = '127.0.0.1:1'\nworkers = 3\ntrusted_proxy = ['10.0.0.0/8']").unwrap();
        let expected = Typed {
            listen: Some("127.0.0.1:1".into()),
            workers: Some("3".into()),
            trusted_proxy: Some(vec!["10.0.0.0/8".into()]),
            ..Typed::default()
        };
        assert_eq!(typed, expected);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_keys_that_are_known() {
        let error = read("listen = '127.0.0.1:1'\nbase-url = 'x'")
            .unwrap_err()
            .to_string();
        for part in ["line 2", "`base-url`", "`base_url`", "`trusted_proxy`"] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn an_error_never_shows_the_line_with_a_password() {
        for text in [
            "database = 'postgres://me:canary@host/x",
            "database = postgres://me:canary@host/x",
            "database = ['postgres://me:canary@host/x']",
        ] {
            let error = read(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
    }

    #[test]
    fn what_was_typed_wins_over_what_was_not() {
        let flags = Typed {
            listen: Some("a".into()),
            ..Typed::default()
        };
        let file = Typed {
            listen: Some("b".into()),
            base_url: Some("c".into()),
            ..Typed::default()
        };
        let both = flags.or(file);
        assert_eq!(
            (both.listen.as_deref(), both.base_url.as_deref()),
            (Some("a"), Some("c"))
        );
    }
}
