//! Reads lists and tasks of storage format into the document format.

use serde_json::{Map, Value};

use super::block::{NUMBERING, NUMBERINGS};
use super::element::{self, ELEMENT};
use super::fold::is_in_text;
use super::level::Level;
use super::read::{Reader, attribute, local_id};
use super::{colour, kind, make, put};
use crate::storage::{Element, Node, Tag};

impl Reader<'_> {
    pub(super) fn list(&mut self, element: Element<'_>, name: &str) -> Value {
        let mut attributes = Map::new();
        if name == "orderedList" {
            put(
                &mut attributes,
                "order",
                attribute(element, "start").and_then(|start| start.parse::<u32>().ok()),
            );
        }
        put(&mut attributes, "localId", attribute(element, "local-id"));
        put(&mut attributes, NUMBERING, numbering(element));
        let mut items = Vec::new();
        for node in element.children() {
            let (content, id) = match node {
                Node::Element(item) if item.tag() == Tag::Li => {
                    let content = self.coloured(item, |reader| reader.blocks(item.children()));
                    let mut attributes = local_id(item, "local-id");
                    put(&mut attributes, NUMBERING, numbering(item));
                    (content, attributes)
                }
                node => (self.loose(node), Map::new()),
            };
            let is_item = matches!(node, Node::Element(_));
            if is_item || !content.is_empty() {
                items.push(make("listItem", id, Some(content)));
                self.fold(&mut items);
            }
        }
        make(name, attributes, Some(items))
    }

    /// Reads `dl` as a list, whose items store the elements that they were read from.
    pub(super) fn list_of_terms(&mut self, element: Element<'_>) -> Value {
        let mut items = Vec::new();
        for item in element.elements() {
            let content = self.coloured(item, |reader| reader.blocks(item.children()));
            let mut tag = element::tag(item);
            // Its text isn't in a paragraph, but an item of a list must have one: note that it was
            // added.
            let first = item.children().find(is_shown);
            let is_bare = first.is_some_and(|first| match first {
                Node::Element(first) => !Self::is_block(first),
                _ => true,
            });
            if is_bare && content.first().map(kind) == Some("paragraph") {
                tag.insert("bare".into(), true.into());
            }
            let mut attributes = local_id(item, "local-id");
            attributes.insert(ELEMENT.into(), Value::Object(tag));
            items.push(make("listItem", attributes, Some(content)));
            self.fold(&mut items);
        }
        let mut attributes = local_id(element, "local-id");
        attributes.insert(ELEMENT.into(), Value::Object(element::tag(element)));
        make("bulletList", attributes, Some(items))
    }

    /// Reads a node that is where only other kinds belong, as blocks.
    pub(super) fn loose(&mut self, node: Node<'_>) -> Vec<Value> {
        let mut level = Level::default();
        match node {
            Node::Element(element) => self.block(element, &mut level),
            node => {
                let around = self.around.clone();
                self.inline_node(node, &around, &mut level.running);
            }
        }
        self.blank = None;
        level.finish()
    }

    /// Reads a list of tasks. Anything else in it is put between two lists.
    pub(super) fn task_list(&mut self, element: Element<'_>) -> Vec<Value> {
        let mut blocks = Vec::new();
        let mut items = Vec::new();
        let list = |items: Vec<Value>| {
            make(
                "taskList",
                local_id(element, "ac:task-list-id"),
                Some(items),
            )
        };
        for node in element.children() {
            match node {
                Node::Element(task) if task.tag() == Tag::Task => {
                    items.push(self.task(task));
                    self.fold(&mut items);
                }
                node => {
                    for block in self.loose(node) {
                        if kind(&block) == "taskList" {
                            items.push(block);
                            continue;
                        }
                        if !items.is_empty() {
                            blocks.push(list(std::mem::take(&mut items)));
                        }
                        blocks.push(block);
                    }
                }
            }
        }
        if !items.is_empty() || blocks.is_empty() {
            blocks.push(list(items));
        }
        blocks
    }

    /// Reads a task outside any list.
    pub(super) fn lone_task(&mut self, task: Element<'_>) -> Vec<Value> {
        let task = self.task(task);
        vec![make("taskList", Map::new(), Some(vec![task]))]
    }

    fn task(&mut self, task: Element<'_>) -> Value {
        let text = |tag: Tag| {
            task.child(tag)
                .map(|child| child.text().trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let is_done = text(Tag::TaskStatus).as_deref() == Some("complete");
        let mut attributes = Map::new();
        // The id by which the site knows the task.
        put(
            &mut attributes,
            "localId",
            text(Tag::TaskId).or_else(|| text(Tag::TaskUuid)),
        );
        let state = if is_done { "DONE" } else { "TODO" };
        put(&mut attributes, "state", Some(state));
        let mut level = Level::default();
        let mut is_plain = true;
        for part in task.children() {
            match part {
                Node::Element(part)
                    if matches!(part.tag(), Tag::TaskId | Tag::TaskUuid | Tag::TaskStatus) => {}
                Node::Element(part) if part.tag() == Tag::TaskBody => {
                    let running = self.running_in_line(part.children());
                    is_plain &= running.iter().all(is_in_text);
                    level.append_any(running);
                }
                Node::Text(text) if text.trim().is_empty() => {}
                part => {
                    let blocks = self.loose(part);
                    is_plain &= blocks.is_empty();
                    level.append(blocks);
                }
            }
        }
        if is_plain {
            return make("taskItem", attributes, Some(level.into_running()));
        }
        make("blockTaskItem", attributes, Some(level.finish()))
    }
}

/// Returns what a list or an item says of its numbers that the document format has no word for.
fn numbering(element: Element<'_>) -> Option<Map<String, Value>> {
    let mut numbering = Map::new();
    for name in NUMBERINGS {
        let value = attribute(element, name);
        let value = value.and_then(|value| match name {
            "style" => {
                let sign = colour::property(&value, "list-style-type")?;
                Some(format!("list-style-type: {sign};"))
            }
            _ => Some(value),
        });
        put(&mut numbering, name, value);
    }
    (!numbering.is_empty()).then_some(numbering)
}

/// Returns whether a `dl` contains nothing but `dt` and `dd`.
pub(super) fn is_list_of_terms(list: Element<'_>) -> bool {
    let is_item = |node: Node<'_>| match node {
        Node::Element(item) => matches!(item.tag(), Tag::Dt | Tag::Dd),
        node => !is_shown(&node),
    };
    list.children().all(is_item) && list.elements().next().is_some()
}

/// Returns whether a node shows anything.
fn is_shown(node: &Node<'_>) -> bool {
    match node {
        Node::Element(_) | Node::CData(_) => true,
        Node::Text(text) => !text.trim().is_empty(),
        Node::Comment(_) | Node::Instruction(_) => false,
    }
}
