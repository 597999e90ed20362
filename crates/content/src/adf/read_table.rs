//! Tables and layouts of storage format, read into the document format.

use serde_json::{Map, Value};

use super::block::LAYOUTS;
use super::read::{Level, Reader, attribute, local_id, number, tidy};
use super::{colour, make, put};
use crate::storage::{Element, Tag};

/// How many columns have a width; each row repeats them all.
const MAX_WIDTHS: usize = 64;

impl Reader<'_> {
    pub(super) fn table(&mut self, element: Element<'_>) -> Value {
        let mut attributes = Map::new();
        let flag =
            attribute(element, "data-number-column").and_then(|value| value.parse::<bool>().ok());
        put(&mut attributes, "isNumberColumnEnabled", flag);
        put(&mut attributes, "layout", attribute(element, "data-layout"));
        put(
            &mut attributes,
            "width",
            attribute(element, "data-table-width").and_then(|width| number(&width)),
        );
        put(
            &mut attributes,
            "displayMode",
            attribute(element, "data-table-display-mode"),
        );
        put(
            &mut attributes,
            "localId",
            attribute(element, "ac:local-id"),
        );
        let widths: Vec<Value> = element
            .child(Tag::Colgroup)
            .into_iter()
            .flat_map(|group| group.elements())
            .filter_map(width_of)
            .take(MAX_WIDTHS)
            .collect();
        let was_nested = std::mem::replace(&mut self.is_nested, true);
        let mut rows = Vec::new();
        for part in element.elements() {
            match part.tag() {
                Tag::Tr => rows.push(self.row(part, &widths)),
                Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                    for row in part.elements().filter(|row| row.tag() == Tag::Tr) {
                        rows.push(self.row(row, &widths));
                    }
                }
                _ => {}
            }
        }
        self.is_nested = was_nested;
        make("table", attributes, Some(rows))
    }

    fn row(&mut self, row: Element<'_>, widths: &[Value]) -> Value {
        let mut column = 0_usize;
        let mut cells = Vec::new();
        for cell in row
            .elements()
            .filter(|cell| matches!(cell.tag(), Tag::Td | Tag::Th))
        {
            let span = |name: &str| attribute(cell, name).and_then(|span| span.parse::<u16>().ok());
            let mut attributes = Map::new();
            put(&mut attributes, "colspan", span("colspan"));
            put(&mut attributes, "rowspan", span("rowspan"));
            let columns = usize::from(span("colspan").unwrap_or(1));
            put(
                &mut attributes,
                "colwidth",
                widths
                    .get(column..column.saturating_add(columns))
                    .map(<[Value]>::to_vec),
            );
            column = column.saturating_add(columns);
            put(
                &mut attributes,
                "background",
                attribute(cell, "data-highlight-colour"),
            );
            put(&mut attributes, "localId", attribute(cell, "local-id"));
            let name = if cell.tag() == Tag::Th {
                "tableHeader"
            } else {
                "tableCell"
            };
            let content = self.blocks(cell.children());
            cells.push(make(name, attributes, Some(content)));
        }
        make("tableRow", local_id(row, "local-id"), Some(cells))
    }

    pub(super) fn layout_section(&mut self, element: Element<'_>, level: &mut Level) {
        let cells: Vec<Element<'_>> = element
            .elements()
            .filter(|cell| cell.tag() == Tag::LayoutCell)
            .collect();
        let section = attribute(element, "ac:type").unwrap_or_default();
        let widths = LAYOUTS
            .iter()
            .find(|(name, _)| *name == section)
            .map(|(_, widths)| *widths)
            .unwrap_or_default();
        if cells.len() < 2 {
            return level.append(self.blocks(element.children()));
        }
        let columns = cells.iter().enumerate().map(|(index, cell)| {
            let mut attributes = Map::new();
            let even = 100.0 / f64::from(u16::try_from(cells.len()).unwrap_or(u16::MAX));
            put(
                &mut attributes,
                "width",
                Some(tidy(widths.get(index).copied().unwrap_or(even))),
            );
            let content = self.blocks(cell.children());
            make("layoutColumn", attributes, Some(content))
        });
        let columns = columns.collect();
        level.push(make(
            "layoutSection",
            local_id(element, "ac:local-id"),
            Some(columns),
        ));
    }
}

fn width_of(column: Element<'_>) -> Option<Value> {
    let style = column.attribute("style")?;
    number(colour::property(&style, "width")?.strip_suffix("px")?)
}
