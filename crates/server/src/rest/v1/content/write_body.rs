//! Reading the body of a page or comment in a v1 request:
//! `body.{storage|editor|editor2|atlas_doc_format}.value`.

use crate::failure::Failure;
use crate::request::json::Object;
use narthex_site::page::{NewBody, Representation};

/// The body, if one is sent.
///
/// # Errors
/// Bad request for a representation that isn't taken, and for two at once.
pub(super) fn read(request: &Object<'_>) -> Result<Option<NewBody>, Failure> {
    let Some(body) = request.optional("body")? else {
        return Ok(None);
    };
    let body = body.object()?;
    let known = [
        ("storage", Representation::Storage),
        ("editor", Representation::Storage),
        ("editor2", Representation::Storage),
        ("atlas_doc_format", Representation::AtlasDocFormat),
    ];
    let mut found = None;
    for (name, representation) in known {
        if let Some(member) = body.optional(name)? {
            if found.is_some() {
                return Err(Failure::bad_request(
                    "the member \"body\" has several representations; send one",
                ));
            }
            let text = member.object()?.required("value")?.string()?;
            found = Some(NewBody {
                representation,
                text,
            });
        }
    }
    if found.is_none() && body.optional("wiki")?.is_some() {
        return Err(Failure::bad_request(
            "the member \"body.wiki\" is not taken; send \"body.storage\"",
        ));
    }
    Ok(found)
}

/// The body of a request, or an empty one.
///
/// # Errors
/// As [`read`].
pub(super) fn read_or_empty(request: &Object<'_>) -> Result<NewBody, Failure> {
    let empty = || NewBody {
        representation: Representation::Storage,
        text: String::new(),
    };
    Ok(read(request)?.unwrap_or_else(empty))
}
