//! The strict pass: checks that a fragment is well-formed and notes the positions of its nodes.

use memchr::{memchr, memchr_iter, memmem};

use super::attribute::{Attributes, MAX_ATTRIBUTES, name_length, skip_space};
use super::entity_name::is_declared;
use super::name::{Scope, Written};
use super::tag::Tag;
use super::{MAX_DEPTH, ParseError};
use crate::escape::{Entity, entity, is_legal};

/// One node: its range in the source, and the end of its subtree in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// The first byte of the text, or of the start tag.
    pub(super) start: u32,
    /// One past the last byte of the text, or of the start tag.
    pub(super) end: u32,
    /// The index of the first entry that isn't inside this one.
    pub(super) next: u32,
}

/// The kind of an [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    CData,
    Comment,
    Instruction,
    Element(Tag),
}

/// The reasons why the strict pass gave up.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The fragment isn't well-formed: it has to be mended first.
    Malformed,
    /// The fragment can't be accepted.
    Refused(ParseError),
}

/// Indexes a well-formed fragment, in time linear in its length.
pub(super) fn index(source: &str) -> Result<Vec<Entry>, Fault> {
    let mut indexer = Indexer {
        source,
        at: 0,
        // Each tag is one node, and the text after it may be another. Unused capacity takes no
        // memory, and growing would need as much again.
        entries: Vec::with_capacity(2 * memchr_iter(b'<', source.as_bytes()).count() + 1),
        open: Vec::new(),
        depth: 0,
        scope: Scope::default(),
    };
    while indexer.at < source.len() {
        indexer.step().ok_or(Fault::Malformed)?;
        if indexer.depth > MAX_DEPTH {
            return Err(Fault::Refused(ParseError::TooDeep));
        }
    }
    if indexer.open.is_empty() {
        Ok(indexer.entries)
    } else {
        Err(Fault::Malformed)
    }
}

struct Indexer<'a> {
    source: &'a str,
    at: usize,
    entries: Vec<Entry>,
    open: Vec<Open<'a>>,
    /// The sum of the weights of the open elements.
    depth: usize,
    scope: Scope<'a>,
}

/// An open element.
struct Open<'a> {
    entry: usize,
    name: &'a str,
    tag: Tag,
    /// How many levels of depth it counts as. Elements with weight 0 can't nest in each other,
    /// except around a paragraph.
    weight: usize,
}

impl<'a> Indexer<'a> {
    /// Reads one node or end tag, or returns `None` if it isn't well-formed.
    fn step(&mut self) -> Option<()> {
        let rest = self.source.get(self.at..)?;
        match memchr(b'<', rest.as_bytes()) {
            Some(0) => self.markup(rest),
            found => {
                let text = rest.get(..found.unwrap_or(rest.len()))?;
                well_formed_text(text)?;
                if memmem::find(text.as_bytes(), b"]]>").is_some() {
                    return None;
                }
                self.leaf(Kind::Text, 0, text.len(), text.len())
            }
        }
    }

    fn markup(&mut self, rest: &'a str) -> Option<()> {
        match rest.as_bytes().get(1)? {
            b'/' => self.end_tag(rest),
            b'!' => {
                if rest.starts_with("<![CDATA[") {
                    self.delimited(rest, Kind::CData, "<![CDATA[", "]]>")
                } else if rest.starts_with("<!--") {
                    self.delimited(rest, Kind::Comment, "<!--", "-->")
                } else {
                    None
                }
            }
            b'?' => self.delimited(rest, Kind::Instruction, "<?", "?>"),
            _ => self.start_tag(rest),
        }
    }

    fn delimited(&mut self, rest: &'a str, kind: Kind, open: &str, close: &str) -> Option<()> {
        let inner = rest.get(open.len()..)?;
        let length = memmem::find(inner.as_bytes(), close.as_bytes())?;
        let text = inner.get(..length)?;
        let is_allowed = match kind {
            Kind::Comment => !text.contains("--") && !text.ends_with('-'),
            // Any other would be words that nobody sees.
            Kind::Instruction => text == "in",
            _ => true,
        };
        if !is_allowed || !text.chars().all(is_legal) {
            return None;
        }
        self.leaf(
            kind,
            open.len(),
            open.len() + length,
            open.len() + length + close.len(),
        )
    }

    fn start_tag(&mut self, rest: &'a str) -> Option<()> {
        let inner = rest.get(1..)?;
        let (name, behind) = inner
            .split_at_checked(name_length(inner))
            .filter(|(name, _)| !name.is_empty())?;
        let mut attributes = Vec::new();
        let tail = if behind.starts_with('>') {
            behind
        } else {
            well_formed_attributes(behind, &mut attributes)?
        };
        let tag = Tag::from_name(name);
        let may_stand = |index| self.scope.has_attribute(index, &attributes);
        if !self.scope.has_element(name, tag, &attributes) || !(0..attributes.len()).all(may_stand)
        {
            return None;
        }
        let (length, closed) = match tail.as_bytes() {
            [b'>', ..] => (rest.len() - tail.len() + 1, false),
            [b'/', b'>', ..] => (rest.len() - tail.len() + 2, true),
            _ => return None,
        };
        let component = self.scope.length_of_component(name, closed, rest, length);
        if component.is_some() {
            return None;
        }
        let entry = self.entries.len();
        self.leaf(Kind::Element(tag), 0, length, length)?;
        if !closed {
            let names = attributes.iter().map(|(name, _)| *name);
            self.scope.open(self.open.len(), tag, names);
            let weight = self.weight(tag);
            self.depth += weight;
            self.open.push(Open {
                entry,
                name,
                tag,
                weight,
            });
        }
        Some(())
    }

    /// Returns how many levels of depth an element counts as. Elements that always belong to the
    /// one around them count as none, as do paragraphs, which are optional around text, and the
    /// elements around a block that has its JSON with it. A macro counts as one more, for its
    /// optional body.
    fn weight(&self, tag: Tag) -> usize {
        let Some(around) = self.open.last() else {
            return match tag {
                Tag::AdfExtension => 0,
                tag => usize::from(tag != Tag::P) + usize::from(is_macro(tag)),
            };
        };
        let counts_nothing = match tag {
            Tag::Thead | Tag::Tbody | Tag::Tfoot => around.tag == Tag::Table,
            Tag::RichTextBody => is_macro(around.tag),
            Tag::TaskBody => around.tag == Tag::Task,
            Tag::LayoutSection => around.tag == Tag::Layout,
            Tag::P => around.tag != Tag::P,
            Tag::AdfFallback => self.open.len() == 1,
            _ => false,
        };
        match counts_nothing {
            true => 0,
            false => 1 + usize::from(is_macro(tag)),
        }
    }

    fn end_tag(&mut self, rest: &'a str) -> Option<()> {
        let open = self.open.pop()?;
        self.depth -= open.weight;
        self.scope.close(self.open.len());
        let tail = rest
            .get(2..)?
            .strip_prefix(open.name)
            .map(skip_space)?
            .strip_prefix('>')?;
        self.at += rest.len() - tail.len();
        let next = u32::try_from(self.entries.len()).ok()?;
        self.entries.get_mut(open.entry)?.next = next;
        Some(())
    }

    /// Notes a node without content; offsets are relative to the current position.
    fn leaf(&mut self, kind: Kind, start: usize, end: usize, consumed: usize) -> Option<()> {
        let position = |offset: usize| u32::try_from(self.at + offset).ok();
        let entry = Entry {
            kind,
            start: position(start)?,
            end: position(end)?,
            next: u32::try_from(self.entries.len() + 1).ok()?,
        };
        self.entries.push(entry);
        self.at += consumed;
        Some(())
    }
}

fn is_macro(tag: Tag) -> bool {
    matches!(tag, Tag::Macro | Tag::OldMacro)
}

/// Checks the characters and entities of text or of an attribute's value.
pub(super) fn well_formed_text(text: &str) -> Option<()> {
    if text
        .bytes()
        .any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'))
    {
        return None;
    }
    // These are the first two of the three bytes of U+FFFE and U+FFFF.
    if memmem::find(text.as_bytes(), b"\xef\xbf").is_some() && !text.chars().all(is_legal) {
        return None;
    }
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let after = rest.get(at + 1..)?;
        let (found, length) = entity(after)?;
        if matches!(found, Entity::Named(_)) && !is_declared(after.get(..length - 1)?) {
            return None;
        }
        rest = after.get(length..)?;
    }
    Some(())
}

/// Reads the attributes of a start tag and returns what follows them.
fn well_formed_attributes<'a>(
    behind_name: &'a str,
    known: &mut Vec<Written<'a>>,
) -> Option<&'a str> {
    let mut attributes = Attributes::new(behind_name);
    for attribute in attributes.by_ref() {
        if known.len() == MAX_ATTRIBUTES
            || known.iter().any(|(name, _)| *name == attribute.name)
            || memchr(b'<', attribute.raw.as_bytes()).is_some()
        {
            return None;
        }
        well_formed_text(attribute.raw)?;
        known.push((attribute.name, Some(attribute.raw)));
    }
    Some(attributes.rest())
}
