//! Nodes that are folded into their JSON text as soon as they are complete: as trees they would take thirty times its
//! bytes.

use std::fmt::Write;

use serde_json::{Value, json};

use super::json::separate;
use super::{inline, kind};

/// How many nodes stand beside each other as trees.
const MAX_TREES: usize = 64;

/// The member of a node that is JSON text. No name of the document format is like it, and what others wrote is folded
/// before it comes beside what is made here.
const FOLDED: &str = "\0";

/// Whether a node stands in running text.
pub(super) fn is_in_text(node: &Value) -> bool {
    node.is_array() || inline::is_inline(kind(node))
}

/// A node that others wrote, as its text.
pub(super) fn folded(node: &Value) -> Value {
    json!({"type": kind(node), FOLDED: node.to_string()})
}

/// Folds the nodes of a level where there are many; the last stays, as more text may be joined to it. Blocks become a
/// text, and running text a list of one text.
pub(super) fn fold(nodes: &mut Vec<Value>) {
    let is_folded = |node: &Value| node.is_string() || node.is_array();
    let first = nodes.iter().rposition(is_folded).unwrap_or(0);
    if nodes.len() < first.saturating_add(MAX_TREES) {
        return;
    }
    let trees = nodes.split_off(first);
    let last = trees.len().saturating_sub(1);
    for (index, node) in trees.into_iter().enumerate() {
        if index == last || is_folded(&node) {
            nodes.push(node);
        } else {
            let is_in_text = is_in_text(&node);
            match nodes.last_mut() {
                Some(Value::String(text)) if !is_in_text => push(text, &node),
                Some(Value::Array(texts)) if is_in_text => {
                    if let Some(Value::String(text)) = texts.first_mut() {
                        push(text, &node);
                    }
                }
                _ => {
                    let mut text = String::new();
                    push(&mut text, &node);
                    let text = Value::String(text);
                    nodes.push(if is_in_text { vec![text].into() } else { text });
                }
            }
        }
    }
}

/// Appends a node to a text of nodes.
pub(super) fn push(text: &mut String, node: &Value) {
    separate(text);
    write(text, node);
}

fn write(out: &mut String, node: &Value) {
    let members = match node {
        Value::String(text) => return out.push_str(text),
        Value::Array(texts) => return texts.iter().for_each(|text| write(out, text)),
        Value::Object(members) => members,
        other => {
            let _ = write!(out, "{other}");
            return;
        }
    };
    if let Some(Value::String(text)) = members.get(FOLDED) {
        return out.push_str(text);
    }
    out.push('{');
    for (name, value) in members {
        separate(out);
        let _ = write!(out, "\"{name}\":");
        match value {
            Value::Array(nodes) if name == "content" => {
                out.push('[');
                for node in nodes {
                    push(out, node);
                }
                out.push(']');
            }
            value => {
                let _ = write!(out, "{value}");
            }
        }
    }
    out.push('}');
}
