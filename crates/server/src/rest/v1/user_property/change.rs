//! `POST /wiki/rest/api/user/{user}/property/{key}`: creates a property of an account; `PUT`:
//! writes its value; `DELETE`: removes it.
//!
//! Request of the first two: `{"value": {...}}`.

use super::account;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle_create(mut call: Call) -> Answer {
    call.require_account()?;
    let value = read(&call.json().await?)?;
    let account = account(&call, true)?;
    let key = call.param("key").to_owned();
    let site = &call.app.site;
    site.create_user_property(&call.credential, account, key, value)
        .await?;
    respond::created()
}

pub(super) async fn handle_update(mut call: Call) -> Answer {
    call.require_account()?;
    let value = read(&call.json().await?)?;
    let account = account(&call, true)?;
    let key = call.param("key").to_owned();
    let site = &call.app.site;
    site.update_user_property(&call.credential, account, key, value)
        .await?;
    respond::no_content()
}

pub(super) async fn handle_remove(call: Call) -> Answer {
    call.require_account()?;
    let account = account(&call, true)?;
    let key = call.param("key").to_owned();
    let site = &call.app.site;
    site.remove_user_property(&call.credential, account, key)
        .await?;
    respond::no_content()
}

/// Reads the value, as it was sent: an object that isn't empty.
fn read(document: &Document) -> Result<String, Failure> {
    let value = document.object()?.required("value")?;
    if value.object()?.names().next().is_none() {
        return Err(Failure::bad_request(
            "the member \"value\" is empty; send an object with members, or delete the property",
        ));
    }
    Ok(value.raw().to_owned())
}
