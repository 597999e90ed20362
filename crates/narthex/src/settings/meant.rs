//! The resolved settings: the texts of [`Typed`], parsed and checked, with the defaults for those
//! that are unset. What each setting means, and its errors, is decided here.

use super::{SettingsError, Typed};
use ipnet::IpNet;
use narthex_site::render::{Hosts, Policy};
use narthex_store::DatabaseUrl;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

/// The default address on which `serve` and `demo` listen.
pub(crate) const LISTEN: &str = "127.0.0.1:8090";

/// All settings, resolved.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) site: SiteSettings,
    pub(crate) server: ServerSettings,
}

/// The settings that say which site is meant.
#[derive(Debug, Clone)]
pub(crate) struct SiteSettings {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// The database; SQLite in the data folder unless another is named.
    pub(crate) database: DatabaseUrl,
}

impl SiteSettings {
    /// Returns the settings of the site in a data folder, with its own database.
    pub(crate) fn in_folder(data: PathBuf) -> Self {
        let database = DatabaseUrl::sqlite(data.join("site.db"));
        Self { data, database }
    }

    /// Returns the folder of the search index.
    pub(crate) fn index(&self) -> PathBuf {
        self.data.join("index")
    }

    /// Returns the folder of the files that were attached.
    pub(crate) fn blobs(&self) -> PathBuf {
        self.data.join("blobs")
    }
}

/// The settings of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerSettings {
    /// The address that it listens on.
    pub(crate) listen: SocketAddr,
    /// The origin under which people reach it: scheme and host, without a trailing slash.
    pub(crate) base_url: Option<String>,
    /// The address of the metrics; `None` serves no metrics.
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// The networks whose forwarded headers are trusted.
    pub(crate) trusted_proxy: Vec<IpNet>,
    /// The settings of the log.
    pub(crate) log: LogSettings,
    /// The limits on the rate of requests.
    pub(crate) rate_limits: RateLimits,
    /// Which content of other hosts pages may show.
    pub(crate) shown: Policy,
    /// The most bytes of one uploaded file; `None` for the default.
    pub(crate) upload_limit: Option<u64>,
    /// The number of threads that answer requests; `None` for one per core.
    pub(crate) workers: Option<NonZeroUsize>,
}

/// The allowed requests per minute; `None` means no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RateLimits {
    /// The requests of one account.
    pub(crate) account: Option<NonZeroU32>,
    /// The requests of one address that carry a credential.
    pub(crate) address: Option<NonZeroU32>,
    /// The requests of one address without a credential.
    pub(crate) anonymous: Option<NonZeroU32>,
}

/// The level and the format of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogSettings {
    pub(crate) format: LogFormat,
    pub(crate) level: tracing::Level,
}

/// The format of a line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// Text for people.
    Text,
    /// One JSON object per line.
    Json,
}

impl Settings {
    /// Resolves the settings that were given.
    pub(crate) fn meant(typed: Typed) -> Result<Self, SettingsError> {
        let server = ServerSettings::meant(&typed)?;
        let data = typed.data.ok_or(SettingsError::NoSite)?;
        let site = match typed.database {
            None => SiteSettings::in_folder(data),
            // Neither the value nor the parser's message may show a password.
            Some(database) => SiteSettings {
                data,
                database: database.parse().map_err(|error: narthex_store::DbError| {
                    wrong("database", "(hidden)", error.to_string())
                })?,
            },
        };
        Ok(Self { site, server })
    }
}

impl ServerSettings {
    fn meant(typed: &Typed) -> Result<Self, SettingsError> {
        Ok(Self {
            listen: address("listen", typed.listen.as_deref().unwrap_or(LISTEN))?,
            base_url: typed.base_url.as_deref().map(base_url).transpose()?,
            metrics_listen: typed
                .metrics_listen
                .as_deref()
                .map(|text| address("metrics_listen", text))
                .transpose()?,
            trusted_proxy: networks(typed.trusted_proxy.as_deref().unwrap_or_default())?,
            log: LogSettings {
                format: format(typed.log_format.as_deref())?,
                level: level(typed.log_level.as_deref())?,
            },
            rate_limits: rate_limits(typed.rate_limit.as_deref().unwrap_or_default())?,
            shown: Policy {
                images: hosts(
                    "image_host",
                    typed.image_host.as_deref(),
                    base_url_host(typed),
                )?,
                frames: hosts(
                    "frame_host",
                    typed.frame_host.as_deref(),
                    base_url_host(typed),
                )?,
                jira: typed.jira_url.as_deref().map(jira_url).transpose()?,
            },
            upload_limit: typed.upload_limit.as_deref().map(size).transpose()?,
            workers: typed.workers.as_deref().map(workers).transpose()?,
        })
    }

    /// Returns the settings of a demo: an address, and the defaults for everything else.
    pub(crate) fn on(listen: &str) -> Result<Self, SettingsError> {
        Self::meant(&Typed {
            listen: Some(listen.into()),
            log_level: Some("warn".into()),
            ..Typed::default()
        })
    }

    /// Returns the origin for links that are shown: the one under which people reach the site, or
    /// else the address where it listens on this machine.
    pub(crate) fn origin(&self) -> String {
        self.base_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", reached_at(self.listen)))
    }

    /// Returns whether passwords and tokens would cross a network unencrypted: the server listens
    /// on more than this machine, and nothing says that a proxy with TLS is in front of it.
    pub(crate) fn is_in_the_clear(&self) -> bool {
        let https = self
            .base_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"));
        let behind_tls = https && !self.trusted_proxy.is_empty();
        !self.listen.ip().to_canonical().is_loopback() && !behind_tls
    }
}

/// Returns the address by which this machine reaches a listener on `listen`.
pub(crate) fn reached_at(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn wrong(setting: &'static str, value: &str, problem: impl Into<String>) -> SettingsError {
    SettingsError::Value {
        setting,
        value: value.into(),
        problem: problem.into(),
    }
}

fn address(setting: &'static str, text: &str) -> Result<SocketAddr, SettingsError> {
    text.to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next())
        .ok_or_else(|| {
            wrong(
                setting,
                text,
                "is not an address; write HOST:PORT, for example 127.0.0.1:8090",
            )
        })
}

fn base_url(text: &str) -> Result<String, SettingsError> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"))
        .unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(fits) {
        return Err(wrong(
            "base_url",
            text,
            "is not the address of a host; write https://wiki.example.org, without a path: \
             /wiki is part of what clients expect",
        ));
    }
    Ok(origin.to_owned())
}

/// Returns the host under which people reach the site. It must not be shown in frames: the site's
/// own pages in a frame would run as the reader.
fn base_url_host(typed: &Typed) -> Option<&str> {
    let (_, host) = typed.base_url.as_deref()?.split_once("://")?;
    host.split([':', '/']).next()
}

fn hosts(
    setting: &'static str,
    texts: Option<&[String]>,
    own: Option<&str>,
) -> Result<Hosts, SettingsError> {
    let mut listed = Vec::new();
    for text in texts.unwrap_or_default() {
        let host = text.trim().to_ascii_lowercase();
        if host == "*" && setting == "image_host" {
            return Ok(Hosts::Any);
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let name = host.strip_prefix('.').unwrap_or(&host);
        if name.is_empty() || name.starts_with('.') || !name.chars().all(fits) {
            return Err(wrong(
                setting,
                text,
                "is not the name of a host; write for example video.example.org, without https://",
            ));
        }
        let one = Hosts::Listed(vec![host.clone()]);
        if setting == "frame_host" && own.is_some_and(|own| one.allow(own)) {
            return Err(wrong(
                setting,
                text,
                "is the site's own host, whose pages would run with the reader's session in the frame; leave it out",
            ));
        }
        listed.push(host);
    }
    Ok(match listed.is_empty() {
        true => Hosts::None,
        false => Hosts::Listed(listed),
    })
}

fn jira_url(text: &str) -> Result<String, SettingsError> {
    let address = text.trim_end_matches('/');
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or_default();
    let fits = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '?' | '#');
    if host.is_empty() || !host.chars().all(fits) {
        return Err(wrong(
            "jira_url",
            text,
            "is not an address; write for example https://example.atlassian.net",
        ));
    }
    Ok(address.to_owned())
}

fn networks(texts: &[String]) -> Result<Vec<IpNet>, SettingsError> {
    let network = |text: &String| {
        let text = text.trim();
        text.parse()
            .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
            .map_err(|_| {
                wrong(
                    "trusted_proxy",
                    text,
                    "is neither a network nor an IP address; write for example 10.0.0.0/8",
                )
            })
    };
    texts.iter().map(network).collect()
}

fn format(text: Option<&str>) -> Result<LogFormat, SettingsError> {
    match text {
        None | Some("text") => Ok(LogFormat::Text),
        Some("json") => Ok(LogFormat::Json),
        Some(other) => Err(wrong(
            "log_format",
            other,
            "is not known; write text or json",
        )),
    }
}

fn level(text: Option<&str>) -> Result<tracing::Level, SettingsError> {
    let text = text.unwrap_or("info");
    text.parse().map_err(|_| {
        wrong(
            "log_level",
            text,
            "is not known; write error, warn, info, debug or trace",
        )
    })
}

fn rate_limits(texts: &[String]) -> Result<RateLimits, SettingsError> {
    let mut limits = RateLimits::default();
    for text in texts {
        let understood = text.split_once('=').and_then(|(who, number)| {
            let number = number.trim().parse().ok()?;
            match who.trim() {
                "account" => limits.account = Some(number),
                "address" => limits.address = Some(number),
                "anonymous" => limits.anonymous = Some(number),
                _ => return None,
            }
            Some(())
        });
        understood.ok_or_else(|| {
            wrong(
                "rate_limit",
                text,
                "is not a rate limit; write account=N, address=N or anonymous=N, where N is the requests a minute",
            )
        })?;
    }
    Ok(limits)
}

/// Parses a number of bytes: `500MB`, `2 GB`, `1048576`.
fn size(text: &str) -> Result<u64, SettingsError> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit: Option<u64> = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "kb" => Some(1 << 10),
        "mb" => Some(1 << 20),
        "gb" => Some(1 << 30),
        _ => None,
    };
    let number: Option<u64> = number.parse().ok();
    number
        .zip(unit)
        .and_then(|(number, unit)| number.checked_mul(unit))
        .filter(|size| *size > 0)
        .ok_or_else(|| {
            wrong(
                "upload_limit",
                text,
                "is not a size; write a number of bytes, or for example 500MB or 2GB",
            )
        })
}

fn workers(text: &str) -> Result<NonZeroUsize, SettingsError> {
    text.parse()
        .ok()
        .filter(|number: &NonZeroUsize| number.get() <= 1024)
        .ok_or_else(|| wrong("workers", text, "is not a number of threads from 1 to 1024"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(typed: Typed) -> Result<ServerSettings, SettingsError> {
        ServerSettings::meant(&typed)
    }

    #[test]
    fn the_defaults_are_closed_and_local() {
        let defaults = server(Typed::default()).unwrap();
        assert_eq!(defaults.listen.to_string(), LISTEN);
        assert_eq!(defaults.metrics_listen, None);
        assert_eq!(defaults.shown, Policy::default());
        assert!(defaults.trusted_proxy.is_empty());
        assert_eq!(defaults.rate_limits, RateLimits::default());
        assert!(!defaults.is_in_the_clear());
    }

    #[test]
    fn a_value_that_is_not_understood_is_named_with_what_would_be() {
        let cases = [
            (
                Typed {
                    listen: Some("8090".into()),
                    ..Typed::default()
                },
                "HOST:PORT",
            ),
            (
                Typed {
                    base_url: Some("wiki.example.org".into()),
                    ..Typed::default()
                },
                "https://",
            ),
            (
                Typed {
                    base_url: Some("https://a/wiki".into()),
                    ..Typed::default()
                },
                "without a path",
            ),
            (
                Typed {
                    trusted_proxy: Some(vec!["proxy".into()]),
                    ..Typed::default()
                },
                "10.0.0.0/8",
            ),
            (
                Typed {
                    log_format: Some("xml".into()),
                    ..Typed::default()
                },
                "text or json",
            ),
            (
                Typed {
                    log_level: Some("loud".into()),
                    ..Typed::default()
                },
                "debug",
            ),
            (
                Typed {
                    rate_limit: Some(vec!["address=0".into()]),
                    ..Typed::default()
                },
                "address=N",
            ),
            (
                Typed {
                    upload_limit: Some("100 pages".into()),
                    ..Typed::default()
                },
                "500MB",
            ),
            (
                Typed {
                    workers: Some("0".into()),
                    ..Typed::default()
                },
                "from 1",
            ),
        ];
        for (typed, hint) in cases {
            let error = server(typed).unwrap_err().to_string();
            assert!(error.contains(hint), "{error}");
        }
    }

    #[test]
    fn a_size_is_a_number_of_bytes_or_has_a_unit() {
        let sizes = ["1048576", "1MB", "1 mb", "1024KB"].map(|text| size(text).unwrap());
        assert_eq!(sizes, [1 << 20; 4]);
        assert_eq!(size("2GB").unwrap(), 2 << 30);
        for text in ["", "0", "MB", "1TBB", "-1", "99999999999GB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn tokens_are_in_the_clear_on_a_network_without_https_and_a_proxy() {
        let on = |listen: &str, base: Option<&str>, proxy: Option<&str>| {
            let typed = Typed {
                listen: Some(listen.into()),
                base_url: base.map(Into::into),
                trusted_proxy: proxy.map(|one| vec![one.into()]),
                ..Typed::default()
            };
            server(typed).unwrap().is_in_the_clear()
        };
        assert!(!on("127.0.0.1:1", None, None));
        assert!(!on("[::1]:1", None, None));
        assert!(on("0.0.0.0:1", None, None));
        assert!(on(
            "0.0.0.0:1",
            Some("http://wiki.example.org"),
            Some("10.0.0.1")
        ));
        assert!(on("0.0.0.0:1", Some("https://wiki.example.org"), None));
        assert!(!on(
            "0.0.0.0:1",
            Some("https://wiki.example.org"),
            Some("10.0.0.1")
        ));
    }

    #[test]
    fn a_password_in_a_database_that_is_not_understood_is_never_shown() {
        let typed = Typed {
            data: Some("x".into()),
            database: Some("mysql://me:canary@host/x".into()),
            ..Typed::default()
        };
        let error = Settings::meant(typed).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}
