//! Reads the credential of a request: Basic, Bearer or the session cookie. It only takes the secret
//! out of the headers and hashes it; whether the credential is valid is decided by the view.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};
use narthex_access::{Credential, Refused};
use narthex_site::secret::hash;
use std::sync::Arc;

/// The way in which the credential was sent. It decides whether another site could have made the
/// browser send it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// The request has no credential.
    None,
    /// The `Authorization` header: no browser adds it by itself.
    Authorization,
    /// The session cookie: a browser adds it to whatever it sends here.
    Cookie,
}

/// Returns the name of the session cookie. Over HTTPS its prefix makes browsers restrict it to this
/// host and to HTTPS.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-narthex_session"
    } else {
        "narthex_session"
    }
}

/// Returns the `Set-Cookie` value that gives a session to a browser for so many seconds.
pub fn session_cookie(secret: &str, secure: bool, seconds: u64) -> String {
    let name = cookie_name(secure);
    let and_secure = if secure { "; Secure" } else { "" };
    format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{and_secure}")
}

/// Returns the `Set-Cookie` value that deletes the session cookie.
pub fn cleared_cookie(secure: bool) -> String {
    session_cookie("", secure, 0)
}

/// Reads the credential of a request; the `Authorization` header wins over a cookie.
///
/// # Errors
/// Returns [`Refused`] if the header is present and can't be a credential.
pub fn credential(headers: &HeaderMap, secure: bool) -> Result<(Credential, Carrier), Refused> {
    if let Some(value) = headers.get(AUTHORIZATION) {
        let value = value.to_str().map_err(|_| Refused)?;
        return Ok((authorization(value)?, Carrier::Authorization));
    }
    match cookie(headers, cookie_name(secure)) {
        Some(secret) => Ok((Credential::Session { hash: hash(secret) }, Carrier::Cookie)),
        None => Ok((Credential::Nobody, Carrier::None)),
    }
}

fn authorization(value: &str) -> Result<Credential, Refused> {
    let (scheme, rest) = value.split_once(' ').ok_or(Refused)?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") && !rest.is_empty() {
        return Ok(Credential::Token {
            email: None,
            hash: hash(rest),
        });
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(Refused);
    }
    let decoded = STANDARD.decode(rest).map_err(|_| Refused)?;
    let text = String::from_utf8(decoded).map_err(|_| Refused)?;
    let (email, token) = text.split_once(':').ok_or(Refused)?;
    Ok(Credential::Token {
        email: Some(Arc::from(email)),
        hash: hash(token),
    })
}

/// Returns the value of a cookie: the first of several, as browsers send the most specific one
/// first. An empty value counts as missing.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(pairs: &[(http::HeaderName, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, v)| (name.clone(), HeaderValue::from_static(v)))
            .collect()
    }

    #[test]
    fn basic_and_bearer_carry_the_same_token() {
        // The header holds `me@example.org:secret`.
        let basic = headers(&[(AUTHORIZATION, "Basic bWVAZXhhbXBsZS5vcmc6c2VjcmV0")]);
        let bearer = headers(&[(AUTHORIZATION, "bearer secret")]);
        let hash_of = |headers: &HeaderMap| match credential(headers, false).unwrap() {
            (Credential::Token { hash, .. }, Carrier::Authorization) => hash,
            other => panic!("{other:?}"),
        };
        assert_eq!(hash_of(&basic), hash_of(&bearer));
    }

    #[test]
    fn a_header_that_is_there_and_no_credential_is_refused_never_nobody() {
        for value in [
            "",
            "Basic",
            "Basic !!!",
            "Basic YQ==",
            "Digest x",
            "Bearer ",
            "x",
        ] {
            let map = headers(&[(AUTHORIZATION, value), (COOKIE, "narthex_session=s")]);
            assert_eq!(credential(&map, false), Err(Refused), "{value}");
        }
    }

    #[test]
    fn the_header_wins_over_the_cookie_and_the_cookie_has_its_own_name_over_https() {
        let both = headers(&[(AUTHORIZATION, "Bearer t"), (COOKIE, "narthex_session=s")]);
        assert_eq!(credential(&both, false).unwrap().1, Carrier::Authorization);
        let cookie = headers(&[(COOKIE, "a=b; narthex_session=s")]);
        assert_eq!(credential(&cookie, false).unwrap().1, Carrier::Cookie);
        assert_eq!(credential(&cookie, true).unwrap().1, Carrier::None);
        assert!(session_cookie("s", true, 60).ends_with("; Max-Age=60; Secure"));
    }
}
