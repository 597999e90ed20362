//! Reads anchors that HTML names by `name` and `id` as the macro that is equivalent.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::block::MACRO;
use super::make;
use super::read::Reader;
use crate::storage::{Document, Element, Node, Tag};
use crate::url::percent_decoded;
use crate::view::{anchor_id, named_place};

/// The ids of the anchors that links within a document lead to.
#[derive(Default)]
pub(super) struct Linked(HashSet<String>);

impl Linked {
    pub(super) fn in_document(document: &Document) -> Self {
        let elements = document.descendants().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        });
        let names = elements.filter_map(|element| match element.tag() {
            Tag::A => percent_decoded(element.attribute("href")?.strip_prefix('#')?),
            Tag::Link => element.attribute("ac:anchor").map(Into::into),
            _ => None,
        });
        Self(names.map(|name| anchor_id(&name)).collect())
    }
}

impl Reader<'_> {
    /// Returns the macro for the anchor that an element of HTML names. Tools write ids on
    /// paragraphs and the like that mean nothing to readers: those are anchors only if a link leads
    /// to them.
    pub(super) fn place(&self, element: Element<'_>) -> Option<Value> {
        let name = named_place(element, element.tag())?;
        let is_nothing_else = match element.tag() {
            Tag::A => element.attribute("href").is_none(),
            Tag::Span => element.inner().is_empty(),
            _ => false,
        };
        let is_place = is_nothing_else || self.linked.0.contains(&anchor_id(&name));
        is_place.then(|| anchor(&name))
    }
}

fn anchor(name: &str) -> Value {
    let mut attributes = Map::new();
    attributes.insert("extensionType".into(), MACRO.into());
    attributes.insert("extensionKey".into(), "anchor".into());
    attributes.insert(
        "parameters".into(),
        json!({"macroParams": {"": {"value": name}}}),
    );
    make("inlineExtension", attributes, None)
}
