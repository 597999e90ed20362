//! Reads the blocks of wiki markup: headings, lists, tables, quotes, paragraphs.
//!
//! The text within them is read by `inline`, and macros by `macros`.

use super::macros::Found;
use super::{MAX_NESTING, Parser};

/// The maximum nesting of lists.
const MAX_LIST_DEPTH: usize = 12;

impl<'a> Parser<'a> {
    /// Reads a range as blocks.
    pub(super) fn blocks(&mut self, start: usize, end: usize, depth: usize) {
        let mut at = start;
        let mut line_end = start;
        while at < end {
            // There may be many macros on one line: its end is searched for once.
            if at >= line_end {
                line_end = self.line_end(at, end);
            }
            let line = self.slice(at, line_end);
            let text = line.trim_start();
            let indent = line.len() - text.len();
            if text.is_empty() {
                at = line_end + 1;
            } else if let Some((name, skip)) = heading(text) {
                self.markup.open(name, &[]);
                self.inline(at + indent + skip, line_end, depth);
                self.markup.close(name);
                at = line_end + 1;
            } else if let Some(skip) = text.strip_prefix("bq.").map(|_| 3) {
                self.markup.raw("<blockquote><p>");
                self.trimmed(at + indent + skip, line_end, depth);
                self.markup.raw("</p></blockquote>");
                at = line_end + 1;
            } else if text.starts_with("----") && text.trim_end().bytes().all(|b| b == b'-') {
                self.markup.void("hr", &[]);
                at = line_end + 1;
            } else if list_marker(text).is_some() {
                at = self.list(at, end, depth);
            } else if text.starts_with('|') {
                at = self.table(at, end, depth);
            } else if let Some(found) = self.block_macro_at(at + indent, end) {
                at = found.end;
                self.macro_(found, depth);
            } else {
                at = self.paragraph(at, end, depth);
            }
        }
    }

    fn line_end(&self, at: usize, end: usize) -> usize {
        self.slice(at, end)
            .find('\n')
            .map_or(end, |length| at + length)
    }

    /// Returns the end of a line, which may contain macros that continue on further lines.
    fn long_line_end(&self, at: usize, end: usize) -> usize {
        let mut line_end = self.line_end(at, end);
        let mut from = at;
        while let Some(brace) = self
            .slice(from, line_end)
            .find('{')
            .map(|offset| from + offset)
        {
            if let Some(text_end) = self.braced_text_end(brace, line_end) {
                from = text_end;
                continue;
            }
            from = match self.macro_at(brace, end) {
                Some(found) if found.body.is_some() => {
                    if found.end > line_end {
                        line_end = self.line_end(found.end, end);
                    }
                    found.end
                }
                _ => brace + 1,
            };
        }
        line_end
    }

    /// Reads lines up to an empty one or the beginning of another block.
    fn paragraph(&mut self, start: usize, end: usize, depth: usize) -> usize {
        let mut at = start;
        let mut is_first = true;
        self.markup.open("p", &[]);
        while at < end {
            let line = self.slice(at, self.line_end(at, end)).trim();
            if line.is_empty() || (!is_first && self.begins_block(at, end, line)) {
                break;
            }
            if !is_first {
                self.markup.void("br", &[]);
            }
            is_first = false;
            let line_end = self.long_line_end(at, end);
            self.trimmed(at, line_end, depth);
            at = line_end + 1;
        }
        self.markup.close("p");
        at
    }

    fn begins_block(&self, at: usize, end: usize, line: &str) -> bool {
        let brace = self
            .slice(at, end)
            .find(|c: char| !matches!(c, ' ' | '\t'))
            .map_or(at, |offset| at + offset);
        heading(line).is_some()
            || line.starts_with("bq.")
            || line.starts_with('|')
            || line.starts_with("----")
            || list_marker(line).is_some()
            || (line.starts_with('{') && self.block_macro_at(brace, end).is_some())
    }

    fn trimmed(&mut self, start: usize, end: usize, depth: usize) {
        let text = self.slice(start, end);
        let from = start + (text.len() - text.trim_start().len());
        self.inline(from, from + text.trim().len(), depth);
    }

    /// Reads the lines of a list with all lists inside it. A line without a marker continues the
    /// item above it, and a macro on a line of its own belongs to that item.
    fn list(&mut self, start: usize, end: usize, depth: usize) -> usize {
        let mut open: Vec<&'static str> = Vec::new();
        let mut at = start;
        let mut after_text = false;
        while at < end {
            let line = self.slice(at, self.line_end(at, end));
            let text = line.trim_start();
            let from = at + (line.len() - text.len());
            if let Some(marker) = list_marker(text).or_else(|| dashes(text, open.len())) {
                self.open_item(marker, &mut open);
                let line_end = self.long_line_end(at, end);
                self.trimmed(from + marker.len(), line_end, depth);
                at = line_end + 1;
                after_text = true;
                continue;
            }
            if let Some(found) = self.block_macro_at(from, end) {
                at = found.end;
                self.macro_(found, depth);
                after_text = false;
                let rest = self.slice(at, self.line_end(at, end));
                if rest.trim().is_empty() {
                    at += rest.len() + 1;
                }
                continue;
            }
            if text.trim().is_empty() || self.begins_block(at, end, text) {
                break;
            }
            if after_text {
                self.markup.void("br", &[]);
            }
            let line_end = self.long_line_end(at, end);
            self.trimmed(at, line_end, depth);
            at = line_end + 1;
            after_text = true;
        }
        while !open.is_empty() {
            self.close_list(&mut open);
        }
        at
    }

    /// Opens the item of a marker: its depth is the marker's length, and the marker's last sign
    /// decides the kind of its list. The lists around it stay as they are.
    fn open_item(&mut self, marker: &str, open: &mut Vec<&'static str>) {
        let wanted: Vec<&'static str> = marker
            .bytes()
            .take(MAX_LIST_DEPTH)
            .map(|b| if b == b'#' { "ol" } else { "ul" })
            .collect();
        while open.len() > wanted.len() {
            self.close_list(open);
        }
        if open.len() == wanted.len() && open.last() != wanted.last() {
            self.close_list(open);
        }
        if open.len() == wanted.len() {
            self.markup.raw("</li><li>");
        }
        for name in wanted.into_iter().skip(open.len()) {
            self.markup.open(name, &[]);
            self.markup.raw("<li>");
            open.push(name);
        }
    }

    /// Returns the macro at `at`, if it has a body or is a block.
    fn block_macro_at(&self, at: usize, end: usize) -> Option<Found<'a>> {
        let text = self.slice(at, end);
        let found = text.starts_with('{').then(|| self.macro_at(at, end))??;
        found.is_block().then_some(found)
    }

    fn close_list(&mut self, open: &mut Vec<&'static str>) {
        if let Some(name) = open.pop() {
            self.markup.raw("</li>");
            self.markup.close(name);
        }
    }

    fn table(&mut self, start: usize, end: usize, depth: usize) -> usize {
        let mut at = start;
        self.markup.raw("<table><tbody>");
        while at < end {
            let line = self.slice(at, self.line_end(at, end));
            if !line.trim_start().starts_with('|') {
                break;
            }
            let line_end = self.row_end(at, end);
            self.row(at, line_end, depth);
            at = line_end + 1;
        }
        self.markup.raw("</tbody></table>");
        at
    }

    /// Returns the end of a row: that of its line or, if that doesn't end with a bar, of the next
    /// line that does. A row without a bar at its end ends with its line.
    fn row_end(&self, start: usize, end: usize) -> usize {
        let first = self.long_line_end(start, end);
        let mut line_end = first;
        loop {
            if self.slice(start, line_end).trim_end().ends_with('|') {
                return line_end;
            }
            let next = line_end + 1;
            let line = self.slice(next, self.line_end(next, end)).trim_start();
            if next >= end || line.trim().is_empty() || line.starts_with('|') {
                return first;
            }
            line_end = self.long_line_end(next, end);
        }
    }

    fn row(&mut self, start: usize, end: usize, depth: usize) {
        self.markup.open("tr", &[]);
        let line = self.slice(start, end);
        let mut at = start + (line.len() - line.trim_start().len());
        let end = start + line.trim_end().len();
        while at < end {
            let is_header = self.slice(at, end).starts_with("||");
            let from = at + if is_header { 2 } else { 1 };
            if from >= end {
                break;
            }
            let to = self.cell_end(from, end);
            let name = if is_header { "th" } else { "td" };
            self.markup.open(name, &[]);
            self.cell(from, to, depth);
            self.markup.close(name);
            at = to;
        }
        self.markup.close("tr");
    }

    /// Reads a cell: as blocks if it has several lines, a list or a heading, otherwise as running
    /// text.
    fn cell(&mut self, start: usize, end: usize, depth: usize) {
        let text = self.slice(start, end).trim();
        let has_blocks =
            text.contains('\n') || list_marker(text).is_some() || heading(text).is_some();
        if has_blocks && depth < MAX_NESTING {
            self.blocks(start, end, depth + 1);
        } else {
            self.trimmed(start, end, depth);
        }
    }

    /// Returns the end of a cell: a bar that isn't inside a link, a macro or a picture.
    fn cell_end(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while let Some(offset) = self.slice(at, end).find(['|', '[', '{', '!', '\\']) {
            let found = at + offset;
            let behind = match self.slice(found, end).bytes().next() {
                Some(b'|') => return found,
                Some(b'\\') => Some((found + 2).min(end)),
                Some(b'{') => match self.macro_at(found, end) {
                    Some(macro_) => Some(macro_.end),
                    None => self.braced_text_end(found, end),
                },
                Some(b'!') => {
                    let before = self.slice(start, found).chars().next_back();
                    let may_begin = !before.is_some_and(char::is_alphanumeric);
                    let picture = may_begin.then(|| self.picture_at(found, end)).flatten();
                    picture.map(|(_, behind)| behind)
                }
                _ => self.link_at(found, end).map(|(_, behind)| behind),
            };
            at = behind.unwrap_or(found + 1);
        }
        end
    }
}

/// Returns a heading's element, and the length of the prefix before its text.
fn heading(line: &str) -> Option<(&'static str, usize)> {
    let name = match line.get(..3)? {
        "h1." => "h1",
        "h2." => "h2",
        "h3." => "h3",
        "h4." => "h4",
        "h5." => "h5",
        "h6." => "h6",
        _ => return None,
    };
    let text = line.get(3..)?;
    Some((name, 3 + text.len() - text.trim_start().len()))
}

/// Returns the marker of a list item: `*`, `#`, `-`, or several of them, before a space.
fn list_marker(line: &str) -> Option<&str> {
    let length = line
        .bytes()
        .take_while(|b| matches!(b, b'*' | b'#' | b'-'))
        .count();
    let marker = line.get(..length).filter(|marker| !marker.is_empty())?;
    let is_dashes = length > 1 && marker.bytes().all(|b| b == b'-');
    (line.get(length..)?.starts_with(' ') && !is_dashes).then_some(marker)
}

/// Returns the marker of an item of dashes inside a list: it may be one level deeper than the item
/// before. Elsewhere dashes are text.
fn dashes(line: &str, depth: usize) -> Option<&str> {
    let length = line.bytes().take_while(|b| *b == b'-').count();
    let is_item = (1..=depth + 1).contains(&length) && line.get(length..)?.starts_with(' ');
    is_item.then(|| line.get(..length)).flatten()
}
