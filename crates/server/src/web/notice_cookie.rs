//! Carries a notice from the response to a form to the page that the form leads to.
//!
//! The notice travels in a cookie. The page that shows it deletes the cookie, so neither a reload
//! nor a copied address repeats it. The cookie is signed with the session that it belongs to: a
//! link, or a page of another site, can't make somebody's browser show a sentence. People who
//! aren't logged in get no notice, because there is no session to sign with.

use crate::call::Call;
use crate::request::credential::cookie;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use narthex_access::Credential;
use narthex_access::credential::SecretHash;
use ring::hmac;

/// The longest notice, in bytes: with its signature it fits into a cookie.
pub(crate) const MAX_NOTICE: usize = 2_000;

/// How long a browser keeps a notice that no page has shown, in seconds.
const MAX_AGE: u32 = 60;

/// The length of a signature, in bytes.
const SIGNATURE: usize = 32;

/// A notice that a handler has attached to its redirect, and that isn't in a cookie yet.
#[derive(Debug, Clone)]
pub(crate) struct Pending(pub(crate) String);

/// The session that a request's notices are signed with.
#[derive(Clone, Copy)]
pub(crate) struct NoticeSession {
    session: SecretHash,
    secure: bool,
    /// Whether the request came with a notice.
    arrived: bool,
}

impl NoticeSession {
    /// Returns the session of a request that a browser sent; `None` for other callers.
    pub(crate) fn of_call(call: &Call) -> Option<Self> {
        let Credential::Session { hash: session } = call.credential else {
            return None;
        };
        let secure = call.is_secure();
        Some(Self {
            session,
            secure,
            arrived: cookie(&call.headers, cookie_name(secure)).is_some(),
        })
    }

    /// Returns whether the request came with a notice, so that its response is unlike others.
    pub(crate) fn has_arrived(self) -> bool {
        self.arrived
    }

    /// Puts the notice of a redirect into a cookie, or deletes the cookie if a page has shown it.
    pub(crate) fn pass_on(self, response: &mut Response) {
        let pending = response.extensions_mut().remove::<Pending>();
        let value = match pending {
            Some(Pending(text)) => Some(set_cookie(&self.session, self.secure, &text)),
            None if self.arrived && is_page(response) => Some(cookie_line("", self.secure, 0)),
            None => None,
        };
        let value = value.and_then(|value| HeaderValue::from_str(&value).ok());
        if let Some(value) = value {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
}

/// Puts the notice of a redirect into a cookie for a session that has just begun, which isn't the
/// session that the request came with.
pub(crate) fn bind(response: &mut Response, session: &SecretHash, secure: bool) {
    if let Some(Pending(text)) = response.extensions_mut().remove::<Pending>()
        && let Ok(value) = HeaderValue::from_str(&set_cookie(session, secure, &text))
    {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Returns the notice that a request came with, if it was made for its session.
pub(crate) fn arrived(call: &Call) -> Option<String> {
    let Credential::Session { hash } = &call.credential else {
        return None;
    };
    let value = cookie(&call.headers, cookie_name(call.is_secure()))?;
    open(hash, value)
}

/// Returns the `Set-Cookie` value of a notice for the page that a session requests next.
pub(crate) fn set_cookie(session: &SecretHash, secure: bool, text: &str) -> String {
    cookie_line(&seal(session, text), secure, MAX_AGE)
}

fn cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-narthex_notice"
    } else {
        "narthex_notice"
    }
}

fn cookie_line(value: &str, secure: bool, seconds: u32) -> String {
    let name = cookie_name(secure);
    let and_secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{and_secure}")
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn key(session: &SecretHash) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, session)
}

fn seal(session: &SecretHash, text: &str) -> String {
    let text = (0..4)
        .find_map(|less| text.get(..MAX_NOTICE - less))
        .unwrap_or(text);
    let mut sealed = hmac::sign(&key(session), text.as_bytes()).as_ref().to_vec();
    sealed.extend_from_slice(text.as_bytes());
    URL_SAFE_NO_PAD.encode(sealed)
}

fn open(session: &SecretHash, value: &str) -> Option<String> {
    let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
    let (signature, text) = sealed.split_at_checked(SIGNATURE)?;
    hmac::verify(&key(session), text, signature).ok()?;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINE: SecretHash = [1; 32];
    const YOURS: SecretHash = [2; 32];

    #[test]
    fn a_notice_is_read_by_the_session_that_it_was_made_for_and_by_no_other() {
        let value = seal(&MINE, "HELP is open to all 8 accounts.");
        assert_eq!(
            open(&MINE, &value).unwrap(),
            "HELP is open to all 8 accounts."
        );
        assert_eq!(open(&YOURS, &value), None);
        assert_eq!(open(&MINE, "U2VuZCBtb25leQ"), None);
        assert_eq!(open(&MINE, ""), None);
    }

    #[test]
    fn a_long_notice_is_cut_between_characters_and_fits_into_a_cookie() {
        let value = seal(&MINE, &"é".repeat(3_000));
        assert!(value.len() < 4_000);
        assert_eq!(open(&MINE, &value).unwrap().len(), MAX_NOTICE);
    }
}
