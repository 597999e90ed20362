//! The marks in a text that inline comments are about.

use crate::escape::{decode, escaped};
use crate::storage::{Document, Node, Tag};
use memchr::memmem;
use std::ops::Range;

/// The longest passage that is looked for, in characters.
pub const LONGEST_SELECTION: usize = 5_000;

/// Elements within which a passage goes on: it is a passage of the text around them.
const RUNNING: &[&str] = &[
    "a",
    "abbr",
    "ac:inline-comment-marker",
    "ac:link",
    "ac:link-body",
    "b",
    "cite",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "kbd",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
];

/// Elements whose text is not the page's.
const SILENT: &[Tag] = &[Tag::TaskId, Tag::TaskUuid, Tag::TaskStatus, Tag::Parameter];

/// What stands between blocks in the text that passages are looked for in.
const BOUNDARY: char = '\u{0}';

/// A text with a passage marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The text in storage format.
    pub text: String,
    /// How many of the same passages there are in it.
    pub count: usize,
}

/// Marks a passage of a document with a reference: of the same passages the one
/// with this number, from 0. Nothing where there is no such passage.
///
/// ```
/// let document = narthex_content::storage::parse("<p>One two <b>two</b></p>")?;
/// let marked = narthex_content::inline_comment::mark(&document, "two", 1, "r").unwrap();
/// assert_eq!(
///     marked.text,
///     "<p>One two <b><ac:inline-comment-marker ac:ref=\"r\">two</ac:inline-comment-marker></b></p>"
/// );
/// assert_eq!(marked.count, 2);
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
#[must_use]
pub fn mark(document: &Document, passage: &str, index: usize, reference: &str) -> Option<Marked> {
    let passage: String = passage.trim().chars().map(plain).collect();
    if passage.is_empty() || passage.chars().count() > LONGEST_SELECTION {
        return None;
    }
    let running = Running::of(document);
    let found: Vec<usize> =
        memmem::find_iter(running.text.as_bytes(), passage.as_bytes()).collect();
    let start = *found.get(index)?;
    let chars = running.chars(start..start + passage.len());
    let source = document.as_str();
    let mut text = String::with_capacity(source.len() + 128);
    let mut written = 0;
    for raw in chars {
        text.push_str(source.get(written..raw.start)?);
        text.push_str("<ac:inline-comment-marker ac:ref=\"");
        text.push_str(&escaped(reference));
        text.push_str("\">");
        text.push_str(source.get(raw.clone())?);
        text.push_str("</ac:inline-comment-marker>");
        written = raw.end;
    }
    text.push_str(source.get(written..)?);
    Some(Marked {
        text,
        count: found.len(),
    })
}

/// The references of all marks in a document, in the order of the text, each once.
#[must_use]
pub fn references(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    for node in document.descendants() {
        let Node::Element(element) = node else {
            continue;
        };
        if element.tag() == Tag::InlineCommentMarker
            && let Some(reference) = element.attribute("ac:ref")
            && !all.contains(reference.as_ref())
        {
            all.push(reference.into_owned());
        }
    }
    all
}

/// A character as passages are compared: all white space is one kind.
fn plain(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

/// The text of a document in one piece, and where it stands in the source.
struct Running {
    text: String,
    /// Where each character begins in the text, and where it stands in the source;
    /// in order.
    places: Vec<(u32, Range<u32>)>,
}

impl Running {
    fn of(document: &Document) -> Self {
        let mut running = Self {
            text: String::new(),
            places: Vec::new(),
        };
        let source = document.as_str();
        let mut silent = 0;
        for (position, node) in document.descendants().enumerate() {
            match node {
                _ if position < silent => {}
                Node::Element(element) if SILENT.contains(&element.tag()) => {
                    silent = element.position_behind() as usize;
                }
                Node::Element(element) if !RUNNING.contains(&element.name()) => {
                    running.text.push(BOUNDARY);
                }
                Node::Text(raw) => {
                    let start = (raw.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
                    running.push(raw, start);
                }
                _ => {}
            }
        }
        running
    }

    /// Adds a text with entities that stands at a place of the source.
    fn push(&mut self, raw: &str, start: usize) {
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            let length = match c {
                '&' => rest.find(';').map_or(1, |at| at + 1),
                c => c.len_utf8(),
            };
            let (one, after) = rest.split_at(length);
            let at = start + (raw.len() - rest.len());
            let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            for c in decode(one).chars() {
                let in_source = place(at)..place(at + length);
                self.places.push((place(self.text.len()), in_source));
                self.text.push(plain(c));
            }
            rest = after;
        }
    }

    /// The runs of the source that a range of the text stands in.
    fn chars(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let first = self
            .places
            .partition_point(|(at, _)| (*at as usize) < range.start);
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, raw) in self.places.iter().skip(first) {
            if *at as usize >= range.end {
                break;
            }
            let raw = raw.start as usize..raw.end as usize;
            match runs.last_mut() {
                Some(last) if last.end == raw.start || *last == raw => last.end = raw.end,
                _ => runs.push(raw),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::parse;

    fn marked(source: &str, passage: &str, index: usize) -> Option<(String, usize)> {
        let marked = mark(&parse(source).unwrap(), passage, index, "r")?;
        let text = marked
            .text
            .replace("<ac:inline-comment-marker ac:ref=\"r\">", "[")
            .replace("</ac:inline-comment-marker>", "]");
        Some((text, marked.count))
    }

    #[test]
    fn a_passage_is_marked_where_it_stands() {
        let marked = |passage, index| marked("<p>a b</p><p>a &amp; b a</p>", passage, index);
        assert_eq!(
            marked("a", 1),
            Some(("<p>a b</p><p>[a] &amp; b a</p>".into(), 3))
        );
        assert_eq!(
            marked("& b", 0),
            Some(("<p>a b</p><p>a [&amp; b] a</p>".into(), 1))
        );
        assert_eq!(marked("a", 3), None);
        assert_eq!(
            marked("b a", 0),
            Some(("<p>a b</p><p>a &amp; [b a]</p>".into(), 1))
        );
        assert_eq!(marked("  ", 0), None);
    }

    #[test]
    fn a_passage_goes_through_elements_within_a_line() {
        let source = "<p>see <strong>the&nbsp;big</strong> one</p>";
        let text = "<p>see <strong>the&nbsp;[big]</strong>[ one]</p>";
        assert_eq!(marked(source, "big one", 0), Some((text.into(), 1)));
        assert_eq!(marked(source, "the big", 0).unwrap().1, 1);
    }

    #[test]
    fn what_was_marked_is_found_again() {
        let once = mark(&parse("<p>a b</p>").unwrap(), "a", 0, "x-1").unwrap();
        let twice = mark(&parse(&once.text).unwrap(), "a b", 0, "x-2").unwrap();
        let document = parse(&twice.text).unwrap();
        assert_eq!(references(&document), ["x-2", "x-1"]);
        assert_eq!(crate::text::plain(&document), "a b");
    }
}
