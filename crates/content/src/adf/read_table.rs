//! Reads tables and layouts of storage format into the document format.

use serde_json::{Map, Value};

use super::block::{ABSENT, LAYOUTS};
use super::level::Level;
use super::read::{Reader, attribute, local_id, number, tidy};
use super::{colour, make, put};
use crate::storage::{Element, Node, Tag};

/// The maximum number of columns with a width; each row repeats them all.
const MAX_WIDTHS: usize = 64;

/// The parts of a table that were read so far.
#[derive(Default)]
struct Parts<'w, 'd> {
    /// The widths of its columns.
    widths: &'w [Value],
    rows: Vec<Value>,
    /// The cells since the last row that aren't in a row.
    cells: Vec<Element<'d>>,
    /// Content that isn't part of the table.
    beside: Vec<Value>,
}

impl Reader<'_> {
    /// Reads a table. Anything in it that isn't a row, such as its caption, precedes it.
    pub(super) fn table(&mut self, element: Element<'_>) -> Vec<Value> {
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
        let mut parts = Parts {
            widths: &widths,
            ..Parts::default()
        };
        for part in element.children() {
            match part {
                Node::Element(part) if part.tag() == Tag::Colgroup => {}
                Node::Element(part) if part.tag() == Tag::Col => {}
                Node::Element(part)
                    if matches!(part.tag(), Tag::Tbody | Tag::Thead | Tag::Tfoot) =>
                {
                    for row in part.children() {
                        self.table_part(row, &mut parts);
                    }
                    self.loose_cells(&mut parts);
                }
                part => self.table_part(part, &mut parts),
            }
        }
        self.loose_cells(&mut parts);
        self.is_nested = was_nested;
        let mut blocks = parts.beside;
        blocks.push(make("table", attributes, Some(parts.rows)));
        blocks
    }

    fn table_part<'d>(&mut self, part: Node<'d>, parts: &mut Parts<'_, 'd>) {
        match part {
            Node::Element(cell) if is_cell(cell) => parts.cells.push(cell),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Element(row) if row.tag() == Tag::Tr => {
                self.loose_cells(parts);
                let id = local_id(row, "local-id");
                let row = self.coloured(row, |reader| {
                    reader.row(row.children(), background_of(row), id, parts)
                });
                parts.rows.push(row);
                self.fold(&mut parts.rows);
            }
            part => {
                self.loose_cells(parts);
                parts.beside.append(&mut self.loose(part));
                self.fold(&mut parts.beside);
            }
        }
    }

    /// Makes a row of the cells that aren't in one.
    fn loose_cells(&mut self, parts: &mut Parts<'_, '_>) {
        let cells = std::mem::take(&mut parts.cells);
        if !cells.is_empty() {
            let cells = cells.into_iter().map(Node::Element);
            let row = self.row(cells, None, Map::new(), parts);
            parts.rows.push(row);
            self.fold(&mut parts.rows);
        }
    }

    fn row<'d>(
        &mut self,
        nodes: impl Iterator<Item = Node<'d>>,
        background: Option<String>,
        id: Map<String, Value>,
        parts: &mut Parts<'_, '_>,
    ) -> Value {
        let mut column = 0_usize;
        let mut cells = Vec::new();
        for part in nodes {
            let cell = match part {
                Node::Element(cell) if is_cell(cell) => cell,
                part => {
                    parts.beside.append(&mut self.loose(part));
                    continue;
                }
            };
            let span = |name: &str| attribute(cell, name).and_then(|span| span.parse::<u16>().ok());
            let mut attributes = Map::new();
            put(&mut attributes, "colspan", span("colspan"));
            put(&mut attributes, "rowspan", span("rowspan"));
            let columns = usize::from(span("colspan").unwrap_or(1));
            put(
                &mut attributes,
                "colwidth",
                parts
                    .widths
                    .get(column..column.saturating_add(columns))
                    .map(<[Value]>::to_vec),
            );
            column = column.saturating_add(columns);
            put(
                &mut attributes,
                "background",
                attribute(cell, "data-highlight-colour")
                    .or_else(|| background_of(cell))
                    .or_else(|| background.clone()),
            );
            put(&mut attributes, "localId", attribute(cell, "local-id"));
            let name = if cell.tag() == Tag::Th {
                "tableHeader"
            } else {
                "tableCell"
            };
            let content = self.coloured(cell, |reader| reader.blocks(cell.children()));
            cells.push(make(name, attributes, Some(filled(content))));
            self.fold(&mut cells);
        }
        make("tableRow", id, Some(cells))
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
            let content = filled(self.blocks(cell.children()));
            make("layoutColumn", attributes, Some(content))
        });
        let columns = columns.collect();
        let mut beside = Vec::new();
        for node in element.children() {
            let is_cell = matches!(node, Node::Element(cell) if cell.tag() == Tag::LayoutCell);
            if !is_cell {
                beside.append(&mut self.loose(node));
            }
        }
        let id = local_id(element, "ac:local-id");
        let mut section = make("layoutSection", id, Some(columns));
        if let (Some(breakout), Value::Object(members)) = (breakout_of(element), &mut section) {
            members.insert("marks".into(), vec![breakout].into());
        }
        level.push(section);
        level.append(beside);
    }
}

/// Returns the content of a cell. The document format has no cell without content: an empty one has
/// a paragraph that says that it isn't written.
fn filled(content: Vec<Value>) -> Vec<Value> {
    if !content.is_empty() {
        return content;
    }
    let mut attributes = Map::new();
    attributes.insert(ABSENT.into(), true.into());
    vec![make("paragraph", attributes, None)]
}

/// Returns the mark for a section that is wider than its page.
fn breakout_of(section: Element<'_>) -> Option<Value> {
    let mut attributes = Map::new();
    put(
        &mut attributes,
        "mode",
        Some(attribute(section, "ac:breakout-mode")?),
    );
    let width = attribute(section, "ac:breakout-width").and_then(|width| number(&width));
    put(&mut attributes, "width", width);
    Some(make("breakout", attributes, None))
}

fn is_cell(element: Element<'_>) -> bool {
    matches!(element.tag(), Tag::Td | Tag::Th)
}

/// Returns the background of a cell or row that older tools write as a style or an attribute of
/// HTML.
fn background_of(part: Element<'_>) -> Option<String> {
    let style = part.attribute("style").unwrap_or_default();
    colour::property(&style, "background-color")
        .or_else(|| colour::property(&style, "background"))
        .and_then(colour::from_css)
        .or_else(|| colour::from_css(&part.attribute("bgcolor")?))
}

fn width_of(column: Element<'_>) -> Option<Value> {
    let style = column.attribute("style")?;
    number(colour::property(&style, "width")?.strip_suffix("px")?)
}
