//! What every HTML answer says to the browser besides its body.

use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use narthex_site::render::{Hosts, Policy};

/// The content security policy of the pages.
///
/// Templates hold no inline style, script or event handler, so that none has to be allowed.
///
/// Nothing is loaded from elsewhere, pictures neither: that would tell another host who
/// reads what. Styles in attributes are what authors chose, colours and widths that
/// the content engine let through.
pub const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; \
     style-src-attr 'unsafe-inline'; img-src 'self'; script-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// The policy of a site whose pages may show pictures and frames of other hosts: of
/// these, over `https`, and no others.
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

/// [`content_policy`] as a header; none where it is the one of every site.
pub(crate) fn widened(shown: &Policy) -> Option<HeaderValue> {
    let policy = content_policy(shown);
    let header = HeaderValue::from_str(&policy).ok()?;
    (policy != CONTENT_POLICY).then_some(header)
}

/// Hosts as a content policy writes them, each with a space before it.
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

/// Adds the headers that every HTML answer has.
///
/// `Cache-Control` isn't among them: whether an answer may be kept depends on who asked.
pub fn describe_html(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &'static str); 5] = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Addresses of pages hold titles: other sites aren't told where a reader came from.
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
