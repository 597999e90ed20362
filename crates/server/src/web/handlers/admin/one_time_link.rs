//! `/wiki/admin/accounts/{id}/link`: a one-time link that was just made, shown once.

use super::require_site_admin;
use crate::call::Call;
use crate::route::Answer;
use crate::web::frame::{chrome, moment, page};
use crate::web::pages::accounts::{MadeLink, OneTimeLinkMade};
use crate::web::paths;
use crate::web::shown_once::{self, Of};
use narthex_access::AccountId;
use narthex_site::one_time_link::LINK_LIFETIME;

/// `GET` shows the link if the request comes from the form that made it; otherwise it says that the
/// link was shown already.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    let id: AccountId = call.id("id")?;
    let account = call.view.administered_account(id)?.row();
    let secret = shown_once::arrived(&call, Of::LinkOf(id));
    let made = secret.as_ref().map(|secret| MadeLink {
        address: format!("{}{}", call.origin(), paths::one_time_link(secret)).into(),
        // The cookie lasts a minute, so the link was made within the last minute.
        expires: moment(call.view.now().saturating_add(LINK_LIFETIME)),
    });
    let mut response = page(&OneTimeLinkMade {
        chrome: chrome(&call, "One-time link", None),
        account_id: id.to_string().into(),
        name: (*account.name).into(),
        active: account.active,
        made,
    })?;
    if secret.is_some() {
        shown_once::take_away(&call, &mut response)?;
    }
    Ok(response)
}
