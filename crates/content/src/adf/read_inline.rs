//! Reads running text of storage format into the document format.

use serde_json::{Map, Value};

use super::element::{self, ELEMENT};
use super::level::Level;
use super::read::{Reader, attribute, text_node};
use super::read_preformatted::is_of_lines;
use super::read_style::{Part, undoes_its_name, with_style};
use super::{day, inline, kind, make, put};
use crate::embedded::{address, is_embedded};
use crate::escape::decode;
use crate::figure;
use crate::storage::{Children, Element, Macro, Node, Tag};
use crate::view::emoji_of;

/// The maximum number of comments on one piece of text; more would let a short text grow without
/// bound.
const MAX_ANNOTATIONS: usize = 3;

impl Reader<'_> {
    /// Reads running text. Content that can't be part of it, such as a picture, is returned as a
    /// block.
    pub(super) fn inline(&mut self, nodes: Children<'_>, marks: &[Value], out: &mut Vec<Value>) {
        for node in nodes {
            self.inline_node(node, marks, out);
            self.fold(out);
        }
    }

    pub(super) fn inline_node(&mut self, node: Node<'_>, marks: &[Value], out: &mut Vec<Value>) {
        match node {
            Node::Text(raw) if self.is_preformatted => self.lines(&decode(raw), marks, out),
            Node::Text(raw) => self.words(raw, marks, out),
            Node::CData(text) if self.is_preformatted => self.lines(text, marks, out),
            Node::CData(text) => self.push_text(out, &text.replace(['\n', '\r', '\t'], " "), marks),
            Node::Element(element) => self.inline_element(element, marks, out),
            Node::Comment(_) | Node::Instruction(_) => {}
        }
    }

    fn inline_element(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let styled;
        let marks = match Part::of(element).filter(|part| part.is_in_line()) {
            Some(part) => {
                styled = with_style(marks, element, part);
                &styled
            }
            None => marks,
        };
        match element.tag() {
            tag if is_embedded(tag) => match self.embedded(element, true) {
                Some(node) => {
                    let node = self.with_marks_of_text(node, marks);
                    self.push(out, node);
                }
                None => {
                    let was_inside = self.is_in_embedded;
                    self.is_in_embedded |= address(element).is_some();
                    self.kept(element, None, marks, out);
                    self.is_in_embedded = was_inside;
                }
            },
            _ if undoes_its_name(element) => self.inline(element.children(), marks, out),
            Tag::Strong | Tag::B => self.marked(element, mark("strong", &[]), marks, out),
            Tag::Em | Tag::I => self.marked(element, mark("em", &[]), marks, out),
            Tag::U => self.marked(element, mark("underline", &[]), marks, out),
            Tag::Del => self.marked(element, mark("strike", &[]), marks, out),
            Tag::Code => self.marked(element, mark("code", &[]), marks, out),
            Tag::Cite | Tag::Var => self.kept(element, Some(mark("em", &[])), marks, out),
            Tag::Ins => self.kept(element, Some(mark("underline", &[])), marks, out),
            Tag::S | Tag::Strike => self.kept(element, Some(mark("strike", &[])), marks, out),
            Tag::Tt | Tag::Kbd | Tag::Samp => {
                self.kept(element, Some(mark("code", &[])), marks, out);
            }
            Tag::Mark => self.kept(element, Some(element::colour_of_mark()), marks, out),
            Tag::Sub => self.marked(element, mark("subsup", &[("type", "sub")]), marks, out),
            Tag::Sup => self.marked(element, mark("subsup", &[("type", "sup")]), marks, out),
            Tag::Span | Tag::Font => {
                self.place_in_line(element, out);
                self.inline(element.children(), marks, out);
            }
            Tag::A => {
                self.place_in_line(element, out);
                self.anchor(element, marks, out);
            }
            Tag::Br => self.push(out, make("hardBreak", Map::new(), None)),
            Tag::Link => self.link(element, marks, out),
            Tag::RiPage
            | Tag::RiBlogPost
            | Tag::RiAttachment
            | Tag::RiUser
            | Tag::RiSpace
            | Tag::RiUrl
            | Tag::RiShortcut
            | Tag::RiContentEntity => self.bare_resource(element, marks, out),
            Tag::InlineCommentMarker => {
                let id = attribute(element, "ac:ref").unwrap_or_default();
                self.marked(
                    element,
                    mark(
                        "annotation",
                        &[("id", &id), ("annotationType", "inlineComment")],
                    ),
                    marks,
                    out,
                );
            }
            Tag::Emoticon => {
                let node = self.with_marks(emoji(element), marks);
                self.push(out, node);
            }
            Tag::Time => self.time(element, marks, out),
            Tag::Placeholder => {
                let mut attributes = Map::new();
                put(&mut attributes, "text", Some(element.text().into_owned()));
                self.push(out, make("placeholder", attributes, None));
            }
            Tag::Macro | Tag::OldMacro => {
                if let Some(found) = Macro::read(element) {
                    let node = self.macro_(element, found, true);
                    let node = self.with_marks_of_text(node, marks);
                    self.push(out, node);
                }
            }
            Tag::Image => self.picture(element, marks, out),
            Tag::Img => self.html_picture(element, marks, out),
            Tag::AdfExtension => {
                let around = std::mem::replace(&mut self.around, marks.to_vec());
                let nodes = self.extension_nodes(element);
                self.around = around;
                match nodes {
                    Some(nodes) => nodes.into_iter().for_each(|node| self.push(out, node)),
                    None => self.fallback(element, |reader, inside| {
                        reader.inline(inside, marks, out);
                    }),
                }
            }
            Tag::Parameter
            | Tag::DefaultParameter
            | Tag::TaskId
            | Tag::TaskUuid
            | Tag::TaskStatus
            | Tag::AdfAttribute
            | Tag::AdfParameter => {}
            Tag::Svg => self.push_text(out, &figure::words_of_svg(element), marks),
            Tag::Math | Tag::Other if figure::is_math(element) => self.math(element, marks, out),
            tag if tag.is_program() => {}
            tag if self.is_preformatted && is_of_lines(tag) => {
                self.lines_of_block(element, marks, out);
            }
            _ if Self::is_block(element) => {
                let around = std::mem::replace(&mut self.around, marks.to_vec());
                let mut level = Level::default();
                self.block(element, &mut level);
                self.around = around;
                self.blank = None;
                for node in level.finish() {
                    self.push(out, node);
                }
            }
            _ => self.kept(element, None, marks, out),
        }
    }

    /// Reads the content of an element that the document format has no equivalent for, and stores
    /// the element with it. `shown` is the mark that looks most like it.
    fn kept(
        &mut self,
        element: Element<'_>,
        shown: Option<Value>,
        marks: &[Value],
        out: &mut Vec<Value>,
    ) {
        let before = out.last().filter(|_| self.blank.is_none());
        let tag = element::tag_around_text(element);
        let around = tag.and_then(|tag| element::around(marks, tag, shown.clone(), before));
        match (around, shown) {
            (Some(around), _) => self.inline(element.children(), &around, out),
            (None, Some(shown)) => self.marked(element, shown, marks, out),
            (None, None) => self.inline(element.children(), marks, out),
        }
    }

    fn place_in_line(&mut self, element: Element<'_>, out: &mut Vec<Value>) {
        if let Some(place) = self.place(element) {
            self.push(out, place);
        }
    }

    /// Appends running text as browsers show it: a run of blanks is one, and there is none at the
    /// edges of a line. Blanks that are written as character references are preserved.
    fn words(&mut self, raw: &str, marks: &[Value], out: &mut Vec<Value>) {
        const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
        let mut text = String::new();
        let mut rest = raw;
        let mut is_behind_blank = false;
        while !rest.is_empty() {
            let word_end = rest.find(BLANKS).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(word_end);
            if !word.is_empty() {
                match (is_behind_blank, text.is_empty()) {
                    (true, true) => self.blank_at_end(marks, out),
                    (true, false) => text.push(' '),
                    (false, _) => {}
                }
                text.extend(decode(word).chars().map(|c| match c {
                    '\t' | '\n' | '\r' => ' ',
                    c => c,
                }));
            }
            rest = behind.trim_start_matches(BLANKS);
            is_behind_blank = rest.len() < behind.len();
        }
        self.push_text(out, &text, marks);
        if is_behind_blank {
            self.blank_at_end(marks, out);
        }
    }

    /// Notes a blank after the text of the line so far; it counts only if more of the line follows.
    fn blank_at_end(&mut self, marks: &[Value], out: &[Value]) {
        let is_at_edge = out.last().is_none_or(|last| inline::is_edge(kind(last)));
        let is_behind_blank = out
            .last()
            .and_then(|last| last.get("text")?.as_str())
            .is_some_and(|text| text.ends_with(' '));
        if !is_at_edge && !is_behind_blank && self.blank.is_none() {
            self.blank = Some(marks.to_vec());
        }
    }

    /// Appends a node, after the blank that was read before it.
    pub(super) fn push(&mut self, out: &mut Vec<Value>, node: Value) {
        self.begin_line(out);
        if inline::is_edge(kind(&node)) {
            self.blank = None;
        } else {
            self.keep_blank(out);
        }
        self.pushed += 1;
        out.push(node);
    }

    fn keep_blank(&mut self, out: &mut Vec<Value>) {
        if let Some(marks) = self.blank.take() {
            self.append_text(out, " ", &marks);
        }
    }

    /// Adds marks to a node, if its kind may have those of text.
    pub(super) fn with_marks_of_text(&mut self, node: Value, marks: &[Value]) -> Value {
        match kind(&node) {
            "status" | "mediaInline" | "inlineExtension" => self.with_marks(node, marks),
            _ => node,
        }
    }

    /// Reads a day. If its text has other words, they precede it.
    fn time(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let datetime = attribute(element, "datetime").unwrap_or_default();
        let words = element.text();
        let Some(timestamp) = day::timestamp_of(&datetime) else {
            if words.trim().is_empty() && !datetime.is_empty() {
                return self.push_text(out, &datetime, marks);
            }
            return self.inline(element.children(), marks, out);
        };
        if !day::is_said_by(&datetime, &words) {
            self.inline(element.children(), marks, out);
            self.blank_at_end(marks, out);
        }
        let mut attributes = Map::new();
        attributes.insert("timestamp".into(), timestamp.into());
        put(&mut attributes, "localId", attribute(element, "local-id"));
        let node = self.with_marks(make("date", attributes, None), marks);
        self.push(out, node);
    }

    /// Reads a formula as letters, raised and lowered.
    fn math(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        for piece in figure::pieces_of_math(element) {
            let marks = match piece.script.tag() {
                Some(kind) => with_mark(marks, mark("subsup", &[("type", kind)])),
                None => marks.to_vec(),
            };
            self.push_text(out, &piece.text, &marks);
        }
    }

    pub(super) fn marked(
        &mut self,
        element: Element<'_>,
        new: Value,
        marks: &[Value],
        out: &mut Vec<Value>,
    ) {
        if element::are_shown_by(marks, &new) && element::tag_around_text(element).is_some() {
            return self.kept(element, None, marks, out);
        }
        let marks = with_mark(marks, new);
        self.inline(element.children(), &marks, out);
    }

    /// Adds marks to a node, as long as they don't let the document grow without bound: each piece
    /// of text repeats them all.
    pub(super) fn with_marks(&mut self, mut node: Value, marks: &[Value]) -> Value {
        let Some(left) = self.marks_left.checked_sub(weight(marks)) else {
            return node;
        };
        self.marks_left = left;
        if let Some(object) = node.as_object_mut() {
            element::put_marks(object, marks);
        }
        node
    }

    /// Appends text, joined to the text before it if that has the same marks.
    pub(super) fn push_text(&mut self, out: &mut Vec<Value>, text: &str, marks: &[Value]) {
        if text.is_empty() {
            return;
        }
        self.begin_line(out);
        self.keep_blank(out);
        self.pushed += 1;
        self.append_text(out, text, marks);
    }

    fn append_text(&mut self, out: &mut Vec<Value>, text: &str, marks: &[Value]) {
        if let Some(last) = out.last_mut()
            && kind(last) == "text"
            && element::joined(last).as_ref() == marks
            && let Some(Value::String(before)) = last.get_mut("text")
        {
            return before.push_str(text);
        }
        let node = self.with_marks(text_node(text), marks);
        out.push(node);
    }
}

fn emoji(element: Element<'_>) -> Value {
    let (shown, name) = emoji_of(element);
    let mut attributes = Map::new();
    put(
        &mut attributes,
        "shortName",
        Some(attribute(element, "ac:emoji-shortname").unwrap_or_else(|| format!(":{name}:"))),
    );
    put(&mut attributes, "id", attribute(element, "ac:emoji-id"));
    let is_classic = element.attribute("ac:emoji-shortname").is_none();
    put(
        &mut attributes,
        "text",
        attribute(element, "ac:emoji-fallback").or_else(|| is_classic.then_some(shown)),
    );
    put(
        &mut attributes,
        "localId",
        attribute(element, "ac:local-id"),
    );
    make("emoji", attributes, None)
}

pub(super) fn mark(kind: &str, attributes: &[(&str, &str)]) -> Value {
    let attributes = attributes
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect();
    make(kind, attributes, None)
}

/// Adds a mark. Of each kind only the innermost counts, except that up to [`MAX_ANNOTATIONS`]
/// comments may overlap.
pub(super) fn with_mark(marks: &[Value], new: Value) -> Vec<Value> {
    let same = marks.iter().filter(|mark| kind(mark) == kind(&new)).count();
    let is_comment = kind(&new) == "annotation";
    if is_comment && same >= MAX_ANNOTATIONS {
        return marks.to_vec();
    }
    let mut all: Vec<Value> = marks
        .iter()
        .filter_map(|mark| match is_comment || kind(mark) != kind(&new) {
            true => Some(mark.clone()),
            false => element::without_kind(mark),
        })
        .collect();
    all.push(new);
    all
}

/// Returns how many bytes the marks take, approximately.
fn weight(marks: &[Value]) -> usize {
    fn of(value: &Value) -> usize {
        match value {
            Value::String(text) => text.len(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| name.len() + of(value))
                .sum(),
            Value::Array(items) => items.iter().map(of).sum(),
            _ => 8,
        }
    }
    marks
        .iter()
        .map(|mark| 32 + mark.get("attrs").map_or(0, of) + mark.get(ELEMENT).map_or(0, of))
        .sum()
}
