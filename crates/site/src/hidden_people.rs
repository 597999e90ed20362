//! Texts without the people whom a reader isn't shown (law 3.8): in the
//! forms in which a text is given back as it was sent, or read into another form.
//!
//! Links and mentions are found by what they mean, and written as "a user". Behind
//! that stands a net: an account id between quotes doesn't leave in any other place.

use crate::error::SiteError;
use narthex_access::{AccountId, View};
use narthex_content::adf::{self, AdfError};
use narthex_content::hole::PersonRef;
use narthex_content::storage::{self, Document};
use std::borrow::Cow;

/// How many digits an account id has.
const DIGITS: usize = 24;

/// Whether somebody whom a text names is hidden from the viewer.
pub(crate) fn is_hidden(view: &View, person: &PersonRef) -> bool {
    let account = match person {
        PersonRef::Account(id) => id.parse::<AccountId>().ok(),
        _ => None,
    };
    !view.shows_names() && account.is_none_or(|id| view.author(id).account().is_none())
}

/// A text that somebody sends to see it in another form: it names nobody but those whose profiles
/// the viewer is shown, so that an account id that is known from elsewhere doesn't become a name
/// (A27), and unknown ids, hidden people and deactivated ones are told alike.
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

/// A text in storage format as the viewer may read it.
pub(crate) fn in_storage<'t>(view: &View, document: &'t Document) -> Cow<'t, str> {
    match hidden(view, document) {
        Some(hidden) => without_ids(view, hidden.write().into()),
        None => without_ids(view, document.as_str().into()),
    }
}

/// A document as the viewer may read it: what is made of it names nobody hidden.
pub(crate) fn in_document(view: &View, document: Document) -> Document {
    hidden(view, &document).unwrap_or(document)
}

/// A document from which what an editor opens is made: no more than the viewer reads in the storage format, as that is
/// what the editor's HTML carries with it.
pub(crate) fn for_editor(view: &View, document: Document) -> Document {
    if view.shows_names() {
        return document;
    }
    let shown = in_storage(view, &document).into_owned();
    // What was taken out leaves the text well-formed, and shorter.
    storage::parse(&shown).unwrap_or_else(|_| Document::from_text(""))
}

/// A text in the Atlassian document format as the viewer may read it.
///
/// # Errors
/// Invalid for a text that can't be read: it was checked when it was written.
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

/// The text with each quoted account id taken out that stands for somebody whom
/// the viewer isn't shown. Ids are quoted in the storage format (an attribute)
/// and in the Atlassian document format (a JSON string) alike.
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

/// The account ids right between two quotes, and where they begin.
fn quoted_ids(text: &str) -> impl Iterator<Item = (usize, AccountId)> {
    let quote = |c: char| matches!(c, '"' | '\'');
    text.match_indices(quote).filter_map(move |(at, _)| {
        let start = at + 1;
        let id = text.get(start..start + DIGITS)?.parse().ok()?;
        let closed = text.get(start + DIGITS..)?.starts_with(quote);
        closed.then_some((start, id))
    })
}
