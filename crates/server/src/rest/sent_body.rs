//! Reads a body in a request that names it after its representation, as both versions of the API
//! accept it: `{"storage": {"value", "representation"}}`.

use crate::failure::Failure;
use crate::request::json::{Node, Object};
use narthex_site::body::Written;

/// The maximum number of characters of a member's name that an error message repeats.
const MAX_NAME: usize = 40;

/// Reads the text of a body and its representation, if there is one: the text's own
/// `representation`, or else the name of its member. Representations that can only be read may
/// stand beside it, as in a response that is sent back.
///
/// # Errors
/// Bad request if the representation isn't accepted, if there are two at once, or if there is text
/// only in representations that can't be written: ignoring it would look as if it had been saved.
pub fn named(body: &Object<'_>, taken: &[&str]) -> Result<Option<(Written, String)>, Failure> {
    let mut found = None;
    for name in taken {
        let Some(member) = body.optional(name)? else {
            continue;
        };
        if found.is_some() {
            return Err(Failure::bad_request(
                "the member \"body\" has several representations; send one",
            ));
        }
        let member = member.object()?;
        let written = match member.optional("representation")? {
            Some(said) => written(&said, taken)?,
            None => Written::from_word(name).ok_or(Failure::Fault)?,
        };
        found = Some((written, member.required("value")?.string()?));
    }
    if found.is_none() {
        refuse_unwritable(body, taken)?;
    }
    Ok(found)
}

/// Reads a representation by its word.
///
/// # Errors
/// Bad request if the representation isn't accepted.
pub fn written(said: &Node<'_>, taken: &[&str]) -> Result<Written, Failure> {
    let word = said.string()?;
    let written = Written::from_word(&word).filter(|_| taken.contains(&word.as_str()));
    written.ok_or_else(|| {
        Failure::bad_request(format!(
            "the member \"{}\" must be one of {}",
            said.path(),
            taken.join(", ")
        ))
    })
}

fn refuse_unwritable(body: &Object<'_>, taken: &[&str]) -> Result<(), Failure> {
    for name in body.names().filter(|name| !name.starts_with('_')) {
        if body.optional(name)?.is_some() {
            let name: String = name.chars().take(MAX_NAME).collect();
            return Err(Failure::bad_request(format!(
                "the member \"body.{name}\" can't be written; send the text as one of {}",
                taken.join(", ")
            )));
        }
    }
    Ok(())
}
