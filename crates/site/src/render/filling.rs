//! One round of filling a template: the content of each hole, as the viewer sees it.
//!
//! A round never waits. Everything that isn't loaded yet is collected in [`Wanted`] for the next
//! round.

use super::loaded::{Found, Loaded, Part, Wanted};
use super::{Looks, Place};
use crate::address;
use crate::picture;
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, AttachmentId, AttachmentRow, PageId, SpaceId, View};
use narthex_content::hole::{AttachmentRef, ContentRef, Hole, Link, PersonRef, Target};
use narthex_content::slot::Slot;
use narthex_content::template::{Html, Template};
use narthex_content::view::ViewKind;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many levels deep pages include pages.
const DEEPEST_INCLUDE: usize = 8;
/// The largest number of inclusions in one rendering, at any depth.
const MOST_INCLUDES: usize = 100;
/// The largest size of all included templates, in bytes.
const MOST_INCLUDED_BYTES: usize = 8 * 1024 * 1024;
/// The largest number of lists in one rendering; each walks over pages.
const MOST_LISTS: usize = 50;
/// The largest number of entries in all these lists together.
const MOST_ENTRIES: usize = 5_000;

/// A round under way. Its limits count only what the viewer sees, so that a cut reveals nothing
/// about anything else (law 7.4).
pub(super) struct Filling<'a> {
    pub(super) view: &'a View,
    pub(super) looks: &'a Looks,
    pub(super) loaded: &'a Loaded,
    pub(super) wanted: Wanted,
    /// The page and the pages that include it, none of which may be included again.
    path: Vec<PageId>,
    includes_left: usize,
    bytes_left: usize,
    lists_left: usize,
    pub(super) entries_left: usize,
    files: BTreeMap<PageId, Vec<&'a AttachmentRow>>,
}

impl<'a> Filling<'a> {
    /// Fills a template with what was loaded, and returns also what is still missing.
    pub(super) fn round(
        view: &'a View,
        place: Place,
        template: &Template,
        looks: &'a Looks,
        loaded: &'a Loaded,
    ) -> (Html, Wanted) {
        let mut filling = Self {
            view,
            looks,
            loaded,
            wanted: Wanted::default(),
            path: place.page().into_iter().collect(),
            includes_left: MOST_INCLUDES,
            bytes_left: MOST_INCLUDED_BYTES,
            lists_left: MOST_LISTS,
            entries_left: MOST_ENTRIES,
            files: BTreeMap::new(),
        };
        let html = filling.fill(template, place);
        (html, filling.wanted)
    }

    pub(super) fn fill(&mut self, template: &Template, place: Place) -> Html {
        template.fill(&mut |hole, slot| self.answer(hole, slot, place))
    }

    fn answer(&mut self, hole: &Hole, slot: &mut Slot<'_>, place: Place) {
        match hole {
            Hole::Link(link) | Hole::File(link) => self.link(link, slot, place),
            Hole::Image(image) => match self.attachment(&image.attachment, place) {
                Some(row) if picture::is_shown(&row.media_type) => {
                    slot.image(&self.at(address::download(row)));
                }
                Some(row) => slot.file(&self.at(address::download(row)), &row.file_name),
                None => slot.absent_image(),
            },
            Hole::Person { person, .. } => self.person(person, slot),
            Hole::Include(content) => self.include(content, Part::Whole, slot, place),
            Hole::ExcerptInclude { content, name } => {
                self.include(content, Part::Excerpt(name.clone()), slot, place);
            }
            // Beyond the limit of lists nothing is written, as for a list without entries.
            _ if !self.takes_a_list() => {}
            Hole::Children(children) => self.children(children, slot, place),
            Hole::PageTree(tree) => self.page_tree(tree, slot, place),
            Hole::RecentlyUpdated(recent) => self.recently_updated(recent, slot, place),
            Hole::Attachments(list) => self.attachments(list, slot, place),
            Hole::Gallery(list) => self.gallery(list, slot, place),
            Hole::ContentByLabel(selection) => self.content_by_label(selection, slot, place),
            Hole::DetailsSummary {
                selection,
                id,
                columns,
            } => self.details_summary(selection, id.as_deref(), columns, slot, place),
            _ => {}
        }
    }

    fn takes_a_list(&mut self) -> bool {
        let left = self.lists_left.checked_sub(1);
        self.lists_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Returns a part of a page, if it exists; one that isn't loaded yet is wanted for the next
    /// round.
    pub(super) fn part(&mut self, page: PageId, part: Part) -> Option<Found> {
        let key = (page, part);
        match self.loaded.get(&key) {
            Some(Found::Nothing) => None,
            Some(found) => Some(found.clone()),
            None => {
                self.wanted.part(key);
                None
            }
        }
    }

    /// Whether the limit of included bytes has room for a template.
    pub(super) fn takes(&mut self, template: &Template) -> bool {
        let left = self.bytes_left.checked_sub(template.weight());
        self.bytes_left = left.unwrap_or_default();
        left.is_some()
    }

    /// The address of a path of the site, as links write it.
    pub(super) fn at(&self, path: String) -> String {
        match self.looks.origin.as_str() {
            "" => path,
            origin => format!("{origin}{path}"),
        }
    }

    pub(super) fn key(&self, space: SpaceId) -> Arc<str> {
        self.view
            .space(space)
            .map_or_else(|_| "".into(), |space| space.row().key.clone())
    }

    pub(super) fn href(&self, page: SeenPage<'_>) -> String {
        self.at(address::page(&self.key(page.row().space), page.row()))
    }

    fn link(&mut self, link: &Link, slot: &mut Slot<'_>, place: Place) {
        match self.target(&link.target, place) {
            Some((href, title)) => slot.link(&href, &title),
            None => slot.absent_link(),
        }
    }

    /// Returns the address and the title of a link's target, if the viewer sees it.
    fn target(&mut self, target: &Target, place: Place) -> Option<(String, Arc<str>)> {
        match target {
            Target::Content { content, anchor } => {
                let page = place.resolve(self.view, content)?;
                let mut href = self.href(page);
                if let Some(anchor) = anchor {
                    href.push('#');
                    href.push_str(anchor);
                }
                Some((href, page.row().title.clone()))
            }
            Target::Attachment(attachment) => {
                let row = self.attachment(attachment, place)?;
                Some((self.at(address::download(row)), row.file_name.clone()))
            }
            Target::Space(key) => {
                let space = self.view.space_by_key(key).ok()?;
                let row = space.row();
                Some((self.at(address::space(&row.key)), row.name.clone()))
            }
            _ => None,
        }
    }

    /// Finds an attachment by its file name, or by its id.
    fn attachment(
        &mut self,
        attachment: &AttachmentRef,
        place: Place,
    ) -> Option<&'a AttachmentRow> {
        let view = self.view;
        let page = place.resolve(view, &attachment.of)?.id();
        let rows = self
            .files
            .entry(page)
            .or_insert_with(|| view.attachments(page));
        let id = attachment.file.strip_prefix("att");
        let id = id.and_then(|id| id.parse::<AttachmentId>().ok());
        let named = rows.iter().find(|row| *row.file_name == *attachment.file);
        named
            .or_else(|| rows.iter().find(|row| Some(row.id) == id))
            .copied()
    }

    fn person(&self, person: &PersonRef, slot: &mut Slot<'_>) {
        let id = match person {
            PersonRef::Account(id) => id.parse::<AccountId>().ok(),
            _ => None,
        };
        match id.and_then(|id| self.view.author(id).account()) {
            // An editor sends back the address, by which the mention is known again.
            Some(account) if self.looks.kind == ViewKind::Editor => {
                let profile = address::profile(account.row().id);
                slot.person(&account.row().name, Some(&profile));
            }
            Some(account) => slot.person(&account.row().name, None),
            None => slot.hidden_person(),
        }
    }

    fn include(&mut self, content: &ContentRef, part: Part, slot: &mut Slot<'_>, place: Place) {
        match self.included(content, part, place) {
            Some(html) => slot.embed(&html),
            None => slot.absent(),
        }
    }

    fn included(&mut self, content: &ContentRef, part: Part, place: Place) -> Option<Html> {
        let page = place.resolve(self.view, content)?;
        if self.path.contains(&page.id()) || self.path.len() > DEEPEST_INCLUDE {
            return None;
        }
        self.includes_left = self.includes_left.checked_sub(1)?;
        let Found::Template(template) = self.part(page.id(), part)? else {
            return None;
        };
        if !self.takes(&template) {
            return None;
        }
        self.path.push(page.id());
        let html = self.fill(&template, Place::on(page));
        self.path.pop();
        Some(html)
    }
}
