//! Cards: links that show what they lead to. Storage format has words for each, for readers to whom
//! the target isn't shown; the document format has them beside the address.

use serde_json::{Map, Value};

use super::pointer::{ADDRESS, METADATA, Pointer};
use super::{attribute, text_attribute};
use crate::storage::{Element, Markup, Node, Tag};

/// The member of a pointer for the words of a card.
pub(super) const WORDS: &str = "linkText";

/// Returns the kind of the card for the appearance of a link.
pub(super) fn kind_of(appearance: &str) -> &'static str {
    match appearance {
        "block" => "blockCard",
        "embed" => "embedCard",
        _ => "inlineCard",
    }
}

/// Returns the address of a card, which may be in its data.
pub(super) fn address(card: &Value) -> Option<&str> {
    let data = |name: &str| attribute(card, "data")?.get(name)?.as_str();
    text_attribute(card, "url")
        .or_else(|| data("url"))
        .or_else(|| data("@id"))
}

/// Returns whether a link contains more than words, so that a card can't hold it.
pub(super) fn says_more(link: Element<'_>) -> bool {
    link.descendants().any(|node| match node {
        Node::Element(inside) => !inside.tag().is_formatting() && inside.tag() != Tag::Br,
        _ => false,
    })
}

/// Returns the words of a link, or `None` if there are none.
pub(super) fn words(link: Element<'_>) -> Option<String> {
    let words = link.text();
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// Adds the words of a link by an address to its card, unless they are the address.
pub(super) fn put_words(card: &mut Map<String, Value>, link: Element<'_>, address: &str) {
    if let Some(words) = words(link).filter(|words| words != address.trim()) {
        let mut metadata = Map::new();
        metadata.insert(WORDS.into(), words.into());
        metadata.insert(ADDRESS.into(), address.into());
        card.insert(METADATA.into(), metadata.into());
    }
}

/// Returns the words that [`put_words`] added to a card, unless its address was changed since.
pub(super) fn added_words(card: &Value) -> Option<&str> {
    let metadata = attribute(card, METADATA)?;
    let is_current = metadata.get(ADDRESS)?.as_str() == text_attribute(card, "url");
    metadata.get(WORDS)?.as_str().filter(|_| is_current)
}

/// Writes a card as the link that it is.
pub(super) fn write(markup: &mut Markup, card: &Value, appearance: &str) {
    if let Some(pointer) = Pointer::of(card, "url") {
        pointer.open(markup);
        if let Some(text) = &pointer.text {
            markup.element("ac:link-body", &[], text);
        }
        return markup.close("ac:link");
    }
    let name = attribute(card, "data").and_then(|data| data.get("name")?.as_str());
    let name = name.filter(|name| !name.trim().is_empty());
    let words = added_words(card).or(name);
    match address(card) {
        Some(url) => markup.element(
            "a",
            &[
                ("href", Some(url)),
                ("data-layout", text_attribute(card, "layout")),
                ("data-card-appearance", Some(appearance)),
            ],
            words.unwrap_or(url),
        ),
        None => markup.text(words.unwrap_or("A card without an address")),
    }
}
