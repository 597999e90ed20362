//! Reading the body of a v2 request, flat `{"representation", "value"}` or nested
//! `{"storage": {"representation", "value"}}`.

use crate::failure::Failure;
use crate::request::json::Object;
use narthex_site::page::{NewBody, Representation};

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
        let representation = known(&representation.string()?)?;
        let text = body.required("value")?.string()?;
        return Ok(Some(NewBody {
            representation,
            text,
        }));
    }
    for name in ["storage", "atlas_doc_format", "wiki"] {
        if let Some(nested) = body.optional(name)? {
            let representation = known(name)?;
            let text = nested.object()?.required("value")?.string()?;
            return Ok(Some(NewBody {
                representation,
                text,
            }));
        }
    }
    Ok(None)
}

fn known(word: &str) -> Result<Representation, Failure> {
    match word {
        "storage" => Ok(Representation::Storage),
        "atlas_doc_format" => Ok(Representation::AtlasDocFormat),
        _ => Err(Failure::bad_request(
            "the body's representation must be \"storage\" or \"atlas_doc_format\"",
        )),
    }
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
