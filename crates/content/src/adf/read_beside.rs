//! Finds the pictures that words stand beside: they are part of the text, where others are blocks.

use std::collections::HashSet;

use crate::embedded::is_embedded;
use crate::reference::Resource;
use crate::storage::{Children, Element, Macro, Node, Tag};

/// Returns the positions of the attached pictures that are in one line with words.
pub(super) fn pictures_beside_words(nodes: Children<'_>) -> HashSet<u32> {
    let mut lines = Lines::default();
    lines.nodes(nodes);
    lines.end();
    lines.found
}

/// The line that is being read, and the pictures that were found so far.
#[derive(Default)]
struct Lines {
    has_words: bool,
    pictures: Vec<u32>,
    found: HashSet<u32>,
}

impl Lines {
    fn end(&mut self) {
        let pictures = self.pictures.drain(..);
        match std::mem::take(&mut self.has_words) {
            true => self.found.extend(pictures),
            false => drop(pictures),
        }
    }

    fn nodes(&mut self, nodes: Children<'_>) {
        for node in nodes {
            match node {
                Node::Text(text) | Node::CData(text) => self.has_words |= !text.trim().is_empty(),
                Node::Element(element) => self.element(element),
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
    }

    fn element(&mut self, element: Element<'_>) {
        let tag = element.tag();
        match tag {
            Tag::Br | Tag::Img => self.end(),
            Tag::Image if may_be_in_line(element) => self.pictures.push(element.position()),
            Tag::Image => self.end(),
            Tag::Macro | Tag::OldMacro => self.macro_(element),
            Tag::Link if element.child(Tag::LinkBody).is_none() => self.has_words = true,
            Tag::Emoticon | Tag::Time => self.has_words = true,
            // The target of the link that is being read shows nothing.
            _ if Resource::read(element).is_some() => {}
            Tag::Parameter
            | Tag::DefaultParameter
            | Tag::TaskId
            | Tag::TaskUuid
            | Tag::TaskStatus
            | Tag::AdfAttribute
            | Tag::AdfParameter => {}
            tag if tag.is_program() => {}
            tag if is_embedded(tag) => self.has_words = true,
            tag if tag.is_block()
                || matches!(
                    tag,
                    Tag::Td | Tag::Th | Tag::AdfExtension | Tag::AdfFallback
                )
                || element.is_container() =>
            {
                self.end();
                self.nodes(element.children());
                self.end();
            }
            _ => self.nodes(element.children()),
        }
    }

    /// A macro is a block if it has a body; of the others only a status is always in a line.
    fn macro_(&mut self, element: Element<'_>) {
        let Some(found) = Macro::read(element) else {
            return;
        };
        if found.name() == "status" {
            self.has_words = true;
        } else if found.contents().next().is_some() {
            self.end();
            self.nodes(element.children());
            self.end();
        }
    }
}

/// Returns whether a picture is shown where it stands in a line, and the document format can say so.
fn may_be_in_line(picture: Element<'_>) -> bool {
    let has = |name| {
        picture
            .attribute(name)
            .is_some_and(|value| !value.is_empty())
    };
    let is_attached = matches!(
        picture.elements().find_map(Resource::read),
        Some(Resource::Attachment(_))
    );
    is_attached && picture.child(Tag::Caption).is_none() && !has("ac:align") && !has("ac:layout")
}
