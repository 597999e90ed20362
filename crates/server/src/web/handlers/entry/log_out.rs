//! `/logout`: ends the session of this browser, and shows that it has ended.

use super::{go_on_with, is_somebody, session};
use crate::call::Ask;
use crate::request::credential::cleared_cookie;
use crate::respond;
use crate::route::Answer;
use crate::web::frame::{open_chrome, page};
use crate::web::pages::entry::LoggedOut;
use crate::web::paths;
use narthex_site::SiteError;

/// `POST` ends the session; it also succeeds for a session that has ended before.
pub(super) async fn leave(ask: Ask) -> Answer {
    if let Some(session) = session(&ask) {
        match ask.app.site.log_out(&session).await {
            Ok(()) | Err(SiteError::Unauthorized(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    go_on_with(&cleared_cookie(ask.is_secure()), paths::LOG_OUT)
}

/// `GET` says that the reader is logged out, if that is so; it changes nothing.
pub(super) async fn left(ask: Ask) -> Answer {
    if is_somebody(&ask).await? {
        return respond::see_other(paths::HOME);
    }
    page(&LoggedOut {
        chrome: open_chrome(&ask, "Logged out"),
    })
}
