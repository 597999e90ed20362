//! Bodies without the names of people, for viewers who may not see them (law 3).

use serde_json::{Map, Value};

use super::{AdfError, SOURCE_KEY};
use crate::reference::is_person_parameter;
use crate::storage::{Document, Element, Markup, Node, Tag};

/// What stands for a person whose name may not be seen.
const SOMEBODY: &str = "a user";

/// A document of this format with each mention written as "a user", without an id.
///
/// # Errors
/// Where the text isn't JSON.
pub fn without_people(json: &str) -> Result<String, AdfError> {
    let mut document: Value = serde_json::from_str(json)?;
    hide(&mut document);
    Ok(document.to_string())
}

fn hide(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(object) => {
            if object.get("type").and_then(Value::as_str) == Some("mention") {
                let mut attributes = Map::new();
                attributes.insert("id".into(), "".into());
                attributes.insert("text".into(), SOMEBODY.into());
                object.insert("attrs".into(), Value::Object(attributes));
            }
            if let Some(Value::Object(parameters)) = object.get_mut("macroParams") {
                parameters.retain(|name, _| !is_person_parameter(name));
            }
            object.values_mut().for_each(hide);
        }
        _ => {}
    }
}

impl Document {
    /// The body in storage format with each link to a person written as "a user", without an id.
    #[must_use]
    pub fn write_without_people(&self) -> String {
        let mut markup = Markup::default();
        copy(&mut markup, self.children());
        markup.finish()
    }
}

fn copy(markup: &mut Markup, nodes: crate::storage::Children<'_>) {
    for node in nodes {
        match node {
            Node::Element(element) if element.tag() == Tag::RiUser => markup.void("ri:user", &[]),
            Node::Element(element)
                if element.tag() == Tag::Link && element.child(Tag::RiUser).is_some() =>
            {
                markup.raw("<ac:link><ri:user />");
                markup.element("ac:link-body", &[], SOMEBODY);
                markup.close("ac:link");
            }
            Node::Element(element) if names_a_person(element) => {
                markup.raw(element.raw_start_tag());
                if !element.is_self_closed() {
                    markup.close(element.name());
                }
            }
            Node::Element(element) if is_source(element) => {
                markup.raw(element.raw_start_tag());
                markup.cdata(&without_people(&element.text()).unwrap_or_default());
                markup.close(element.name());
            }
            Node::Element(element) => {
                markup.raw(element.raw_start_tag());
                if !element.is_self_closed() {
                    copy(markup, element.children());
                    markup.close(element.name());
                }
            }
            Node::Text(raw) => markup.raw(raw),
            Node::CData(text) => {
                markup.raw("<![CDATA[");
                markup.raw(text);
                markup.raw("]]>");
            }
            // A comment may say anything about anybody.
            Node::Comment(_) | Node::Instruction(_) => {}
        }
    }
}

fn is_source(element: Element<'_>) -> bool {
    element.tag() == Tag::AdfAttribute && element.attribute("key").as_deref() == Some(SOURCE_KEY)
}

/// Whether a macro's parameter is a person, who may be written as a plain name in it.
fn names_a_person(element: Element<'_>) -> bool {
    element.tag() == Tag::Parameter
        && is_person_parameter(&element.attribute("ac:name").unwrap_or_default())
}
