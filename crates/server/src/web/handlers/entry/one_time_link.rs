//! `/link/{secret}`: setting a password with a one-time link.

use super::{Begun, NewPassword, begin, go_on_as, help_centre_only};
use crate::call::Ask;
use crate::route::Answer;
use crate::web::frame::{open_chrome, page_with};
use crate::web::notice::Done;
use crate::web::pages::entry::{LinkedAccount, OneTimeLink};
use crate::web::paths;
use http::StatusCode;
use narthex_site::SiteError;
use narthex_site::one_time_link::LinkOwner;

/// `GET` asks for the password while the link is valid. Opening the link doesn't use it up, because
/// mail programs open links by themselves.
pub(super) async fn show(ask: Ask) -> Answer {
    match owner(&ask).await? {
        Some(owner) => form(&ask, StatusCode::OK, &owner, None),
        None => used_up(&ask),
    }
}

/// `POST` sets the password and logs in.
pub(super) async fn set(mut ask: Ask) -> Answer {
    let body = ask.form().await?;
    let typed = NewPassword::read(&body.fields());
    let Some(owner) = owner(&ask).await? else {
        return used_up(&ask);
    };
    if !typed.is_right() {
        return form(&ask, StatusCode::BAD_REQUEST, &owner, Some(typed));
    }
    let secret = ask.param("secret");
    let site = &ask.app.site;
    let set = site.use_one_time_link(&ask.app.passwords, secret, &typed.password);
    match set.await {
        Ok(_) => {}
        // The password keeps the rules, so the link must be the cause.
        Err(SiteError::Invalid(_)) => return used_up(&ask),
        Err(error) => return Err(error.into()),
    }
    match begin(&ask, &owner.email, typed.password).await? {
        Begun::Session(session) => go_on_as(
            &session,
            ask.is_secure(),
            paths::HOME,
            Some(Done::PasswordSet),
        ),
        Begun::HelpCentreOnly => help_centre_only(&ask, &owner.email),
    }
}

/// Returns the account whose password the link sets, or `None` if the link can't be used.
async fn owner(ask: &Ask) -> Result<Option<LinkOwner>, SiteError> {
    match ask.app.site.one_time_link(ask.param("secret")).await {
        Ok(owner) => Ok(Some(owner)),
        Err(SiteError::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn form(ask: &Ask, status: StatusCode, owner: &LinkOwner, typed: Option<NewPassword>) -> Answer {
    let (error, again_error) = typed.map_or((None, None), |typed| (typed.error, typed.again_error));
    let account = LinkedAccount {
        email: (*owner.email).into(),
        password_error: error,
        password_again_error: again_error,
    };
    draw(ask, status, Some(account))
}

fn used_up(ask: &Ask) -> Answer {
    draw(ask, StatusCode::NOT_FOUND, None)
}

fn draw(ask: &Ask, status: StatusCode, account: Option<LinkedAccount<'_>>) -> Answer {
    let mut chrome = open_chrome(ask, "Set a password");
    // The log-in link must not pass the secret on.
    chrome.here = paths::HOME.into();
    page_with(status, &OneTimeLink { chrome, account })
}
