//! Formats tables: with lines on a terminal, as plain columns for programs.

use super::Style;
use comfy_table::presets::{NOTHING, UTF8_FULL_CONDENSED};
use comfy_table::{Attribute, Cell, ContentArrangement, Table};

/// The fewest columns of a terminal in which cells are wrapped.
const NARROW: u16 = 60;

/// Formats a table of texts.
pub(crate) fn table<R>(style: Style, head: &[&str], rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = String>,
{
    let mut table = Table::new();
    let header = head.iter().map(|name| {
        let cell = Cell::new(name);
        if style.colours {
            cell.add_attribute(Attribute::Bold)
        } else {
            cell
        }
    });
    table.set_header(header);
    if style.terminal {
        table.load_preset(UTF8_FULL_CONDENSED);
        // A terminal that is narrower, or doesn't report its width, cuts or wraps lines better by
        // itself.
        let fits = table.width().is_some_and(|width| width >= NARROW);
        table.set_content_arrangement(if fits {
            ContentArrangement::Dynamic
        } else {
            ContentArrangement::Disabled
        });
    } else {
        table.load_preset(NOTHING);
        table.set_content_arrangement(ContentArrangement::Disabled);
    }
    for row in rows {
        table.add_row(row.into_iter().map(|text| shown(&text)));
    }
    if !style.terminal {
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
    }
    table.trim_fmt()
}

/// Escapes a text for a terminal: names are written by others, and a control character in one could
/// rewrite the text beside it.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_a_pipe_has_no_lines_and_no_colours() {
        let text = table(
            Style::PLAIN,
            &["e-mail", "tier"],
            [["a@b".to_string(), "guest".into()]],
        );
        assert!(text.is_ascii(), "{text}");
        assert_eq!(text.lines().count(), 2);
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let text = table(Style::PLAIN, &["name"], [["\u{1b}[2Jgone".to_string()]]);
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}
