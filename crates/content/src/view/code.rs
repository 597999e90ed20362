//! Renders the `code` and `noformat` macros, within limits for highlighting and line numbers.
//!
//! The colours come from [`highlight`](crate::highlight).

use super::Writer;
use super::macros::Used;
use std::fmt::Write;

use crate::escape::push_escaped;
use crate::highlight::push_highlighted;
use crate::storage::Macro;

/// The maximum amount of code of one document that is highlighted, in bytes; the colours take many
/// times the space of the code.
pub(super) const MAX_COLOURED_BYTES: usize = 256 * 1024;

/// The maximum number of lines of one document that are numbered; a number takes more space than a
/// short line.
pub(super) const MAX_NUMBERED_LINES: usize = 20_000;

/// The largest number of a first line.
const MAX_FIRST_LINE: usize = 1_000_000;

impl Writer<'_> {
    pub(super) fn code(&mut self, found: Macro<'_>) -> Used {
        let is_folded = found.is_set("collapse");
        if is_folded {
            self.template.push(if self.kind.is_unfolded() {
                "<details class=\"nx-expand\" open=\"\">"
            } else {
                "<details class=\"nx-expand\">"
            });
            self.open("summary", "");
            self.text(found.text("title").as_deref().unwrap_or("Source code"));
            self.close("summary");
        }
        let code = found.preformatted();
        let is_other = code.is_none();
        let lines = code.as_deref().unwrap_or_default().lines().count();
        let lines_left = self.lines_left.checked_sub(lines);
        let lines_left = lines_left.filter(|_| found.is_set("linenumbers"));
        self.template.push(if lines_left.is_some() {
            "<div class=\"nx-code nx-code-numbered\""
        } else {
            "<div class=\"nx-code\""
        });
        let language = found.text("language").or_else(|| found.text(""));
        if let Some(language) = &language {
            self.attribute("data-language", language);
        }
        self.template.push(">");
        if let Some(title) = found.text("title").filter(|_| !is_folded) {
            self.open("div", "nx-code-title");
            self.text(&title);
            self.close("div");
        }
        if let Some(code) = code {
            let mut html = String::new();
            match self.colour_left.checked_sub(code.len()) {
                Some(left) => {
                    self.colour_left = left;
                    let language = language.as_deref().unwrap_or_default();
                    push_highlighted(&mut html, &code, language);
                }
                None => push_escaped(&mut html, &code),
            }
            self.template.push("<pre><code>");
            match lines_left {
                Some(left) => {
                    self.lines_left = left;
                    let first = found.text("firstline").and_then(|line| line.parse().ok());
                    let first = first.filter(|line| *line <= MAX_FIRST_LINE).unwrap_or(1);
                    push_numbered(self.template.html(), &html, first);
                }
                None => self.template.push(&html),
            }
            self.template.push("</code></pre>");
        } else {
            self.open("div", "nx-macro-body");
            self.body(found);
            self.close("div");
        }
        self.template.push("</div>");
        if is_folded {
            self.template.push("</details>");
        }
        match is_other {
            true => Used::All,
            false => Used::PlainText,
        }
    }
}

/// Appends highlighted code with each line in an element that has the line's number. Highlighting
/// over several lines is repeated in each of them.
fn push_numbered(out: &mut String, html: &str, first: usize) {
    let mut open: Vec<&str> = Vec::new();
    for (index, line) in html.split_inclusive('\n').enumerate() {
        let _ = write!(
            out,
            "<span class=\"nx-line\" data-line=\"{}\">",
            first + index
        );
        out.extend(open.iter().copied());
        let mut rest = line;
        while let Some(tag) = rest.find('<').and_then(|at| rest.get(at..)) {
            let (tag, behind) = tag.split_at(tag.find('>').map_or(tag.len(), |end| end + 1));
            match tag.starts_with("</") {
                true => drop(open.pop()),
                false => open.push(tag),
            }
            rest = behind;
        }
        out.push_str(line);
        out.extend(open.iter().map(|_| "</span>"));
        out.push_str("</span>");
    }
}
