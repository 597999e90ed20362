//! Blocks of wiki markup: headings, lists, tables, quotes, paragraphs.

use super::Parser;

/// How deep lists may nest.
const MAX_LIST_DEPTH: usize = 12;

impl<'a> Parser<'a> {
    /// Reads a range as blocks.
    pub(super) fn blocks(&mut self, start: usize, end: usize, depth: usize) {
        let mut at = start;
        let mut line_end = start;
        while at < end {
            // Many macros can stand on one line: its end is looked for once.
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
            } else if let Some(found) = text
                .starts_with('{')
                .then(|| self.macro_at(at + indent, end))
                .flatten()
                .filter(|found| found.is_block())
            {
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

    /// Where a line ends that may hold macros which go on over its end.
    fn long_line_end(&self, at: usize, end: usize) -> usize {
        let mut line_end = self.line_end(at, end);
        let mut from = at;
        while let Some(brace) = self
            .slice(from, line_end)
            .find('{')
            .map(|offset| from + offset)
        {
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
            || (line.starts_with('{')
                && self
                    .macro_at(brace, end)
                    .is_some_and(|found| found.is_block()))
    }

    fn trimmed(&mut self, start: usize, end: usize, depth: usize) {
        let text = self.slice(start, end);
        let from = start + (text.len() - text.trim_start().len());
        self.inline(from, from + text.trim().len(), depth);
    }

    /// Reads the lines of a list with all lists inside it.
    fn list(&mut self, start: usize, end: usize, depth: usize) -> usize {
        let mut open: Vec<&'static str> = Vec::new();
        let mut at = start;
        while at < end {
            let line = self.slice(at, self.line_end(at, end));
            let text = line.trim_start();
            let Some(marker) = list_marker(text) else {
                break;
            };
            let wanted: Vec<&'static str> = marker
                .bytes()
                .take(MAX_LIST_DEPTH)
                .map(|b| if b == b'#' { "ol" } else { "ul" })
                .collect();
            let shared = open
                .iter()
                .zip(&wanted)
                .take_while(|(open, wanted)| open == wanted)
                .count();
            while open.len() > shared {
                self.close_list(&mut open);
            }
            if open.len() == wanted.len() {
                self.markup.raw("</li><li>");
            }
            for name in wanted.into_iter().skip(open.len()) {
                self.markup.open(name, &[]);
                self.markup.raw("<li>");
                open.push(name);
            }
            let line_end = self.long_line_end(at, end);
            self.trimmed(
                at + (line.len() - text.len()) + marker.len(),
                line_end,
                depth,
            );
            at = line_end + 1;
        }
        while !open.is_empty() {
            self.close_list(&mut open);
        }
        at
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
            let line_end = self.long_line_end(at, end);
            self.row(at, line_end, depth);
            at = line_end + 1;
        }
        self.markup.raw("</tbody></table>");
        at
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
            self.trimmed(from, to, depth);
            self.markup.close(name);
            at = to;
        }
        self.markup.close("tr");
    }

    /// Where a cell ends: at a bar that isn't inside a link, a macro or a picture.
    fn cell_end(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while let Some(offset) = self.slice(at, end).find(['|', '[', '{', '\\']) {
            let found = at + offset;
            let rest = self.slice(found, end);
            at = match rest.bytes().next() {
                Some(b'|') => return found,
                Some(b'\\') => (found + 2).min(end),
                Some(b'{') => self
                    .macro_at(found, end)
                    .map_or(found + 1, |macro_| macro_.end),
                _ => {
                    let window = rest.get(..1_000).unwrap_or(rest);
                    window
                        .find(']')
                        .map_or(found + 1, |close| found + close + 1)
                }
            };
        }
        end
    }
}

/// A heading's element, and how much to skip for its text.
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

/// What a list item begins with: `*`, `#`, `-`, or several of them, and a space.
fn list_marker(line: &str) -> Option<&str> {
    let length = line
        .bytes()
        .take_while(|b| matches!(b, b'*' | b'#' | b'-'))
        .count();
    let marker = line.get(..length).filter(|marker| !marker.is_empty())?;
    let is_dashes = length > 1 && marker.bytes().all(|b| b == b'-');
    (line.get(length..)?.starts_with(' ') && !is_dashes).then_some(marker)
}
