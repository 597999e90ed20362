//! Headings, their ids, and the table of contents.
//!
//! Ids are made for all headings of a document at once, because equal texts get different ids.

use std::collections::HashMap;
use std::fmt::Write;

use super::Writer;
use crate::escape::push_escaped;
use crate::storage::{Document, Macro, Node};
use crate::text;

/// The maximum size of all tables of contents of one document, in bytes: a page with very many of
/// them would otherwise grow with the square of its length.
pub(super) const MAX_TOC_BYTES: usize = 512 * 1024;

/// One heading of a document. Its id is empty if it has no words.
pub(super) struct Heading {
    position: u32,
    level: u8,
    pub(super) id: String,
    text: String,
}

/// The headings of a document in order.
pub(super) struct Headings(Vec<Heading>);

impl Headings {
    pub(super) fn of(document: &Document) -> Self {
        let mut seen: HashMap<String, u32> = HashMap::new();
        let mut headings = Vec::new();
        let mut end_of_last = 0;
        for node in document.descendants() {
            let Node::Element(element) = node else {
                continue;
            };
            let Some(level) = element.tag().heading_level() else {
                continue;
            };
            // A heading inside a heading is part of its text.
            if element.position() < end_of_last {
                continue;
            }
            end_of_last = element.position_behind();
            let text = text::of_element(element);
            let mut id = anchor_id(&text);
            if !id.is_empty() {
                let count = seen.entry(id.clone()).or_default();
                if *count > 0 {
                    let _ = write!(id, ".{count}");
                }
                *count += 1;
            }
            headings.push(Heading {
                position: element.position(),
                level,
                id,
                text,
            });
        }
        Self(headings)
    }

    /// Returns the text and the id of each heading.
    pub(super) fn texts_and_ids(&self) -> impl Iterator<Item = (&str, &str)> {
        let headings = self.0.iter();
        headings.map(|heading| (heading.text.as_str(), heading.id.as_str()))
    }

    pub(super) fn at(&self, position: u32) -> Option<&Heading> {
        let index = self
            .0
            .binary_search_by_key(&position, |heading| heading.position)
            .ok()?;
        self.0.get(index)
    }
}

/// Returns the id that a heading or an `anchor` macro gets, as Confluence Cloud writes it: white
/// space becomes `-`. Links lead to it by the fragment of their address.
///
/// Ids that begin with `nx-` are reserved for the pages of the site; content gets `c-` before them.
#[must_use]
pub fn anchor_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(word.chars().filter(|c| !c.is_control()));
    }
    if id
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("nx-"))
    {
        id.insert_str(0, "c-");
    }
    id
}

impl Writer<'_> {
    /// Writes a table of contents. `include` and `exclude` are ignored: they are patterns for an
    /// engine that could be made to run for ever.
    ///
    /// The table of a zone lists the headings in the zone.
    pub(super) fn toc(&mut self, toc: Macro<'_>) {
        let element = toc.element();
        let zone = match toc.name().as_ref() {
            "toc-zone" => element.position()..element.position_behind(),
            _ => 0..u32::MAX,
        };
        let level = |name: &str, otherwise: u8| {
            toc.text(name)
                .and_then(|level| level.parse().ok())
                .unwrap_or(otherwise)
        };
        let range = level("minLevel", 1)..=level("maxLevel", 6);
        let class = match toc.text("style").as_deref() {
            Some("none") => "nx-toc nx-toc-plain",
            _ if toc.text("type").as_deref() == Some("flat") => "nx-toc nx-toc-flat",
            _ => "nx-toc",
        };
        self.open("nav", class);
        let html = self.template.html();
        let mut open: Vec<u8> = Vec::new();
        let first = (self.headings.0).partition_point(|heading| heading.position < zone.start);
        let in_zone = self.headings.0.iter().skip(first);
        let in_zone = in_zone.take_while(|heading| zone.contains(&heading.position));
        for heading in in_zone
            .filter(|heading| range.contains(&heading.level) && !heading.text.trim().is_empty())
        {
            let cost = heading.id.len() + heading.text.len() + 32;
            match self.toc_left.checked_sub(cost) {
                Some(left) => self.toc_left = left,
                None => break,
            }
            while open.last().is_some_and(|level| *level > heading.level) && open.len() > 1 {
                html.push_str("</li></ul>");
                open.pop();
            }
            match open.last() {
                Some(level) if *level >= heading.level => html.push_str("</li>"),
                _ => {
                    html.push_str("<ul>");
                    open.push(heading.level);
                }
            }
            html.push_str("<li><a href=\"#");
            push_escaped(html, &heading.id);
            html.push_str("\">");
            push_escaped(html, heading.text.trim());
            html.push_str("</a>");
        }
        for _ in open {
            html.push_str("</li></ul>");
        }
        self.close("nav");
    }
}
