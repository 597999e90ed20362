//! The tolerant pass: makes a well-formed fragment out of any text.
//!
//! It is only used if the strict pass fails, so bodies that Confluence itself wrote never go
//! through here. Every byte is read a bounded number of times: text that can't be markup is copied
//! as a whole, and a delimiter that wasn't found once isn't searched for again.

use memchr::memmem;

use super::attribute::{MAX_ATTRIBUTES, name_length};
use super::entity_name::is_declared;
use super::index::is_instruction;
use super::name::{Scope, Written, in_html, is_left_over};
use super::tag::Tag;
use super::word::LastEnds;
use super::{MAX_DEPTH, ParseError};
use crate::escape::{Entity, entity, is_legal, push_escaped};

/// The maximum number of open elements. Which of them count as depth is decided when the mended
/// body is parsed.
const MAX_OPEN: usize = 3 * MAX_DEPTH + 2;

/// The maximum number of blanks before a whole document of HTML; with more it isn't recognised as
/// one.
const MAX_BEFORE_DOCUMENT: usize = 64;

/// Mends a fragment: closes open elements, drops end tags without a start, quotes attributes,
/// escapes stray `<` and `&`. A tag of an element that neither HTML nor Confluence has becomes
/// text, so that no word is lost, and so does the name of an element that is opened and never
/// ended: `cp <source> <target>`.
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
        instructions_end: true,
        declarations_end: true,
        subsets_end: true,
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
    let attributes = match scan_start_tag(text) {
        StartTag::Tag { attributes, .. } => attributes,
        StartTag::Text(_) => Vec::new(),
    };
    let tag = Tag::from_name(name);
    is_left_over(name) || Scope::default().has_element(name, tag, &attributes)
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
    instructions_end: bool,
    declarations_end: bool,
    subsets_end: bool,
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

    fn instruction(&mut self, rest: &str) {
        let inner = rest.strip_prefix("<?").unwrap_or_default();
        let target = inner
            .split(|c: char| c.is_ascii_whitespace() || c == '?')
            .next()
            .unwrap_or_default();
        let is_declaration = target.eq_ignore_ascii_case("xml");
        if !is_declaration && !is_instruction(target) {
            return self.text(rest, 2);
        }
        let Some(length) = self
            .instructions_end
            .then(|| memmem::find(inner.as_bytes(), b"?>"))
            .flatten()
        else {
            self.instructions_end = false;
            return self.text(rest, 2);
        };
        // The declaration at the beginning of a document is meaningless in a fragment.
        let legal = legal(inner, length).replace("?>", "? >");
        if !is_declaration && is_instruction(&legal) {
            self.out.push_str("<?");
            self.out.push_str(&legal);
            self.out.push_str("?>");
        }
        self.at += length + 4;
    }

    /// Drops a document type, which is meaningless in a fragment. Its entities are never read.
    fn declaration(&mut self, rest: &str) {
        let end = self.declarations_end.then(|| rest.find('>')).flatten();
        let subset = end
            .and_then(|end| rest.get(..end))
            .and_then(|head| head.find('['));
        let end = match subset
            .and_then(|subset| rest.get(subset..))
            .filter(|_| self.subsets_end)
        {
            Some(inside) => match memmem::find(inside.as_bytes(), b"]>") {
                Some(length) => Some(rest.len() - inside.len() + length + 1),
                None => {
                    self.subsets_end = false;
                    end
                }
            },
            None => end,
        };
        match end {
            Some(end) => self.at += end + 1,
            None => {
                self.declarations_end = false;
                self.text(rest, 2);
            }
        }
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
        let name = if tag == Tag::Other {
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
        let ends = self.last_ends.get_or_insert_with(|| LastEnds::of(source));
        let is_document = matches!(&*name.to_ascii_lowercase(), "html" | "head" | "body");
        let is_first = self.out.len() <= MAX_BEFORE_DOCUMENT && self.out.trim().is_empty();
        // These begin a whole document of HTML, whose ends may be omitted.
        if is_document && is_first {
            return false;
        }
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

/// The interpretation of a `<` and the text after it.
enum StartTag<'a> {
    Tag {
        name: &'a str,
        attributes: Vec<Written<'a>>,
        closed: bool,
        length: usize,
    },
    /// It isn't a tag, but this number of bytes of text.
    Text(usize),
}

fn scan_start_tag(rest: &str) -> StartTag<'_> {
    let slice = |from: usize, to: usize| rest.get(from..to).unwrap_or_default();
    let bytes = rest.as_bytes();
    let name_end = 1 + name_length(rest.get(1..).unwrap_or_default());
    if name_end == 1 {
        return StartTag::Text(1);
    }
    let mut attributes: Vec<Written<'_>> = Vec::new();
    let mut at = name_end;
    let mut closed = false;
    loop {
        match bytes.get(at) {
            None => return StartTag::Text(rest.len()),
            Some(b'<') => return StartTag::Text(at),
            Some(b'>') => {
                return StartTag::Tag {
                    name: slice(1, name_end),
                    attributes,
                    closed,
                    length: at + 1,
                };
            }
            Some(&byte) => {
                closed = byte == b'/';
                let length = name_length(slice(at, rest.len()));
                if length == 0 && b"&|()[]{}+*!?,;@#$%".contains(&byte) {
                    // It consists of words and operators, such as `a<b && c>d`.
                    return StartTag::Text(name_end);
                }
                if length == 0 {
                    // It is a stray quote, equals sign or the like, or a byte of a character that
                    // names can't contain.
                    at += 1;
                    continue;
                }
                let name = slice(at, at + length);
                at += length;
                let Some((value, next)) = attribute_value(rest, at) else {
                    return StartTag::Text(rest.len());
                };
                at = next;
                if attributes.len() < MAX_ATTRIBUTES
                    && !attributes.iter().any(|(known, _)| *known == name)
                {
                    attributes.push((name, value));
                }
            }
        }
    }
}

/// Returns the value after an attribute's name, if it has one, and the position after it, or `None`
/// if a quote is never closed.
fn attribute_value(rest: &str, at: usize) -> Option<(Option<&str>, usize)> {
    let tail = rest.get(at..)?;
    let Some(behind) = tail.trim_ascii_start().strip_prefix('=') else {
        return Some((None, at));
    };
    let behind = behind.trim_ascii_start();
    let start = rest.len() - behind.len();
    match behind.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => {
            let value = behind.get(1..)?;
            let end = memchr::memchr(quote, value.as_bytes())?;
            Some((value.get(..end), start + end + 2))
        }
        _ => {
            let end = behind
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '<' | '>' | '"' | '\''))
                .unwrap_or(behind.len());
            Some((behind.get(..end), start + end))
        }
    }
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
