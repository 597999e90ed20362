//! Carries a secret from the form that makes it to the page that shows it once.
//!
//! The form responds with a redirect, so that loading the page again makes no second secret. The
//! secret travels in a cookie that the page deletes when it shows it. It is encrypted with a key
//! that is derived from the session's own secret, which only the browser has: what the database
//! stores of a session doesn't open it. The thing it belongs to is sealed with it, so that no other
//! page shows it. Nothing of it is stored on the server.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::credential::{self, cookie};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::header::SET_COOKIE;
use narthex_access::{AccountId, TokenId};
use narthex_site::secret::Secret;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use std::fmt;

/// How long a browser keeps a secret that no page has shown, in seconds.
const MAX_AGE: u32 = 60;

/// The purpose of the key, which separates it from every other key derived from a session.
const PURPOSE: &[u8] = b"narthex: a secret that is shown once";

/// The thing that a secret belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// The secret is that of an API token.
    Token(TokenId),
    /// The secret is in the one-time link of an account.
    LinkOf(AccountId),
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(id) => write!(f, "token {id}"),
            Self::LinkOf(id) => write!(f, "link of {id}"),
        }
    }
}

/// Returns the secret of the session that a request came with; `None` without a cookie.
pub(crate) fn session_of(call: &Call) -> Option<&str> {
    cookie(&call.headers, credential::cookie_name(call.is_secure()))
}

/// Puts a secret into a cookie, for the page that a session requests next.
///
/// # Errors
/// Returns `Failure::Fault` if nothing can be encrypted.
pub(crate) fn hand_over(
    call: &Call,
    response: &mut Response,
    session: &str,
    of: Of,
    secret: &Secret,
) -> Result<(), Failure> {
    let nonce = call.app.site.entropy().bytes::<NONCE_LEN>();
    let sealed = seal(session, of, secret.reveal(), nonce).ok_or(Failure::Fault)?;
    put(response, &sealed, call.is_secure(), MAX_AGE)
}

/// Returns the secret that a request came with, if it belongs to this thing and to the request's
/// session.
pub(crate) fn arrived(call: &Call, of: Of) -> Option<String> {
    let value = cookie(&call.headers, cookie_name(call.is_secure()))?;
    open(session_of(call)?, of, value)
}

/// Deletes the cookie in the response that shows its secret.
///
/// # Errors
/// Never fails in practice: the line has no character that a header can't have.
pub(crate) fn take_away(call: &Call, response: &mut Response) -> Result<(), Failure> {
    put(response, "", call.is_secure(), 0)
}

fn cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-narthex_once"
    } else {
        "narthex_once"
    }
}

fn put(response: &mut Response, value: &str, secure: bool, seconds: u32) -> Result<(), Failure> {
    let name = cookie_name(secure);
    let and_secure = if secure { "; Secure" } else { "" };
    let line =
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{and_secure}");
    let line = HeaderValue::from_str(&line).map_err(|_| Failure::Fault)?;
    response.headers_mut().append(SET_COOKIE, line);
    Ok(())
}

fn key(session: &str) -> Option<LessSafeKey> {
    let session = hmac::Key::new(hmac::HMAC_SHA256, session.as_bytes());
    let bytes = hmac::sign(&session, PURPOSE);
    let key = UnboundKey::new(&AES_256_GCM, bytes.as_ref()).ok()?;
    Some(LessSafeKey::new(key))
}

fn seal(session: &str, of: Of, secret: &str, nonce: [u8; NONCE_LEN]) -> Option<String> {
    let mut text = secret.as_bytes().to_vec();
    let belongs = Aad::from(of.to_string());
    let key = key(session)?;
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), belongs, &mut text)
        .ok()?;
    let sealed = [nonce.as_slice(), &text].concat();
    Some(URL_SAFE_NO_PAD.encode(sealed))
}

fn open(session: &str, of: Of, value: &str) -> Option<String> {
    let mut sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
    let (nonce, text) = sealed.split_at_mut_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let belongs = Aad::from(of.to_string());
    let text = key(session)?.open_in_place(nonce, belongs, text).ok()?;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: [u8; NONCE_LEN] = [7; NONCE_LEN];

    #[test]
    fn a_secret_is_read_by_its_session_on_its_page_and_nowhere_else() {
        let of = Of::Token(TokenId::from_random(4_711));
        let sealed = seal("mine", of, "nx_secret", NONCE).unwrap();
        assert_eq!(open("mine", of, &sealed).unwrap(), "nx_secret");
        assert_eq!(open("yours", of, &sealed), None);
        let other = Of::Token(TokenId::from_random(4_712));
        assert_eq!(open("mine", other, &sealed), None);
        let link = Of::LinkOf(AccountId::from_random(4_711));
        assert_eq!(open("mine", link, &sealed), None);
        assert_eq!(open("mine", of, &sealed[..12]), None);
        assert_eq!(open("mine", of, "not base64!"), None);
    }

    #[test]
    fn a_sealed_secret_shows_nothing_of_itself() {
        let of = Of::Token(TokenId::from_random(4_711));
        let sealed = seal("mine", of, "nx_secret", NONCE).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        assert!(!bytes.windows(3).any(|part| part == b"nx_"));
        let half = sealed.replacen(|c: char| c.is_ascii_lowercase(), "A", 1);
        assert_eq!(open("mine", of, &half), None);
    }
}
