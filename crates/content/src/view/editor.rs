//! The `editor` representation: macros are written with their names and parameters, for an editor
//! to open.

use super::Writer;
use crate::carried::{Carried, shell_with};
use crate::editor;
use crate::escape::escaped;
use crate::reference::{is_person_parameter, parameter_text};
use crate::storage::{Macro, Node, Tag, is_content};

impl Writer<'_> {
    /// Writes a macro as Confluence's older editor has it: its name and parameters as data
    /// attributes, its body as editable content. Parameters that name people are left out, as not
    /// everybody may see them. The rest of the macro is carried beside it.
    pub(super) fn editor_macro(&mut self, found: Macro<'_>) {
        let name = found.name();
        let parameters: Vec<String> = found
            .parameters()
            .filter(|parameter| !is_person_parameter(&parameter.name))
            .map(|parameter| {
                format!(
                    "{}={}",
                    parameter.name,
                    parameter_text(parameter.value)
                        .replace('\\', "\\\\")
                        .replace('|', "\\|")
                )
            })
            .collect();
        let is_plain =
            |node| matches!(node, Node::Element(body) if body.tag() == Tag::PlainTextBody);
        let (wrapper, kind) = match found.contents().next() {
            None => ("span", "NONE"),
            Some(_) if found.contents().all(is_plain) => ("table", "PLAIN_TEXT"),
            Some(_) => ("table", "RICH_TEXT"),
        };
        let parameters = parameters.join("|");
        let html = self.template.html();
        let at = html.len();
        html.push('<');
        html.push_str(wrapper);
        html.push_str(if wrapper == "table" {
            " class=\"wysiwyg-macro\""
        } else {
            " class=\"editor-inline-macro\""
        });
        self.attribute("data-macro-name", &name);
        if !parameters.is_empty() {
            self.attribute("data-macro-parameters", &parameters);
        }
        self.attribute("data-macro-body-type", kind);
        let markup = shell_with(found.element(), &is_content);
        if markup != editor::shell_of_macro(&name, &parameters, kind) {
            let (carried, shown) = match kind {
                "NONE" => (Carried::whole(&markup), escaped(&name)),
                _ => (Carried::around(markup), String::new()),
            };
            carried.push(self.template.html(), at, &shown);
        }
        self.template.push(">");
        if kind == "NONE" {
            self.text(&name);
        } else {
            self.template
                .push("<tbody><tr><td class=\"wysiwyg-macro-body\">");
            let has_parts = found.contents().nth(1).is_some();
            for node in found.contents() {
                if has_parts {
                    self.open("div", "nx-macro-part");
                }
                match node {
                    Node::Element(body) if body.tag() == Tag::PlainTextBody => {
                        self.open("pre", "");
                        self.text(&body.text());
                        self.close("pre");
                    }
                    Node::Element(body) if body.tag() == Tag::RichTextBody => {
                        self.nodes(body.children(), Tag::Td);
                    }
                    node => self.node(node, Tag::Td),
                }
                if has_parts {
                    self.close("div");
                }
            }
            self.template.push("</td></tr></tbody>");
        }
        self.close(wrapper);
    }
}
