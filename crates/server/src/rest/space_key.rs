//! Reads the key and the description of a new space, as both versions of the API accept them.

use crate::failure::Failure;
use crate::request::json::Object;

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
            "the members \"key\" and \"alias\" differ; a space has one name in addresses, so \
                 send one of them",
        )),
        (Some(key), _) => Ok(key),
        (None, Some(alias)) => Ok(alias),
        (None, None) => Ok(body.required("key")?.string()?),
    }
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
