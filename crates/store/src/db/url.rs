//! Where the database is.

use super::DbError;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The address of a database: `sqlite:PATH`, a plain path, or `postgres://user:password@host:port/name?option=value`.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A server of PostgreSQL; several hosts may be named, the primary is used.
    Postgres(Box<tokio_postgres::Config>),
}

impl DatabaseUrl {
    /// An SQLite file.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_path_buf())
    }
}

impl FromStr for DatabaseUrl {
    type Err = DbError;

    fn from_str(text: &str) -> Result<Self, DbError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            // The parser's own message may repeat the password.
            let config: tokio_postgres::Config = text.parse().map_err(|_| {
                DbError::Unfit(
                    "its URL is not understood; write postgres://USER:PASSWORD@HOST:PORT/NAME"
                        .into(),
                )
            })?;
            return Ok(Self::Postgres(Box::new(config)));
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || (path == text && text.contains("://")) {
            return Err(DbError::Unfit(
                "its URL is neither sqlite:PATH nor postgres://USER:PASSWORD@HOST:PORT/NAME".into(),
            ));
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

impl std::fmt::Display for DatabaseUrl {
    /// The address without the password.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "sqlite:{}", path.display()),
            Self::Postgres(config) => {
                let hosts: Vec<String> = config
                    .get_hosts()
                    .iter()
                    .map(|host| match host {
                        tokio_postgres::config::Host::Tcp(name) => name.clone(),
                        tokio_postgres::config::Host::Unix(path) => path.display().to_string(),
                    })
                    .collect();
                write!(
                    out,
                    "postgres://{}@{}/{}",
                    config.get_user().unwrap_or_default(),
                    hosts.join(","),
                    config.get_dbname().unwrap_or_default()
                )
            }
        }
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseUrl;

    #[test]
    fn a_path_is_sqlite_with_and_without_its_scheme() {
        for text in [
            "sqlite:/srv/site.db",
            "sqlite:///srv/site.db",
            "/srv/site.db",
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!(url.to_string(), "sqlite:/srv/site.db");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://me:secret@host/site".parse().unwrap();
        assert_eq!(
            format!("{url} {url:?}"),
            "postgres://me@host/site postgres://me@host/site"
        );
        let error = "postgres://me:secret@host:port/site"
            .parse::<DatabaseUrl>()
            .unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }

    #[test]
    fn another_scheme_is_refused_with_the_two_that_work() {
        for text in ["mysql://host/site", "", "sqlite:"] {
            let error = text.parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(error.contains("sqlite:PATH"), "{error}");
        }
    }
}
