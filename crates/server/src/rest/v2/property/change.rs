//! `POST /wiki/api/v2/pages/{id}/properties` `{"key", "value"}`: creates a property;
//! `PUT .../{property}` `{"key", "value", "version": {"number", "message"}}`: writes its next
//! version; `DELETE .../{property}`: removes it. The same below `/blogposts`, `/folders`,
//! `/attachments`, `/comments` and `/spaces`.

use super::Of;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object as Body;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::property::Property;
use crate::route::Answer;
use http::StatusCode;
use narthex_access::PropertyId;
use narthex_site::property::{EditProperty, LONGEST_VALUE, NewProperty};

pub(super) async fn handle_create(mut call: Call, of: Of) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let key = body.required("key")?.string()?;
    let value = value(&body)?;
    let on = of.find(&call, &call.view)?;
    let new = NewProperty { on, key, value };
    let site = &call.app.site;
    let id = site.create_property(&call.credential, new).await?;
    let status = if of == Of::Space {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    answer(&call, status, id).await
}

pub(super) async fn handle_edit(mut call: Call, of: Of) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let version = body.required("version")?.object()?;
    let message = version.optional("message")?;
    let edit = EditProperty {
        value: value(&body)?,
        version: version.required("number")?.version_number()?,
        message: message
            .map(|message| message.string())
            .transpose()?
            .unwrap_or_default(),
        minor: false,
    };
    let key = body.optional("key")?;
    let key = key.map(|key| key.string()).transpose()?;
    let row = of.property(&call, &call.view)?;
    if key.is_some_and(|key| *row.key != *key) {
        return Err(Failure::bad_request(
            "the member \"key\" is not the key of this property; a property keeps its key",
        ));
    }
    let site = &call.app.site;
    site.edit_property(&call.credential, row.id, edit).await?;
    answer(&call, StatusCode::OK, row.id).await
}

pub(super) async fn handle_remove(call: Call, of: Of) -> Answer {
    call.require_account()?;
    let row = of.property(&call, &call.view)?;
    let site = &call.app.site;
    site.remove_property(&call.credential, row.id).await?;
    respond::no_content()
}

async fn answer(call: &Call, status: StatusCode, id: PropertyId) -> Answer {
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(call, &view, &base);
    let row = view.property(id)?;
    respond::json(status, &Property::of(lens, row).await?)
}

/// Returns the JSON text of the value, as it was sent.
fn value(body: &Body<'_>) -> Result<String, Failure> {
    let value = body.required("value")?.raw();
    if value.len() > LONGEST_VALUE {
        return Err(Failure::TooLarge(LONGEST_VALUE));
    }
    Ok(value.to_owned())
}
