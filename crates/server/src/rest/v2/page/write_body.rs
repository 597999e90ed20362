//! Reads the body of a v2 request, flat `{"representation", "value"}` or nested
//! `{"storage": {"representation", "value"}}`.

use crate::failure::Failure;
use crate::request::json::Object;
use crate::rest::sent_body;
use narthex_site::page::{NewBody, Representation};

/// The representations in which a body can be sent.
const TAKEN: [&str; 3] = ["storage", "atlas_doc_format", "wiki"];

/// Reads the body, if one is sent.
///
/// # Errors
/// Bad request if the representation isn't accepted, if there are two at once, or if a text has no
/// representation.
pub(in crate::rest::v2) fn read(request: &Object<'_>) -> Result<Option<NewBody>, Failure> {
    let Some(body) = request.optional("body")? else {
        return Ok(None);
    };
    let body = body.object()?;
    let is_flat = body.optional("value")?.is_some() || body.optional("representation")?.is_some();
    let sent = if is_flat {
        let written = sent_body::written(&body.required("representation")?, &TAKEN)?;
        Some((written, body.required("value")?.string()?))
    } else {
        sent_body::named(&body, &TAKEN)?
    };
    let body = sent.map(|(written, text)| written.into_body(text));
    Ok(body.transpose()?)
}

/// Reads the body of a request, or returns an empty one.
///
/// # Errors
/// As [`read`].
pub(in crate::rest::v2) fn read_or_empty(request: &Object<'_>) -> Result<NewBody, Failure> {
    let empty = || NewBody {
        representation: Representation::Storage,
        text: String::new(),
    };
    Ok(read(request)?.unwrap_or_else(empty))
}
