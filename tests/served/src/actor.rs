//! The senders of requests, with their credentials. An [`Actor`] adds its credential to an [`Ask`];
//! the world or the stage that made it knows whose it is.

use crate::exchange::Ask;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A sender of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A sender without a credential.
    Anonymous,
    /// A sender with e-mail address and API token.
    Token {
        /// The e-mail address of the account.
        email: String,
        /// The secret of the token.
        secret: String,
    },
    /// A sender with an API token alone.
    Bearer(String),
    /// A browser with a session, on a page of the site.
    Cookie(String),
}

impl Actor {
    /// Adds the sender's credential to a request.
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
