//! `POST /wiki/rest/api/content/{id}/property` `{"key", "value"}`, `POST .../property/{property}`
//! `{"value"}`: creates a property; `PUT .../property/{property}`
//! `{"value", "version": {"number", "message", "minorEdit"}}`: writes its next version. The same
//! for `/space/{key}/property`.

use super::Of;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object as Body;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::property::Property;
use crate::route::Answer;
use narthex_access::PropertyId;
use narthex_site::property::{EditProperty, LONGEST_VALUE, NewProperty};

pub(super) async fn handle_create(mut call: Call, of: Of) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let key = body.required("key")?.string()?;
    check_space(&call, of, &body)?;
    create(&call, of, key, value(&body)?).await
}

pub(super) async fn handle_create_by_path(mut call: Call, of: Of) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let value = value(&document.object()?)?;
    create(&call, of, call.param("property").to_owned(), value).await
}

/// Checks that the space named in the body of a space's property is the one in the path.
fn check_space(call: &Call, of: Of, body: &Body<'_>) -> Result<(), Failure> {
    let space = match of {
        Of::Space => body.optional("space")?,
        Of::Content => None,
    };
    let Some(space) = space else {
        return Ok(());
    };
    let key = space.object()?.optional("key")?;
    let key = key.map(|key| key.string()).transpose()?;
    if key.is_none_or(|key| key.eq_ignore_ascii_case(call.param("key"))) {
        return Ok(());
    }
    Err(Failure::bad_request(
        "the member \"space\" is not the space in the path",
    ))
}

async fn create(call: &Call, of: Of, key: String, value: String) -> Answer {
    let on = of.find(call, &call.view)?;
    let new = NewProperty { on, key, value };
    let site = &call.app.site;
    let id = site.create_property(&call.credential, new).await?;
    answer(call, id).await
}

pub(super) async fn handle_put(mut call: Call, of: Of) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let version = body.required("version")?.object()?;
    let minor = version.optional("minorEdit")?;
    let message = version.optional("message")?;
    let edit = EditProperty {
        value: value(&body)?,
        version: version.required("number")?.version_number()?,
        message: message
            .map(|message| message.string())
            .transpose()?
            .unwrap_or_default(),
        minor: minor
            .map(|minor| minor.boolean())
            .transpose()?
            .unwrap_or(false),
    };
    let on = of.find(&call, &call.view)?;
    check_space(&call, of, &body)?;
    let key = call.param("property").to_owned();
    let said = body.optional("key")?;
    if said.is_some_and(|said| said.string().ok() != Some(key.clone())) {
        return Err(Failure::bad_request(
            "the member \"key\" is not the key in the path; a property keeps its key",
        ));
    }
    let site = &call.app.site;
    let id = match of {
        Of::Content => site.put_property(&call.credential, on, key, edit).await?,
        // A space's property is never created by writing its first version.
        Of::Space => {
            let id = call.view.property_named(on, &key)?.id;
            site.edit_property(&call.credential, id, edit).await?;
            id
        }
    };
    answer(&call, id).await
}

async fn answer(call: &Call, id: PropertyId) -> Answer {
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(call, &view, &base);
    let row = view.property(id)?;
    respond::ok(&Property::of(lens, row).await?.alone(lens))
}

/// Returns the JSON text of the value, as it was sent.
fn value(body: &Body<'_>) -> Result<String, Failure> {
    let value = body.required("value")?.raw();
    if value.len() > LONGEST_VALUE {
        return Err(Failure::TooLarge(LONGEST_VALUE));
    }
    Ok(value.to_owned())
}
