//! Reads blocks of storage format into the document format.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::level::Level;
use super::read_beside::pictures_beside_words;
use super::read_list::is_list_of_terms;
use super::read_place::Linked;
use super::read_style::{Part, with_style as with_style_of_text};
use super::source::{opened, source_of};
use super::{colour, fold, make, put, reader_bound};
use crate::embedded::is_embedded;
use crate::hole::{AttachmentRef, Target};
use crate::storage::{Children, Element, Macro, Node, Tag};

/// The maximum size of all marks of one document, in bytes: many times what a page written by
/// people needs.
const MAX_MARK_BYTES: usize = 16 * 1024 * 1024;

/// A question that only the site can answer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Question<'a> {
    /// The address of a link's target, as the viewer may see it.
    Address(&'a Target),
    /// The name of a link's target, as the viewer may see it.
    Name(&'a Target),
    /// The file id of an attachment, as the viewer may see it.
    File(&'a AttachmentRef),
}

/// Reads blocks without asking the site anything, and writes them as JSON, separated by commas:
/// trees would take many times the memory.
pub(super) fn written_blocks(nodes: Children<'_>, is_in_extension: bool) -> String {
    let mut nobody = |_: Question<'_>| None;
    let mut reader = Reader::folding(&mut nobody);
    reader.is_in_extension = is_in_extension;
    reader.written(nodes, String::new())
}

/// Reads storage format into nodes of the document format.
pub(super) struct Reader<'r> {
    pub(super) ask: &'r mut dyn FnMut(Question<'_>) -> Option<String>,
    /// Whether the reader is inside a cell or an expand, where an expand becomes a nested one.
    pub(super) is_nested: bool,
    /// Whether the reader is inside an extension. Others in it are read by their fallback alone:
    /// [`super::to_storage`] never nests them, and opening each would double the work with every
    /// level.
    pub(super) is_in_extension: bool,
    /// Whether the reader is inside content that is a single line, where pictures are part of the
    /// text.
    pub(super) is_in_line: bool,
    /// The positions of the pictures that are part of the text because words stand beside them.
    pub(super) beside_words: HashSet<u32>,
    /// Whether the reader is inside an element that loads something and whose text is read instead.
    pub(super) is_in_embedded: bool,
    /// Whether the reader is inside preformatted text, whose blanks and line ends count.
    pub(super) is_preformatted: bool,
    /// Whether the line of preformatted text has ended, so that more text begins another.
    pub(super) is_line_ended: bool,
    /// The marks around the block that is being read.
    pub(super) around: Vec<Value>,
    /// The marks of a blank that was read but counts only if more of the line follows, if there is
    /// one.
    pub(super) blank: Option<Vec<Value>>,
    /// The number of nodes and pieces of text that were read.
    pub(super) pushed: usize,
    /// The number of bytes that marks may still take.
    pub(super) marks_left: usize,
    /// Whether complete nodes are folded into their JSON text.
    pub(super) folds: bool,
    /// The anchors that links within the document lead to.
    pub(super) linked: Linked,
}

impl<'r> Reader<'r> {
    pub(super) fn new(ask: &'r mut dyn FnMut(Question<'_>) -> Option<String>) -> Self {
        Self {
            ask,
            is_nested: false,
            is_in_extension: false,
            is_in_line: false,
            beside_words: HashSet::new(),
            is_in_embedded: false,
            is_preformatted: false,
            is_line_ended: false,
            around: Vec::new(),
            blank: None,
            pushed: 0,
            marks_left: MAX_MARK_BYTES,
            folds: false,
            linked: Linked::default(),
        }
    }

    /// Creates a reader whose nodes are only written, not inspected.
    pub(super) fn folding(ask: &'r mut dyn FnMut(Question<'_>) -> Option<String>) -> Self {
        Self {
            folds: true,
            ..Self::new(ask)
        }
    }

    /// Reads a whole body, and appends its blocks to a JSON text.
    pub(super) fn written(&mut self, nodes: Children<'_>, text: String) -> String {
        let mut level = Level {
            written: Some(text),
            ..Level::default()
        };
        self.beside_words = pictures_beside_words(nodes.clone());
        self.blocks_into(nodes, &mut level);
        level.written.unwrap_or_default()
    }

    /// Folds the nodes of a level, if they aren't inspected any more.
    pub(super) fn fold(&self, nodes: &mut Vec<Value>) {
        if self.folds {
            fold::fold(nodes);
        }
    }

    /// Reads one level as blocks; running text between them becomes paragraphs.
    pub(super) fn blocks(&mut self, nodes: Children<'_>) -> Vec<Value> {
        let mut level = Level::default();
        self.blocks_into(nodes, &mut level);
        level.finish()
    }

    /// Reads blocks as [`Reader::blocks`] does, and appends them to a level.
    fn blocks_into(&mut self, nodes: Children<'_>, level: &mut Level) {
        level.flush();
        let was_in_line = std::mem::replace(&mut self.is_in_line, false);
        let was_preformatted = std::mem::replace(&mut self.is_preformatted, false);
        let outer = self.blank.take();
        let around = self.around.clone();
        for node in nodes {
            match node {
                Node::Element(element) => self.block(element, level),
                node => self.inline_node(node, &around, &mut level.running),
            }
            self.fold(&mut level.blocks);
            self.fold(&mut level.running);
        }
        self.blank = outer;
        self.is_in_line = was_in_line;
        self.is_preformatted = was_preformatted;
        level.flush();
    }

    /// Reads the running text of one block.
    pub(super) fn running(&mut self, nodes: Children<'_>) -> Vec<Value> {
        let around = self.around.clone();
        let outer = self.blank.take();
        let mut running = Vec::new();
        self.inline(nodes, &around, &mut running);
        self.blank = outer;
        running
    }

    /// Returns whether an element is read as blocks wherever it occurs.
    pub(super) fn is_block(element: Element<'_>) -> bool {
        let tag = element.tag();
        tag.is_block() || matches!(tag, Tag::Td | Tag::Th) || element.is_container()
    }

    pub(super) fn block(&mut self, element: Element<'_>, level: &mut Level) {
        if !Self::is_block(element) {
            return self.block_of_colours(element, level);
        }
        self.coloured(element, |reader| reader.block_of_colours(element, level));
    }

    /// Calls `read` with what an element's style says of its text as marks. The background of a
    /// whole block or cell isn't one of them, because it isn't that of its text alone.
    pub(super) fn coloured<T>(
        &mut self,
        element: Element<'_>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let part = Part::of(element).unwrap_or(Part::Block);
        let around = with_style_of_text(&self.around, element, part);
        let outer = std::mem::replace(&mut self.around, around);
        let read = read(self);
        self.around = outer;
        read
    }

    fn block_of_colours(&mut self, element: Element<'_>, level: &mut Level) {
        let blank = self.blank.take();
        match element.tag() {
            Tag::P => self.paragraph(element, level),
            tag if tag.heading_level().is_some() => {
                let mut attributes = Map::new();
                put(&mut attributes, "level", tag.heading_level());
                put(&mut attributes, "localId", attribute(element, "local-id"));
                let (mut running, beside) = self.running_apart(element.children());
                running.splice(0..0, self.place(element));
                let is_void = running.is_empty() && element.is_self_closed();
                let content = (!is_void).then_some(running);
                level.push(with_style(make("heading", attributes, content), element));
                level.append(beside);
            }
            Tag::Ul => level.push(self.list(element, "bulletList")),
            Tag::Ol => level.push(self.list(element, "orderedList")),
            Tag::Dl if is_list_of_terms(element) => {
                let list = self.list_of_terms(element);
                level.push(list);
            }
            Tag::Blockquote => {
                let content = self.blocks(element.children());
                level.push(make(
                    "blockquote",
                    local_id(element, "local-id"),
                    Some(content),
                ));
            }
            Tag::Hr => level.push(make("rule", local_id(element, "local-id"), None)),
            Tag::Pre => self.preformatted(element, level),
            Tag::Table => level.append(self.table(element)),
            Tag::TaskList => level.append(self.task_list(element)),
            Tag::Task => level.append(self.lone_task(element)),
            Tag::Macro | Tag::OldMacro => {
                if let Some(found) = Macro::read(element) {
                    let is_in_text = level.is_in_text();
                    let node = self.macro_(element, found, is_in_text);
                    self.blank = blank;
                    self.push_at(level, node);
                }
            }
            tag if is_embedded(tag) => {
                self.blank = blank;
                match self.embedded(element, level.is_in_text()) {
                    Some(node) => self.push_at(level, node),
                    None => {
                        let around = self.around.clone();
                        self.inline_node(Node::Element(element), &around, &mut level.running);
                    }
                }
            }
            Tag::LayoutSection => self.layout_section(element, level),
            Tag::AdfExtension => match self.extension_nodes(element) {
                Some(nodes) => nodes.into_iter().for_each(|node| level.push(node)),
                None => level.append(self.fallback(element, Self::blocks)),
            },
            Tag::PlainTextBody => level.push(code_block(&element.text(), Map::new())),
            tag if tag.is_program() => {}
            Tag::Parameter | Tag::DefaultParameter | Tag::AdfAttribute | Tag::AdfParameter => {}
            _ if Self::is_block(element) => {
                level.running.extend(self.place(element));
                self.blocks_into(element.children(), level);
            }
            _ => {
                self.blank = blank;
                let around = self.around.clone();
                self.inline_node(Node::Element(element), &around, &mut level.running);
            }
        }
    }

    /// Appends a node that is read as a block, or as part of the text before it.
    fn push_at(&mut self, level: &mut Level, node: Value) {
        if fold::is_in_text(&node) {
            let around = self.around.clone();
            let node = self.with_marks_of_text(node, &around);
            self.push(&mut level.running, node);
        } else {
            self.blank = None;
            level.push(node);
        }
    }

    /// Returns the nodes of an extension: the one that it stores, or one of Confluence's own.
    /// `None` if its fallback must be read.
    pub(super) fn extension_nodes(&mut self, extension: Element<'_>) -> Option<Vec<Value>> {
        if let Some(mut node) = self.opened(extension) {
            reader_bound::make_anew(&mut node, self.ask);
            return Some(vec![match self.folds {
                true => fold::folded(&node),
                false => node,
            }]);
        }
        match source_of(extension) {
            Some(_) => None,
            None => self.own_node(extension),
        }
    }

    /// Reads the fallback of an extension.
    pub(super) fn fallback<T>(
        &mut self,
        extension: Element<'_>,
        read: impl FnOnce(&mut Self, Children<'_>) -> T,
    ) -> T {
        let inside = extension.child(Tag::AdfFallback).unwrap_or(extension);
        let was_inside = std::mem::replace(&mut self.is_in_extension, true);
        let nodes = read(self, inside.children());
        self.is_in_extension = was_inside;
        nodes
    }

    /// Returns the node that an extension stores, unless its fallback was changed since.
    pub(super) fn opened(&mut self, extension: Element<'_>) -> Option<Value> {
        if self.is_in_extension {
            return None;
        }
        opened(extension)
    }

    /// Reads a paragraph. Content that a paragraph can't hold, such as a picture, splits it.
    fn paragraph(&mut self, element: Element<'_>, level: &mut Level) {
        level.flush();
        let mut running = self.running(element.children());
        running.splice(0..0, self.place(element));
        let attributes = local_id(element, "local-id");
        if running.is_empty() {
            let content = (!element.is_self_closed()).then(Vec::new);
            return level.push(with_style(make("paragraph", attributes, content), element));
        }
        level.push_split(running, &|run| {
            let paragraph = make("paragraph", attributes.clone(), Some(run));
            Some(with_style(paragraph, element))
        });
    }
}

pub(super) fn text_node(text: &str) -> Value {
    let mut node = Map::new();
    node.insert("type".into(), "text".into());
    node.insert("text".into(), text.into());
    Value::Object(node)
}

/// Adds the marks that a block's style expresses.
fn with_style(mut block: Value, element: Element<'_>) -> Value {
    let style = element.attribute("style").unwrap_or_default();
    let mut marks = Vec::new();
    let mut mark = |kind: &str, name: &str, value: Value| {
        let mut attributes = Map::new();
        attributes.insert(name.to_owned(), value);
        marks.push(make(kind, attributes, None));
    };
    match colour::property(&style, "text-align") {
        Some("center") => mark("alignment", "align", "center".into()),
        Some("right") => mark("alignment", "align", "end".into()),
        _ => {}
    }
    let indent = colour::property(&style, "margin-left")
        .and_then(|value| value.strip_suffix("px")?.parse::<f64>().ok());
    if let Some(level) = (1_u32..=6)
        .find(|level| indent.is_some_and(|indent| (indent - f64::from(level * 30)).abs() < 1.0))
    {
        mark("indentation", "level", level.into());
    }
    if let (Some(object), false) = (block.as_object_mut(), marks.is_empty()) {
        object.insert("marks".into(), Value::Array(marks));
    }
    block
}

pub(super) fn attribute(element: Element<'_>, name: &str) -> Option<String> {
    element.attribute(name).map(std::borrow::Cow::into_owned)
}

pub(super) fn local_id(element: Element<'_>, name: &str) -> Map<String, Value> {
    let mut attributes = Map::new();
    put(&mut attributes, "localId", attribute(element, name));
    attributes
}

/// Returns a number as JSON has it: an integer if it is one.
pub(super) fn number(text: &str) -> Option<Value> {
    text.parse::<i64>()
        .map(Value::from)
        .ok()
        .or_else(|| text.parse::<f64>().ok().filter(|n| n.is_finite()).map(tidy))
}

pub(super) fn tidy(number: f64) -> Value {
    let whole = format!("{number:.0}").parse::<i64>().ok();
    match whole {
        Some(whole) if number.fract() == 0.0 => whole.into(),
        _ => ((number * 100.0).floor() / 100.0).into(),
    }
}

/// Makes a block of code.
pub(super) fn code_block(text: &str, attributes: Map<String, Value>) -> Value {
    let content = match text {
        "" => Vec::new(),
        text => vec![text_node(text)],
    };
    make("codeBlock", attributes, Some(content))
}
