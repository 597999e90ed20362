//! Where a request comes from, and under which address the caller knows us.
//!
//! Forwarded headers count only from a trusted proxy (A49): everybody can send them.

use crate::request::bad_request::BadRequest;
use http::header::HOST;
use http::{HeaderMap, HeaderName, Uri};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr};

/// The peer of the connection, put into each request by the server.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The caller's address and the origin that it called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Who called: the peer, or whom a trusted proxy names.
    pub address: IpAddr,
    /// `http` or `https`.
    pub scheme: &'static str,
    /// Host and port as the caller wrote them.
    pub host: String,
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

impl Client {
    /// The caller of a request that came over a connection from `peer`.
    ///
    /// # Errors
    /// Bad request for a host that can't be one (A62).
    pub fn of(
        peer: IpAddr,
        uri: &Uri,
        headers: &HeaderMap,
        trusted: &[IpNet],
    ) -> Result<Self, BadRequest> {
        let peer = peer.to_canonical();
        let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let own_host = uri
            .authority()
            .map_or_else(|| text(&HOST), |host| Some(host.as_str()));
        if !is_trusted(peer, trusted) {
            let host = checked_host(own_host)?;
            return Ok(Self {
                address: peer,
                scheme: "http",
                host,
            });
        }
        let chain = headers.get_all(FORWARDED_FOR).iter();
        let chain = chain
            .filter_map(|value| value.to_str().ok())
            .flat_map(|v| v.split(','));
        let chain: Vec<&str> = chain.map(str::trim).collect();
        // From the right, the first that isn't a proxy of ours: what stands left
        // of it was written by the caller.
        let mut address = peer;
        for hop in chain.into_iter().rev() {
            let Ok(hop) = hop.parse::<IpAddr>() else {
                break;
            };
            address = hop.to_canonical();
            if !is_trusted(address, trusted) {
                break;
            }
        }
        let scheme = match text(&FORWARDED_PROTO) {
            Some(proto) if proto.trim().eq_ignore_ascii_case("https") => "https",
            _ => "http",
        };
        let host = checked_host(text(&FORWARDED_HOST).or(own_host))?;
        Ok(Self {
            address,
            scheme,
            host,
        })
    }

    /// The origin that was called: `https://wiki.example.org`.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

fn checked_host(host: Option<&str>) -> Result<String, BadRequest> {
    let host = host.unwrap_or("localhost");
    let fits =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']' | b'_');
    if host.is_empty() || host.len() > 255 || !host.bytes().all(fits) {
        return Err(BadRequest::new("the Host header is not a host name"));
    }
    Ok(host.to_owned())
}

/// The address that limits count by: an IPv6 caller has a whole /64 to itself.
pub fn counted(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn client(peer: &str, pairs: &[(&'static str, &'static str)]) -> Client {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let headers = pairs
            .iter()
            .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)))
            .collect();
        Client::of(
            peer.parse().unwrap(),
            &Uri::from_static("/"),
            &headers,
            &trusted,
        )
        .unwrap()
    }

    #[test]
    fn forwarded_headers_count_only_from_a_trusted_proxy() {
        let forged = [
            ("host", "wiki.example.org"),
            ("x-forwarded-for", "1.2.3.4"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "evil.example"),
        ];
        let direct = client("192.0.2.7", &forged);
        assert_eq!(direct.address.to_string(), "192.0.2.7");
        assert_eq!(direct.origin(), "http://wiki.example.org");
        let proxied = client("::ffff:10.0.0.1", &forged);
        assert_eq!(proxied.address.to_string(), "1.2.3.4");
        assert_eq!(proxied.origin(), "https://evil.example");
    }

    #[test]
    fn what_a_caller_wrote_left_of_the_proxys_entry_is_not_believed() {
        let chain = [("x-forwarded-for", "6.6.6.6, 198.51.100.9, 10.0.0.2")];
        assert_eq!(
            client("10.0.0.1", &chain).address.to_string(),
            "198.51.100.9"
        );
    }

    #[test]
    fn a_host_that_is_none_is_refused() {
        let headers = [(HOST, HeaderValue::from_static("a/b@c"))]
            .into_iter()
            .collect();
        let peer = "192.0.2.7".parse().unwrap();
        assert!(Client::of(peer, &Uri::from_static("/"), &headers, &[]).is_err());
    }
}
