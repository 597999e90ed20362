//! Reading the body of a v2 request, flat `{"representation", "value"}` or nested
//! `{"storage": {"representation", "value"}}`.

use crate::failure::Failure;
use crate::request::json::Object;
use narthex_site::body::Written;
use narthex_site::page::{NewBody, Representation};

/// The representations in which a body can be sent.
const TAKEN: [&str; 3] = ["storage", "atlas_doc_format", "wiki"];

/// The body, if one is sent.
///
/// # Errors
/// Bad request for a representation that isn't taken.
pub(in crate::rest::v2) fn read(request: &Object<'_>) -> Result<Option<NewBody>, Failure> {
    let Some(body) = request.optional("body")? else {
        return Ok(None);
    };
    let body = body.object()?;
    if let Some(representation) = body.optional("representation")? {
        let written = known(&representation.string()?)?;
        let text = body.required("value")?.string()?;
        return Ok(Some(written.into_body(text)?));
    }
    for name in TAKEN {
        if let Some(nested) = body.optional(name)? {
            let text = nested.object()?.required("value")?.string()?;
            return Ok(Some(known(name)?.into_body(text)?));
        }
    }
    Ok(None)
}

fn known(word: &str) -> Result<Written, Failure> {
    let taken = TAKEN.contains(&word);
    Written::from_word(word).filter(|_| taken).ok_or_else(|| {
        Failure::bad_request(
            "the body's representation must be \"storage\", \"atlas_doc_format\" or \"wiki\"",
        )
    })
}

/// The body of a request, or an empty one.
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
