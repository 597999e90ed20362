//! Elements of HTML that the document format has no equivalent for.
//!
//! The elements around a text are stored in an attribute of the text's node, which lists each
//! element with its attributes and the number of marks outside it. Clients that don't know the
//! attribute show the text as they would without it. An element that is shown by a mark, as `kbd`
//! is by the mark for code, belongs to that mark: if a client removes the mark, the element goes
//! with it.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::read_style::PROPERTIES;
use super::{attribute, colour, kind, make, marks};
use crate::storage::{Element, Markup};

/// The attribute of a text node that lists the elements around it, the outermost first.
const ELEMENTS: &str = "nx-elements";

/// The attribute of a block for the element that it was read from, the member of a mark for the
/// element that it shows, and the kind of a mark that is nothing but an element.
pub(super) const ELEMENT: &str = "nx-element";

/// The maximum number of such elements around a text; more would let a short text grow without
/// bound.
const MAX_ELEMENTS: usize = 6;

/// The elements that are preserved around text. The last five are marks elsewhere, and are
/// preserved only inside elements that are shown by the same mark.
const NAMES: [&str; 31] = [
    "kbd", "samp", "tt", "var", "cite", "ins", "s", "strike", "mark", "small", "big", "q", "abbr",
    "acronym", "dfn", "bdi", "bdo", "ruby", "rt", "rp", "data", "label", "object", "video",
    "audio", "iframe", "code", "em", "i", "u", "del",
];

/// The colour with which `mark` is shown.
const MARK_COLOUR: &str = "#f8e6a0";

/// Returns an element's name and attributes as JSON.
pub(super) fn tag(element: Element<'_>) -> Map<String, Value> {
    let mut tag = Map::new();
    tag.insert("name".into(), element.name().into());
    // A list preserves their order. Each value has quotes of its own, by which the ids of people
    // are found.
    let attributes: Vec<Value> = element
        .attributes()
        .map(|one| Value::from(vec![one.name.to_owned(), one.value().into_owned()]))
        .collect();
    if !attributes.is_empty() {
        tag.insert("attributes".into(), attributes.into());
    }
    tag
}

/// Returns the tag of an element around text, or `None` for elements that aren't preserved. A style
/// that becomes marks is left out.
pub(super) fn tag_around_text(element: Element<'_>) -> Option<Map<String, Value>> {
    known_name(element.name())?;
    let style = element.attribute("style").unwrap_or_default();
    let becomes_marks = PROPERTIES
        .iter()
        .any(|name| colour::property(&style, name).is_some());
    let mut tag = tag(element);
    if let Some(Value::Array(attributes)) = tag.get_mut("attributes")
        && becomes_marks
    {
        attributes.retain(|one| one.get(0).and_then(Value::as_str) != Some("style"));
        if attributes.is_empty() {
            tag.remove("attributes");
        }
    }
    Some(tag)
}

/// Returns the mark with which the element `mark` is shown.
pub(super) fn colour_of_mark() -> Value {
    let mut attributes = Map::new();
    attributes.insert("color".into(), MARK_COLOUR.into());
    make("backgroundColor", attributes, None)
}

fn known_name(name: &str) -> Option<&'static str> {
    let mut names = NAMES.into_iter();
    names.find(|known| known.eq_ignore_ascii_case(name))
}

/// Returns the attributes of a tag, if they can be written.
pub(super) fn attributes(tag: &Value) -> Option<Vec<(&str, Option<&str>)>> {
    let Some(list) = tag.get("attributes") else {
        return Some(Vec::new());
    };
    let list = list.as_array()?;
    list.iter()
        .map(|one| {
            let name = one.get(0)?.as_str().filter(|name| is_name(name))?;
            Some((name, Some(one.get(1)?.as_str()?)))
        })
        .collect()
}

/// Returns whether a text can be the name of an element or attribute.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'))
}

/// Opens the element that a mark is or shows, and returns its name.
pub(super) fn open(markup: &mut Markup, mark: &Value) -> Option<&'static str> {
    let tag = mark.get(ELEMENT)?;
    let name = known_name(tag.get("name")?.as_str()?)?;
    markup.open(name, &attributes(tag)?);
    Some(name)
}

/// Returns the marks for the content of an element. `shown` is the mark with which the element is
/// shown, if there is one. `None` if so many elements surround it already that this one isn't
/// preserved.
pub(super) fn around(
    marks: &[Value],
    tag: Map<String, Value>,
    shown: Option<Value>,
    before: Option<&Value>,
) -> Option<Vec<Value>> {
    let elements = marks.iter().filter(|mark| mark.get(ELEMENT).is_some());
    if elements.count() >= MAX_ELEMENTS {
        return None;
    }
    let is_new = |shown: &Value| marks.iter().all(|mark| kind(mark) != kind(shown));
    let mut new = shown
        .filter(is_new)
        .unwrap_or_else(|| make(ELEMENT, Map::new(), None));
    set(&mut new, tag);
    // Two equal elements beside each other stay two.
    if before.is_some_and(|before| is_around(before, marks, &new))
        && let Some(Value::Object(tag)) = new.get_mut(ELEMENT)
    {
        tag.insert("beside".into(), true.into());
    }
    let mut all = marks.to_vec();
    all.push(new);
    Some(all)
}

/// Returns whether a node has `outer` as its outer marks and `mark` directly inside them.
fn is_around(node: &Value, outer: &[Value], mark: &Value) -> bool {
    let all = joined(node);
    all.get(..outer.len()) == Some(outer) && all.get(outer.len()) == Some(mark)
}

fn set(mark: &mut Value, tag: Map<String, Value>) {
    if let Value::Object(members) = mark {
        members.insert(ELEMENT.into(), Value::Object(tag));
    }
}

/// Returns whether one of `marks` is of this kind and shows an element: a second mark of the kind
/// would replace it.
pub(super) fn are_shown_by(marks: &[Value], mark: &Value) -> bool {
    let mut same = marks.iter().filter(|other| kind(other) == kind(mark));
    same.any(|other| other.get(ELEMENT).is_some())
}

/// Returns what remains of a mark that is replaced by another of its kind: the element that it
/// shows.
pub(super) fn without_kind(mark: &Value) -> Option<Value> {
    let mut element = make(ELEMENT, Map::new(), None);
    set(&mut element, mark.get(ELEMENT)?.as_object()?.clone());
    Some(element)
}

/// Gives a node its marks and, in a separate attribute, the elements around it.
pub(super) fn put_marks(node: &mut Map<String, Value>, marks: &[Value]) {
    let (mut plain, mut elements) = (Vec::new(), Vec::new());
    for mark in marks {
        let Some(Value::Object(tag)) = mark.get(ELEMENT) else {
            plain.push(mark.clone());
            continue;
        };
        let mut tag = tag.clone();
        tag.insert("at".into(), plain.len().into());
        if kind(mark) != ELEMENT {
            tag.insert("mark".into(), kind(mark).into());
            let mut mark = mark.clone();
            if let Value::Object(members) = &mut mark {
                members.remove(ELEMENT);
            }
            plain.push(mark);
        }
        elements.push(Value::Object(tag));
    }
    if !plain.is_empty() {
        node.insert("marks".into(), plain.into());
    }
    if elements.is_empty() {
        return;
    }
    match node.get_mut("attrs") {
        Some(Value::Object(attributes)) => {
            attributes.insert(ELEMENTS.into(), elements.into());
        }
        _ => {
            let mut attributes = Map::new();
            attributes.insert(ELEMENTS.into(), elements.into());
            node.insert("attrs".into(), Value::Object(attributes));
        }
    }
}

/// Returns the marks of a node, with the elements around it merged into their order.
pub(super) fn joined(node: &Value) -> Cow<'_, [Value]> {
    let elements = attribute(node, ELEMENTS).and_then(Value::as_array);
    let elements = elements.map(Vec::as_slice).unwrap_or_default();
    if elements.is_empty() || elements.len() > MAX_ELEMENTS {
        return Cow::Borrowed(marks(node));
    }
    let mut all = marks(node).to_vec();
    for element in elements.iter().rev() {
        let Value::Object(members) = element else {
            continue;
        };
        let at = element.get("at").and_then(Value::as_u64);
        let at = at.and_then(|at| usize::try_from(at).ok());
        let at = at.unwrap_or(all.len()).min(all.len());
        let mut tag = members.clone();
        tag.remove("at");
        match tag.remove("mark") {
            None => {
                let mut mark = make(ELEMENT, Map::new(), None);
                set(&mut mark, tag);
                all.insert(at, mark);
            }
            Some(shown) => {
                if let Some(mark) = all.get_mut(at)
                    && shown.as_str() == Some(kind(mark))
                    && is_shown_by(&tag, mark)
                {
                    set(mark, tag);
                }
            }
        }
    }
    Cow::Owned(all)
}

/// Returns whether a mark still shows an element: with another colour it no longer shows `mark`.
fn is_shown_by(tag: &Map<String, Value>, mark: &Value) -> bool {
    tag.get("name").and_then(Value::as_str) != Some("mark") || *mark == colour_of_mark()
}
