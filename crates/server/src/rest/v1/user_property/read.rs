//! `GET /wiki/rest/api/user/{user}/property`: the keys of an account's properties;
//! `.../property/{key}`: one property.

use super::account;
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::user_property::{Key, UserProperty};
use crate::route::Answer;

/// The maximum number of keys in one response, as the published document says.
const MAX_ENTRIES: usize = 25;

pub(super) async fn handle_keys(call: Call) -> Answer {
    call.require_account()?;
    let account = account(&call, false)?;
    let window = Window::up_to(&call.query(), 5, MAX_ENTRIES)?;
    let site = &call.app.site;
    let keys = site.user_property_keys(&call.view, account, window.start, window.limit);
    let (keys, more) = keys.await?;
    let keys = keys.into_iter().map(|key| Key { key }).collect();
    respond::ok(&ListV1::of(&call, Page::of(keys, window, more)))
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let account = account(&call, false)?;
    let site = &call.app.site;
    let property = site
        .user_property(&call.view, account, call.param("key"))
        .await?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&UserProperty::of(lens, account, property)?)
}
