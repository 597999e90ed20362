//! Elements of HTML that the document format has no word for.
//!
//! What is around a text is kept beside it, as an attribute that names each element with its attributes and says how
//! many marks are outside it. Clients that don't know the attribute show the text as they would without it. An element
//! that is shown by a mark, as `kbd` is by that of code, belongs to that mark: whoever takes the mark away takes the
//! element away.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{attribute, colour, kind, make, marks};
use crate::storage::{Element, Markup};

/// The attribute of a node of text with the elements that are around it, from the outside in.
const ELEMENTS: &str = "nx-elements";

/// The attribute of a block with the element that it was, the member of a mark with the element that it shows, and the
/// kind of a mark that is nothing but an element.
pub(super) const ELEMENT: &str = "nx-element";

/// How many such elements may be around a text; more would let a short text grow without bound.
const MAX_ELEMENTS: usize = 6;

/// The elements that are kept around text; the last are marks elsewhere, and kept within elements that such a mark shows.
const NAMES: [&str; 31] = [
    "kbd", "samp", "tt", "var", "cite", "ins", "s", "strike", "mark", "small", "big", "q", "abbr",
    "acronym", "dfn", "bdi", "bdo", "ruby", "rt", "rp", "data", "label", "object", "video",
    "audio", "iframe", "code", "em", "i", "u", "del",
];

/// The colour by which `mark` is shown.
const MARK_COLOUR: &str = "#f8e6a0";

/// An element's name and attributes as JSON.
pub(super) fn tag(element: Element<'_>) -> Map<String, Value> {
    let mut tag = Map::new();
    tag.insert("name".into(), element.name().into());
    // As a list, to keep their order; each in quotes of its own, which is how the ids of people are found.
    let attributes: Vec<Value> = element
        .attributes()
        .map(|one| Value::from(vec![one.name.to_owned(), one.value().into_owned()]))
        .collect();
    if !attributes.is_empty() {
        tag.insert("attributes".into(), attributes.into());
    }
    tag
}

/// The tag of an element around text; `None` for elements that aren't kept. Colours are marks, and not said twice.
pub(super) fn tag_around_text(element: Element<'_>) -> Option<Map<String, Value>> {
    known_name(element.name())?;
    let style = element.attribute("style").unwrap_or_default();
    let is_coloured = ["color", "background-color"]
        .iter()
        .any(|name| colour::property(&style, name).is_some());
    let mut tag = tag(element);
    if let Some(Value::Array(attributes)) = tag.get_mut("attributes")
        && is_coloured
    {
        attributes.retain(|one| one.get(0).and_then(Value::as_str) != Some("style"));
        if attributes.is_empty() {
            tag.remove("attributes");
        }
    }
    Some(tag)
}

/// The mark by which an element is shown, besides its tag.
pub(super) fn colour_of_mark() -> Value {
    let mut attributes = Map::new();
    attributes.insert("color".into(), MARK_COLOUR.into());
    make("backgroundColor", attributes, None)
}

fn known_name(name: &str) -> Option<&'static str> {
    let mut names = NAMES.into_iter();
    names.find(|known| known.eq_ignore_ascii_case(name))
}

/// The attributes of a tag, if they can be written.
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

/// Whether a text can be the name of an element or attribute.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'))
}

/// Opens the element that a mark is or shows; answers its name.
pub(super) fn open(markup: &mut Markup, mark: &Value) -> Option<&'static str> {
    let tag = mark.get(ELEMENT)?;
    let name = known_name(tag.get("name")?.as_str()?)?;
    markup.open(name, &attributes(tag)?);
    Some(name)
}

/// The marks around what is in an element: `shown` is the mark by which it is shown, if there is one. `None` where so
/// many elements are around it already that this one isn't kept.
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
    // Two of the same beside each other are two.
    if before.is_some_and(|before| is_around(before, marks, &new))
        && let Some(Value::Object(tag)) = new.get_mut(ELEMENT)
    {
        tag.insert("beside".into(), true.into());
    }
    let mut all = marks.to_vec();
    all.push(new);
    Some(all)
}

/// Whether a node stands within a mark that is within others.
fn is_around(node: &Value, outer: &[Value], mark: &Value) -> bool {
    let all = joined(node);
    all.get(..outer.len()) == Some(outer) && all.get(outer.len()) == Some(mark)
}

fn set(mark: &mut Value, tag: Map<String, Value>) {
    if let Value::Object(members) = mark {
        members.insert(ELEMENT.into(), Value::Object(tag));
    }
}

/// Whether an element is shown by the mark of this kind among these: another of the kind would take its place.
pub(super) fn are_shown_by(marks: &[Value], mark: &Value) -> bool {
    let mut same = marks.iter().filter(|other| kind(other) == kind(mark));
    same.any(|other| other.get(ELEMENT).is_some())
}

/// A mark that gives way to another of its kind: the element that it shows stays.
pub(super) fn without_kind(mark: &Value) -> Option<Value> {
    let mut element = make(ELEMENT, Map::new(), None);
    set(&mut element, mark.get(ELEMENT)?.as_object()?.clone());
    Some(element)
}

/// Gives a node its marks, and apart from them the elements around it.
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

/// The marks of a node, with the elements that are around it among them.
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

/// Whether a mark still shows an element: another colour is no longer that of `mark`.
fn is_shown_by(tag: &Map<String, Value>, mark: &Value) -> bool {
    tag.get("name").and_then(Value::as_str) != Some("mark") || *mark == colour_of_mark()
}
