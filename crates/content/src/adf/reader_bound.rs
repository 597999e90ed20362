//! The parts of a document that depend on the reader: the addresses of links, the names of their
//! targets, and the ids of files.
//!
//! A client sends them back as its own reader saw them. They are stored without them, and made anew
//! for each reader, so that a document never shows one reader what another one saw.

use serde_json::{Map, Value, json};

use super::element::{self, joined};
use super::pointer::{METADATA, NOWHERE, Pointer, SHOWN_NAME};
use super::{FILE_NAME, Question, kind, make, media, put, text_attribute};

/// The id of a file that is absent for the reader.
pub(super) const UNKNOWN_FILE: &str = "UNKNOWN_MEDIA_ID";

/// The most equal links side by side that are counted where an editor made one text of them.
const MAX_EQUAL_LINKS: usize = 16;

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
                "text" => text(node, ask),
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
    let Some(mut pointer) = Pointer::noted(mark, "href") else {
        return false;
    };
    // The name of before is what another reader was shown.
    if pointer.shown.take().is_some() {
        pointer.shown = pointer.name_for_reader(ask);
    }
    let address = address(&pointer, ask).unwrap_or_else(|| NOWHERE.to_owned());
    replace_attributes(mark, pointer.attributes("href", &address));
    true
}

fn card(card: &mut Value, ask: &mut dyn FnMut(Question<'_>) -> Option<String>) -> bool {
    let Some(mut pointer) = Pointer::noted(card, "url") else {
        return false;
    };
    pointer.shown = None;
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

/// Gives the text of a link that only says its target's name the name that this reader may see, and
/// marks the link of a text that was changed as having a text of its own. Returns whether it gave
/// another text.
fn text(node: &mut Value, ask: &mut dyn FnMut(Question<'_>) -> Option<String>) -> bool {
    let Some(words) = node.get("text").and_then(Value::as_str).map(str::to_owned) else {
        return false;
    };
    let mut given = None;
    let marks = node.get_mut("marks").and_then(Value::as_array_mut);
    for mark in marks.into_iter().flatten() {
        if kind(mark) != "link" {
            continue;
        }
        let Some(pointer) = Pointer::noted(mark, "href") else {
            continue;
        };
        let name = pointer.name();
        let times = pointer.times_shown(&words);
        let says_name = times == 1 || words == name && !pointer.is_named;
        let shown = says_name.then(|| pointer.name_for_reader(ask)).flatten();
        let is_renamed = !says_name && words != name;
        if says_name {
            given = Some(shown.clone().unwrap_or(name));
        } else if times > 1 {
            given = Some(name.repeat(times.min(MAX_EQUAL_LINKS)));
        }
        let metadata = mark.pointer_mut(&format!("/attrs/{METADATA}"));
        if let Some(Value::Object(metadata)) = metadata {
            metadata.remove(SHOWN_NAME);
            put(metadata, SHOWN_NAME, shown);
            put(metadata, "isRenamedTitle", is_renamed.then_some(true));
        }
    }
    let Some(given) = given.filter(|given| *given != words) else {
        return false;
    };
    if let Value::Object(members) = node {
        members.insert("text".into(), given.into());
    }
    true
}

fn replace_attributes(node: &mut Value, new: Map<String, Value>) {
    if let Some(Value::Object(attributes)) = node.get_mut("attrs") {
        attributes.extend(new);
    }
}
