//! The policy of a site for its pages' use of other hosts.

/// The hosts that a site lets its pages use. The default allows nothing outside the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The hosts from which pictures are loaded. A picture from any other host is a link to it:
    /// loading it would tell that host who reads which page.
    pub images: Hosts,
    /// The hosts whose pages may be shown in a frame (`iframe` and `widget` macros); others are
    /// links. Never list the site's own host: its pages would run with the reader's rights.
    pub frames: Hosts,
    /// The address of the issue tracker, such as `https://example.atlassian.net`. If it is `None`,
    /// an issue is shown by its key alone.
    pub jira: Option<String>,
}

/// A set of hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hosts {
    /// No host.
    #[default]
    None,
    /// These hosts, in lower case; `.example.com` means `example.com` and every host below it.
    Listed(Vec<String>),
    /// Every host.
    Any,
}

impl Hosts {
    /// Returns whether a host is in the set.
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
