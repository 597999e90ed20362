//! The parts of a document that depend on the reader: the addresses of links and the ids of files.
//!
//! A client sends both back as its own reader saw them. They are stored without them, and made anew
//! for each reader, so that a document never shows one reader what another one saw.

use serde_json::{Map, Value, json};

use super::element::{self, joined};
use super::pointer::{METADATA, NOWHERE, Pointer};
use super::{FILE_NAME, Question, kind, make, media, text_attribute};

/// The id of a file that is absent for the reader.
pub(super) const UNKNOWN_FILE: &str = "UNKNOWN_MEDIA_ID";

/// Makes the parts that depend on the reader anew, in a node and below it, and returns whether
/// there were any.
pub(super) fn make_anew(
    node: &mut Value,
    ask: &mut dyn FnMut(Question<'_>) -> Option<String>,
) -> bool {
    let mut any = false;
    match node {
        Value::Array(items) => {
            for item in items {
                any |= make_anew(item, ask);
            }
        }
        Value::Object(_) => {
            any |= match kind(node) {
                "link" => link(node, ask),
                "inlineCard" | "blockCard" | "embedCard" => card(node, ask),
                "media" | "mediaInline" => file(node, ask),
                "text" => text(node),
                _ => false,
            };
            if let Value::Object(members) = node {
                for inside in ["content", "marks"] {
                    if let Some(inside) = members.get_mut(inside) {
                        any |= make_anew(inside, ask);
                    }
                }
            }
        }
        _ => {}
    }
    any
}

/// Returns the address of a pointer's target, as the reader may see it.
fn address(
    pointer: &Pointer,
    ask: &mut dyn FnMut(Question<'_>) -> Option<String>,
) -> Option<String> {
    match pointer.target() {
        Some(target) => ask(Question::Address(&target)),
        None => pointer.place_in_page(),
    }
}

fn link(mark: &mut Value, ask: &mut dyn FnMut(Question<'_>) -> Option<String>) -> bool {
    let Some(pointer) = Pointer::noted(mark, "href") else {
        return false;
    };
    let address = address(&pointer, ask).unwrap_or_else(|| NOWHERE.to_owned());
    replace_attributes(mark, pointer.attributes("href", &address));
    true
}

fn card(card: &mut Value, ask: &mut dyn FnMut(Question<'_>) -> Option<String>) -> bool {
    let Some(pointer) = Pointer::noted(card, "url") else {
        return false;
    };
    match address(&pointer, ask) {
        Some(address) => replace_attributes(card, pointer.attributes("url", &address)),
        None => {
            let around = joined(card).into_owned();
            let mut words = without_card(kind(card), pointer);
            if let (false, Value::Object(text)) = (around.is_empty(), &mut words)
                && let Some(Value::Array(link)) = text.remove("marks")
            {
                element::put_marks(text, &[around, link].concat());
            }
            *card = words;
        }
    }
    true
}

/// Returns the replacement for a card whose target is absent for the reader: a link with its name
/// as text.
pub(super) fn without_card(kind: &str, mut pointer: Pointer) -> Value {
    let words = pointer.text.take();
    pointer.is_named = words.is_some();
    let mark = make("link", pointer.attributes("href", NOWHERE), None);
    let words = words.unwrap_or_else(|| pointer.name());
    let text = json!({"type": "text", "text": words, "marks": [mark]});
    match kind {
        "inlineCard" => text,
        _ => json!({"type": "paragraph", "content": [text]}),
    }
}

/// Makes the id of a file that has a name anew, and returns whether it did.
fn file(media: &mut Value, ask: &mut dyn FnMut(Question<'_>) -> Option<String>) -> bool {
    let text = |name| text_attribute(media, name).unwrap_or_default();
    let is_ours = text("collection").is_empty()
        && (text("id") == UNKNOWN_FILE || media::is_attachment_id(text("id")));
    if text(FILE_NAME).is_empty() || !is_ours {
        return false;
    }
    let file = media::attachment(media);
    let id = ask(Question::File(&file)).unwrap_or_else(|| UNKNOWN_FILE.to_owned());
    if let Some(Value::Object(attributes)) = media.get_mut("attrs") {
        attributes.insert("id".into(), id.into());
    }
    true
}

/// Marks the link of a text that was changed as having a text of its own, and returns whether it
/// did.
fn text(node: &mut Value) -> bool {
    let words = node.get("text").and_then(Value::as_str).map(str::to_owned);
    let marks = node.get_mut("marks").and_then(Value::as_array_mut);
    for mark in marks.into_iter().flatten() {
        if kind(mark) != "link" {
            continue;
        }
        let Some(pointer) = Pointer::noted(mark, "href") else {
            continue;
        };
        let is_renamed = words.as_deref() != Some(&pointer.name());
        if let Some(Value::Object(metadata)) = mark.pointer_mut(&format!("/attrs/{METADATA}"))
            && is_renamed
        {
            metadata.insert("isRenamedTitle".into(), true.into());
        }
    }
    false
}

fn replace_attributes(node: &mut Value, new: Map<String, Value>) {
    if let Some(Value::Object(attributes)) = node.get_mut("attrs") {
        attributes.extend(new);
    }
}
