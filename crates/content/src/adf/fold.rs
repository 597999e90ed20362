//! Folds nodes into their JSON text as soon as they are complete: a tree takes thirty times as many
//! bytes.

use std::fmt::Write;

use serde_json::{Value, json};

use super::json::separate;
use super::{inline, kind};

/// The maximum number of siblings that are held as trees.
const MAX_TREES: usize = 64;

/// The member of a node that is JSON text. The document format has no such name, and nodes that
/// clients wrote are folded before they are put beside nodes that are made here.
const FOLDED: &str = "\0";

/// Returns whether a node is running text.
pub(super) fn is_in_text(node: &Value) -> bool {
    node.is_array() || inline::is_inline(kind(node))
}

/// Returns a node that a client wrote, folded into its text.
pub(super) fn folded(node: &Value) -> Value {
    json!({"type": kind(node), FOLDED: node.to_string()})
}

/// Folds the nodes of a level if there are many. The last one stays a tree, because more text may
/// be joined to it. Blocks become one text, and running text becomes a list of one text.
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

/// Appends a node to a JSON text of nodes.
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
