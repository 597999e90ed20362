//! `POST /wiki/rest/api/space`, `POST /wiki/rest/api/space/_private`: creates a space that all
//! licensed users see, or only its creator. With the key `~` and the caller's account id it is the
//! caller's personal space.
//!
//! Request: `{"key"|"alias", "name", "description": {"plain": {"value"}}, "permissions"}`. With
//! permissions the space has these and its creator's, and no others.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::space_key;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::space::Space;
use crate::rest::v1::space::permissions;
use crate::route::Answer;
use narthex_site::space::{NewSpace, kind_of_key};

pub(super) async fn handle(call: Call) -> Answer {
    create(call, false).await
}

pub(super) async fn handle_private(call: Call) -> Answer {
    create(call, true).await
}

async fn create(mut call: Call, private: bool) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let key = space_key::of_new(&body)?;
    space_key::check_type(&body, &key)?;
    let new = NewSpace {
        kind: kind_of_key(&key),
        key: Some(key),
        name: body.required("name")?.string()?,
        description: description(&body)?.unwrap_or_default(),
        private,
    };
    let access = permissions::read(&body, &call.view)?;
    if private && access.is_some() {
        return Err(Failure::bad_request(
            "the member \"permissions\" can't be sent here, because only its creator can see a private \
             space; leave it out, or send it to /wiki/rest/api/space",
        ));
    }
    drop(body);
    drop(document);
    let site = &call.app.site;
    let made = match access {
        None => site.create_space(&call.credential, new).await?,
        Some(access) => {
            site.create_space_with(&call.credential, new, access)
                .await?
        }
    };

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::default().and(&["description.plain", "homepage"]);
    // A site administrator without a licence creates spaces, and sees nothing in them but their
    // names.
    let space = view.space_to_administer(&made.key)?;
    respond::ok(&Space::of(lens, space, &expand).await?)
}

/// Reads `description.plain.value`, if it is sent.
pub(super) fn description(body: &Object<'_>) -> Result<Option<String>, Failure> {
    let Some(description) = body.optional("description")? else {
        return Ok(None);
    };
    let Some(plain) = description.object()?.optional("plain")? else {
        return Ok(None);
    };
    let plain = plain.object()?;
    space_key::require_plain(&plain)?;
    let value = plain.optional("value")?;
    Ok(value.map(|value| value.string()).transpose()?)
}
