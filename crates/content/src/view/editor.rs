//! The `editor` representation: macros are shown as what they are, for an editor to open.

use super::Writer;
use crate::reference::{is_person_parameter, parameter_text};
use crate::storage::{Macro, Tag};

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
        let (wrapper, kind) = match (found.rich_body(), found.plain_body()) {
            (Some(_), _) => ("table", "RICH_TEXT"),
            (None, Some(_)) => ("table", "PLAIN_TEXT"),
            (None, None) => ("span", "NONE"),
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
        if let Some(body) = found.rich_body() {
            self.template
                .push("<tbody><tr><td class=\"wysiwyg-macro-body\">");
            self.nodes(body.children(), Tag::Td);
            self.template.push("</td></tr></tbody>");
        } else if let Some(text) = found.plain_body() {
            self.template
                .push("<tbody><tr><td class=\"wysiwyg-macro-body\"><pre>");
            self.text(&text);
            self.template.push("</pre></td></tr></tbody>");
        } else {
            self.text(&name);
        }
        self.close(wrapper);
    }
}
