//! A block's own JSON, stored in storage format with the written form as its fallback.

use memchr::memmem;
use serde_json::Value;

use super::read::written_blocks;
use super::{json, kind, native};
use crate::storage::{self, Document, Element, Markup, Node, Tag};

/// The key under which a block's own JSON is stored.
const SOURCE_KEY: &str = "nx-source";

/// Returns the number of bytes of a text that are the JSON of blocks, as [`write()`] writes it.
pub(crate) fn bytes_of_sources(text: &str) -> usize {
    /// The markup around the JSON and its fallback, and a little for the kind of the node.
    const AROUND: usize = "<ac:adf-extension><ac:adf-node type=\"bodiedExtension\">\
        <ac:adf-attribute key=\"nx-source\"><![CDATA[]]></ac:adf-attribute></ac:adf-node>\
        <ac:adf-fallback></ac:adf-fallback></ac:adf-extension>"
        .len();
    const START: &str = "<ac:adf-attribute key=\"nx-source\"><![CDATA[";
    let ends = memmem::Finder::new("</ac:adf-attribute>");
    let starts = memmem::find_iter(text.as_bytes(), START).map(|at| at + START.len());
    let (mut bytes, mut behind) = (0, 0);
    for start in starts {
        let inside = text.as_bytes().get(start.max(behind)..).unwrap_or_default();
        let length = ends.find(inside).unwrap_or_default();
        behind = start.max(behind) + length;
        bytes += length + AROUND;
    }
    bytes
}

/// Writes a block with its own JSON.
pub(super) fn write(markup: &mut Markup, node: &Value, native: &str) {
    markup.open("ac:adf-extension", &[]);
    markup.open("ac:adf-node", &[("type", Some(kind(node)))]);
    markup.open("ac:adf-attribute", &[("key", Some(SOURCE_KEY))]);
    // JSON can escape every character by its number; a CDATA section can't.
    markup.cdata(&node.to_string());
    markup.close("ac:adf-attribute");
    markup.close("ac:adf-node");
    markup.open("ac:adf-fallback", &[]);
    markup.raw(native);
    markup.close("ac:adf-fallback");
    markup.close("ac:adf-extension");
}

/// Returns whether an attribute holds a block's own JSON.
pub(super) fn is_source(attribute: Element<'_>) -> bool {
    attribute.tag() == Tag::AdfAttribute
        && attribute.attribute("key").as_deref() == Some(SOURCE_KEY)
}

/// Returns the JSON that an extension stores.
pub(super) fn source_of(extension: Element<'_>) -> Option<String> {
    let node = extension.child(Tag::AdfNode)?;
    node.elements()
        .find(|attribute| is_source(*attribute))
        .map(|attribute| attribute.text().into_owned())
}

/// Returns the node that an extension stores, unless its fallback was changed since.
pub(super) fn opened(extension: Element<'_>) -> Option<Value> {
    let node = json::value(&source_of(extension)?).ok()?;
    let written = storage::parse_derived(&native(&node)).ok()?;
    let fallback = extension.child(Tag::AdfFallback)?;
    let is_unchanged =
        written_blocks(fallback.children(), true) == written_blocks(written.children(), true);
    is_unchanged.then_some(node)
}

impl Document {
    /// Returns the body without the JSON of blocks whose written form was changed since, because
    /// that JSON would still contain what was removed. `None` if there is no such JSON.
    #[must_use]
    pub fn without_stale_sources(&self) -> Option<Self> {
        if !self.as_str().contains(SOURCE_KEY) {
            return None;
        }
        let mut copy = Copy::default();
        copy.nodes(self.children());
        // The copy is well-formed and no deeper than the original.
        copy.any
            .then(|| storage::parse_derived(&copy.markup.finish()).ok())
            .flatten()
    }
}

/// A copy in the making.
#[derive(Default)]
struct Copy {
    markup: Markup,
    any: bool,
}

impl Copy {
    fn nodes(&mut self, nodes: storage::Children<'_>) {
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element),
                Node::Text(raw) => self.markup.raw(raw),
                Node::CData(text) => self.enclosed("<![CDATA[", text, "]]>"),
                Node::Comment(text) => self.enclosed("<!--", text, "-->"),
                Node::Instruction(text) => self.enclosed("<?", text, "?>"),
            }
        }
    }

    fn enclosed(&mut self, open: &str, text: &str, close: &str) {
        self.markup.raw(open);
        self.markup.raw(text);
        self.markup.raw(close);
    }

    fn element(&mut self, element: Element<'_>) {
        if element.tag() == Tag::AdfExtension && source_of(element).is_some() {
            if opened(element).is_some() {
                self.markup.raw(element.raw_start_tag());
                self.markup.raw(element.inner());
                return self.markup.close(element.name());
            }
            self.any = true;
            if let Some(fallback) = element.child(Tag::AdfFallback) {
                self.nodes(fallback.children());
            }
            return;
        }
        if is_source(element) {
            self.any = true;
            return;
        }
        self.markup.raw(element.raw_start_tag());
        if !element.is_self_closed() {
            self.nodes(element.children());
            self.markup.close(element.name());
        }
    }
}
