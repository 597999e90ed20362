//! Renders layouts: sections and their cells, and the older `section` and `column` macros.

use super::Writer;
use crate::storage::{Element, Macro};

impl Writer<'_> {
    pub(super) fn layout_section(&mut self, element: Element<'_>) {
        let kind = element.attribute("ac:type").unwrap_or_default();
        let class = section_class(&kind);
        self.wrapped("div", class, element);
    }

    pub(super) fn section(&mut self, found: Macro<'_>) {
        let class = if found.is_set("border") {
            "nx-columns nx-columns-border"
        } else {
            "nx-columns"
        };
        self.open("div", class);
        self.body(found);
        self.close("div");
    }

    pub(super) fn column(&mut self, found: Macro<'_>) {
        self.template.push("<div class=\"nx-column\"");
        if let Some(width) = found.text("width") {
            self.style(&format!("width:{width}"));
        }
        self.template.push(">");
        self.body(found);
        self.template.push("</div>");
    }
}

/// Returns the classes of a section of this type.
pub(super) fn section_class(kind: &str) -> &'static str {
    match kind {
        "two_equal" => "nx-layout-section nx-layout-two-equal",
        "two_left_sidebar" => "nx-layout-section nx-layout-left-sidebar",
        "two_right_sidebar" => "nx-layout-section nx-layout-right-sidebar",
        "three_equal" => "nx-layout-section nx-layout-three-equal",
        "three_with_sidebars" => "nx-layout-section nx-layout-two-sidebars",
        "four_equal" => "nx-layout-section nx-layout-four-equal",
        "five_equal" => "nx-layout-section nx-layout-five-equal",
        _ => "nx-layout-section nx-layout-single",
    }
}
