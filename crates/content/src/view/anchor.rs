//! Places within a document that links lead to.

use std::collections::{HashMap, HashSet};

use super::heading::Headings;
use super::{Writer, anchor_id};
use crate::storage::{Document, Macro, Node, Tag};
use crate::url::percent_decoded;

/// The longest anchor that is compared with the texts of headings, in bytes.
const MAX_COMPARED: usize = 1_024;

/// How many dashes of an anchor may belong to the title of its page.
const MAX_TITLE_DASHES: usize = 32;

/// The places of one document.
pub(crate) struct Anchors {
    ids: HashSet<String>,
    /// The ids of headings by their texts without white space, as Server makes its ids.
    squeezed: HashMap<String, String>,
}

impl Anchors {
    /// The headings of a document, and the places that its author named.
    pub(crate) fn of(document: &Document, headings: &Headings) -> Self {
        let mut anchors = Self {
            ids: HashSet::new(),
            squeezed: HashMap::new(),
        };
        for (text, id) in headings.texts_and_ids() {
            let squeezed: String = id.chars().filter(|c| !c.is_whitespace()).collect();
            let suffix = squeezed.strip_prefix(&anchor_id(text)).unwrap_or_default();
            let words: String = text.split_whitespace().collect();
            let id = id.to_owned();
            anchors
                .squeezed
                .entry(words + suffix)
                .or_insert_with(|| id.clone());
            anchors.ids.insert(id);
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

    /// Whether there is a place of this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The id of the place that an author means by an anchor, if there is one. Pages from Server name headings without
    /// white space, and sometimes behind the title of the page: `MyHeading`, `MyPage-MyHeading`.
    fn meant(&self, anchor: &str) -> Option<String> {
        let id = anchor_id(anchor);
        if self.has(&id) {
            return Some(id);
        }
        if anchor.len() > MAX_COMPARED {
            return None;
        }
        let words: String = anchor.split_whitespace().collect();
        let behind_title = words.match_indices('-').take(MAX_TITLE_DASHES);
        let mut names = std::iter::once(0).chain(behind_title.map(|(at, _)| at + 1));
        names.find_map(|at| self.squeezed.get(words.get(at..)?).cloned())
    }
}

/// The name that an element of HTML gives to its place.
pub(super) fn named_place(element: crate::storage::Element<'_>, tag: Tag) -> Option<String> {
    let name = match tag {
        Tag::A => element
            .attribute("name")
            .or_else(|| element.attribute("id")),
        Tag::Span | Tag::Div | Tag::P => element.attribute("id"),
        _ => None,
    };
    name.filter(|name| !name.is_empty()).map(Into::into)
}

impl Writer<'_> {
    /// The address of the place in this document that an author means by an anchor.
    pub(super) fn place(&mut self, anchor: &str) -> String {
        let anchors = self
            .anchors
            .get_or_insert_with(|| Anchors::of(self.document, &self.headings));
        let id = anchors.meant(anchor).unwrap_or_else(|| anchor_id(anchor));
        format!("#{id}")
    }

    /// An address of HTML, which may name a place in this document otherwise than its id does.
    pub(super) fn within(&mut self, href: &str) -> String {
        let Some(fragment) = href
            .strip_prefix('#')
            .filter(|fragment| !fragment.is_empty())
        else {
            return href.to_owned();
        };
        let anchors = self
            .anchors
            .get_or_insert_with(|| Anchors::of(self.document, &self.headings));
        let decoded = percent_decoded(fragment);
        let meant = decoded.and_then(|anchor| anchors.meant(&anchor));
        meant.map_or_else(|| href.to_owned(), |id| format!("#{id}"))
    }
}
