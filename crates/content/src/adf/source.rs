//! A block's own JSON, stored in storage format with the written form as its fallback.

use memchr::memmem;
use serde_json::Value;

use super::read::written_blocks;
use super::{json, kind, native};
use crate::carried::attributes;
use crate::escape::decode;
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
    // The reader of this format passes over some of what the fallback says, such as attributes; the
    // comparison of all that it says passes over blanks.
    let is_unchanged = all_said(fallback.children()) == all_said(written.children())
        && written_blocks(fallback.children(), true) == written_blocks(written.children(), true);
    is_unchanged.then_some(node)
}

/// Returns everything that storage format says, whatever a reader makes of it, without what another
/// writer of XML may write in another way: blanks, the order of attributes, entities, comments.
fn all_said(nodes: storage::Children<'_>) -> String {
    let mut said = String::new();
    push_said(&mut said, nodes);
    said
}

fn push_said(said: &mut String, nodes: storage::Children<'_>) {
    let text = |said: &mut String, text: &str| {
        said.extend(text.chars().filter(|c| !c.is_ascii_whitespace()));
    };
    for node in nodes {
        match node {
            Node::Text(raw) => text(said, &decode(raw)),
            Node::CData(plain) => text(said, plain),
            Node::Element(element) => {
                // No text of a document contains these signs.
                said.extend(["\u{1}", element.name()]);
                for (name, value) in attributes(element) {
                    said.extend(["\u{2}", name, "\u{3}", &value]);
                }
                said.push('\u{4}');
                push_said(said, element.children());
                said.push('\u{5}');
            }
            Node::Comment(_) | Node::Instruction(_) => {}
        }
    }
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
