//! Blocks of storage format, read into the document format.

use serde_json::{Map, Value};

use super::{colour, inline, kind, make, native, put, source_of};
use crate::hole::{AttachmentRef, Target};
use crate::reference::Resource;
use crate::storage::{self, Children, Element, Macro, Node, Tag};

/// How much the marks of one document may take together, in bytes: many times what any page of people's takes.
const MAX_MARK_BYTES: usize = 16 * 1024 * 1024;

/// Something that only the site knows.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Question<'a> {
    /// The address of a link's target, as the viewer may see it.
    Address(&'a Target),
    /// The file id of an attachment, as the viewer may see it.
    File(&'a AttachmentRef),
}

/// Reads blocks without asking the site anything.
pub(super) fn blocks(nodes: Children<'_>) -> Vec<Value> {
    Reader::new(&mut |_| None).blocks(nodes)
}

/// Reads storage format.
pub(super) struct Reader<'r> {
    pub(super) ask: &'r mut dyn FnMut(Question<'_>) -> Option<String>,
    /// Inside a cell or an expand, where an expand is a nested one.
    pub(super) is_nested: bool,
    /// Inside an extension, where others are read by their fallback alone: [`super::to_storage`] never nests them, and
    /// opening each would double the work with every level.
    pub(super) is_in_extension: bool,
    /// How many bytes marks may still take.
    pub(super) marks_left: usize,
}

impl<'r> Reader<'r> {
    pub(super) fn new(ask: &'r mut dyn FnMut(Question<'_>) -> Option<String>) -> Self {
        Self {
            ask,
            is_nested: false,
            is_in_extension: false,
            marks_left: MAX_MARK_BYTES,
        }
    }

    /// Reads one level as blocks; running text between them becomes paragraphs.
    pub(super) fn blocks(&mut self, nodes: Children<'_>) -> Vec<Value> {
        let mut level = Level::default();
        for node in nodes {
            match node {
                Node::Element(element) => self.block(element, &mut level),
                Node::Text(text) if text.trim().is_empty() && level.running.is_empty() => {}
                node => self.inline_node(node, &[], &mut level.running),
            }
        }
        level.finish()
    }

    fn block(&mut self, element: Element<'_>, level: &mut Level) {
        match element.tag() {
            Tag::P => self.paragraph(element, level),
            tag if tag.heading_level().is_some() => {
                let mut attributes = Map::new();
                put(&mut attributes, "level", tag.heading_level());
                put(&mut attributes, "localId", attribute(element, "local-id"));
                let content = self.only_inline(element);
                level.push(with_style(make("heading", attributes, content), element));
            }
            Tag::Ul => level.push(self.list(element, "bulletList")),
            Tag::Ol => level.push(self.list(element, "orderedList")),
            Tag::Blockquote => {
                let content = self.blocks(element.children());
                level.push(make(
                    "blockquote",
                    local_id(element, "local-id"),
                    Some(content),
                ));
            }
            Tag::Hr => level.push(make("rule", local_id(element, "local-id"), None)),
            Tag::Pre => level.push(make(
                "codeBlock",
                Map::new(),
                Some(vec![text_node(&element.text())]),
            )),
            Tag::Table => level.push(self.table(element)),
            Tag::TaskList => level.push(self.task_list(element)),
            Tag::Macro | Tag::OldMacro => {
                if let Some(found) = Macro::read(element) {
                    match self.macro_(element, found, !level.running.is_empty()) {
                        node if inline::is_inline(kind(&node)) => level.running.push(node),
                        node => level.push(node),
                    }
                }
            }
            Tag::Image => {
                let picture = self.picture(element);
                level.push(picture);
            }
            Tag::A if card_appearance(element).is_some_and(|appearance| appearance != "inline") => {
                level.push(card(element))
            }
            Tag::LayoutSection => self.layout_section(element, level),
            Tag::AdfExtension => match self.opened(element) {
                Some(node) => level.push(node),
                None => {
                    let inside = element.child(Tag::AdfFallback).unwrap_or(element);
                    let was_inside = std::mem::replace(&mut self.is_in_extension, true);
                    level.append(self.blocks(inside.children()));
                    self.is_in_extension = was_inside;
                }
            },
            Tag::Div
            | Tag::Center
            | Tag::Layout
            | Tag::LayoutCell
            | Tag::RichTextBody
            | Tag::Dl
            | Tag::Dt
            | Tag::Dd
            | Tag::AdfNode
            | Tag::AdfContent => level.append(self.blocks(element.children())),
            tag if tag.is_program() => {}
            Tag::Parameter | Tag::DefaultParameter | Tag::AdfAttribute | Tag::AdfParameter => {}
            _ => self.inline_node(Node::Element(element), &[], &mut level.running),
        }
    }

    /// The node that an extension holds, unless its fallback was changed since.
    pub(super) fn opened(&mut self, extension: Element<'_>) -> Option<Value> {
        if self.is_in_extension {
            return None;
        }
        let node: Value = serde_json::from_str(&source_of(extension)?).ok()?;
        let written = storage::parse(&native(&node)).ok()?;
        let fallback = extension.child(Tag::AdfFallback)?;
        let read = |nodes| {
            let mut nobody = |_: Question<'_>| None;
            let mut reader = Reader::new(&mut nobody);
            reader.is_in_extension = true;
            reader.blocks(nodes)
        };
        (read(fallback.children()) == read(written.children())).then_some(node)
    }

    /// A paragraph; what can't stand in one, such as a picture, splits it.
    fn paragraph(&mut self, element: Element<'_>, level: &mut Level) {
        level.flush();
        let mut running = Vec::new();
        self.inline(element.children(), &[], &mut running);
        let attributes = local_id(element, "local-id");
        if running.is_empty() {
            let content = (!element.is_self_closed()).then(Vec::new);
            return level
                .blocks
                .push(with_style(make("paragraph", attributes, content), element));
        }
        let mut run = Vec::new();
        for node in running {
            if inline::is_inline(kind(&node)) {
                run.push(node);
            } else {
                if !is_blank(&run) {
                    level.blocks.push(with_style(
                        make(
                            "paragraph",
                            attributes.clone(),
                            Some(std::mem::take(&mut run)),
                        ),
                        element,
                    ));
                }
                run.clear();
                level.blocks.push(node);
            }
        }
        if !run.is_empty() {
            level.blocks.push(with_style(
                make("paragraph", attributes, Some(run)),
                element,
            ));
        }
    }

    /// The running text of an element that holds nothing else; `None` for one that closes itself.
    pub(super) fn only_inline(&mut self, element: Element<'_>) -> Option<Vec<Value>> {
        let mut running = Vec::new();
        self.inline(element.children(), &[], &mut running);
        running.retain(|node| inline::is_inline(kind(node)));
        (!running.is_empty() || !element.is_self_closed()).then_some(running)
    }

    fn list(&mut self, element: Element<'_>, name: &str) -> Value {
        let mut attributes = Map::new();
        if name == "orderedList" {
            put(
                &mut attributes,
                "order",
                attribute(element, "start").and_then(|start| start.parse::<u32>().ok()),
            );
        }
        put(&mut attributes, "localId", attribute(element, "local-id"));
        let items = element.elements().map(|item| {
            let content = match item.tag() {
                Tag::Li => self.blocks(item.children()),
                _ => {
                    let mut level = Level::default();
                    self.block(item, &mut level);
                    level.finish()
                }
            };
            make("listItem", local_id(item, "local-id"), Some(content))
        });
        let items = items.collect();
        make(name, attributes, Some(items))
    }

    fn task_list(&mut self, element: Element<'_>) -> Value {
        let mut items = Vec::new();
        for task in element.elements() {
            if task.tag() == Tag::TaskList {
                items.push(self.task_list(task));
                continue;
            }
            let text = |tag: Tag| {
                task.child(tag)
                    .map(|child| child.text().trim().to_owned())
                    .filter(|text| !text.is_empty())
            };
            let is_done = text(Tag::TaskStatus).as_deref() == Some("complete");
            let mut attributes = Map::new();
            put(
                &mut attributes,
                "localId",
                text(Tag::TaskUuid).or_else(|| text(Tag::TaskId)),
            );
            put(
                &mut attributes,
                "state",
                Some(if is_done { "DONE" } else { "TODO" }),
            );
            let mut running = Vec::new();
            let mut blocks = Vec::new();
            if let Some(body) = task.child(Tag::TaskBody) {
                let has_blocks = body.elements().any(|inside| inside.tag().is_block());
                if has_blocks {
                    blocks = self.blocks(body.children());
                } else {
                    self.inline(body.children(), &[], &mut running);
                }
            }
            items.push(if blocks.is_empty() {
                running.retain(|node| inline::is_inline(kind(node)));
                make("taskItem", attributes, Some(running))
            } else {
                make("blockTaskItem", attributes, Some(blocks))
            });
        }
        make(
            "taskList",
            local_id(element, "ac:task-list-id"),
            Some(items),
        )
    }

    /// A picture with its caption.
    pub(super) fn picture(&mut self, element: Element<'_>) -> Value {
        let mut media = Map::new();
        match element.elements().find_map(Resource::read) {
            Some(Resource::Attachment(attachment)) => {
                put(&mut media, "type", Some("file"));
                let id = (self.ask)(Question::File(&attachment));
                put(
                    &mut media,
                    "id",
                    Some(id.unwrap_or_else(|| "UNKNOWN_MEDIA_ID".to_owned())),
                );
                put(&mut media, "collection", Some(""));
                put(&mut media, "__fileName", Some(attachment.file));
            }
            Some(Resource::Url(address)) => {
                put(&mut media, "type", Some("external"));
                put(&mut media, "url", Some(address));
            }
            _ => put(&mut media, "type", Some("external")),
        }
        put(&mut media, "alt", attribute(element, "ac:alt"));
        let size = |names: [&str; 2]| {
            names
                .iter()
                .find_map(|name| number(&attribute(element, name)?))
        };
        put(&mut media, "width", size(["ac:original-width", "ac:width"]));
        put(
            &mut media,
            "height",
            size(["ac:original-height", "ac:height"]),
        );
        let mut content = vec![make("media", media, None)];
        if let Some(caption) = element.child(Tag::Caption) {
            let mut running = Vec::new();
            self.inline(caption.children(), &[], &mut running);
            running.retain(|node| inline::is_inline(kind(node)));
            content.push(make("caption", Map::new(), Some(running)));
        }
        let mut attributes = Map::new();
        let layout = attribute(element, "ac:layout").or_else(|| attribute(element, "ac:align"));
        put(
            &mut attributes,
            "layout",
            Some(layout.unwrap_or_else(|| "center".to_owned())),
        );
        make("mediaSingle", attributes, Some(content))
    }
}

/// The blocks of one level, and the running text that will be the next paragraph.
#[derive(Default)]
pub(super) struct Level {
    blocks: Vec<Value>,
    running: Vec<Value>,
}

impl Level {
    pub(super) fn push(&mut self, block: Value) {
        self.flush();
        self.blocks.push(block);
    }

    pub(super) fn append(&mut self, mut blocks: Vec<Value>) {
        self.flush();
        self.blocks.append(&mut blocks);
    }

    fn flush(&mut self) {
        let mut run = Vec::new();
        for node in std::mem::take(&mut self.running) {
            if inline::is_inline(kind(&node)) {
                run.push(node);
            } else {
                self.paragraph(std::mem::take(&mut run));
                self.blocks.push(node);
            }
        }
        self.paragraph(run);
    }

    fn paragraph(&mut self, run: Vec<Value>) {
        if !is_blank(&run) {
            self.blocks.push(make("paragraph", Map::new(), Some(run)));
        }
    }

    fn finish(mut self) -> Vec<Value> {
        self.flush();
        self.blocks
    }
}

fn is_blank(run: &[Value]) -> bool {
    run.iter().all(|node| {
        node.get("text")
            .and_then(Value::as_str)
            .is_some_and(|text| text.trim().is_empty())
    })
}

pub(super) fn text_node(text: &str) -> Value {
    let mut node = Map::new();
    node.insert("type".into(), "text".into());
    node.insert("text".into(), text.into());
    Value::Object(node)
}

/// Adds the marks that a block's style stands for.
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

/// A number as JSON would have it: whole where it is whole.
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

pub(super) fn card_appearance(element: Element<'_>) -> Option<String> {
    attribute(element, "data-card-appearance").filter(|_| element.attribute("href").is_some())
}

fn card(element: Element<'_>) -> Value {
    let is_embedded = card_appearance(element).as_deref() == Some("embed");
    let mut attributes = Map::new();
    put(&mut attributes, "url", attribute(element, "href"));
    put(&mut attributes, "layout", attribute(element, "data-layout"));
    make(
        if is_embedded {
            "embedCard"
        } else {
            "blockCard"
        },
        attributes,
        None,
    )
}
