//! Reads the conversion that a request asks for.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::body::Held;
use crate::request::json::Object;
use narthex_site::body::Written;
use narthex_site::conversion::Conversion;
use narthex_site::representation::Format;

/// Returns the conversion that an address and its body `{"value", "representation"}` ask for, and
/// the room for its text.
///
/// # Errors
/// Bad request if there is no such format or representation.
pub(super) async fn read(call: &mut Call) -> Result<(Conversion, Held), Failure> {
    let document = call.long_json().await?;
    let body = document.object()?;
    let query = call.query();
    // Conversions aren't cached, and embedded content is rendered as it is now.
    query.flag("allowCache")?;
    query.word("embeddedContentRender", &["current"])?;
    let text = |name: &str| query.get(name).map(str::to_owned);
    let conversion = of(
        call.param("to"),
        &body,
        text("contentIdContext"),
        text("spaceKeyContext"),
    )?;
    Ok((conversion, document.into_held()))
}

/// Reads one of many: `{"to", "body": {"value", "representation"}, "contentIdContext",
/// "spaceKeyContext"}`.
///
/// # Errors
/// As [`read`].
pub(super) fn read_one(one: &Object<'_>) -> Result<Conversion, Failure> {
    let text = |name: &str| one.optional(name)?.map(|node| node.string()).transpose();
    let content = one.optional("contentIdContext")?;
    let keeps = one.optional("allowCache")?;
    keeps.map(|keeps| keeps.boolean()).transpose()?;
    let embedded = one.optional("embeddedContentRender")?;
    if let Some(embedded) = embedded
        && embedded.string()? != "current"
    {
        return Err(Failure::bad_request(format!(
            "the member \"{}\" must be current",
            embedded.path()
        )));
    }
    of(
        &one.required("to")?.string()?,
        &one.required("body")?.object()?,
        content.map(|id| id.id_text()).transpose()?,
        text("spaceKeyContext")?,
    )
}

fn of(
    to: &str,
    body: &Object<'_>,
    content: Option<String>,
    space: Option<String>,
) -> Result<Conversion, Failure> {
    let wanted = Format::from_word(to).ok_or_else(|| {
        Failure::bad_request(format!(
            "a body can't be converted to this representation; convert to one of {}",
            Format::ALL.map(Format::word).join(", ")
        ))
    })?;
    let written = Written::from_word(&body.required("representation")?.string()?);
    let written = written.ok_or_else(|| {
        Failure::bad_request(
            "the member \"representation\" must be storage, atlas_doc_format, wiki, editor, view, \
             markdown or plain",
        )
    })?;
    Ok(Conversion {
        written,
        wanted,
        content: content.filter(|id| !id.is_empty()),
        space: space.filter(|key| !key.is_empty()),
        text: body.required("value")?.string()?,
    })
}
