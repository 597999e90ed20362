//! Generates documents in the document format in which each thing has a unique word, as
//! [`super::generated`] does for storage format.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Generates a document in the document format, of nodes that editors and agents write.
pub(crate) fn adf() -> impl Strategy<Value = Value> {
    let leaf = (0..14_u8, any::<u16>()).prop_map(|(kind, n)| adf_leaf(kind, n));
    let block = leaf.prop_recursive(4, 30, 4, |inner| {
        let kinds = vec![
            "panel",
            "blockquote",
            "expand",
            "bulletList",
            "taskList",
            "table",
            "bodiedExtension",
            "layoutSection",
        ];
        (
            prop::sample::select(kinds),
            prop::collection::vec(inner, 1..4),
            any::<u16>(),
        )
            .prop_map(|(kind, content, n)| adf_block(kind, content, n))
    });
    prop::collection::vec(block, 1..5)
        .prop_map(|content| json!({"type": "doc", "version": 1, "content": content}))
}

fn adf_leaf(kind: u8, n: u16) -> Value {
    let text = |content: Value| json!({"type": "paragraph", "content": content});
    match kind {
        0 => text(json!([{"type": "text", "text": format!("t{n}x  y ")}])),
        1 => text(
            json!([{"type": "text", "text": format!("t{n}x"), "marks": [{"type": "link", "attrs": {"href": format!("https://e.example/l{n}x")}}, {"type": "strong"}]}]),
        ),
        2 => {
            json!({"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": format!("t{n}x")}, {"type": "mediaInline", "attrs": {"type": "image", "id": format!("att{n}"), "collection": "contentId-1", "__fileName": format!("p{n}x.png")}}]})
        }
        3 => {
            json!({"type": "mediaSingle", "attrs": {"layout": "align-end", "width": 150, "widthType": "pixel"}, "content": [{"type": "media", "attrs": {"type": "file", "id": format!("att{n}"), "collection": "contentId-1", "__fileName": format!("p{n}x.png")}, "marks": [{"type": "link", "attrs": {"href": format!("https://e.example/l{n}x")}}]}]})
        }
        4 => {
            json!({"type": "mediaGroup", "content": [{"type": "media", "attrs": {"type": "file", "id": format!("f{n}x"), "collection": ""}}]})
        }
        5 => json!({"type": "blockCard", "attrs": {"url": format!("https://e.example/l{n}x")}}),
        6 => {
            json!({"type": "extension", "attrs": {"extensionType": "com.atlassian.confluence.macro.core", "extensionKey": format!("m{n}x"), "parameters": {"macroParams": {"a": {"value": "b"}}}}})
        }
        7 => {
            json!({"type": "extension", "attrs": {"extensionType": "com.atlassian.ecosystem", "extensionKey": "ari:cloud:app", "text": format!("m{n}x")}})
        }
        8 => {
            json!({"type": "decisionList", "attrs": {"localId": "d"}, "content": [{"type": "decisionItem", "attrs": {"localId": "i", "state": "DECIDED"}, "content": [{"type": "text", "text": format!("t{n}x")}]}]})
        }
        9 => {
            json!({"type": "panel", "attrs": {"panelType": "note"}, "content": [text(json!([{"type": "text", "text": format!("t{n}x")}]))]})
        }
        10 => {
            json!({"type": "codeBlock", "attrs": {"language": "rust"}, "content": [{"type": "text", "text": format!("t{n}x\n  y")}]})
        }
        11 => text(
            json!([{"type": "emoji", "attrs": {"shortName": ":cross_mark:", "id": "atlassian-cross_mark", "text": ":cross_mark:"}}, {"type": "text", "text": " "}, {"type": "status", "attrs": {"text": format!("m{n}x"), "color": "red"}}]),
        ),
        12 => text(
            json!([{"type": "text", "text": format!("t{n}x"), "marks": [{"type": "unknownMark"}]}, {"type": "hardBreak"}, {"type": "date", "attrs": {"timestamp": "1717113600000"}}]),
        ),
        _ => {
            json!({"type": "taskList", "attrs": {"localId": "t"}, "content": [{"type": "taskItem", "attrs": {"localId": format!("{n}"), "state": "DONE"}, "content": [{"type": "text", "text": format!("k{n}x")}]}]})
        }
    }
}

fn adf_block(kind: &str, content: Vec<Value>, n: u16) -> Value {
    let one = |name: &str, content: Vec<Value>| json!({"type": name, "content": content});
    match kind {
        "panel" => json!({"type": kind, "attrs": {"panelType": "error"}, "content": content}),
        "expand" => json!({"type": kind, "attrs": {"title": format!("m{n}x")}, "content": content}),
        "bulletList" => one(kind, vec![one("listItem", content)]),
        "taskList" => {
            json!({"type": kind, "attrs": {"localId": "t"}, "content": [{"type": "blockTaskItem", "attrs": {"localId": format!("{n}"), "state": "TODO"}, "content": content}]})
        }
        "table" => one(kind, vec![one("tableRow", vec![one("tableCell", content)])]),
        "bodiedExtension" => {
            json!({"type": kind, "attrs": {"extensionType": "com.atlassian.confluence.macro.core", "extensionKey": format!("m{n}x")}, "content": content})
        }
        "layoutSection" => one(
            kind,
            vec![
                json!({"type": "layoutColumn", "attrs": {"width": 50}, "content": content}),
                json!({"type": "layoutColumn", "attrs": {"width": 50}, "content": []}),
            ],
        ),
        kind => one(kind, content),
    }
}
