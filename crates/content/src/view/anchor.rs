//! The anchors of a document, and which of them a link means.
//!
//! Links are resolved here before they are written, so that they lead to the ids that `heading`
//! makes, whatever program wrote them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::heading::Headings;
use super::{Writer, anchor_id};
use crate::storage::{Document, Macro, Node, Tag};
use crate::url::percent_decoded;

/// The longest anchor that is compared with the texts of headings, in bytes.
const MAX_COMPARED: usize = 1_024;

/// The maximum number of dashes of an anchor that may belong to the title of its page.
const MAX_TITLE_DASHES: usize = 32;

/// The anchors of one document.
#[derive(Default)]
pub(crate) struct Anchors {
    ids: HashSet<String>,
    /// The ids of headings by their texts without white space, which is how Server makes its ids.
    squeezed: HashMap<String, String>,
    /// The ids of headings by the names that sites which show Markdown give them.
    slugs: HashMap<String, String>,
    /// The ids of headings by the letters and digits of their texts, for names that other programs
    /// make.
    letters: HashMap<String, String>,
}

impl Anchors {
    /// Collects the headings of a document, and the anchors that its author named.
    pub(crate) fn of(document: &Document) -> Self {
        let mut anchors = Self::default();
        let mut seen = HashMap::new();
        for (text, id) in Headings::of(document).texts_and_ids() {
            anchors.add_heading(text, id, &mut seen);
        }
        for node in document.descendants() {
            let Node::Element(element) = node else {
                continue;
            };
            let name = match element.tag() {
                Tag::Macro | Tag::OldMacro => Macro::read(element)
                    .filter(|found| found.name() == "anchor")
                    .and_then(|found| found.text("")),
                tag => named_place(element, tag),
            };
            anchors.ids.extend(name.map(|name| anchor_id(&name)));
        }
        anchors
    }

    /// Adds a heading; `seen` counts the headings of each name.
    fn add_heading(&mut self, text: &str, id: &str, seen: &mut HashMap<String, usize>) {
        // A heading without words has no anchor.
        if id.is_empty() {
            return;
        }
        let suffix = id.strip_prefix(&anchor_id(text)).unwrap_or_default();
        let squeezed = text.split_whitespace().collect::<String>() + suffix;
        let slug = slug(text);
        let letters = letters_of(&slug);
        let count = seen.entry(slug.clone()).or_default();
        let name = match *count {
            0 => slug,
            count => format!("{slug}-{count}"),
        };
        *count += 1;
        for (names, name) in [
            (&mut self.squeezed, squeezed),
            (&mut self.slugs, name),
            (&mut self.letters, letters),
        ] {
            names.entry(name).or_insert_with(|| id.to_owned());
        }
        self.ids.insert(id.to_owned());
    }

    /// Returns the id that an author means by an anchor, if there is one. Pages from Server name
    /// headings without white space, and sometimes after the title of the page: `MyHeading`,
    /// `MyPage-MyHeading`. Sites that show Markdown name them in lower case, without punctuation:
    /// `my-heading`.
    pub(crate) fn meant(&self, anchor: &str) -> Option<String> {
        let id = anchor_id(anchor);
        if self.ids.contains(&id) {
            return Some(id);
        }
        if anchor.len() > MAX_COMPARED {
            return None;
        }
        let words: String = anchor.split_whitespace().collect();
        let lower = anchor.to_lowercase();
        let mut behind_title = words
            .match_indices('-')
            .take(MAX_TITLE_DASHES)
            .filter_map(|(at, _)| self.squeezed.get(words.get(at + 1..)?));
        let letters = letters_of(&lower);
        self.squeezed
            .get(&words)
            .or_else(|| self.slugs.get(&lower))
            .or_else(|| behind_title.next())
            .or_else(|| self.letters.get(&letters).filter(|_| !letters.is_empty()))
            .cloned()
    }

    /// Returns the address within the document that an author means by a fragment, or `None` if it
    /// stays as it is.
    pub(crate) fn address(&self, fragment: &str) -> Option<String> {
        let id = self.meant(&percent_decoded(fragment)?)?;
        Some(format!("#{id}"))
    }
}

/// Returns the name that sites which show Markdown give to a heading.
fn slug(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn letters_of(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the name that an element of HTML gives to its anchor.
pub(crate) fn named_place(element: crate::storage::Element<'_>, tag: Tag) -> Option<String> {
    let name = match tag {
        Tag::A => element
            .attribute("name")
            .or_else(|| element.attribute("id")),
        Tag::Span | Tag::Div | Tag::P => element.attribute("id"),
        Tag::Other if element.is_container() => element.attribute("id"),
        tag if tag.heading_level().is_some() => element.attribute("id"),
        _ => None,
    };
    name.filter(|name| !name.is_empty()).map(Into::into)
}

impl Writer<'_> {
    fn anchors(&mut self) -> &Anchors {
        let document = self.document;
        self.anchors.get_or_insert_with(|| Anchors::of(document))
    }

    /// Returns the address, in this document, that an author means by an anchor.
    pub(super) fn place(&mut self, anchor: &str) -> String {
        let meant = self.anchors().meant(anchor);
        format!("#{}", meant.unwrap_or_else(|| anchor_id(anchor)))
    }

    /// Returns an address of HTML; if it means an anchor of this document, with the anchor's id.
    pub(super) fn within<'h>(&mut self, href: Cow<'h, str>) -> Cow<'h, str> {
        let fragment = href
            .strip_prefix('#')
            .filter(|fragment| !fragment.is_empty());
        let meant = fragment.and_then(|fragment| self.anchors().address(fragment));
        meant.map_or(href, Cow::Owned)
    }
}
