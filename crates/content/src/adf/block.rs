//! Writes blocks of the document format in storage format.

use serde_json::Value;

use super::element::{self, ELEMENT};
use super::pointer::{self, RESOURCES};
use super::{
    attribute, card, content, embedded, inline, kind, marks, media, own, plain_attribute,
    text_attribute,
};
use crate::reference::parameter_text;
use crate::storage::Markup;

/// The attribute of a paragraph that fills an empty cell.
pub(super) const ABSENT: &str = "nx-absent";

/// Writes one block. A node without an equivalent in storage format is written as a macro of its
/// name around its content, so that readers still see the content.
pub(super) fn write(markup: &mut Markup, node: &Value) {
    let local_id = text_attribute(node, "localId");
    match kind(node) {
        "paragraph" if is_absent(node) => {}
        "paragraph" if preformatted(markup, node).is_some() => {}
        "paragraph" => text_block(markup, node, "p"),
        "heading" => {
            let level = attribute(node, "level")
                .and_then(Value::as_u64)
                .unwrap_or(1);
            let name = ["h1", "h2", "h3", "h4", "h5", "h6"]
                .into_iter()
                .nth(usize::try_from(level).unwrap_or(1).saturating_sub(1));
            text_block(markup, node, name.unwrap_or("h6"));
        }
        "bulletList" if list_of_terms(markup, node).is_some() => {}
        "bulletList" => numbered(markup, node, "ul"),
        "orderedList" => numbered(markup, node, "ol"),
        "listItem" => numbered(markup, node, "li"),
        "blockquote" => around(markup, node, "blockquote", &[("local-id", local_id)]),
        "rule" => markup.void("hr", &[("local-id", local_id)]),
        "codeBlock" => code(markup, node),
        "panel" => panel(markup, node),
        "expand" | "nestedExpand" => {
            markup.open_macro(
                "expand",
                &[("ac:schema-version", Some("1")), ("ac:local-id", local_id)],
            );
            if let Some(title) = text_attribute(node, "title") {
                markup.parameter("title", title);
            }
            rich_body(markup, node);
            markup.close_macro();
        }
        "taskList" => {
            markup.open("ac:task-list", &[("ac:task-list-id", local_id)]);
            all(markup, content(node));
            markup.close("ac:task-list");
        }
        "taskItem" | "blockTaskItem" => task(markup, node),
        "decisionList" => own::decisions(markup, node),
        "decisionItem" => {
            markup.open("li", &[]);
            inline::all(markup, content(node));
            markup.close("li");
        }
        "table" => table(markup, node),
        "tableRow" => around(markup, node, "tr", &[("local-id", local_id)]),
        "tableCell" => cell(markup, node, "td"),
        "tableHeader" => cell(markup, node, "th"),
        "layoutSection" => layout(markup, node),
        "layoutColumn" => around(markup, node, "ac:layout-cell", &[]),
        "mediaSingle" => media::single(markup, node),
        "mediaGroup" => media::group(markup, node),
        "media" => media::write(markup, node, None, &[]),
        "blockCard" => card_alone(markup, node, "block"),
        "embedCard" => card_alone(markup, node, "embed"),
        "extension" => extension(markup, node, false),
        "bodiedExtension" => extension(markup, node, true),
        name if inline::is_inline(name) => inline::all(markup, std::slice::from_ref(node)),
        name => {
            markup.open_macro(name, &[]);
            if !content(node).is_empty() {
                rich_body(markup, node);
            }
            markup.close_macro();
        }
    }
}

pub(super) fn all(markup: &mut Markup, nodes: &[Value]) {
    for node in nodes {
        write(markup, node);
    }
}

fn around(markup: &mut Markup, node: &Value, name: &str, attributes: &[(&str, Option<&str>)]) {
    markup.open(name, attributes);
    all(markup, content(node));
    markup.close(name);
}

/// The attribute of a list or item for how it is numbered.
pub(super) const NUMBERING: &str = "nx-numbering";

/// The attributes in storage format that say how lists and items are numbered, beyond where a list
/// starts.
pub(super) const NUMBERINGS: [&str; 4] = ["type", "reversed", "value", "style"];

/// Writes a list or an item of one.
fn numbered(markup: &mut Markup, node: &Value, name: &str) {
    let start = plain_attribute(node, "order").filter(|_| name == "ol");
    let numbering = attribute(node, NUMBERING);
    let mut attributes = vec![
        ("start", start.as_deref()),
        ("local-id", text_attribute(node, "localId")),
    ];
    attributes
        .extend(NUMBERINGS.map(|name| (name, numbering.and_then(|all| all.get(name)?.as_str()))));
    around(markup, node, name, &attributes);
}

/// Writes a card on a line of its own.
fn card_alone(markup: &mut Markup, node: &Value, appearance: &str) {
    markup.open("p", &[]);
    card::write(markup, node, appearance);
    markup.close("p");
}

/// Writes a list that was read from `dl`, or returns `None` for other lists.
fn list_of_terms(markup: &mut Markup, list: &Value) -> Option<()> {
    let tag = attribute(list, ELEMENT).filter(|tag| name_of(tag) == Some("dl"))?;
    let items = content(list);
    let attributes = element::attributes(tag)?;
    if items.iter().any(|item| kind(item) != "listItem") {
        return None;
    }
    markup.open("dl", &attributes);
    for item in items {
        let tag = attribute(item, ELEMENT);
        let name = match tag.and_then(name_of) {
            Some("dt") => "dt",
            _ => "dd",
        };
        let attributes = tag.and_then(element::attributes).unwrap_or_default();
        markup.open(name, &attributes);
        let is_bare = tag.is_some_and(|tag| tag.get("bare") == Some(&Value::Bool(true)));
        match content(item) {
            [first, rest @ ..] if is_bare && kind(first) == "paragraph" => {
                inline::all(markup, content(first));
                all(markup, rest);
            }
            blocks => all(markup, blocks),
        }
        markup.close(name);
    }
    markup.close("dl");
    Some(())
}

/// Returns whether a paragraph is only there to fill an empty cell.
fn is_absent(node: &Value) -> bool {
    content(node).is_empty() && attribute(node, ABSENT) == Some(&Value::Bool(true))
}

/// Writes a paragraph that was read from `pre`, or returns `None` for other paragraphs.
fn preformatted(markup: &mut Markup, node: &Value) -> Option<()> {
    let tag = attribute(node, ELEMENT).filter(|tag| name_of(tag) == Some("pre"))?;
    markup.open("pre", &element::attributes(tag)?);
    inline::all(markup, content(node));
    markup.close("pre");
    Some(())
}

fn name_of(tag: &Value) -> Option<&str> {
    tag.get("name")?.as_str()
}

fn rich_body(markup: &mut Markup, node: &Value) {
    around(markup, node, "ac:rich-text-body", &[]);
}

fn text_block(markup: &mut Markup, node: &Value, name: &str) {
    let mut style = String::new();
    for mark in marks(node) {
        match kind(mark) {
            "alignment" => match text_attribute(mark, "align") {
                Some("center") => style.push_str("text-align: center;"),
                Some("end") => style.push_str("text-align: right;"),
                _ => {}
            },
            "indentation" => {
                let level = attribute(mark, "level")
                    .and_then(Value::as_u64)
                    .unwrap_or(1)
                    .min(6);
                style.push_str(&format!("margin-left: {}.0px;", level * 30));
            }
            _ => {}
        }
    }
    let style = (!style.is_empty()).then_some(style);
    let attributes = [
        ("style", style.as_deref()),
        ("local-id", text_attribute(node, "localId")),
    ];
    if node.get("content").is_none() {
        return markup.void(name, &attributes);
    }
    markup.open(name, &attributes);
    inline::all(markup, content(node));
    markup.close(name);
}

fn code(markup: &mut Markup, node: &Value) {
    let text: String = content(node)
        .iter()
        .filter_map(|text| text.get("text").and_then(Value::as_str))
        .collect();
    markup.open_macro(
        "code",
        &[
            ("ac:schema-version", Some("1")),
            ("ac:local-id", text_attribute(node, "localId")),
        ],
    );
    if let Some(language) = text_attribute(node, "language") {
        markup.parameter("language", language);
    }
    markup.open("ac:plain-text-body", &[]);
    markup.cdata(&text);
    markup.close("ac:plain-text-body");
    markup.close_macro();
}

/// The types of panels, and the macros of older editors that they are. The two formats name the
/// same colours differently.
pub(super) const PANELS: [(&str, &str); 4] = [
    ("info", "info"),
    ("warning", "note"),
    ("error", "warning"),
    ("success", "tip"),
];

fn panel(markup: &mut Markup, node: &Value) {
    let panel_type = text_attribute(node, "panelType").unwrap_or("info");
    if panel_type == "note" {
        return own::note_panel(markup, node);
    }
    let name = PANELS
        .iter()
        .find(|(panel, _)| *panel == panel_type)
        .map_or("panel", |(_, name)| name);
    markup.open_macro(
        name,
        &[
            ("ac:schema-version", Some("1")),
            ("ac:local-id", text_attribute(node, "localId")),
        ],
    );
    for (attribute, parameter) in [
        ("panelColor", "bgColor"),
        ("panelIcon", "panelIcon"),
        ("panelIconId", "panelIconId"),
        ("panelIconText", "panelIconText"),
    ] {
        if let Some(value) = text_attribute(node, attribute) {
            markup.parameter(parameter, value);
        }
    }
    rich_body(markup, node);
    markup.close_macro();
}

fn task(markup: &mut Markup, node: &Value) {
    markup.open("ac:task", &[]);
    if let Some(id) = text_attribute(node, "localId") {
        markup.element("ac:task-uuid", &[], id);
    }
    let is_done = text_attribute(node, "state") == Some("DONE");
    markup.element(
        "ac:task-status",
        &[],
        if is_done { "complete" } else { "incomplete" },
    );
    markup.open("ac:task-body", &[]);
    if kind(node) == "blockTaskItem" {
        all(markup, content(node));
    } else {
        inline::all(markup, content(node));
    }
    markup.close("ac:task-body");
    markup.close("ac:task");
}

fn table(markup: &mut Markup, node: &Value) {
    let width = plain_attribute(node, "width");
    let numbered = plain_attribute(node, "isNumberColumnEnabled");
    let attributes = [
        ("data-table-width", width.as_deref()),
        ("data-layout", text_attribute(node, "layout")),
        ("data-number-column", numbered.as_deref()),
        (
            "data-table-display-mode",
            text_attribute(node, "displayMode"),
        ),
        ("ac:local-id", text_attribute(node, "localId")),
    ];
    markup.open("table", &attributes);
    let first_row = content(node).first().map(content).unwrap_or_default();
    let widths: Vec<&Value> = first_row
        .iter()
        .filter_map(|cell| attribute(cell, "colwidth"))
        .filter_map(Value::as_array)
        .flatten()
        .collect();
    if !widths.is_empty() {
        markup.open("colgroup", &[]);
        for width in widths {
            let style = format!("width: {:.1}px;", width.as_f64().unwrap_or(0.0));
            markup.void("col", &[("style", Some(&style))]);
        }
        markup.close("colgroup");
    }
    markup.open("tbody", &[]);
    all(markup, content(node));
    markup.close("tbody");
    markup.close("table");
}

fn cell(markup: &mut Markup, node: &Value, name: &str) {
    let colspan = plain_attribute(node, "colspan");
    let rowspan = plain_attribute(node, "rowspan");
    let attributes = [
        ("colspan", colspan.as_deref()),
        ("rowspan", rowspan.as_deref()),
        ("data-highlight-colour", text_attribute(node, "background")),
        ("local-id", text_attribute(node, "localId")),
    ];
    around(markup, node, name, &attributes);
}

/// The layouts that storage format has names for, with the widths of their columns in per cent.
pub(super) const LAYOUTS: [(&str, &[f64]); 8] = [
    ("two_equal", &[50.0, 50.0]),
    ("two_left_sidebar", &[33.33, 66.66]),
    ("two_right_sidebar", &[66.66, 33.33]),
    ("three_equal", &[33.33, 33.33, 33.33]),
    ("three_with_sidebars", &[25.0, 50.0, 25.0]),
    ("four_equal", &[25.0, 25.0, 25.0, 25.0]),
    ("five_equal", &[20.0, 20.0, 20.0, 20.0, 20.0]),
    ("single", &[100.0]),
];

fn layout(markup: &mut Markup, node: &Value) {
    let widths: Vec<f64> = content(node)
        .iter()
        .map(|column| {
            attribute(column, "width")
                .and_then(Value::as_f64)
                .unwrap_or(0.0)
        })
        .collect();
    let is_near = |(_, known): &&(&str, &[f64])| {
        known.len() == widths.len()
            && known
                .iter()
                .zip(&widths)
                .all(|(known, width)| (known - width).abs() < 0.02)
    };
    let otherwise = match widths.len() {
        0 | 1 => "single",
        2 => "two_equal",
        3 => "three_equal",
        4 => "four_equal",
        _ => "five_equal",
    };
    let name = LAYOUTS
        .iter()
        .find(is_near)
        .map_or(otherwise, |(name, _)| name);
    let breakout = marks(node).iter().find(|mark| kind(mark) == "breakout");
    let mode = breakout.and_then(|mark| text_attribute(mark, "mode"));
    let width = breakout.and_then(|mark| plain_attribute(mark, "width"));
    markup.open("ac:layout", &[]);
    around(
        markup,
        node,
        "ac:layout-section",
        &[
            ("ac:type", Some(name)),
            ("ac:breakout-mode", mode),
            ("ac:breakout-width", width.as_deref()),
            ("ac:local-id", text_attribute(node, "localId")),
        ],
    );
    markup.close("ac:layout");
}

/// The `extensionType` of extensions that are macros.
pub(super) const MACRO: &str = "com.atlassian.confluence.macro.core";

/// Writes an extension as the macro that it is. An app's extension, which storage format can't
/// name, is written as its text.
pub(super) fn extension(markup: &mut Markup, node: &Value, has_body: bool) {
    if let Some(element) = embedded::kept(node) {
        return markup.raw(&element);
    }
    let is_macro = text_attribute(node, "extensionType").is_none_or(|kind| kind == MACRO);
    let said = text_attribute(node, "text").filter(|text| !is_macro && !text.trim().is_empty());
    if let Some(said) = said {
        let is_inline = kind(node) == "inlineExtension";
        match is_inline {
            true => markup.text(said),
            false => markup.element("p", &[], said),
        }
        if has_body {
            all(markup, content(node));
        }
        return;
    }
    let parameters = attribute(node, "parameters");
    let metadata = |name: &str| {
        parameters?
            .get("macroMetadata")?
            .get(name)?
            .get("value")?
            .as_str()
    };
    let attributes = [
        ("ac:schema-version", metadata("schemaVersion")),
        ("data-layout", text_attribute(node, "layout")),
        ("ac:local-id", text_attribute(node, "localId")),
        ("ac:macro-id", metadata("macroId")),
    ];
    markup.open_macro(
        text_attribute(node, "extensionKey").unwrap_or("extension"),
        &attributes,
    );
    let macro_parameters = parameters
        .and_then(|parameters| parameters.get("macroParams"))
        .and_then(Value::as_object);
    for (name, value) in macro_parameters.into_iter().flatten() {
        if name != "__bodyContent" {
            parameter(markup, name, value);
        }
    }
    let plain = macro_parameters.and_then(|all| all.get("__bodyContent")?.get("value")?.as_str());
    if let Some(plain) = plain {
        markup.open("ac:plain-text-body", &[]);
        markup.cdata(plain);
        markup.close("ac:plain-text-body");
    }
    if has_body {
        rich_body(markup, node);
    }
    markup.close_macro();
}

/// Writes a parameter of a macro. The resources that its author named are written, as long as its
/// value still agrees with them.
fn parameter(markup: &mut Markup, name: &str, parameter: &Value) {
    let Some(value) = parameter.get("value").and_then(Value::as_str) else {
        return;
    };
    let resources = parameter.get(RESOURCES).and_then(Value::as_array);
    if let Some(resources) = resources {
        let mut by_resource = Markup::default();
        pointer::write_parameter(&mut by_resource, name, resources);
        let by_resource = by_resource.finish();
        let said = crate::storage::parse(&by_resource).ok().and_then(|read| {
            let element = read.children().find_map(|node| match node {
                crate::storage::Node::Element(element) => Some(element),
                _ => None,
            })?;
            Some(parameter_text(element))
        });
        if said.as_deref() == Some(value) {
            return markup.raw(&by_resource);
        }
    }
    markup.parameter(name, value);
}
