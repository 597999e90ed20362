//! What a site allows its pages to do beyond showing themselves.

/// What a site allows its pages to do. The default allows nothing that leaves the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Hosts from which pictures are loaded. A picture from any other host is a link to it: loading it would tell
    /// that host who reads what.
    pub images: Hosts,
    /// Hosts whose pages may be shown in a frame (`iframe` and `widget` macros); any other is a link. Never list the
    /// site's own host: its pages would run as the reader.
    pub frames: Hosts,
    /// Where issues live, such as `https://example.atlassian.net`; without it an issue is shown by its key alone.
    pub jira: Option<String>,
}

/// A set of hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hosts {
    /// No host.
    #[default]
    None,
    /// These hosts, in lower case; `.example.com` stands for `example.com` and every host below it.
    Listed(Vec<String>),
    /// Every host.
    Any,
}

impl Hosts {
    /// Whether a host is in the set.
    #[must_use]
    pub fn allow(&self, host: &str) -> bool {
        match self {
            Self::None => false,
            Self::Any => true,
            Self::Listed(hosts) => {
                let host = host.to_ascii_lowercase();
                hosts.iter().any(|listed| match listed.strip_prefix('.') {
                    Some(domain) => host
                        .strip_suffix(domain)
                        .is_some_and(|below| below.is_empty() || below.ends_with('.')),
                    None => *listed == host,
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_covers_itself_and_what_is_below_but_not_what_merely_ends_like_it() {
        let hosts = Hosts::Listed(vec![".example.com".into(), "video.test".into()]);
        assert!(
            hosts.allow("example.com") && hosts.allow("A.Example.com") && hosts.allow("video.test")
        );
        assert!(
            !hosts.allow("notexample.com")
                && !hosts.allow("a.video.test")
                && !hosts.allow("example.com.evil")
        );
    }
}
