//! How a site is served.

use crate::request::rates::RateLimits;
use ipnet::IpNet;
use narthex_site::render::Policy;
use narthex_site::secret::Secret;

/// How a site is served.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The origin under which callers reach the site, without a slash at its end:
    /// `https://wiki.example.org`. None: whatever each caller writes.
    pub base_url: Option<String>,
    /// The networks whose forwarded headers count.
    pub trusted_proxies: Vec<IpNet>,
    /// Request rates; off unless set.
    pub rate_limits: RateLimits,
    /// What pages show of other hosts: the content policy allows that and no more.
    pub shown: Policy,
    /// What first set-up asks for, while the site has no administrator (A61).
    /// None: there is no set-up page.
    pub set_up: Option<Secret>,
}
