//! The tolerant pass: makes a well-formed fragment out of any text.
//!
//! It is only used if the strict pass fails, so bodies that Confluence itself wrote never go
//! through here. Every byte is read a bounded number of times: text that can't be markup is copied
//! as a whole, and a delimiter that wasn't found once isn't searched for again.

use memchr::memmem;

use super::attribute::name_length;
use super::entity_name::is_declared;
use super::name::{Scope, in_html, is_left_over};
use super::start_tag::{StartTag, scan_start_tag};
use super::tag::Tag;
use super::word::{LastEnds, is_component};
use super::{MAX_DEPTH, ParseError};
use crate::carried::PLACE;
use crate::escape::{Entity, entity, is_legal, push_escaped};

/// The maximum number of open elements. Which of them count as depth is decided when the mended
/// body is parsed.
const MAX_OPEN: usize = 3 * MAX_DEPTH + 2;

/// The maximum number of blanks before a whole document of HTML; with more it isn't recognised as
/// one.
const MAX_BEFORE_DOCUMENT: usize = 64;

/// What begins a document type, and what begins and ends a condition of a word processor.
const DOCUMENT_TYPE: &str = "<!doctype";
const CONDITION: &str = "<![if";
const CONDITION_END: &str = "<![endif]>";

/// The maximum length of a condition, in bytes.
const MAX_CONDITION: usize = 200;

/// Mends a fragment: closes open elements, drops end tags without a start, quotes attributes,
/// escapes stray `<` and `&`. A tag of an element that neither HTML nor Confluence has becomes
/// text, so that no word is lost, and so does the name of an element that is opened and never
/// ended: `cp <source> <target>`. Instructions and declarations are text, too: `<?php echo 1; ?>`.
///
/// # Errors
/// Returns [`ParseError::TooDeep`] if more elements are open at once than [`MAX_OPEN`].
pub(super) fn mend(source: &str) -> Result<String, ParseError> {
    let mut mender = Mender {
        source,
        at: 0,
        out: String::with_capacity(source.len() + source.len() / 8),
        open: Vec::new(),
        scope: Scope::default(),
        last_ends: None,
        comments_end: true,
        has_document_type: false,
        open_conditions: 0,
        last_condition_end: None,
    };
    while mender.at < source.len() {
        mender.step();
        if mender.open.len() > MAX_OPEN {
            return Err(ParseError::TooDeep);
        }
    }
    mender.close_down_to(0);
    Ok(mender.out)
}

/// Returns whether the tag with this name at the beginning of the text is one of an element that
/// exists.
pub(super) fn is_markup(text: &str, name: &str) -> bool {
    let scope = Scope::default();
    let attributes = match scan_start_tag(text) {
        StartTag::Tag {
            attributes,
            closed,
            length,
            ..
        } => {
            let component = scope.length_of_component(name, closed, text, length);
            if component.is_some() {
                return false;
            }
            attributes
        }
        StartTag::Text(_) => Vec::new(),
    };
    let tag = Tag::from_name(name);
    is_left_over(name) || scope.has_element(name, tag, &attributes)
}

struct Open {
    name: String,
    tag: Tag,
}

impl Open {
    /// Returns whether it is one of Confluence's elements: HTML outside never closes it, and HTML
    /// inside never closes anything around it.
    fn is_confluence(&self) -> bool {
        self.name.starts_with("ac:") || self.name.starts_with("ri:")
    }
}

struct Mender<'a> {
    source: &'a str,
    at: usize,
    out: String,
    open: Vec<Open>,
    scope: Scope<'a>,
    /// The positions of the last end tags, once they were needed.
    last_ends: Option<LastEnds>,
    comments_end: bool,
    /// Whether the document type of a whole document was read.
    has_document_type: bool,
    /// The number of conditions that are open.
    open_conditions: usize,
    /// The position of the last end of a condition, once it was needed.
    last_condition_end: Option<Option<usize>>,
}

impl<'a> Mender<'a> {
    fn step(&mut self) {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let text = rest.find('<').unwrap_or(rest.len());
        if text > 0 {
            self.text(rest, text);
        } else if rest.starts_with("<![CDATA[") {
            self.cdata(rest);
        } else if rest.starts_with("<!--") {
            self.comment(rest);
        } else if rest.starts_with("<?") {
            self.instruction(rest);
        } else if rest.starts_with("<!") {
            self.declaration(rest);
        } else if rest.starts_with("</") {
            self.end_tag(rest);
        } else {
            self.start_tag(rest);
        }
    }

    fn text(&mut self, rest: &str, length: usize) {
        push_mended(&mut self.out, rest.get(..length).unwrap_or_default());
        self.at += length;
    }

    /// Mends a CDATA section; one that is never closed extends to the end.
    fn cdata(&mut self, rest: &str) {
        let inner = rest.strip_prefix("<![CDATA[").unwrap_or_default();
        let length = memmem::find(inner.as_bytes(), b"]]>");
        let legal = legal(inner, length.unwrap_or(inner.len()));
        self.out.push_str("<![CDATA[");
        self.out.push_str(&legal.replace("]]>", "]]]]><![CDATA[>"));
        self.out.push_str("]]>");
        self.at += length.map_or(rest.len(), |length| length + 12);
    }

    fn comment(&mut self, rest: &str) {
        let inner = rest.strip_prefix("<!--").unwrap_or_default();
        let Some(length) = self
            .comments_end
            .then(|| memmem::find(inner.as_bytes(), b"-->"))
            .flatten()
        else {
            self.comments_end = false;
            return self.text(rest, 4);
        };
        self.out.push_str("<!--");
        let mut last = ' ';
        for c in legal(inner, length).chars() {
            if c == '-' && last == '-' {
                self.out.push(' ');
            }
            self.out.push(c);
            last = c;
        }
        self.out.push_str(if last == '-' { " -->" } else { "-->" });
        self.at += length + 7;
    }

    /// Mends what begins like an instruction: it is text, but for the declaration of a whole
    /// document, which is meaningless in a fragment.
    fn instruction(&mut self, rest: &str) {
        if rest.starts_with(PLACE) {
            self.out.push_str(PLACE);
            self.at += PLACE.len();
            return;
        }
        let target = rest.get(2..).map(|inner| inner.get(..name_length(inner)));
        let is_xml = target
            .flatten()
            .is_some_and(|name| name.eq_ignore_ascii_case("xml"));
        let end = match is_xml && self.is_at_start() {
            true => memmem::find(rest.as_bytes(), b"?>"),
            false => None,
        };
        match end {
            Some(end) => self.at += end + 2,
            None => self.text(rest, 2),
        }
    }

    /// Mends what begins like a declaration: it is text, but for the document type of a whole
    /// document, whose entities are never read, and for the conditions that word processors leave.
    fn declaration(&mut self, rest: &str) {
        let dropped = match self.length_of_condition(rest) {
            None if self.is_at_start() && !self.has_document_type => length_of_document_type(rest),
            length => length,
        };
        match dropped {
            Some(length) => {
                self.has_document_type |= begins_with(rest, DOCUMENT_TYPE);
                self.at += length;
            }
            None => self.text(rest, 2),
        }
    }

    /// Returns the length of the beginning or end of a condition: `<![if !supportLists]>` up to
    /// `<![endif]>`. Without an end it isn't one.
    fn length_of_condition(&mut self, rest: &str) -> Option<usize> {
        if begins_with(rest, CONDITION_END) {
            self.open_conditions = self.open_conditions.checked_sub(1)?;
            return Some(CONDITION_END.len());
        }
        let inside = rest.get(CONDITION.len()..)?;
        let window = inside.as_bytes().iter().take(MAX_CONDITION);
        let length = window
            .take_while(|byte| !matches!(byte, b'>' | b'<'))
            .count();
        let is_condition = begins_with(rest, CONDITION)
            && inside
                .get(..=length)
                .is_some_and(|inside| inside.ends_with("]>"));
        let source = self.source;
        let last_end = || memmem::rfind(source.as_bytes(), CONDITION_END.as_bytes());
        if !is_condition || *self.last_condition_end.get_or_insert_with(last_end) <= Some(self.at) {
            return None;
        }
        self.open_conditions += 1;
        Some(CONDITION.len() + length + 1)
    }

    /// Returns whether nothing but blanks was read, so that a whole document may begin.
    fn is_at_start(&self) -> bool {
        self.out.len() <= MAX_BEFORE_DOCUMENT && self.out.trim().is_empty()
    }

    fn end_tag(&mut self, rest: &str) {
        let inner = rest.strip_prefix("</").unwrap_or_default();
        let length = name_length(inner);
        let name = inner.get(..length).unwrap_or_default();
        let behind = inner.get(length..).unwrap_or_default();
        let stop = behind.find(['<', '>']).unwrap_or(behind.len());
        if length == 0 || !behind.get(stop..).is_some_and(|tail| tail.starts_with('>')) {
            return self.text(rest, 2 + length + if length == 0 { 0 } else { stop });
        }
        let matching = self.matching(name).or_else(|| self.matching(in_html(name)));
        if matching.is_none()
            && !self.scope.has_element(name, Tag::from_name(name), &[])
            && !is_left_over(name)
        {
            return self.text(rest, 2 + length);
        }
        self.at += 2 + length + stop + 1;
        if let Some(depth) = matching {
            self.close_down_to(depth);
        }
    }

    /// Returns the index of the open element that an end tag closes.
    fn matching(&self, name: &str) -> Option<usize> {
        let confluence = name.contains(':');
        let table_part = is_table_part(Tag::from_name(&name.to_ascii_lowercase()));
        for (depth, open) in self.open.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) {
                return Some(depth);
            }
            let wall =
                open.is_confluence() || (matches!(open.tag, Tag::Td | Tag::Th) && !table_part);
            if wall && !confluence {
                return None;
            }
        }
        None
    }

    fn start_tag(&mut self, rest: &'a str) {
        let scanned = scan_start_tag(rest);
        let StartTag::Tag {
            name: written,
            attributes,
            closed,
            length,
        } = scanned
        else {
            let StartTag::Text(length) = scanned else {
                return;
            };
            return self.text(rest, length);
        };
        if attributes.is_empty() && !closed && self.is_word(written, length) {
            return self.text(rest, 1 + written.len());
        }
        if let Some(length) = self
            .scope
            .length_of_component(written, closed, rest, length)
        {
            return self.text(rest, length);
        }
        let attributes = self.scope.allowed(attributes);
        let is_declared = self
            .scope
            .has_element(written, Tag::from_name(written), &attributes);
        let name = if is_declared {
            written
        } else {
            in_html(written)
        };
        let lower = name.to_ascii_lowercase();
        let tag = Tag::from_name(&lower);
        let name = if tag == Tag::Other && !is_component(name) {
            name.to_owned()
        } else {
            lower
        };
        if !self.scope.has_element(&name, tag, &attributes) {
            if !is_left_over(written) {
                return self.text(rest, 1 + written.len());
            }
            self.at += length;
            return;
        }
        self.at += length;
        self.close_implied(tag);
        self.out.push('<');
        self.out.push_str(&name);
        for (attribute, value) in &attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            push_mended_value(&mut self.out, value.unwrap_or(attribute));
            self.out.push('"');
        }
        // Browsers write the box of a task without an end; left open, it would enclose the task's
        // text.
        if closed || tag.is_void() || name == "input" {
            self.out.push_str(" />");
        } else {
            self.out.push('>');
            let names = attributes.iter().map(|(name, _)| *name);
            self.scope.open(self.open.len(), tag, names);
            self.open.push(Open { name, tag });
        }
    }

    /// Returns whether the start tag of this length, which has no attributes, is a word in angle
    /// brackets.
    fn is_word(&mut self, name: &str, length: usize) -> bool {
        let source = self.source;
        let is_document = matches!(&*name.to_ascii_lowercase(), "html" | "head" | "body");
        // These begin a whole document of HTML, whose ends may be omitted.
        if is_document && self.is_at_start() {
            return false;
        }
        let ends = self.last_ends.get_or_insert_with(|| LastEnds::of(source));
        let parent = self.open.last().map(|open| open.name.as_str());
        let inside = source.get(self.at + length..).unwrap_or_default();
        ends.is_word(name, self.at, parent, inside)
    }

    /// Closes the elements that a start tag ends implicitly: a paragraph, a list item, a cell, a
    /// row.
    fn close_implied(&mut self, tag: Tag) {
        let ends: &[Tag] = match tag {
            Tag::Li => &[Tag::Li],
            Tag::Dt | Tag::Dd => &[Tag::Dt, Tag::Dd],
            Tag::Td | Tag::Th => &[Tag::Td, Tag::Th],
            Tag::Tr => &[Tag::Tr],
            Tag::Tbody | Tag::Tfoot | Tag::Thead => &[Tag::Tbody, Tag::Thead, Tag::Tfoot],
            _ if tag.is_block() => &[Tag::P],
            _ => return,
        };
        for (depth, open) in self.open.iter().enumerate().rev() {
            if ends.contains(&open.tag) {
                return self.close_down_to(depth);
            }
            let wall = match tag {
                Tag::Li => matches!(open.tag, Tag::Ul | Tag::Ol | Tag::Table),
                Tag::Dt | Tag::Dd => matches!(open.tag, Tag::Dl | Tag::Table),
                _ if is_table_part(tag) => open.tag == Tag::Table,
                _ => open.tag.is_block(),
            };
            if wall || open.is_confluence() {
                return;
            }
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(open) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(&open.name);
                self.out.push('>');
            }
        }
        self.scope.close(depth);
    }
}

/// Returns whether a text begins with a sign, in whatever case.
fn begins_with(text: &str, sign: &str) -> bool {
    let start = text.get(..sign.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(sign))
}

/// Returns the length of the document type at the beginning of a text, with the entities in it.
fn length_of_document_type(rest: &str) -> Option<usize> {
    let end = rest
        .find('>')
        .filter(|_| begins_with(rest, DOCUMENT_TYPE))?;
    let subset = rest.get(..end)?.find('[').and_then(|at| rest.get(at..));
    let behind_subset = subset.and_then(|subset| memmem::find(subset.as_bytes(), b"]>"));
    Some(match (subset, behind_subset) {
        (Some(subset), Some(length)) => rest.len() - subset.len() + length + 2,
        _ => end + 1,
    })
}

fn is_table_part(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Table | Tag::Thead | Tag::Tbody | Tag::Tfoot | Tag::Tr | Tag::Td | Tag::Th
    )
}

/// Returns the first `length` bytes of a text, without the characters that a document can't
/// contain.
fn legal(text: &str, length: usize) -> String {
    let text = text.get(..length).unwrap_or_default();
    text.chars().filter(|c| is_legal(*c)).collect()
}

fn push_mended(out: &mut String, text: &str) {
    let mut behind_entity = 0;
    for (at, c) in text.char_indices() {
        if at < behind_entity {
            continue;
        }
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '&' => match entity(after) {
                Some((Entity::Named(meant), length)) if !is_named(after, length) => {
                    push_escaped(out, meant);
                    behind_entity = at + 1 + length;
                }
                Some(_) => out.push('&'),
                None => out.push_str("&amp;"),
            },
            '<' => out.push_str("&lt;"),
            // Text can't contain the end of a CDATA section, even where a character between was
            // left out.
            '>' if out.ends_with("]]") => out.push_str("&gt;"),
            c if is_legal(c) => out.push(c),
            _ => {}
        }
    }
}

/// Returns whether every reader knows the entity of this length that follows an ampersand.
fn is_named(after: &str, length: usize) -> bool {
    after.get(..length - 1).is_some_and(is_declared)
}

fn push_mended_value(out: &mut String, value: &str) {
    let mut rest = value;
    while let Some(at) = rest.find('"') {
        push_mended(out, rest.get(..at).unwrap_or_default());
        out.push_str("&quot;");
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    push_mended(out, rest);
}
