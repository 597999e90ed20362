//! Decides whether a request that a browser sent comes from a page of this site (A51).

use http::header::ORIGIN;
use http::{HeaderMap, HeaderName, Method};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Returns whether a method changes something: such requests with a cookie need [`same_origin`].
pub fn changes_state(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Returns whether the headers prove that a page of `origin` sent the request. Browsers write
/// `Sec-Fetch-Site` and `Origin` themselves and let no page forge them.
pub fn same_origin(headers: &HeaderMap, origin: &str) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return site == "same-origin";
    }
    headers.get(ORIGIN).is_some_and(|sent| sent == origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn only_a_proof_of_the_same_origin_counts() {
        let of = |pairs: &[(HeaderName, &'static str)]| {
            let map: HeaderMap = pairs
                .iter()
                .map(|(n, v)| (n.clone(), HeaderValue::from_static(v)))
                .collect();
            same_origin(&map, "https://wiki.example.org")
        };
        assert!(of(&[(FETCH_SITE, "same-origin")]));
        assert!(of(&[(ORIGIN, "https://wiki.example.org")]));
        assert!(!of(&[]));
        assert!(!of(&[(ORIGIN, "null")]));
        assert!(!of(&[(ORIGIN, "https://wiki.example.org.evil.example")]));
        assert!(!of(&[
            (FETCH_SITE, "same-site"),
            (ORIGIN, "https://wiki.example.org")
        ]));
        assert!(!of(&[(FETCH_SITE, "none")]));
    }
}
