//! Texts without the account ids of people whom a reader isn't shown (law 3,
//! Hidden names): in the forms in which a text is given back as it was sent.

use narthex_access::{AccountId, View};
use std::borrow::Cow;

/// How many digits an account id has.
const DIGITS: usize = 24;

/// The text with each quoted account id taken out that stands for somebody whom
/// the viewer isn't shown. Ids are quoted in the storage format (an attribute)
/// and in the Atlassian document format (a JSON string) alike.
pub fn without_hidden_people<'t>(view: &View, text: &'t str) -> Cow<'t, str> {
    let mut out = String::new();
    let mut kept = 0;
    for (start, id) in quoted_ids(text) {
        if view.author(id).account().is_none() {
            out.push_str(text.get(kept..start).unwrap_or_default());
            kept = start + DIGITS;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
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
