//! The `editor` representation: macros are shown as what they are, for an editor to open.

use super::Writer;
use crate::reference::{is_person_parameter, parameter_text};
use crate::storage::{Macro, Node, Tag};

impl Writer<'_> {
    /// Writes a macro as Confluence's older editor holds it: its name and parameters as data, its body to be edited.
    /// Parameters that name people are left out, as who may see them differs.
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
        let html = self.template.html();
        html.push('<');
        html.push_str(wrapper);
        html.push_str(if wrapper == "table" {
            " class=\"wysiwyg-macro\""
        } else {
            " class=\"editor-inline-macro\""
        });
        self.attribute("data-macro-name", &name);
        if !parameters.is_empty() {
            self.attribute("data-macro-parameters", &parameters.join("|"));
        }
        self.attribute("data-macro-body-type", kind);
        self.template.push(">");
        if kind == "NONE" {
            self.text(&name);
        } else {
            self.template
                .push("<tbody><tr><td class=\"wysiwyg-macro-body\">");
            for node in found.contents() {
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
            }
            self.template.push("</td></tr></tbody>");
        }
        self.close(wrapper);
    }
}
