//! Reads macros of wiki markup: `{name:default|key=value}`, with or without a body.

use std::collections::HashMap;

use super::inline::{Token, forced_mark};
use super::{MAX_NESTING, Parser};
use crate::escape::decode;

/// The positions of `{name}` in the source, for each name; they end macros with a body.
pub(super) struct Closers<'a> {
    places: HashMap<&'a str, Places>,
    /// The position of the end of each line.
    line_ends: Vec<usize>,
}

/// The positions of one `{name}`, in order.
#[derive(Default)]
struct Places {
    /// All of them: the plain body of a macro ends at the first.
    all: Vec<usize>,
    /// Those that aren't inside monospaced text, where braces are text.
    outside_monospace: Vec<usize>,
}

impl<'a> Closers<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        let mut closers: HashMap<&str, Places> = HashMap::new();
        let mut monospace_end = 0;
        for (at, _) in source.match_indices('{') {
            if at >= monospace_end
                && let Some(length) = source.get(at..).and_then(monospace_length)
            {
                monospace_end = at + length;
            }
            let is_text = at < monospace_end;
            let Some(inside) = source.get(at + 1..) else {
                continue;
            };
            let length = name_length(inside);
            if length > 0
                && inside
                    .get(length..)
                    .is_some_and(|tail| tail.starts_with('}'))
            {
                let name = inside.get(..length).unwrap_or_default();
                let places = closers.entry(name).or_default();
                places.all.push(at);
                if !is_text {
                    places.outside_monospace.push(at);
                }
            }
        }
        Self {
            places: closers,
            line_ends: source.match_indices('\n').map(|(at, _)| at).collect(),
        }
    }

    /// Returns the beginning of the line that contains a position.
    fn line_start(&self, at: usize) -> usize {
        let lines_before = self.line_ends.partition_point(|end| *end < at);
        let last = lines_before.checked_sub(1);
        last.and_then(|last| self.line_ends.get(last))
            .map_or(0, |end| end + 1)
    }

    /// Returns the end of a macro's body that begins at `start`, if it is before `end`.
    fn after(&self, name: &str, start: usize, end: usize) -> Option<usize> {
        let places = self.places.get(name)?;
        let places = match is_plain(name) {
            true => &places.all,
            false => &places.outside_monospace,
        };
        let next = places.partition_point(|at| *at < start);
        places
            .get(next)
            .copied()
            .filter(|at| at + name.len() + 2 <= end)
    }
}

/// Returns the length of the monospaced text at the beginning of a text: from `{{` to `}}` on one
/// line, without another `{{` inside. A brace that is opened inside is closed inside:
/// `{{${name}}}`.
pub(super) fn monospace_length(text: &str) -> Option<usize> {
    let inside = text
        .strip_prefix("{{")
        .filter(|inside| !inside.starts_with("{}"))?;
    let mut open_braces = 0_u32;
    let mut at = 0;
    loop {
        at += inside.get(at..)?.find(['{', '}', '\n'])?;
        let rest = inside.get(at..)?;
        if rest.starts_with("}}") && (open_braces == 0 || !rest.starts_with("}}}")) {
            return Some(2 + at + 2);
        }
        match rest.bytes().next()? {
            b'{' if rest.starts_with("{{") => return None,
            b'{' => open_braces += 1,
            b'}' => open_braces = open_braces.saturating_sub(1),
            _ => return None,
        }
        at += 1;
    }
}

/// A macro in the source.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) name: &'a str,
    parameters: &'a str,
    /// The range of the body, for macros with one.
    pub(super) body: Option<(usize, usize)>,
    /// The position after the macro.
    pub(super) end: usize,
}

impl<'a> Found<'a> {
    /// Returns the parameters in order; the default one has an empty name.
    fn parameters(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.parameters
            .split('|')
            .filter(|parameter| !parameter.is_empty())
            .map(|parameter| {
                parameter
                    .split_once('=')
                    .map_or(("", parameter.trim()), |(name, value)| {
                        (name.trim(), value.trim())
                    })
            })
    }

    /// Returns whether the macro is a block, and not part of running text.
    pub(super) fn is_block(&self) -> bool {
        match self.body {
            Some(_) => self.name != "color",
            None => matches!(
                self.name,
                "toc"
                    | "children"
                    | "pagetree"
                    | "attachments"
                    | "gallery"
                    | "include"
                    | "excerpt-include"
                    | "recently-updated"
                    | "contentbylabel"
            ),
        }
    }
}

/// Returns whether the body of a macro is plain text.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "code"
            | "noformat"
            | "html"
            | "latex"
            | "mathblock"
            | "plantuml"
            | "mermaid"
            | "graphviz"
            | "flowchart"
            | "markdown"
            | "csv"
            | "sql"
            | "style"
    )
}

/// Returns whether a macro never has a body.
fn is_bodyless(name: &str) -> bool {
    matches!(
        name,
        "toc"
            | "status"
            | "anchor"
            | "children"
            | "pagetree"
            | "attachments"
            | "gallery"
            | "include"
            | "excerpt-include"
            | "recently-updated"
            | "contentbylabel"
            | "jira"
            | "widget"
            | "iframe"
            | "profile"
            | "viewfile"
            | "view-file"
            | "detailssummary"
    )
}

impl<'a> Parser<'a> {
    /// Returns the macro that begins at a brace, within a range.
    pub(super) fn macro_at(&self, at: usize, end: usize) -> Option<Found<'a>> {
        if self.is_brace_of_text(at) {
            return None;
        }
        let inside = self.slice(at + 1, end);
        let length = name_length(inside);
        let (name, tail) = inside
            .split_at_checked(length)
            .filter(|(name, _)| !name.is_empty())?;
        let head = tail.find(['}', '\n', '{'])?;
        let parameters = tail.get(..head)?;
        if !tail.get(head..)?.starts_with('}')
            || !(parameters.is_empty() || parameters.starts_with(':'))
        {
            return None;
        }
        let start = at + 1 + length + head + 1;
        let body = if is_bodyless(name) {
            None
        } else {
            self.closers
                .after(name, start, end)
                .filter(|close| {
                    self.closers.line_start(*close) < start || self.may_span_lines(name, at)
                })
                .map(|close| (start, close))
        };
        Some(Found {
            name,
            parameters: parameters.strip_prefix(':').unwrap_or_default(),
            body,
            end: body.map_or(start, |(_, close)| close + name.len() + 2),
        })
    }

    /// Returns whether the body of a macro may continue after the line on which the macro begins.
    /// In the middle of a line only the body of a well-known macro may: `/users/{id}` opens no
    /// body.
    fn may_span_lines(&self, name: &str, at: usize) -> bool {
        let line = self.slice(self.closers.line_start(at), at).trim_end();
        let is_margin = |b: u8| matches!(b, b' ' | b'\t' | b'*' | b'#' | b'-');
        // Paths have words such as these in braces, too.
        is_plain(name) && !matches!(name, "sql" | "style")
            || matches!(
                name,
                "color"
                    | "quote"
                    | "info"
                    | "note"
                    | "tip"
                    | "warning"
                    | "panel"
                    | "expand"
                    | "excerpt"
                    | "section"
                    | "column"
                    | "details"
            )
            || line.ends_with(['}', '|'])
            || line.bytes().all(is_margin)
    }

    /// Returns whether the brace at `at` is escaped, or the second one of `{{`.
    fn is_brace_of_text(&self, at: usize) -> bool {
        let mut before = self.slice(0, at).bytes().rev();
        match before.next() {
            Some(b'{') => true,
            // Two backslashes are a line break, and don't escape anything.
            Some(b'\\') => before.next() != Some(b'\\'),
            _ => false,
        }
    }

    /// Returns the end of the text that begins at a brace without being a macro: monospaced text,
    /// or text between marks in braces.
    pub(super) fn braced_text_end(&self, at: usize, end: usize) -> Option<usize> {
        let rest = self.slice(at, end);
        let length = match forced_mark(rest) {
            Some(Token::Mark {
                open,
                name: "code",
                length,
                close,
            }) => open + length + close,
            _ => monospace_length(rest)?,
        };
        Some(at + length)
    }

    /// Writes a macro as a block, or in running text.
    pub(super) fn macro_(&mut self, found: Found<'a>, depth: usize) {
        match (found.name, found.body) {
            ("quote", Some((start, end))) => {
                self.markup.open("blockquote", &[]);
                self.body(start, end, depth);
                self.markup.close("blockquote");
            }
            ("color", Some((start, end))) => {
                let style = format!(
                    "color: {};",
                    found.parameters().next().map_or("", |(_, value)| value)
                );
                self.markup.open("span", &[("style", Some(&style))]);
                self.inline(start, end, depth + 1);
                self.markup.close("span");
            }
            (name, body) => {
                self.markup.open_macro(name, &[]);
                for (key, value) in found.parameters() {
                    let key = match (name, key) {
                        ("code", "") => "language",
                        ("expand" | "panel" | "info" | "note" | "tip" | "warning", "") => "title",
                        ("column", "") => "width",
                        ("jira", "") => "key",
                        (_, key) => key,
                    };
                    self.markup.parameter(key, &decode(value));
                }
                match body {
                    Some((start, end)) if is_plain(name) => {
                        self.markup.open("ac:plain-text-body", &[]);
                        self.markup.cdata(self.slice(start, end).trim_matches('\n'));
                        self.markup.close("ac:plain-text-body");
                    }
                    Some((start, end)) => {
                        self.markup.open("ac:rich-text-body", &[]);
                        self.body(start, end, depth);
                        self.markup.close("ac:rich-text-body");
                    }
                    None => {}
                }
                self.markup.close_macro();
            }
        }
    }

    fn body(&mut self, start: usize, end: usize, depth: usize) {
        if depth >= MAX_NESTING {
            self.markup.element("p", &[], self.slice(start, end));
        } else {
            self.blocks(start, end, depth + 1);
        }
    }
}

/// Returns the length of the macro's name at the beginning of a text. A name begins with a letter
/// or digit: `{_}` is a mark.
fn name_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return 0;
    }
    text.bytes()
        .take(64)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .count()
}
