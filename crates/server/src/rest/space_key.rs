//! Reads the key and the description of a new space, as both versions of the API accept them.

use crate::failure::Failure;
use crate::request::json::Object;
use narthex_access::SpaceKind;
use narthex_site::space::kind_of_key;

/// Reads `key`, or `alias` if no key is sent. A space has one name in addresses here, so two that
/// differ are refused.
///
/// # Errors
/// Bad request if neither is sent, or if they differ.
pub fn of_new(body: &Object<'_>) -> Result<String, Failure> {
    let text = |name: &str| -> Result<Option<String>, Failure> {
        let node = body.optional(name)?;
        Ok(node.map(|node| node.string()).transpose()?)
    };
    match (text("key")?, text("alias")?) {
        (Some(key), Some(alias)) if !key.eq_ignore_ascii_case(&alias) => Err(Failure::bad_request(
            "the members \"key\" and \"alias\" differ; a space has only one key, so \
                 send one of them",
        )),
        (Some(key), _) => Ok(key),
        (None, Some(alias)) => Ok(alias),
        (None, None) => Ok(body.required("key")?.string()?),
    }
}

/// Checks the `type` of a new space, which follows from its key.
///
/// # Errors
/// Bad request if only one of the two is that of a personal space.
pub fn check_type(body: &Object<'_>, key: &str) -> Result<(), Failure> {
    let Some(kind) = body.optional("type")? else {
        return Ok(());
    };
    let is_personal = kind_of_key(key) == SpaceKind::Personal;
    if kind.string()?.eq_ignore_ascii_case("personal") == is_personal {
        return Ok(());
    }
    Err(Failure::bad_request(
        "the member \"type\" doesn't fit the key: the key of a personal space is \"~\" and the id \
         of its owner's account, and other keys are of spaces of the site",
    ))
}

/// Requires that a description is in plain text, which is its only representation.
///
/// # Errors
/// Bad request for another `representation`.
pub fn require_plain(description: &Object<'_>) -> Result<(), Failure> {
    match description.optional("representation")? {
        Some(node) if node.string()? != "plain" => Err(Failure::bad_request(format!(
            "the member \"{}\" must be \"plain\"",
            node.path()
        ))),
        _ => Ok(()),
    }
}
