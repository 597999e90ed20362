//! The writer of storage format for the conversions from other formats.

use crate::escape::{is_legal, push_escaped};

/// Storage format that is being written. Callers must close the elements that they open.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    out: String,
}

impl Markup {
    /// Opens an element. Attributes without a value are left out.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.start(name, attributes);
        self.out.push('>');
    }

    /// Writes an element without content.
    pub(crate) fn void(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.start(name, attributes);
        self.out.push_str(" />");
    }

    fn start(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(attributes);
    }

    fn attributes(&mut self, attributes: &[(&str, Option<&str>)]) {
        for (attribute, value) in attributes {
            let Some(value) = value else { continue };
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            push_escaped(&mut self.out, value);
            self.out.push('"');
        }
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes text.
    pub(crate) fn text(&mut self, text: &str) {
        push_escaped(&mut self.out, text);
    }

    /// Writes an element with nothing but text.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, Option<&str>)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// Writes text in a CDATA section.
    pub(crate) fn cdata(&mut self, text: &str) {
        let legal: String = text.chars().filter(|c| is_legal(*c)).collect();
        self.out.push_str("<![CDATA[");
        self.out.push_str(&legal.replace("]]>", "]]]]><![CDATA[>"));
        self.out.push_str("]]>");
    }

    /// Opens a macro.
    pub(crate) fn open_macro(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.start("ac:structured-macro", &[("ac:name", Some(name))]);
        self.attributes(attributes);
        self.out.push('>');
    }

    /// Writes a macro's parameter.
    pub(crate) fn parameter(&mut self, name: &str, value: &str) {
        self.element("ac:parameter", &[("ac:name", Some(name))], value);
    }

    /// Closes a macro.
    pub(crate) fn close_macro(&mut self) {
        self.close("ac:structured-macro");
    }

    /// Writes a macro with a body of plain text.
    pub(crate) fn plain_macro(
        &mut self,
        name: &str,
        parameters: &[(&str, Option<&str>)],
        body: &str,
    ) {
        self.open_macro(name, &[]);
        for (parameter, value) in parameters {
            if let Some(value) = value {
                self.parameter(parameter, value);
            }
        }
        self.open("ac:plain-text-body", &[]);
        self.cdata(body);
        self.close("ac:plain-text-body");
        self.close_macro();
    }

    /// Appends storage format that was written elsewhere.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Returns the text that was written.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}
