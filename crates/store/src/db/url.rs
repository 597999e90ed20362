//! The address of a database, as the settings give it, with libpq's options for encryption.

use super::DbError;
use super::tls::Verification;
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tokio_postgres::config::{Host, SslMode};

/// The address of a database: `sqlite:PATH`, a plain path, or
/// `postgres://user:password@host:port/name?option=value`.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A server of PostgreSQL. Of several hosts, the primary is used.
    Postgres(Box<PostgresUrl>),
}

/// The address of a PostgreSQL server.
#[derive(Clone)]
pub struct PostgresUrl {
    /// The options of the connection.
    pub(super) config: tokio_postgres::Config,
    /// The servers that an encrypted connection trusts.
    pub(super) verification: Verification,
}

impl PostgresUrl {
    /// Parses a URL. The parser's own message may repeat the password, so it isn't shown.
    fn parse(text: &str) -> Result<Self, DbError> {
        let not_understood = || {
            DbError::Unfit(
                "its URL is not understood; write postgres://USER:PASSWORD@HOST:PORT/NAME".into(),
            )
        };
        let (address, query) = text.split_once('?').unwrap_or((text, ""));
        let (mut mode, mut authorities, mut others) = (None, None, Vec::new());
        for option in query.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => {
                    let value = percent_decode_str(value).decode_utf8();
                    authorities = Some(PathBuf::from(&*value.map_err(|_| not_understood())?));
                }
                _ => others.push(option),
            }
        }
        let others = others.join("&");
        let mut config: tokio_postgres::Config = format!("{address}?{others}")
            .parse()
            .map_err(|_| not_understood())?;
        let verification = match mode {
            Some("verify-full") => Verification::Full(authorities.take()),
            _ => Verification::Anybody,
        };
        config.ssl_mode(match mode {
            None | Some("prefer") => SslMode::Prefer,
            Some("disable") => SslMode::Disable,
            Some("require" | "verify-full") => SslMode::Require,
            Some(_) => {
                return Err(DbError::Unfit(
                    "its sslmode is not known; write disable, prefer, require or verify-full"
                        .into(),
                ));
            }
        });
        if authorities.is_some() {
            return Err(DbError::Unfit(
                "sslrootcert counts only with sslmode=verify-full".into(),
            ));
        }
        // A Unix socket is never encrypted, whatever the URL says.
        if config
            .get_hosts()
            .iter()
            .all(|host| matches!(host, Host::Unix(_)))
        {
            config.ssl_mode(SslMode::Disable);
        }
        Ok(Self {
            config,
            verification,
        })
    }

    /// Whether the data between program and server crosses a network.
    pub(super) fn crosses_network(&self) -> bool {
        let here = |name: &str| {
            let address = name.parse::<std::net::IpAddr>();
            name == "localhost" || address.is_ok_and(|address| address.is_loopback())
        };
        let named_elsewhere = self.config.get_hosts().iter().any(|host| match host {
            Host::Tcp(name) => !here(name),
            Host::Unix(_) => false,
        });
        let addresses = self.config.get_hostaddrs();
        named_elsewhere || addresses.iter().any(|address| !address.is_loopback())
    }
}

impl DatabaseUrl {
    /// Returns the address of an SQLite file.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_path_buf())
    }
}

impl FromStr for DatabaseUrl {
    type Err = DbError;

    fn from_str(text: &str) -> Result<Self, DbError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(Box::new(PostgresUrl::parse(text)?)));
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
    /// Writes the address without the password.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let config = &url.config;
                let hosts: Vec<String> = config
                    .get_hosts()
                    .iter()
                    .map(|host| match host {
                        Host::Tcp(name) => name.clone(),
                        Host::Unix(path) => path.display().to_string(),
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
    use super::*;

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

    fn postgres(text: &str) -> PostgresUrl {
        match text.parse().unwrap() {
            DatabaseUrl::Postgres(url) => *url,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn encryption_is_asked_for_in_the_words_of_libpq() {
        for (query, mode, verification) in [
            ("", SslMode::Prefer, Verification::Anybody),
            ("?sslmode=prefer", SslMode::Prefer, Verification::Anybody),
            ("?sslmode=disable", SslMode::Disable, Verification::Anybody),
            ("?sslmode=require", SslMode::Require, Verification::Anybody),
            (
                "?sslmode=verify-full",
                SslMode::Require,
                Verification::Full(None),
            ),
            (
                "?connect_timeout=3&sslrootcert=%2Fetc%2Fmy%20ca.pem&sslmode=verify-full",
                SslMode::Require,
                Verification::Full(Some("/etc/my ca.pem".into())),
            ),
        ] {
            let url = postgres(&format!("postgres://me@db.example.org/site{query}"));
            assert_eq!(url.config.get_ssl_mode(), mode, "{query}");
            assert_eq!(url.verification, verification, "{query}");
        }
        let socket = postgres("postgres://me@/site?host=/run/postgresql&sslmode=require");
        assert_eq!(socket.config.get_ssl_mode(), SslMode::Disable);
        for (query, hint) in [
            ("?sslmode=verify-ca", "verify-full"),
            ("?sslmode=allow", "verify-full"),
            ("?sslmode=require&sslrootcert=ca.pem", "verify-full"),
        ] {
            let error = format!("postgres://me:secret@db/site{query}")
                .parse::<DatabaseUrl>()
                .unwrap_err()
                .to_string();
            assert!(error.contains(hint) && !error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn only_another_machine_is_across_a_network() {
        for (host, crosses) in [
            ("localhost", false),
            ("127.0.0.1", false),
            ("%2Frun%2Fpostgresql", false),
            ("db", true),
            ("10.0.0.7", true),
            ("localhost,db", true),
        ] {
            let url = postgres(&format!("postgres://me@{host}/site"));
            assert_eq!(url.crosses_network(), crosses, "{host}");
        }
        assert!(postgres("postgres://me@localhost/site?hostaddr=10.0.0.7").crosses_network());
    }

    #[test]
    fn another_scheme_is_refused_with_the_two_that_work() {
        for text in ["mysql://host/site", "", "sqlite:"] {
            let error = text.parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(error.contains("sqlite:PATH"), "{error}");
        }
    }
}
