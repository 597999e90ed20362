//! Extracts the plain text of a body.

use std::ops::Range;

use crate::escape::decode;
use crate::figure;
use crate::passage;
use crate::reference::{ContentRef, Resource, person_at};
use crate::storage::{Children, Document, Element, Macro, Node, Tag};
use crate::view;

/// Returns the text of a body: blocks on lines of their own, cells separated by tabs, without names
/// of people, and without parameters other than those that are shown, such as titles.
///
/// It is for search and previews: everybody who sees the page sees all of it, and it contains
/// nothing of other pages.
#[must_use]
pub fn plain(document: &Document) -> String {
    let mut text = Text {
        // The text is seldom longer than its source, and unused capacity takes no memory.
        out: String::with_capacity(document.as_str().len()),
        ..Text::default()
    };
    text.nodes(document.children());
    text.out.truncate(text.out.trim_end().len());
    text.out
}

/// Returns the text of a body as [`plain`] does and, for each of its characters that isn't white
/// space and is running text in the source, the position in the text and the range in the source.
pub(crate) fn with_origins(document: &Document) -> (String, Vec<(usize, Range<usize>)>) {
    let mut text = Text {
        source: Some(document.as_str()),
        ..Text::default()
    };
    text.nodes(document.children());
    (text.out, text.origins)
}

/// Returns the beginning of a body as one line, cut between words: that of the author's excerpt, if
/// there is one.
///
/// `most` is in characters; a text that had to be cut ends in `…`, which isn't counted.
#[must_use]
pub fn excerpt(document: &Document, most: usize) -> String {
    let text = match find_excerpt(document, None) {
        Some(excerpt) => of_element(excerpt),
        None => plain(document),
    };
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        let space = usize::from(length > 0);
        if length + space + word_length > most {
            if length == 0 {
                line.extend(word.chars().take(most));
            }
            line.push('\u{2026}');
            return line;
        }
        if space == 1 {
            line.push(' ');
        }
        line.push_str(word);
        length += space + word_length;
    }
    line
}

/// Returns the text of one element's content.
pub(crate) fn of_element(element: Element<'_>) -> String {
    let mut text = Text::default();
    text.nodes(element.children());
    text.out
}

/// Returns the text of preformatted content, with its blanks and line ends.
pub(crate) fn preformatted(element: Element<'_>) -> String {
    let mut text = Text {
        is_preformatted: true,
        ..Text::default()
    };
    text.nodes(element.children());
    let ends_with_block = element.elements().last().is_some_and(|last| {
        let is_last = last.position_behind() == element.position_behind();
        is_last && (last.tag().is_block() || last.is_container())
    });
    if ends_with_block && text.out.ends_with('\n') {
        text.out.pop();
    }
    text.out
}

/// Returns the body of the first excerpt, or of the first with this name.
pub(crate) fn find_excerpt<'d>(document: &'d Document, name: Option<&str>) -> Option<Element<'d>> {
    document.descendants().find_map(|node| {
        let Node::Element(element) = node else {
            return None;
        };
        let found = Macro::read(element).filter(|found| found.name() == "excerpt")?;
        if name.is_some() && found.text("name").as_deref() != name {
            return None;
        }
        found.rich_body()
    })
}

#[derive(Default)]
struct Text<'d> {
    out: String,
    /// The source, if the origins of the text in it are wanted.
    source: Option<&'d str>,
    origins: Vec<(usize, Range<usize>)>,
    /// Whether blanks and line ends are part of the text.
    is_preformatted: bool,
}

impl Text<'_> {
    fn nodes(&mut self, nodes: Children<'_>) {
        for node in nodes {
            match node {
                Node::Text(raw) if self.is_preformatted => self.out.push_str(&decode(raw)),
                Node::Text(raw) => {
                    let before = self.out.len();
                    self.words(&decode(raw));
                    self.note_origins(raw, before);
                }
                Node::CData(text) => self.out.push_str(text),
                Node::Element(element) => self.element(element),
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
    }

    /// Notes the origins in the source of the characters that were appended since `before`.
    fn note_origins(&mut self, raw: &str, before: usize) {
        let Some(source) = self.source else {
            return;
        };
        let Some(start) = raw.as_ptr().addr().checked_sub(source.as_ptr().addr()) else {
            return;
        };
        let appended = self.out.get(before..).unwrap_or_default();
        let places = appended.char_indices().filter(|(_, c)| !c.is_whitespace());
        let noted = places
            .zip(passage::visible(raw))
            .map(|((at, _), (_, range))| (before + at, start + range.start..start + range.end));
        self.origins.extend(noted);
    }

    /// Appends running text: line breaks in the source are only spaces, and a line doesn't begin
    /// with a space.
    fn words(&mut self, text: &str) {
        let at_start = self.out.is_empty() || self.out.ends_with(['\n', '\t', ' ']);
        if text.starts_with(|c: char| c.is_ascii_whitespace()) && !at_start {
            self.out.push(' ');
        }
        let mut words = text.split_ascii_whitespace().peekable();
        let mut any = false;
        while let Some(word) = words.next() {
            self.out.push_str(word);
            any = true;
            if words.peek().is_some() {
                self.out.push(' ');
            }
        }
        if any && text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.out.push(' ');
        }
    }

    fn line_end(&mut self) {
        while !self.is_preformatted && self.out.ends_with([' ', '\t']) {
            self.out.pop();
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn element(&mut self, element: Element<'_>) {
        match element.tag() {
            Tag::Br if self.is_preformatted => self.out.push('\n'),
            Tag::Br | Tag::Hr => self.line_end(),
            Tag::Td | Tag::Th => {
                self.nodes(element.children());
                while self.out.ends_with(['\n', ' ']) {
                    self.out.pop();
                }
                self.out.push('\t');
            }
            Tag::Macro | Tag::OldMacro => self.macro_(element),
            Tag::Link => self.link(element),
            Tag::A
                if element
                    .attribute("href")
                    .is_some_and(|href| person_at(&href).is_some()) => {}
            Tag::Emoticon => self.out.push_str(&view::emoji_of(element).0),
            Tag::Time => {
                let day = element.attribute("datetime").unwrap_or_default();
                self.out
                    .push_str(view::day_in_words(&day).as_deref().unwrap_or(&day));
            }
            Tag::Pre => {
                self.line_end();
                let is_inside = std::mem::replace(&mut self.is_preformatted, true);
                self.nodes(element.children());
                self.is_preformatted = is_inside;
                self.line_end();
            }
            Tag::AdfExtension => match element.child(Tag::AdfFallback) {
                Some(fallback) => self.nodes(fallback.children()),
                None => self.nodes(element.children()),
            },
            Tag::Parameter
            | Tag::DefaultParameter
            | Tag::TaskId
            | Tag::TaskUuid
            | Tag::TaskStatus
            | Tag::Placeholder
            | Tag::AdfAttribute
            | Tag::AdfParameter
            | Tag::AdfParameterValue => {}
            Tag::Svg => self.words(&figure::words_of_svg(element)),
            Tag::Math | Tag::Other if figure::is_math(element) => {
                self.out.push_str(&figure::words_of_math(element));
            }
            tag if tag.is_program() => {}
            tag if tag.is_block() || tag == Tag::Caption || element.is_container() => {
                self.line_end();
                self.nodes(element.children());
                self.line_end();
            }
            _ => self.nodes(element.children()),
        }
    }

    fn macro_(&mut self, element: Element<'_>) {
        let Some(found) = Macro::read(element) else {
            return;
        };
        match found.name().as_ref() {
            "status" => self.out.push_str(&found.text("title").unwrap_or_default()),
            "jira" => self.out.push_str(&found.text("key").unwrap_or_default()),
            _ => {
                if let Some(title) = found.text("title") {
                    self.line_end();
                    self.out.push_str(&title);
                    self.line_end();
                }
                self.nodes(element.children());
            }
        }
    }

    fn link(&mut self, element: Element<'_>) {
        let resource = element.elements().find_map(Resource::read);
        if matches!(resource, Some(Resource::Person(_))) {
            return;
        }
        let before = self.out.len();
        self.nodes(element.children());
        if self.out.len() == before {
            match resource {
                Some(Resource::Content(
                    ContentRef::Page { title, .. } | ContentRef::BlogPost { title, .. },
                )) => {
                    self.out.push_str(&title);
                }
                Some(Resource::Attachment(attachment)) => self.out.push_str(&attachment.file),
                _ => {}
            }
        }
    }
}
