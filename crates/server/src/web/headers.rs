//! The headers that every HTML response has, above all the content security policy.

use crate::web::assets::PREFIX;
use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use narthex_site::render::{Hosts, Policy};
use std::net::IpAddr;

/// The content security policy of the pages.
///
/// Templates hold no inline style, script or event handler, so that none has to be allowed.
///
/// Nothing is loaded from other hosts, not even pictures: that would tell another host who reads
/// what. Styles in attributes are the author's choices, colours and widths that the content engine
/// let through.
pub const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; \
     style-src-attr 'unsafe-inline'; img-src 'self'; script-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// Returns the policy of a site whose pages may show pictures and frames of other hosts: of these,
/// over `https`, and no others.
#[must_use]
pub fn content_policy(shown: &Policy) -> String {
    let mut policy = CONTENT_POLICY.to_owned();
    let images = sources(&shown.images);
    if !images.is_empty() {
        policy = policy.replace("img-src 'self'", &format!("img-src 'self'{images}"));
    }
    let frames = sources(&shown.frames);
    if !frames.is_empty() {
        policy.push_str("; frame-src");
        policy.push_str(&frames);
    }
    policy
}

/// The content security policies of a site. Pages set [`CONTENT_POLICY`]; callers who reach the
/// site under its configured address, or under any address where none is configured, get a narrower
/// one.
#[derive(Debug)]
pub(crate) struct Policies {
    /// The policy for the hosts whose content this site lets its pages show.
    policy: String,
    /// The host of the site's configured address; `None` if no address is configured.
    host: Option<String>,
}

impl Policies {
    /// Makes the policies of a site with these hosts to show and this address.
    pub(crate) fn new(shown: &Policy, base_url: Option<&str>) -> Self {
        let host = base_url.and_then(|url| url.split_once("://"));
        let host = host.and_then(|(_, rest)| rest.split('/').next());
        Self {
            policy: content_policy(shown),
            host: host.map(str::to_owned),
        }
    }

    /// Replaces [`CONTENT_POLICY`] by the policy for callers of a host.
    ///
    /// Scripts and styles come from the program's own files alone. `'self'` can't express that: it
    /// lets pages take them from uploads too, which have the same origin (A52, A53).
    pub(crate) fn apply(&self, headers: &mut HeaderMap, host: &str) {
        let Some(said) = headers.get_mut(CONTENT_SECURITY_POLICY) else {
            return;
        };
        if said != CONTENT_POLICY {
            return;
        }
        // Where the site knows its address, no response names another one (A62): callers who reach
        // it by another host keep `'self'`.
        let is_known = self.host.as_deref().is_none_or(|own| own == host);
        let sources = is_known.then(|| files(host)).flatten();
        let policy = match sources {
            Some(sources) => self
                .policy
                .replace("style-src 'self'", &format!("style-src{sources}"))
                .replace("script-src 'self'", &format!("script-src{sources}")),
            None => self.policy.clone(),
        };
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            *said = policy;
        }
    }
}

/// Returns the program's own files on a host as a source of a content security policy, with a space
/// before it. Returns `None` for a host that a policy can't name: an address in numbers, which
/// browsers needn't match, and a name with characters that the policy's grammar doesn't have.
fn files(host: &str) -> Option<String> {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let in_numbers = name.parse::<IpAddr>().is_ok() && name != "127.0.0.1";
    let can_be_named = !name.is_empty() && name.chars().all(fits) && !in_numbers;
    can_be_named.then(|| format!(" {host}{PREFIX}"))
}

/// Returns hosts as sources of a content security policy, each with a space before it.
fn sources(hosts: &Hosts) -> String {
    match hosts {
        Hosts::None => String::new(),
        Hosts::Any => " https:".to_owned(),
        Hosts::Listed(hosts) => hosts
            .iter()
            .map(|host| match host.strip_prefix('.') {
                Some(domain) => format!(" https://{domain} https://*.{domain}"),
                None => format!(" https://{host}"),
            })
            .collect(),
    }
}

/// Adds the headers that every HTML response has.
///
/// `Cache-Control` isn't among them: whether a response may be cached depends on its caller.
pub fn describe_html(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &'static str); 5] = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Addresses of pages hold titles, so other sites must not learn where a reader came from.
        (REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(base_url: Option<&str>, host: &str) -> String {
        let mut headers = HeaderMap::new();
        describe_html(&mut headers);
        Policies::new(&Policy::default(), base_url).apply(&mut headers, host);
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        policy.to_owned()
    }

    #[test]
    fn scripts_and_styles_come_from_the_programs_own_files_alone() {
        let policy = told(None, "localhost:8080");
        assert!(
            policy.contains("style-src localhost:8080/assets/; "),
            "{policy}"
        );
        assert!(
            policy.contains("script-src localhost:8080/assets/; "),
            "{policy}"
        );
        assert!(policy.contains("img-src 'self'; "), "{policy}");
        let policy = told(Some("https://wiki.example.org"), "wiki.example.org");
        assert!(
            policy.contains("script-src wiki.example.org/assets/; "),
            "{policy}"
        );
    }

    #[test]
    fn a_host_that_is_not_the_configured_one_gets_into_no_policy() {
        let policy = told(Some("https://wiki.example.org"), "evil.example");
        assert_eq!(policy, CONTENT_POLICY);
    }

    #[test]
    fn a_host_that_a_policy_can_not_name_is_the_origin() {
        for host in ["[::1]:8080", "192.0.2.1", "under_score.example", ""] {
            assert_eq!(told(None, host), CONTENT_POLICY, "{host}");
        }
    }

    #[test]
    fn what_may_be_loaded_from_elsewhere_is_what_the_site_lists() {
        assert_eq!(content_policy(&Policy::default()), CONTENT_POLICY);
        let policy = content_policy(&Policy {
            images: Hosts::Listed(vec!["pictures.example".into()]),
            frames: Hosts::Listed(vec![".video.example".into()]),
            jira: None,
        });
        assert!(policy.contains("img-src 'self' https://pictures.example;"));
        assert!(policy.ends_with("; frame-src https://video.example https://*.video.example"));
    }
}
