//! Restores the markup that elements carry, if nobody has changed what they show.

use super::{Writer, has_class};
use crate::carried::{Kept, MAX_ABOUT_DEPTH, first_element, is_place, of_content, open_tag, outer};
use crate::storage::{self, Children, Element, Macro, Node, Tag};

/// The maximum depth of a placeholder in the markup that an element carries.
const MAX_PLACE_DEPTH: usize = 4;

/// The content that is written into the placeholders of the markup of one element, the holder.
struct Live<'h> {
    /// The elements whose content is written into the placeholders, in order.
    parts: std::vec::IntoIter<Element<'h>>,
    /// Whether the holder is a task.
    is_task: bool,
    /// Whether the text of the task was written, without the lists after it.
    is_task_written: bool,
    /// Whether the holder contains nothing but text.
    is_plain: bool,
    /// The content for the placeholder, if it had to be written beforehand.
    stored: Option<String>,
    /// Whether to leave out the markup's statements about the content, because the content was
    /// changed.
    is_changed: bool,
}

impl<'h> Live<'h> {
    fn new(holder: Element<'h>, parts: Vec<Element<'h>>) -> Self {
        Self {
            parts: parts.into_iter(),
            is_task: has_class(holder, "nx-task"),
            is_task_written: false,
            is_plain: holder.elements().next().is_none(),
            stored: None,
            is_changed: false,
        }
    }
}

impl<'h> Writer<'h> {
    /// Returns whether an element may be read just to find out what it is. It may not after too
    /// much was read for that purpose.
    fn may_check(&mut self, element: Element<'h>) -> bool {
        let left = self.left_to_check.checked_sub(element.reach());
        self.left_to_check = left.unwrap_or(self.left_to_check);
        left.is_some()
    }

    /// Returns whether an element still shows the content that the number was computed from. If
    /// that may not be checked, the content counts as changed.
    fn shows(&mut self, element: Element<'h>, shown: u64) -> bool {
        self.may_check(element) && shown == of_content(element.children())
    }

    /// Writes the markup that an element carries, and returns whether it had any that is still
    /// valid.
    pub(super) fn kept(&mut self, element: Element<'h>) -> bool {
        let Some(kept) = Kept::of(element) else {
            return false;
        };
        let Some(root) = first_element(&kept.document) else {
            return self.kept_whole(element, &kept);
        };
        let (places, depth) = places_in(kept.document.children());
        match (places, kept.content) {
            (_, Some(stored)) if root.tag() == Tag::AdfExtension && places > 0 => {
                return self.kept_about(element, &kept, stored);
            }
            (0, _) => return self.kept_whole(element, &kept),
            (_, Some(shown)) if !self.shows(element, shown) => return false,
            _ if depth > MAX_PLACE_DEPTH => return false,
            _ => {}
        }
        let parts = match root.tag() {
            Tag::Image => self.caption.take().into_iter().collect(),
            _ => self.parts_of(element, places),
        };
        let mut live = Live::new(element, parts);
        self.copy(kept.document.children(), Tag::Other, &mut live);
        if live.is_task_written {
            self.lists_of_task(element);
        }
        true
    }

    /// Writes markup that contains all that is shown in an element.
    fn kept_whole(&mut self, element: Element<'h>, kept: &Kept) -> bool {
        let is_same = match kept.content {
            Some(shown) => self.shows(element, shown),
            None => self.may_check(element) && element.text().trim().is_empty(),
        };
        if is_same {
            self.markup.raw(kept.document.as_str());
            return true;
        }
        let root = first_element(&kept.document);
        let is_macro = |root: Option<Element<'_>>| root.and_then(Macro::read).is_some();
        let is_person = |link: &Element<'_>| link.child(Tag::RiUser).is_some();
        match root.filter(|root| root.tag() == Tag::Link && !is_person(root)) {
            // The link's text was changed, but not its target.
            Some(link) => {
                self.markup.raw(&open_tag(link));
                for part in link.elements() {
                    if !matches!(part.tag(), Tag::LinkBody | Tag::PlainTextLinkBody) {
                        self.markup.raw(&outer(part));
                    }
                }
                self.around(element, "ac:link-body", "", None);
                self.markup.close("ac:link");
                true
            }
            None if matches!(element.tag(), Tag::Span | Tag::Time) && !is_macro(root) => {
                self.nodes(element.children());
                true
            }
            None => false,
        }
    }

    /// Writes markup with statements about the content of an element, if the content is unchanged.
    fn kept_about(&mut self, element: Element<'h>, kept: &Kept, stored: u64) -> bool {
        let (places, depth) = places_in(kept.document.children());
        if places != 1 || depth > MAX_PLACE_DEPTH {
            return false;
        }
        let holder = panel_body(element).unwrap_or(element);
        // A fallback is shown in place of the rest; once it was changed, the rest no longer
        // applies.
        let root = first_element(&kept.document);
        let fallback = root.and_then(|root| root.child(Tag::AdfFallback));
        let is_instead = fallback.is_some_and(|part| places_in(part.children()).0 > 0);
        let mut live = Live::new(holder, vec![holder]);
        if self.about_depth < MAX_ABOUT_DEPTH {
            let around = std::mem::take(&mut self.markup);
            self.about_depth += 1;
            match has_class(holder, "nx-decisions") && !is_instead {
                true => self.items_of_decisions(holder),
                false => self.nodes(holder.children()),
            }
            self.about_depth -= 1;
            let content = std::mem::replace(&mut self.markup, around).finish();
            let written = storage::parse_derived(&content).ok();
            live.is_changed =
                written.is_none_or(|written| of_content(written.children()) != stored);
            if live.is_changed && is_instead {
                self.markup.raw(&content);
                return true;
            }
            live.stored = Some(content);
        } else {
            live.is_changed = true;
            if is_instead {
                self.nodes(holder.children());
                return true;
            }
        }
        self.copy(kept.document.children(), Tag::Other, &mut live);
        true
    }

    /// Copies the markup, and writes the content into its placeholders.
    fn copy(&mut self, nodes: Children<'_>, parent: Tag, live: &mut Live<'h>) {
        for node in nodes {
            match node {
                _ if is_place(node) => self.live(parent, live),
                Node::Element(part) => {
                    let is_stale = live.is_changed && part.tag() == Tag::AdfFallback;
                    if is_stale {
                        continue;
                    }
                    if places_in(part.children()).0 == 0 {
                        self.markup.raw(&outer(part));
                        continue;
                    }
                    // Text that was formatted isn't plain any more.
                    let is_plain = part.tag() == Tag::PlainTextLinkBody;
                    if is_plain && !live.is_plain {
                        self.markup.open("ac:link-body", &[]);
                        self.copy(part.children(), Tag::LinkBody, live);
                        self.markup.close("ac:link-body");
                        continue;
                    }
                    self.markup.raw(part.raw_start_tag());
                    self.copy(part.children(), part.tag(), live);
                    self.markup.close(part.name());
                }
                Node::Text(raw) => self.markup.raw(raw),
                Node::CData(text) => self.markup.cdata(text),
                Node::Comment(text) => self.enclosed("<!--", text, "-->"),
                Node::Instruction(text) => self.enclosed("<?", text, "?>"),
            }
        }
    }

    fn enclosed(&mut self, open: &str, text: &str, close: &str) {
        for part in [open, text, close] {
            self.markup.raw(part);
        }
    }

    /// Writes the content for the next placeholder.
    fn live(&mut self, parent: Tag, live: &mut Live<'h>) {
        if let Some(stored) = live.stored.take() {
            return self.markup.raw(&stored);
        }
        let Some(part) = live.parts.next() else {
            return;
        };
        match parent {
            Tag::PlainTextBody | Tag::PlainTextLinkBody => self.markup.cdata(&part.text()),
            Tag::Image => self.element(part),
            Tag::TaskBody if live.is_task => {
                live.is_task_written = true;
                self.content_of_task(part);
            }
            Tag::AdfNode if has_class(part, "nx-decisions") => self.items_of_decisions(part),
            _ => self.nodes(part.children()),
        }
    }

    /// Returns the elements whose content is written into this number of placeholders.
    fn parts_of(&mut self, element: Element<'h>, places: usize) -> Vec<Element<'h>> {
        if has_class(element, "nx-task") || !has_class(element, "wysiwyg-macro") {
            return vec![panel_body(element).unwrap_or(element)];
        }
        let cell = self.checked_body_of_macro(element).unwrap_or(element);
        match places {
            1 => vec![cell],
            _ => cell
                .elements()
                .filter(|part| has_class(*part, "nx-macro-part"))
                .collect(),
        }
    }

    /// Returns [`body_of_macro`](super::body_of_macro), as far as it may be searched for.
    fn checked_body_of_macro(&mut self, element: Element<'h>) -> Option<Element<'h>> {
        for node in element.descendants() {
            let read = match node {
                Node::Element(cell) if has_class(cell, "wysiwyg-macro-body") => return Some(cell),
                Node::Element(cell) => cell.raw_start_tag().len(),
                _ => 1,
            };
            self.left_to_check = self.left_to_check.checked_sub(read)?;
        }
        None
    }
}

fn panel_body(element: Element<'_>) -> Option<Element<'_>> {
    if !has_class(element, "nx-panel") {
        return None;
    }
    let mut parts = element.elements();
    parts.find(|part| has_class(*part, "nx-panel-body"))
}

/// Returns the number of placeholders and the depth of the deepest.
fn places_in(nodes: Children<'_>) -> (usize, usize) {
    let (mut places, mut depth) = (0, 0);
    for node in nodes {
        if is_place(node) {
            places += 1;
        } else if let Node::Element(part) = node {
            let (inside, below) = places_in(part.children());
            if inside > 0 {
                places += inside;
                depth = depth.max(below + 1);
            }
        }
    }
    (places, depth)
}
