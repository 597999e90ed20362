//! The settings of the server. The program resolves them from flags, environment and file; tests
//! make their own.

use crate::request::rates::RateLimits;
use ipnet::IpNet;
use narthex_site::render::Policy;
use narthex_site::secret::Secret;

/// The most bytes of one uploaded file, unless another limit is configured.
pub const UPLOAD_LIMIT: u64 = 100 * 1024 * 1024;

/// The settings of a served site.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The origin under which callers reach the site, without a trailing slash:
    /// `https://wiki.example.org`. If `None`, the origin that each caller used is taken.
    pub base_url: Option<String>,
    /// The networks whose forwarded headers are trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// The limits on request rates; they are off unless set.
    pub rate_limits: RateLimits,
    /// Which content of other hosts pages may show; the content security policy allows that and no
    /// more.
    pub shown: Policy,
    /// The most bytes of one uploaded file; [`UPLOAD_LIMIT`] if `None`.
    pub upload_limit: Option<u64>,
    /// The secret that first set-up requires while the site has no administrator (A61). If `None`,
    /// there is no set-up page.
    pub set_up: Option<Secret>,
}
