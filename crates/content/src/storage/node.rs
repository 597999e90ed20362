//! The nodes of a document, and iterators over them.

use std::borrow::Cow;

use super::attribute::{Attribute, Attributes, name_length};
use super::index::{Entry, Kind};
use super::{Document, Tag};
use crate::escape::decode;

/// The elements of HTML without a meaning of their own here that are blocks.
const CONTAINERS: [&str; 23] = [
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "details",
    "summary",
    "figure",
    "figcaption",
    "fieldset",
    "legend",
    "form",
    "address",
    "hgroup",
    "dialog",
    "menu",
    "dir",
    "search",
    "option",
    "optgroup",
    "body",
];

/// One node of a document.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// Text with entities, as it is in the source: well-formed, without `<`.
    Text(&'a str),
    /// The content of a CDATA section: plain text.
    CData(&'a str),
    /// The content of a comment.
    Comment(&'a str),
    /// The content of a processing instruction.
    Instruction(&'a str),
    /// An element.
    Element(Element<'a>),
}

/// One element of a document.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    document: &'a Document,
    entry: Entry,
    index: u32,
}

impl<'a> Element<'a> {
    /// Returns the element's tag.
    #[must_use]
    pub fn tag(&self) -> Tag {
        match self.entry.kind {
            Kind::Element(tag) => tag,
            _ => Tag::Other,
        }
    }

    /// Returns whether the element only groups blocks of text, so that its text is apart from that
    /// around it.
    #[must_use]
    pub(crate) fn is_container(&self) -> bool {
        let tag = self.tag();
        let is_known = |known: &&str| self.name().eq_ignore_ascii_case(known);
        matches!(tag, Tag::AdfNode | Tag::AdfContent)
            || tag == Tag::Other && CONTAINERS.iter().any(is_known)
    }

    /// Returns whether the element is written `<name />`.
    #[must_use]
    pub fn is_self_closed(&self) -> bool {
        self.raw_start_tag().ends_with("/>")
    }

    /// Returns the start tag as it is in the source.
    pub(crate) fn raw_start_tag(&self) -> &'a str {
        slice(self.document, self.entry)
    }

    /// Returns the element's name with its prefix.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let inner = self.raw_start_tag().get(1..).unwrap_or_default();
        inner.get(..name_length(inner)).unwrap_or_default()
    }

    /// Returns the attributes in the order of the source.
    #[must_use]
    pub fn attributes(&self) -> Attributes<'a> {
        let start_tag = self.raw_start_tag();
        Attributes::new(start_tag.get(1 + self.name().len()..).unwrap_or_default())
    }

    /// Returns the value of an attribute, decoded. As in HTML, its name may be in upper case.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.find(name).map(|attribute| attribute.value())
    }

    fn find(&self, name: &str) -> Option<Attribute<'a>> {
        let mut in_capitals = None;
        for attribute in self.attributes() {
            if attribute.name == name {
                return Some(attribute);
            }
            if in_capitals.is_none() && attribute.name.eq_ignore_ascii_case(name) {
                in_capitals = Some(attribute);
            }
        }
        in_capitals
    }

    /// Returns the attributes with these names in the order of the source, as
    /// [`attribute`](Self::attribute) finds them, each with its name in small letters.
    pub(crate) fn attributes_of(
        self,
        names: &'static [&'static str],
    ) -> impl Iterator<Item = (&'static str, Attribute<'a>)> {
        self.attributes().filter_map(move |attribute| {
            let mut names = names.iter().copied();
            let name = names.find(|name| attribute.name.eq_ignore_ascii_case(name))?;
            (self.find(name) == Some(attribute)).then_some((name, attribute))
        })
    }

    /// Returns the nodes directly inside.
    #[must_use]
    pub fn children(&self) -> Children<'a> {
        Children::new(self.document, self.index + 1, self.entry.next)
    }

    /// Returns all nodes inside in the order of the source.
    #[must_use]
    pub fn descendants(&self) -> Descendants<'a> {
        Descendants::new(self.document, self.index + 1, self.entry.next)
    }

    /// Returns the elements directly inside.
    pub fn elements(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        self.children().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Returns the first element with this tag directly inside.
    #[must_use]
    pub fn child(&self, tag: Tag) -> Option<Element<'a>> {
        self.elements().find(|element| element.tag() == tag)
    }

    /// Returns the content of the element, as it is in the source.
    #[must_use]
    pub fn inner(&self) -> &'a str {
        if self.is_self_closed() {
            return "";
        }
        let source = self.document.as_str();
        let start = usize::try_from(self.entry.end).unwrap_or(source.len());
        // After the last node inside come the end tags of all elements that end with it: first
        // those inside this element, then its own, then those around it.
        let entries = self.document.entries.iter();
        let first = usize::try_from(self.index).unwrap_or(usize::MAX);
        let behind = usize::try_from(self.entry.next).unwrap_or(usize::MAX);
        let inside = entries
            .enumerate()
            .take(behind)
            .skip(first.saturating_add(1));
        let (mut last, mut closing) = (start, 0_usize);
        for (_, entry) in inside {
            let delimiter = match entry.kind {
                Kind::Text | Kind::Element(_) => "",
                Kind::CData => "]]>",
                Kind::Comment => "-->",
                Kind::Instruction => "?>",
            };
            last = usize::try_from(entry.end).unwrap_or(last) + delimiter.len();
            let ends_here = entry.next == self.entry.next;
            let is_open = matches!(entry.kind, Kind::Element(_))
                && !slice(self.document, *entry).ends_with("/>");
            closing += usize::from(ends_here && is_open);
        }
        let mut end = last;
        for _ in 0..closing {
            let tag = source.get(end..).and_then(|rest| rest.find('>'));
            end = tag.map_or(end, |at| end + at + 1);
        }
        source.get(start..end).unwrap_or_default()
    }

    /// Returns the number of bytes from the element's start to the next node after it, without
    /// reading them.
    pub(crate) fn reach(&self) -> usize {
        let behind = usize::try_from(self.entry.next).unwrap_or(usize::MAX);
        let behind = self.document.entries.get(behind).map(|next| next.start);
        let end = behind.and_then(|start| usize::try_from(start).ok());
        let end = end.unwrap_or(self.document.source.len());
        end.saturating_sub(usize::try_from(self.entry.start).unwrap_or(0))
    }

    /// Returns the position of the element in the document; it is unique within it.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.index
    }

    /// Returns the position after the element and all of its content.
    #[must_use]
    pub fn position_behind(&self) -> u32 {
        self.entry.next
    }

    /// Returns all text inside, decoded, with a line end for each `br` and no other space added.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        let mut all: Option<Cow<'a, str>> = None;
        for node in self.descendants() {
            let piece = match node {
                Node::Text(raw) => decode(raw),
                Node::CData(text) => Cow::Borrowed(text),
                Node::Element(element) if element.tag() == Tag::Br => Cow::Borrowed("\n"),
                _ => continue,
            };
            all = Some(match all {
                None => piece,
                Some(before) => before + piece,
            });
        }
        all.unwrap_or_default()
    }
}

fn slice(document: &Document, entry: Entry) -> &str {
    let range = usize::try_from(entry.start).unwrap_or(0)..usize::try_from(entry.end).unwrap_or(0);
    document.source.get(range).unwrap_or_default()
}

fn node(document: &Document, index: u32) -> Option<(Node<'_>, Entry)> {
    let entry = *document.entries.get(usize::try_from(index).ok()?)?;
    let node = match entry.kind {
        Kind::Text => Node::Text(slice(document, entry)),
        Kind::CData => Node::CData(slice(document, entry)),
        Kind::Comment => Node::Comment(slice(document, entry)),
        Kind::Instruction => Node::Instruction(slice(document, entry)),
        Kind::Element(_) => Node::Element(Element {
            document,
            entry,
            index,
        }),
    };
    Some((node, entry))
}

/// An iterator over the nodes of one level.
#[derive(Clone, Debug)]
pub struct Children<'a> {
    document: &'a Document,
    at: u32,
    end: u32,
}

impl<'a> Children<'a> {
    pub(super) fn new(document: &'a Document, at: u32, end: u32) -> Self {
        Self { document, at, end }
    }
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let (node, entry) = node(self.document, self.at)?;
        self.at = entry.next;
        Some(node)
    }
}

/// An iterator over all nodes of a subtree, each before its content.
#[derive(Clone, Debug)]
pub struct Descendants<'a> {
    document: &'a Document,
    at: u32,
    end: u32,
}

impl<'a> Descendants<'a> {
    pub(super) fn new(document: &'a Document, at: u32, end: u32) -> Self {
        Self { document, at, end }
    }
}

impl<'a> Iterator for Descendants<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let (node, _) = node(self.document, self.at)?;
        self.at += 1;
        Some(node)
    }
}
