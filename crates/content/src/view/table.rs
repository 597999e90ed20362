//! Renders tables, with the row numbers and colours that storage format has for them.
//!
//! Cells outside any row get one, because a browser would move them out of the table.

use std::fmt::Write;

use super::{ViewKind, Writer};
use crate::css;
use crate::storage::{Children, Element, Node, Tag};

/// The state of a table's row numbers while it is being written.
#[derive(Default)]
pub(super) struct RowNumbers {
    /// How many rows were numbered.
    last: u32,
    /// Whether there was a row.
    has_row: bool,
    /// Whether the column of the numbers was written.
    has_column: bool,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, element: Element<'_>) {
        let class = match element.attribute("data-layout").as_deref() {
            Some("wide") => " nx-table-wide",
            Some("full-width") => " nx-table-full",
            _ => "",
        };
        // An editor would take the numbers for part of the author's text.
        let is_numbered = self.kind != ViewKind::Editor
            && element.attribute("data-number-column").as_deref() == Some("true");
        let numbers = is_numbered.then(RowNumbers::default);
        let outer = std::mem::replace(&mut self.row_numbers, numbers);
        let html = self.template.html();
        html.push_str("<div class=\"nx-table-wrap\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table class=\"nx-table");
        html.push_str(class);
        if is_numbered {
            html.push_str(" nx-table-numbered");
        }
        html.push('"');
        self.styling(element);
        self.template.push(">");
        self.nodes(element.children(), Tag::Table);
        self.template.push("</table></div>");
        self.row_numbers = outer;
    }

    /// Writes the column of row numbers before the first column of a table.
    pub(super) fn column_of_row_numbers(&mut self) {
        if let Some(numbers) = &mut self.row_numbers
            && !std::mem::replace(&mut numbers.has_column, true)
        {
            self.template.push("<col style=\"width:42px\" />");
        }
    }

    pub(super) fn row(&mut self, element: Element<'_>, parent: Tag) {
        if !holds_rows(parent) {
            return self.plain(element, "div", Tag::Div);
        }
        self.template.push("<tr");
        self.styling(element);
        self.template.push(">");
        let mut cells = element.elements();
        let is_heading = |first| first && cells.all(|cell| cell.tag() == Tag::Th);
        self.row_number(parent, is_heading);
        // The numbers are for the rows of this table, not of one in its cells.
        self.nodes(element.children(), Tag::Tr);
        self.template.push("</tr>");
    }

    /// Writes nodes where rows belong; cells outside any row get one.
    pub(super) fn rows(&mut self, nodes: Children<'_>, parent: Tag) {
        let mut is_in_row = false;
        for node in nodes {
            let is_blank = matches!(node, Node::Text(text) if text.trim().is_empty());
            match node {
                Node::Element(cell) if matches!(cell.tag(), Tag::Td | Tag::Th) => {
                    if !std::mem::replace(&mut is_in_row, true) {
                        self.template.push(match self.kind {
                            ViewKind::Editor => "<tr class=\"nx-row-added\">",
                            _ => "<tr>",
                        });
                        self.row_number(parent, |first| first && cell.tag() == Tag::Th);
                    }
                    self.cell(cell, Tag::Tr);
                }
                node => {
                    if !is_blank && std::mem::take(&mut is_in_row) {
                        self.template.push("</tr>");
                    }
                    self.node(node, parent);
                }
            }
        }
        if is_in_row {
            self.template.push("</tr>");
        }
    }

    /// Writes the number of a row, if the table shows them. `is_heading` receives whether it is the
    /// first row.
    fn row_number(&mut self, parent: Tag, is_heading: impl FnOnce(bool) -> bool) {
        if let Some(numbers) = &mut self.row_numbers {
            let is_first = !std::mem::replace(&mut numbers.has_row, true);
            let is_heading = parent == Tag::Thead || is_heading(is_first);
            let html = self.template.html();
            if is_heading {
                html.push_str("<td class=\"nx-row-number\"></td>");
            } else {
                numbers.last += 1;
                let _ = write!(html, "<td class=\"nx-row-number\">{}</td>", numbers.last);
            }
        }
    }

    pub(super) fn cell(&mut self, element: Element<'_>, parent: Tag) {
        if parent != Tag::Tr {
            return self.plain(element, "div", Tag::Div);
        }
        let name = element.tag().name();
        let html = self.template.html();
        html.push('<');
        html.push_str(name);
        for (name, attribute) in element.attributes_of(&["colspan", "rowspan", "scope"]) {
            let span = attribute.raw.parse::<u16>().ok();
            match (name, span) {
                ("scope", _) => {
                    if matches!(attribute.raw, "row" | "col" | "rowgroup" | "colgroup") {
                        self.attribute("scope", attribute.raw);
                    }
                }
                (_, Some(span @ 1..=1000)) => {
                    let _ = write!(self.template.html(), " {name}=\"{span}\"");
                }
                _ => {}
            }
        }
        let highlighted = element.attribute("data-highlight-colour");
        let highlighted = highlighted.map(|name| highlight(name.trim()).to_owned());
        let background = highlighted
            .or_else(|| Some(element.attribute("bgcolor")?.trim().to_owned()))
            .filter(|colour| css::is_color(colour));
        self.styling_over(element, background.as_deref());
        self.template.push(">");
        self.nodes(element.children(), element.tag());
        self.close(name);
    }
}

/// Returns whether rows belong into an element.
pub(super) fn holds_rows(tag: Tag) -> bool {
    matches!(tag, Tag::Table | Tag::Thead | Tag::Tbody | Tag::Tfoot)
}

/// Returns the colour for a cell's highlight. Confluence Server and Data Center use these names for
/// pale tones, not for the colours that CSS has under them.
fn highlight(name: &str) -> &str {
    match name.to_ascii_lowercase().as_str() {
        "grey" | "gray" => "#eff0f2",
        "red" => "#ffe3de",
        "green" => "#ddf5e3",
        "yellow" => "#fff5cc",
        "blue" => "#deecff",
        _ => name,
    }
}
