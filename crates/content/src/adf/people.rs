//! Removes the names of people from bodies, for viewers who may not see them (law 3.8).

use serde_json::{Map, Value, json};

use super::inline::person_of_mention;
use super::pointer::{Pointer, RESOURCES};
use super::source::is_source;
use super::{AdfError, card, changed, kind, marks, text_attribute};
use crate::reference::{PersonRef, Resource, is_person_parameter, person_at};
use crate::storage::{self, Document, Element, Markup, Node, Tag};

/// The text that replaces a person whose name may not be seen.
const SOMEBODY: &str = "a user";

/// Returns a document of this format in which each mention of and link to a person for whom
/// `is_hidden` returns `true` is written as "a user", without an id. `None` if nobody is hidden:
/// the document can then be returned as it was sent.
///
/// # Errors
/// Fails if the text isn't JSON.
pub fn hide_people(
    json: &str,
    is_hidden: &mut dyn FnMut(&PersonRef) -> bool,
) -> Result<Option<String>, AdfError> {
    changed(json, &mut |value| hide(value, is_hidden))
}

/// Hides people in a value, and returns whether there were any.
fn hide(value: &mut Value, is_hidden: &mut dyn FnMut(&PersonRef) -> bool) -> bool {
    match value {
        Value::Array(items) => {
            let mut any = false;
            for item in items {
                any |= hide(item, is_hidden);
            }
            any
        }
        Value::Object(_) => {
            let mut any = hide_node(value, is_hidden);
            let Value::Object(object) = value else {
                return any;
            };
            if let Some(Value::Object(parameters)) = object.get_mut("macroParams") {
                parameters.retain(|name, value| {
                    let by_resource = people_in(value);
                    let hides = by_resource.iter().any(&mut *is_hidden)
                        || by_resource.is_empty()
                            && is_person_parameter(name)
                            && is_hidden(&PersonRef::Name(parameter_value(value)));
                    any |= hides;
                    !hides
                });
            }
            for value in object.values_mut() {
                any |= hide(value, is_hidden);
            }
            any
        }
        _ => false,
    }
}

/// Hides the person that a node names, if it names one, and returns whether it did.
fn hide_node(node: &mut Value, is_hidden: &mut dyn FnMut(&PersonRef) -> bool) -> bool {
    let text = json!({"type": "text", "text": SOMEBODY});
    match kind(node) {
        "mention" => {
            if !is_hidden(&person_of_mention(node)) {
                return false;
            }
            let mut attributes = Map::new();
            attributes.insert("id".into(), "".into());
            attributes.insert("text".into(), SOMEBODY.into());
            if let Value::Object(object) = node {
                object.insert("attrs".into(), Value::Object(attributes));
            }
            true
        }
        name @ ("inlineCard" | "blockCard" | "embedCard") => {
            let person = card::address(node).and_then(person_at);
            if !person.is_some_and(|person| is_hidden(&person)) {
                return false;
            }
            *node = match name {
                "inlineCard" => text,
                _ => json!({"type": "paragraph", "content": [text]}),
            };
            true
        }
        "text" => {
            let leads_to_hidden = |mark: &Value, is_hidden: &mut dyn FnMut(&PersonRef) -> bool| {
                text_attribute(mark, "href")
                    .and_then(person_at)
                    .is_some_and(|person| is_hidden(&person))
            };
            let hides = marks(node)
                .iter()
                .any(|mark| leads_to_hidden(mark, is_hidden));
            if hides {
                *node = text;
            }
            hides
        }
        _ => false,
    }
}

/// Returns the people whom a macro's parameter names as resources.
fn people_in(parameter: &Value) -> Vec<PersonRef> {
    let resources = parameter.get(RESOURCES).and_then(Value::as_array);
    resources
        .into_iter()
        .flatten()
        .filter_map(Pointer::from_metadata)
        .filter_map(|pointer| match pointer.resource {
            Resource::Person(person) => Some(person),
            _ => None,
        })
        .collect()
}

/// Returns the text of a macro's parameter, which is wrapped in newer documents.
fn parameter_value(value: &Value) -> String {
    value
        .as_str()
        .or_else(|| value.get("value")?.as_str())
        .unwrap_or_default()
        .to_owned()
}

impl Document {
    /// Returns the body with each link to a person for whom `is_hidden` returns `true` written as
    /// "a user", without an id. `None` if nobody is hidden.
    #[must_use]
    pub fn hide_people(&self, is_hidden: &mut dyn FnMut(&PersonRef) -> bool) -> Option<Self> {
        let mut copy = Copy {
            markup: Markup::default(),
            is_hidden,
            any: false,
        };
        copy.nodes(self.children());
        // The copy is well-formed and no deeper than the original.
        let hidden = copy.any.then(|| copy.markup.finish())?;
        Some(storage::parse_derived(&hidden).unwrap_or_else(|_| Self::from_text(SOMEBODY)))
    }
}

/// A copy in the making.
struct Copy<'h> {
    markup: Markup,
    is_hidden: &'h mut dyn FnMut(&PersonRef) -> bool,
    any: bool,
}

impl Copy<'_> {
    fn nodes(&mut self, nodes: storage::Children<'_>) {
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element),
                Node::Text(raw) => self.markup.raw(raw),
                Node::CData(text) => {
                    self.markup.raw("<![CDATA[");
                    self.markup.raw(text);
                    self.markup.raw("]]>");
                }
                // A comment may name people in any form, so none is copied.
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
    }

    fn element(&mut self, element: Element<'_>) {
        match element.tag() {
            Tag::RiUser if self.hides_resource(element) => {
                return self.markup.void("ri:user", &[]);
            }
            Tag::Link => {
                let person = element.child(Tag::RiUser);
                if person.is_some_and(|person| self.hides_resource(person)) {
                    self.markup.raw("<ac:link><ri:user />");
                    self.markup.element("ac:link-body", &[], SOMEBODY);
                    return self.markup.close("ac:link");
                }
            }
            Tag::A => {
                let person = element.attribute("href").and_then(|href| person_at(&href));
                if person.is_some_and(|person| self.hides(&person)) {
                    return self.markup.text(SOMEBODY);
                }
            }
            Tag::Parameter if self.hides_parameter(element) => {
                self.markup.raw(element.raw_start_tag());
                if !element.is_self_closed() {
                    self.markup.close(element.name());
                }
                return;
            }
            _ if is_source(element) => {
                let source = element.text();
                if let Ok(Some(hidden)) = hide_people(&source, self.is_hidden) {
                    self.any = true;
                    self.markup.raw(element.raw_start_tag());
                    self.markup.cdata(&hidden);
                    return self.markup.close(element.name());
                }
            }
            _ => {}
        }
        self.markup.raw(element.raw_start_tag());
        if !element.is_self_closed() {
            self.nodes(element.children());
            self.markup.close(element.name());
        }
    }

    fn hides(&mut self, person: &PersonRef) -> bool {
        let hides = (self.is_hidden)(person);
        self.any |= hides;
        hides
    }

    fn hides_resource(&mut self, element: Element<'_>) -> bool {
        match Resource::read(element) {
            Some(Resource::Person(person)) => self.hides(&person),
            _ => false,
        }
    }

    /// Returns whether a macro's parameter is a hidden person, as a resource or as a plain name.
    fn hides_parameter(&mut self, element: Element<'_>) -> bool {
        if !is_person_parameter(&element.attribute("ac:name").unwrap_or_default()) {
            return false;
        }
        match Resource::first_in(element) {
            Some(Resource::Person(person)) => self.hides(&person),
            _ => self.hides(&PersonRef::Name(element.text().into_owned())),
        }
    }
}
