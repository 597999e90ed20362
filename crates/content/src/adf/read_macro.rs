//! Macros of storage format, read into the document format.

use serde_json::{Map, Value, json};

use super::block::{MACRO, PANELS};
use super::inline::STATUS_COLOURS;
use super::read::{Reader, attribute, local_id, text_node};
use super::{make, put};
use crate::reference::parameter_text;
use crate::storage::{Element, Macro};

impl Reader<'_> {
    /// Reads a macro: as the node that the document format has for it, if that can hold all of it, or else as an
    /// extension.
    pub(super) fn macro_(
        &mut self,
        element: Element<'_>,
        found: Macro<'_>,
        is_in_text: bool,
    ) -> Value {
        let name = found.name();
        let has_only = |known: &[&str]| {
            found
                .parameters()
                .all(|parameter| known.contains(&parameter.name.as_ref()))
        };
        match name.as_ref() {
            "status" if has_only(&["title", "colour"]) => status(element, found),
            "code" if has_only(&["language"]) => {
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
            "expand" if has_only(&["title"]) => {
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
                let content = self.body(found);
                self.is_nested = was_nested;
                make(name, attributes, Some(content))
            }
            "info" | "note" | "warning" | "tip" | "panel"
                if has_only(&["bgColor", "panelIcon", "panelIconId", "panelIconText"]) =>
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
                let content = self.body(found);
                make("panel", attributes, Some(content))
            }
            _ => self.extension(element, found, is_in_text),
        }
    }

    fn body(&mut self, found: Macro<'_>) -> Vec<Value> {
        found
            .rich_body()
            .map(|body| self.blocks(body.children()))
            .unwrap_or_default()
    }

    fn extension(&mut self, element: Element<'_>, found: Macro<'_>, is_in_text: bool) -> Value {
        let mut parameters = Map::new();
        for parameter in found.parameters() {
            parameters.insert(
                parameter.name.into_owned(),
                json!({"value": parameter_text(parameter.value)}),
            );
        }
        if let Some(plain) = found.plain_body() {
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
        if found.rich_body().is_some() {
            let content = self.body(found);
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
