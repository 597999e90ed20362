//! Elements of HTML that load something: they become the macro that shows the same, which also
//! stores the element itself.

use serde_json::{Map, Value, json};

use super::block::MACRO;
use super::element::{ELEMENT, attributes, is_name, tag};
use super::read::{Reader, attribute};
use super::{make, text_attribute};
use crate::carried::first_element;
use crate::embedded::{address, addresses, has_words, is_embedded};
use crate::reference::person_at;
use crate::storage::{self, Element, Markup, Node};

/// The macro that shows such an element.
const FRAME: &str = "iframe";

impl Reader<'_> {
    /// Reads an element that loads something. `None` if its text should be read instead.
    pub(super) fn embedded(&mut self, element: Element<'_>, is_in_text: bool) -> Option<Value> {
        let parameters = parameters(element)?;
        // Checked only in the outermost: elements that can't be preserved may contain each other.
        let kept = match self.is_in_embedded {
            true => None,
            false => tree(element),
        };
        if kept.is_none() && has_words(element) {
            return None;
        }
        let mut all = Map::new();
        all.insert("macroParams".into(), Value::Object(parameters));
        if let Some(kept) = kept {
            all.insert(ELEMENT.into(), kept);
        }
        let mut attributes = Map::new();
        attributes.insert("extensionType".into(), MACRO.into());
        attributes.insert("extensionKey".into(), FRAME.into());
        attributes.insert("parameters".into(), Value::Object(all));
        let name = match is_in_text {
            true => "inlineExtension",
            false => "extension",
        };
        Some(make(name, attributes, None))
    }
}

/// Returns the parameters of the macro, or `None` if the element has no safe address to show and
/// has text, or has no address at all.
fn parameters(element: Element<'_>) -> Option<Map<String, Value>> {
    let otherwise = || addresses(element).next().filter(|_| !has_words(element));
    let source = address(element).or_else(otherwise)?;
    let mut parameters = Map::new();
    parameters.insert("src".into(), json!({"value": source}));
    for name in ["width", "height"] {
        if let Some(value) = attribute(element, name) {
            parameters.insert(name.into(), json!({"value": value}));
        }
    }
    Some(parameters)
}

/// Returns an element with its content as JSON, or `None` if it contains anything but HTML or an
/// address of somebody's profile, which not everybody may see.
fn tree(element: Element<'_>) -> Option<Value> {
    let names_somebody = |value: &str| person_at(value).is_some();
    if element.name().contains(':') || element.attributes().any(|one| names_somebody(&one.value()))
    {
        return None;
    }
    let mut tree = tag(element);
    if !element.is_self_closed() {
        let mut content = Vec::new();
        for node in element.children() {
            match node {
                Node::Element(part) => content.push(self::tree(part)?),
                Node::Text(raw) => content.push(crate::escape::decode(raw).into()),
                Node::CData(text) => content.push(text.into()),
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
        tree.insert("content".into(), content.into());
    }
    Some(Value::Object(tree))
}

/// Returns the element that an extension was made from, in storage format, as long as its
/// parameters agree.
pub(super) fn kept(extension: &Value) -> Option<String> {
    let all = super::attribute(extension, "parameters")?;
    let mut markup = Markup::default();
    write(&mut markup, all.get(ELEMENT)?)?;
    let written = markup.finish();
    let document = storage::parse_derived(&written).ok()?;
    let element = first_element(&document).filter(|element| is_embedded(element.tag()))?;
    let is_same = document.as_str() == written
        && text_attribute(extension, "extensionKey") == Some(FRAME)
        && all.get("macroParams")?.as_object() == Some(&parameters(element)?);
    is_same.then_some(written)
}

/// Writes an element with its content, or returns `None` if the JSON isn't HTML.
fn write(markup: &mut Markup, tree: &Value) -> Option<()> {
    if let Some(text) = tree.as_str() {
        markup.text(text);
        return Some(());
    }
    let name = tree.get("name")?.as_str()?;
    if !is_name(name) || name.contains(':') {
        return None;
    }
    let attributes = attributes(tree)?;
    let Some(content) = tree.get("content") else {
        markup.void(name, &attributes);
        return Some(());
    };
    markup.open(name, &attributes);
    for node in content.as_array()? {
        write(markup, node)?;
    }
    markup.close(name);
    Some(())
}
