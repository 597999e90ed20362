//! The address that a request comes from, and the origin that it was sent to.
//!
//! Forwarded headers count only from a trusted proxy (A49), because everybody can send them.

use crate::request::bad_request::BadRequest;
use http::header::HOST;
use http::{HeaderMap, HeaderName, Uri};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The address of the connection's peer; the server puts it into each request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The caller's address and the origin that it called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The caller's address: that of the peer, or the one that a trusted proxy names.
    pub address: IpAddr,
    /// The scheme, `http` or `https`.
    pub scheme: &'static str,
    /// Host and port as the caller wrote them.
    pub host: String,
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

impl Client {
    /// Determines the caller of a request that came over a connection from `peer`.
    ///
    /// # Errors
    /// Returns a bad request if the host isn't a valid one (A62).
    pub fn of(
        peer: IpAddr,
        uri: &Uri,
        headers: &HeaderMap,
        trusted: &[IpNet],
    ) -> Result<Self, BadRequest> {
        let peer = peer.to_canonical();
        if headers.get_all(HOST).iter().nth(1).is_some() {
            return Err(BadRequest::new(
                "there are several Host headers; send one of them",
            ));
        }
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
        // Take the first address from the right that isn't a trusted proxy: everything left of it
        // was written by the caller.
        let mut address = peer;
        for hop in chain.into_iter().rev() {
            // Left of a hop without an address stands whatever an unknown sender wrote.
            let Some(hop) = hop_address(hop) else {
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

    /// Returns the origin that was called: `https://wiki.example.org`.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }
}

/// Parses the address that a proxy wrote, with a port or without: `192.0.2.1`, `192.0.2.1:80`,
/// `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`. Returns `None` for `unknown` and the like.
fn hop_address(hop: &str) -> Option<IpAddr> {
    if let Ok(address) = hop.parse() {
        return Some(address);
    }
    if let Ok(with_port) = hop.parse::<SocketAddr>() {
        return Some(with_port.ip());
    }
    let bare = hop.strip_prefix('[')?.strip_suffix(']')?;
    bare.parse().ok().map(IpAddr::V6)
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

/// Returns the address that limits count by: an IPv6 caller has a whole /64 to itself.
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
    fn a_hop_with_a_port_is_read_and_nobody_is_believed_left_of_one_that_is_unknown() {
        for (chain, address) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::9]:4711", "2001:db8::9"),
            ("[2001:db8::9]", "2001:db8::9"),
            ("2001:db8::9", "2001:db8::9"),
            ("203.0.113.9:4711, 10.0.0.2:80", "203.0.113.9"),
            ("unknown, 203.0.113.9", "203.0.113.9"),
            ("203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"),
            ("unknown", "10.0.0.1"),
            ("203.0.113.9:x", "10.0.0.1"),
            ("", "10.0.0.1"),
        ] {
            let of = client("10.0.0.1", &[("x-forwarded-for", chain)]).address;
            assert_eq!(of.to_string(), address, "{chain}");
        }
    }

    #[test]
    fn a_host_that_is_none_and_several_hosts_are_refused() {
        for hosts in [
            vec!["a/b@c"],
            vec!["a.example", "b.example"],
            vec!["a", "a"],
        ] {
            let mut headers = HeaderMap::new();
            for host in &hosts {
                headers.append(HOST, HeaderValue::from_static(host));
            }
            let peer = "192.0.2.7".parse().unwrap();
            let of = Client::of(peer, &Uri::from_static("/"), &headers, &[]);
            assert!(of.is_err(), "{hosts:?}");
        }
    }
}
