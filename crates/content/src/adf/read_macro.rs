//! Reads macros of storage format into the document format.

use serde_json::{Map, Value, json};

use super::block::{MACRO, PANELS};
use super::inline::STATUS_COLOURS;
use super::pointer::{self, RESOURCES};
use super::read::{Reader, attribute, local_id, text_node};
use super::{make, put};
use crate::reference::parameter_text;
use crate::storage::{Element, Macro, Node, Tag};

/// The body of macros that take markup.
const RICH: &[Tag] = &[Tag::RichTextBody];

impl Reader<'_> {
    /// Reads a macro as the document format's own node for it, if that can hold all of it, and
    /// otherwise as an extension.
    pub(super) fn macro_(
        &mut self,
        element: Element<'_>,
        found: Macro<'_>,
        is_in_text: bool,
    ) -> Value {
        let name = found.name();
        let has_only = |known: &[&str], bodies: &[Tag]| {
            let mut inside = element.children();
            inside.all(|node| match node {
                Node::Element(part) if part.tag() == Tag::Parameter => {
                    let name = part.attribute("ac:name").unwrap_or_default();
                    known.contains(&name.as_ref()) && part.elements().next().is_none()
                }
                Node::Element(part) => bodies.contains(&part.tag()),
                Node::Text(text) => text.trim().is_empty(),
                Node::CData(_) => false,
                Node::Comment(_) | Node::Instruction(_) => true,
            })
        };
        match name.as_ref() {
            "status" if has_only(&["title", "colour"], &[]) => status(element, found),
            "code" if has_only(&["language"], &[Tag::PlainTextBody]) => {
                let mut attributes = Map::new();
                put(&mut attributes, "language", found.text("language"));
                put(
                    &mut attributes,
                    "localId",
                    attribute(element, "ac:local-id"),
                );
                let text = found.plain_body().unwrap_or_default();
                make(
                    "codeBlock",
                    attributes,
                    Some(if text.is_empty() {
                        Vec::new()
                    } else {
                        vec![text_node(&text)]
                    }),
                )
            }
            "expand" if has_only(&["title"], RICH) => {
                let mut attributes = Map::new();
                put(
                    &mut attributes,
                    "title",
                    found
                        .parameter("title")
                        .map(|title| title.text().into_owned()),
                );
                put(
                    &mut attributes,
                    "localId",
                    attribute(element, "ac:local-id"),
                );
                let name = if self.is_nested {
                    "nestedExpand"
                } else {
                    "expand"
                };
                let was_nested = std::mem::replace(&mut self.is_nested, true);
                let content = self.body(element).unwrap_or_default();
                self.is_nested = was_nested;
                make(name, attributes, Some(content))
            }
            "info" | "note" | "warning" | "tip" | "panel"
                if has_only(
                    &["bgColor", "panelIcon", "panelIconId", "panelIconText"],
                    RICH,
                ) =>
            {
                let panel_type = PANELS
                    .iter()
                    .find(|(_, known)| *known == name)
                    .map_or("custom", |(panel, _)| panel);
                let mut attributes = Map::new();
                put(&mut attributes, "panelType", Some(panel_type));
                for (parameter, attribute) in [
                    ("panelIcon", "panelIcon"),
                    ("panelIconId", "panelIconId"),
                    ("panelIconText", "panelIconText"),
                    ("bgColor", "panelColor"),
                ] {
                    put(&mut attributes, attribute, found.text(parameter));
                }
                put(
                    &mut attributes,
                    "localId",
                    attribute(element, "ac:local-id"),
                );
                let content = self.body(element).unwrap_or_default();
                make("panel", attributes, Some(content))
            }
            _ => self.extension(element, found, is_in_text),
        }
    }

    /// Returns the blocks in a macro: those of its bodies, and any content beside them. `None` if
    /// it has no body.
    fn body(&mut self, element: Element<'_>) -> Option<Vec<Value>> {
        let mut blocks = Vec::new();
        let mut has_body = false;
        for node in element.children() {
            match node {
                Node::Element(part) => match part.tag() {
                    Tag::RichTextBody => {
                        has_body = true;
                        blocks.append(&mut self.blocks(part.children()));
                    }
                    Tag::Parameter | Tag::DefaultParameter | Tag::PlainTextBody => {}
                    _ => blocks.append(&mut self.loose(node)),
                },
                node => blocks.append(&mut self.loose(node)),
            }
        }
        (has_body || !blocks.is_empty()).then_some(blocks)
    }

    fn extension(&mut self, element: Element<'_>, found: Macro<'_>, is_in_text: bool) -> Value {
        let mut parameters = Map::new();
        for parameter in found.parameters() {
            let mut said = Map::new();
            // A title is shown by its words, be it a link or not.
            let words = parameter.value.text();
            if parameter.name == "title" && !words.trim().is_empty() {
                said.insert("value".into(), words.into());
            } else {
                said.insert("value".into(), parameter_text(parameter.value).into());
                put(&mut said, RESOURCES, pointer::in_parameter(parameter.value));
            }
            parameters.insert(parameter.name.into_owned(), Value::Object(said));
        }
        let plain: Vec<_> = element
            .elements()
            .filter(|part| part.tag() == Tag::PlainTextBody)
            .map(|part| part.text())
            .collect();
        if !plain.is_empty() {
            let plain = plain.concat();
            parameters.insert("__bodyContent".into(), json!({"value": plain}));
        }
        let mut all = Map::new();
        if !parameters.is_empty() {
            all.insert("macroParams".into(), Value::Object(parameters));
        }
        let mut metadata = Map::new();
        for (name, attribute_name) in [
            ("macroId", "ac:macro-id"),
            ("schemaVersion", "ac:schema-version"),
        ] {
            if let Some(value) = attribute(element, attribute_name) {
                metadata.insert(name.into(), json!({"value": value}));
            }
        }
        if !metadata.is_empty() {
            all.insert("macroMetadata".into(), Value::Object(metadata));
        }
        let mut attributes = Map::new();
        put(&mut attributes, "layout", attribute(element, "data-layout"));
        put(&mut attributes, "extensionType", Some(MACRO));
        put(
            &mut attributes,
            "extensionKey",
            Some(found.name().into_owned()),
        );
        if !all.is_empty() {
            attributes.insert("parameters".into(), Value::Object(all));
        }
        attributes.extend(local_id(element, "ac:local-id"));
        if let Some(content) = self.body(element) {
            return make("bodiedExtension", attributes, Some(content));
        }
        make(
            if is_in_text {
                "inlineExtension"
            } else {
                "extension"
            },
            attributes,
            None,
        )
    }
}

fn status(element: Element<'_>, found: Macro<'_>) -> Value {
    let colour = found.text("colour").unwrap_or_default();
    let known = STATUS_COLOURS
        .iter()
        .find(|(_, name)| name.eq_ignore_ascii_case(&colour));
    let mut attributes = Map::new();
    put(
        &mut attributes,
        "text",
        Some(found.text("title").unwrap_or_default()),
    );
    put(
        &mut attributes,
        "color",
        Some(known.map_or("neutral", |(colour, _)| colour)),
    );
    put(
        &mut attributes,
        "localId",
        attribute(element, "ac:local-id"),
    );
    make("status", attributes, None)
}
