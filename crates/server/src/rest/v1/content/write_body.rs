//! Reads the body of a page or comment in a v1 request:
//! `body.{storage|editor|editor2|wiki|atlas_doc_format}.value`.

use crate::failure::Failure;
use crate::request::json::Object;
use crate::rest::sent_body;
use narthex_site::page::{NewBody, Representation};

/// The representations in which a body can be sent.
const TAKEN: [&str; 5] = ["storage", "editor", "editor2", "wiki", "atlas_doc_format"];

/// Reads the body, if one is sent. A text in a representation that isn't stored is converted to the
/// storage format.
///
/// # Errors
/// Bad request if the representation isn't accepted, if there are two at once, or if the text can't
/// be read.
pub(super) fn read(request: &Object<'_>) -> Result<Option<NewBody>, Failure> {
    let Some(body) = request.optional("body")? else {
        return Ok(None);
    };
    let sent = sent_body::named(&body.object()?, &TAKEN)?;
    let body = sent.map(|(written, text)| written.into_body(text));
    Ok(body.transpose()?)
}

/// Reads the body of a request, or returns an empty one.
///
/// # Errors
/// As [`read`].
pub(in crate::rest::v1) fn read_or_empty(request: &Object<'_>) -> Result<NewBody, Failure> {
    let empty = || NewBody {
        representation: Representation::Storage,
        text: String::new(),
    };
    Ok(read(request)?.unwrap_or_else(empty))
}
