//! Reading a text in a request that names it after its representation, as both versions
//! of the API take it: `{"storage": {"value", "representation"}}`.

use crate::failure::Failure;
use crate::request::json::{Node, Object};
use narthex_site::body::Written;

/// The most letters of a member's name that a refusal repeats.
const MAX_NAME: usize = 40;

/// The text of a body and how it is written, if there is one. Its own `representation`
/// says how it is written, else the name of the member. Representations that are only
/// read may stand beside it, as in an answer that is sent back.
///
/// # Errors
/// Bad request for a representation that isn't taken, for two at once, and for a text in
/// none that can be written: it must not look as if it had been.
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

/// How a text is written, by the word that says it.
///
/// # Errors
/// Bad request for a representation that isn't taken.
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
