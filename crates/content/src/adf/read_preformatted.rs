//! Reads preformatted text of storage format into the document format.
//!
//! A block of code holds nothing but text. Preformatted text with a link, a picture or the like is
//! read as a paragraph, which stores that it was `pre`.

use serde_json::{Map, Value};

use super::element::{self, ELEMENT};
use super::level::Level;
use super::read::{Reader, attribute, code_block};
use super::{fold, inline, kind, make, marks, put};
use crate::figure;
use crate::storage::{Element, Node, Tag};
use crate::text;

impl Reader<'_> {
    /// Reads `pre`.
    pub(super) fn preformatted(&mut self, element: Element<'_>, level: &mut Level) {
        if !has_more_than_words(element) {
            let mut attributes = Map::new();
            put(&mut attributes, "language", language(element));
            return level.push(code_block(&text::preformatted(element), attributes));
        }
        level.flush();
        let was_preformatted = std::mem::replace(&mut self.is_preformatted, true);
        let was_ended = std::mem::replace(&mut self.is_line_ended, false);
        let running = self.running_in_line(element.children());
        self.is_line_ended = was_ended;
        self.is_preformatted = was_preformatted;
        let is_split = !running.iter().all(fold::is_in_text);
        let mut tag = element::tag(element);
        if is_split {
            // Each part would repeat them.
            tag.remove("attributes");
        }
        let mut attributes = Map::new();
        attributes.insert(ELEMENT.into(), tag.into());
        level.push_split(running, &|run| {
            // Line ends around a block of its own are none of the text.
            if is_split && run.iter().all(is_blank) {
                return None;
            }
            Some(match words_of(&run) {
                Some(words) => code_block(&words, Map::new()),
                None => make("paragraph", attributes.clone(), Some(run)),
            })
        });
    }

    /// Appends text as it is, with its line ends as line breaks.
    pub(super) fn lines(&mut self, text: &str, marks: &[Value], out: &mut Vec<Value>) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.push(out, make("hardBreak", Map::new(), None));
            }
            self.push_text(out, line.strip_suffix('\r').unwrap_or(line), marks);
        }
    }

    /// Reads a block in preformatted text as lines of it.
    pub(super) fn lines_of_block(
        &mut self,
        block: Element<'_>,
        marks: &[Value],
        out: &mut Vec<Value>,
    ) {
        self.is_line_ended = true;
        self.inline(block.children(), marks, out);
        self.is_line_ended = true;
    }

    /// Begins another line of preformatted text if the last one has ended.
    pub(super) fn begin_line(&mut self, out: &mut Vec<Value>) {
        let is_ended = std::mem::take(&mut self.is_line_ended);
        let is_edge = |last: &Value| !last.is_array() && inline::is_edge(kind(last));
        if is_ended && out.last().is_some_and(|last| !is_edge(last)) {
            out.push(make("hardBreak", Map::new(), None));
        }
    }
}

/// Returns the words of running text that is nothing else, as a block of code holds them.
fn words_of(run: &[Value]) -> Option<String> {
    let mut words = String::new();
    for node in run {
        let says_more = node.get("attrs").is_some()
            || marks(node)
                .iter()
                .any(|mark| matches!(kind(mark), "link" | "annotation"));
        match kind(node) {
            "hardBreak" => words.push('\n'),
            "text" if !says_more => words.push_str(node.get("text")?.as_str()?),
            _ => return None,
        }
    }
    Some(words)
}

/// Returns whether a node of running text shows nothing.
fn is_blank(node: &Value) -> bool {
    let text = node.get("text").and_then(Value::as_str);
    kind(node) == "hardBreak" || text.is_some_and(|text| text.trim().is_empty())
}

/// Returns whether preformatted text has anything that a block of code can't hold.
fn has_more_than_words(pre: Element<'_>) -> bool {
    pre.descendants().any(|node| match node {
        Node::Element(inside) => match inside.tag() {
            Tag::Br | Tag::Wbr => false,
            Tag::Other => figure::is_math(inside),
            tag => !tag.is_formatting() && !tag.is_program() && !is_of_lines(tag),
        },
        _ => false,
    })
}

/// Returns whether a block in preformatted text is only lines of it.
pub(super) fn is_of_lines(tag: Tag) -> bool {
    matches!(tag, Tag::P | Tag::Div | Tag::Center | Tag::Pre)
}

/// Returns the language of the code in `pre`, which its class or that of the `code` in it names as
/// `language-rust`.
fn language(pre: Element<'_>) -> Option<String> {
    let of = |element: Element<'_>| {
        let class = attribute(element, "class")?;
        let mut names = class.split_ascii_whitespace();
        let name = names.find_map(|name| {
            name.strip_prefix("language-")
                .or_else(|| name.strip_prefix("lang-"))
        })?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    of(pre).or_else(|| of(pre.child(Tag::Code)?))
}
