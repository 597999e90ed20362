//! Nodes that Confluence itself stores as `ac:adf-extension`: the purple panel and lists of
//! decisions.
//!
//! They are written without a fallback, which would only repeat their content.

use serde_json::{Map, Value};

use super::element::joined;
use super::read::{Reader, text_node};
use super::{block, content, fold, inline, kind, make, put, text_attribute};
use crate::storage::{Children, Element, Markup, Node, Tag};

/// The known types of panels; a panel of any other type is read as `info`.
const PANEL_TYPES: [&str; 6] = ["info", "note", "warning", "error", "success", "custom"];

/// The attributes of a panel in storage format and in the document format.
const PANEL_ATTRIBUTES: [(&str, &str); 6] = [
    ("panel-type", "panelType"),
    ("panel-icon", "panelIcon"),
    ("panel-icon-id", "panelIconId"),
    ("panel-icon-text", "panelIconText"),
    ("panel-color", "panelColor"),
    ("local-id", "localId"),
];

/// The attributes of a list of decisions and of its items, in both formats.
const DECISION_ATTRIBUTES: [(&str, &str); 2] = [("local-id", "localId"), ("state", "state")];

/// Writes the panel that no macro is equivalent to.
pub(super) fn note_panel(markup: &mut Markup, node: &Value) {
    markup.open("ac:adf-extension", &[]);
    markup.open("ac:adf-node", &[("type", Some("panel"))]);
    attributes(markup, node, &PANEL_ATTRIBUTES);
    markup.open("ac:adf-content", &[]);
    block::all(markup, content(node));
    markup.close("ac:adf-content");
    markup.close("ac:adf-node");
    markup.close("ac:adf-extension");
}

/// Writes a list of decisions.
pub(super) fn decisions(markup: &mut Markup, node: &Value) {
    markup.open("ac:adf-extension", &[]);
    markup.open("ac:adf-node", &[("type", Some("decision-list"))]);
    attributes(markup, node, &DECISION_ATTRIBUTES);
    for item in content(node) {
        markup.open("ac:adf-node", &[("type", Some("decision-item"))]);
        attributes(markup, item, &DECISION_ATTRIBUTES);
        markup.open("ac:adf-content", &[]);
        inline::all(markup, content(item));
        markup.close("ac:adf-content");
        markup.close("ac:adf-node");
    }
    markup.close("ac:adf-node");
    markup.close("ac:adf-extension");
}

fn attributes(markup: &mut Markup, node: &Value, known: &[(&str, &str)]) {
    for (key, name) in known {
        if let Some(value) = text_attribute(node, name) {
            markup.element("ac:adf-attribute", &[("key", Some(key))], value);
        }
    }
}

impl Reader<'_> {
    /// Reads a node that Confluence itself stores as an extension. Its fallback, a repetition, is
    /// ignored.
    pub(super) fn own_node(&mut self, extension: Element<'_>) -> Option<Vec<Value>> {
        let node = extension.child(Tag::AdfNode)?;
        match node.attribute("type")?.as_ref() {
            "panel" => self.own_panel(node).map(|panel| vec![panel]),
            "decision-list" => self.own_decisions(node),
            _ => None,
        }
    }

    fn own_panel(&mut self, node: Element<'_>) -> Option<Value> {
        let body = node.child(Tag::AdfContent)?;
        let mut attributes = read_attributes(node, &PANEL_ATTRIBUTES);
        let is_known = attributes
            .get("panelType")
            .and_then(Value::as_str)
            .is_some_and(|kind| PANEL_TYPES.contains(&kind));
        if !is_known {
            attributes.insert("panelType".into(), "info".into());
        }
        let content = self.blocks(body.children());
        Some(make("panel", attributes, Some(content)))
    }

    fn own_decisions(&mut self, list: Element<'_>) -> Option<Vec<Value>> {
        let mut beside = Vec::new();
        let mut items = Vec::new();
        // Check that all items can be read before reading any: reading them twice at each level
        // would take time without bound.
        let decisions: Option<Vec<(Element<'_>, Element<'_>)>> = list
            .elements()
            .filter(|item| item.tag() != Tag::AdfAttribute)
            .map(|item| Some((item, item.child(Tag::AdfContent)?)))
            .collect();
        for (item, body) in decisions? {
            let (running, mut blocks) = self.running_apart(body.children());
            let attributes = read_attributes(item, &DECISION_ATTRIBUTES);
            items.push(make("decisionItem", attributes, Some(running)));
            beside.append(&mut blocks);
        }
        if items.is_empty() {
            return None;
        }
        let attributes = read_attributes(list, &DECISION_ATTRIBUTES);
        let mut all = vec![make("decisionList", attributes, Some(items))];
        all.append(&mut beside);
        Some(all)
    }

    /// Reads running text, and separately the nodes that aren't running text. The words on both
    /// sides of such a node stay apart.
    pub(super) fn running_apart(&mut self, nodes: Children<'_>) -> (Vec<Value>, Vec<Value>) {
        let mut running = Vec::new();
        let mut beside = Vec::new();
        let mut is_split = false;
        for node in self.running_in_line(nodes) {
            if !fold::is_in_text(&node) {
                is_split = true;
                beside.push(node);
            } else if std::mem::take(&mut is_split) {
                push_apart(&mut running, node);
            } else {
                running.push(node);
            }
        }
        (running, beside)
    }

    /// Reads running text with its pictures as part of the line.
    pub(super) fn running_in_line(&mut self, nodes: Children<'_>) -> Vec<Value> {
        let was_in_line = std::mem::replace(&mut self.is_in_line, true);
        let running = self.running(nodes);
        self.is_in_line = was_in_line;
        running
    }
}

/// Appends a node of running text, after a blank if there is none and both sides are in one line.
fn push_apart(running: &mut Vec<Value>, mut node: Value) {
    let is_edge = |node: &Value| !node.is_array() && inline::is_edge(kind(node));
    let Some(last) = running.last_mut().filter(|last| !is_edge(last)) else {
        return running.push(node);
    };
    let has_blank = words_of(last).is_some_and(|words| words.ends_with(' '))
        || words_of(&mut node).is_some_and(|words| words.starts_with(' '));
    if is_edge(&node) || has_blank {
        return running.push(node);
    }
    let is_same = joined(last) == joined(&node);
    let is_plain = [joined(last).is_empty(), joined(&node).is_empty()];
    match (words_of(last), words_of(&mut node), is_plain) {
        (Some(before), Some(behind), _) if is_same => {
            before.push(' ');
            return before.push_str(behind);
        }
        (_, Some(behind), [_, true]) => behind.insert(0, ' '),
        (Some(before), _, [true, _]) => before.push(' '),
        _ => running.push(text_node(" ")),
    }
    running.push(node);
}

/// Returns the words of a text node.
fn words_of(node: &mut Value) -> Option<&mut String> {
    match node.get_mut("text") {
        Some(Value::String(words)) => Some(words),
        _ => None,
    }
}

fn read_attributes(node: Element<'_>, known: &[(&str, &str)]) -> Map<String, Value> {
    let mut attributes = Map::new();
    for attribute in node.children() {
        let Node::Element(attribute) = attribute else {
            continue;
        };
        let key = attribute.attribute("key").unwrap_or_default();
        let name = known.iter().find(|(known, _)| *known == key);
        if let (Tag::AdfAttribute, Some((_, name))) = (attribute.tag(), name) {
            put(&mut attributes, name, Some(attribute.text().into_owned()));
        }
    }
    attributes
}
