//! Renders panels: the macros of the older editor, and the panels of the newer one.

use std::fmt::Write;

use super::Writer;
use crate::carried::Carried;
use crate::css;
use crate::storage::{Element, Macro, Tag};

/// The widest border that is drawn, in CSS pixels.
const MAX_BORDER: u8 = 20;

impl Writer<'_> {
    pub(super) fn panel(&mut self, found: Macro<'_>, class: &str) {
        let colour = |names: &[&str]| {
            let mut given = names.iter().filter_map(|name| found.text(name));
            given.find(|value| css::is_color(value))
        };
        self.template.push("<div class=\"");
        self.template.push(class);
        self.template.push("\"");
        let mut style = String::new();
        if let Some(colour) = colour(&["bgColor", "panelColor"]) {
            let _ = write!(style, "background-color:{colour};");
        }
        if let Some(colour) = colour(&["borderColor"]) {
            let _ = write!(style, "border-color:{colour};");
        }
        if let Some(line) = found.text("borderStyle") {
            let _ = write!(style, "border-style:{line};");
        }
        let width = found.text("borderWidth");
        let width = width.and_then(|width| width.trim_end_matches("px").parse::<u8>().ok());
        if let Some(width) = width.filter(|width| *width <= MAX_BORDER) {
            let _ = write!(style, "border-width:{width}px;");
        }
        self.style(&style);
        self.template.push(">");
        if let Some(icon) = found.text("panelIconText") {
            self.open("span", "nx-panel-icon");
            self.text(&icon);
            self.close("span");
        }
        if let Some(title) = found.text("title") {
            self.template.push("<div class=\"nx-panel-title\"");
            let mut style = String::new();
            if let Some(colour) = colour(&["titleBGColor", "titleBgColor"]) {
                let _ = write!(style, "background-color:{colour};");
            }
            if let Some(colour) = colour(&["titleColor", "titleColour"]) {
                let _ = write!(style, "color:{colour};");
            }
            self.style(&style);
            self.template.push(">");
            self.text(&title);
            self.close("div");
        }
        self.open("div", "nx-panel-body");
        self.body(found);
        self.template.push("</div></div>");
    }

    /// Writes a panel of the newer editor, which has other names for the same colours.
    pub(super) fn adf_panel(&mut self, node: Element<'_>, carried: Option<&Carried>) {
        let at = self.template.html().len();
        let attribute = |key: &str| {
            let mut known = node
                .elements()
                .filter(|attribute| attribute.tag() == Tag::AdfAttribute);
            known.find(|attribute| attribute.attribute("key").as_deref() == Some(key))
        };
        let text = |key: &str| attribute(key).map(|attribute| attribute.text().trim().to_owned());
        self.template.push(match text("panel-type").as_deref() {
            Some("info") => "<div class=\"nx-panel nx-panel-info\"",
            Some("note") => "<div class=\"nx-panel nx-panel-purple\"",
            Some("warning") => "<div class=\"nx-panel nx-panel-note\"",
            Some("error") => "<div class=\"nx-panel nx-panel-warning\"",
            Some("success") => "<div class=\"nx-panel nx-panel-tip\"",
            _ => "<div class=\"nx-panel nx-panel-custom\"",
        });
        if let Some(colour) = text("panel-color").filter(|colour| css::is_color(colour)) {
            self.style(&format!("background-color:{colour}"));
        }
        if let Some(carried) = carried {
            carried.push(self.template.html(), at, "");
        }
        self.template.push(">");
        if let Some(icon) = text("panel-icon-text").filter(|icon| !icon.is_empty()) {
            self.template.push("<span class=\"nx-panel-icon\">");
            self.text(&icon);
            self.template.push("</span>");
        }
        if let Some(content) = node.child(Tag::AdfContent) {
            self.wrapped("div", "nx-panel-body", content);
        }
        self.template.push("</div>");
    }
}
