//! How a site is served.

use crate::request::rates::RateLimits;
use ipnet::IpNet;
use narthex_site::render::Policy;
use narthex_site::secret::Secret;

/// The most bytes of one uploaded file unless another number is configured.
pub const UPLOAD_LIMIT: u64 = 100 * 1024 * 1024;

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
    /// The most bytes of one uploaded file; none: [`UPLOAD_LIMIT`].
    pub upload_limit: Option<u64>,
    /// What first set-up asks for, while the site has no administrator (A61).
    /// None: there is no set-up page.
    pub set_up: Option<Secret>,
}
