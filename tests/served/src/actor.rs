//! Who sends a request, and with what.

use crate::exchange::Ask;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Somebody who sends requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody.
    Anonymous,
    /// Somebody with e-mail address and API token.
    Token {
        /// The address.
        email: String,
        /// The token.
        secret: String,
    },
    /// Somebody with an API token alone.
    Bearer(String),
    /// A browser with a session, on a page of the site.
    Cookie(String),
}

impl Actor {
    /// The request as this one sends it.
    #[must_use]
    pub fn signs(&self, ask: Ask) -> Ask {
        match self {
            Self::Anonymous => ask,
            Self::Token { email, secret } => {
                let both = STANDARD.encode(format!("{email}:{secret}"));
                ask.with("authorization", &format!("Basic {both}"))
            }
            Self::Bearer(secret) => ask.with("authorization", &format!("Bearer {secret}")),
            Self::Cookie(secret) => {
                let said = ask.headers.iter().any(|(name, _)| name == "sec-fetch-site");
                let ask = ask.with("cookie", &format!("narthex_session={secret}"));
                if said {
                    ask
                } else {
                    ask.with("sec-fetch-site", "same-origin")
                }
            }
        }
    }
}
