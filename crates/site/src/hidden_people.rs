//! Removing the people whom a reader isn't shown from texts (law 3.8), in the formats in which a
//! text is returned as it was sent, or converted.
//!
//! Links and mentions are found by their meaning and replaced by "a user". Behind that, a second
//! pass removes quoted account ids from every other part of the text.

use crate::error::SiteError;
use narthex_access::{AccountId, View};
use narthex_content::adf::{self, AdfError};
use narthex_content::hole::PersonRef;
use narthex_content::storage::{self, Document};
use std::borrow::Cow;

/// The number of digits of an account id.
const DIGITS: usize = 24;

/// Whether a person whom a text names is hidden from the viewer.
pub(crate) fn is_hidden(view: &View, person: &PersonRef) -> bool {
    let account = match person {
        PersonRef::Account(id) => id.parse::<AccountId>().ok(),
        _ => None,
    };
    !view.shows_names() && account.is_none_or(|id| view.author(id).account().is_none())
}

/// Returns a text that somebody sends to convert it, naming only people whose profiles the viewer
/// is shown. So an account id that is known from elsewhere doesn't become a name (A27), and unknown
/// ids, hidden people and deactivated people can't be told apart.
pub(crate) fn in_sent(view: &View, document: Document) -> Document {
    let is_stranger = |person: &PersonRef| {
        let account = match person {
            PersonRef::Account(id) => id.parse::<AccountId>().ok(),
            _ => None,
        };
        account.is_none_or(|id| view.profile(id).is_err())
    };
    document
        .hide_people(&mut |person| is_stranger(person))
        .unwrap_or(document)
}

/// Returns a text in storage format as the viewer may read it.
pub(crate) fn in_storage<'t>(view: &View, document: &'t Document) -> Cow<'t, str> {
    match hidden(view, document) {
        Some(hidden) => without_ids(view, hidden.write().into()),
        None => without_ids(view, document.as_str().into()),
    }
}

/// Returns a document as the viewer may read it, so that nothing made from it names hidden people.
pub(crate) fn in_document(view: &View, document: Document) -> Document {
    hidden(view, &document).unwrap_or(document)
}

/// Returns the document that an editor opens. It names no more people than the storage format does
/// for the viewer, since the editor's HTML carries that format along.
pub(crate) fn for_editor(view: &View, document: Document) -> Document {
    if view.shows_names() {
        return document;
    }
    let shown = in_storage(view, &document).into_owned();
    // Removing the ids leaves the text well-formed, and makes it shorter.
    storage::parse(&shown).unwrap_or_else(|_| Document::from_text(""))
}

/// Returns a text in the Atlassian document format as the viewer may read it.
///
/// # Errors
/// Invalid for a text that can't be read, although it was checked when it was written.
pub(crate) fn in_adf<'t>(view: &View, json: &'t str) -> Result<Cow<'t, str>, SiteError> {
    if view.shows_names() {
        return Ok(json.into());
    }
    let unreadable =
        |error: AdfError| SiteError::invalid(format!("the body can't be read: {error}"));
    let hidden =
        adf::hide_people(json, &mut |person| is_hidden(view, person)).map_err(unreadable)?;
    Ok(without_ids(
        view,
        hidden.map_or(Cow::Borrowed(json), Cow::Owned),
    ))
}

fn hidden(view: &View, document: &Document) -> Option<Document> {
    if view.shows_names() {
        return None;
    }
    document.hide_people(&mut |person| is_hidden(view, person))
}

/// Removes each quoted account id of somebody whom the viewer isn't shown. Ids are quoted both in
/// the storage format (an attribute) and in the Atlassian document format (a JSON string).
pub(crate) fn without_ids<'t>(view: &View, text: Cow<'t, str>) -> Cow<'t, str> {
    if view.shows_names() {
        return text;
    }
    let mut out = String::new();
    let mut kept = 0;
    for (start, id) in quoted_ids(&text) {
        if view.author(id).account().is_none() {
            out.push_str(text.get(kept..start).unwrap_or_default());
            kept = start + DIGITS;
        }
    }
    if kept == 0 {
        return text;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// Returns the account ids that stand between two quotes, with their byte offsets.
fn quoted_ids(text: &str) -> impl Iterator<Item = (usize, AccountId)> {
    let quote = |c: char| matches!(c, '"' | '\'');
    text.match_indices(quote).filter_map(move |(at, _)| {
        let start = at + 1;
        let id = text.get(start..start + DIGITS)?.parse().ok()?;
        let closed = text.get(start + DIGITS..)?.starts_with(quote);
        closed.then_some((start, id))
    })
}
