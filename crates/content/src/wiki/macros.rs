//! Macros of wiki markup: `{name:default|key=value}`, with or without a body.

use std::collections::HashMap;

use super::{MAX_NESTING, Parser};

/// Where `{name}` stands in the source, for each name: what a macro with a body ends with.
pub(super) struct Closers<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> Closers<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        let mut all: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, _) in source.match_indices('{') {
            let Some(inside) = source.get(at + 1..) else {
                continue;
            };
            let length = name_length(inside);
            if length > 0
                && inside
                    .get(length..)
                    .is_some_and(|tail| tail.starts_with('}'))
            {
                all.entry(inside.get(..length).unwrap_or_default())
                    .or_default()
                    .push(at);
            }
        }
        Self(all)
    }

    /// Where the body of a macro ends that begins at `start`, if it does before `end`.
    fn after(&self, name: &str, start: usize, end: usize) -> Option<usize> {
        let places = self.0.get(name)?;
        let next = places.partition_point(|at| *at < start);
        places
            .get(next)
            .copied()
            .filter(|at| at + name.len() + 2 <= end)
    }
}

/// A macro in the source.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) name: &'a str,
    parameters: &'a str,
    /// Where the body begins and ends, for macros with one.
    pub(super) body: Option<(usize, usize)>,
    /// Where the text behind the macro begins.
    pub(super) end: usize,
}

impl<'a> Found<'a> {
    /// The parameters in order; the default one has an empty name.
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

    /// Whether the macro stands on its own, not in running text.
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

/// Macros whose body is plain text.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "code" | "noformat" | "html" | "latex" | "mathblock" | "plantuml" | "mermaid"
    )
}

/// Macros that never have a body.
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
    /// The macro that begins at a brace, within a range.
    pub(super) fn macro_at(&self, at: usize, end: usize) -> Option<Found<'a>> {
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
                .map(|close| (start, close))
        };
        Some(Found {
            name,
            parameters: parameters.strip_prefix(':').unwrap_or_default(),
            body,
            end: body.map_or(start, |(_, close)| close + name.len() + 2),
        })
    }

    /// Writes a macro that stands on its own, or in running text.
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
                        (_, key) => key,
                    };
                    self.markup.parameter(key, value);
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

fn name_length(text: &str) -> usize {
    text.bytes()
        .take(64)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .count()
}
