//! The part of the catalogue about pages and their restrictions. It maintains each page's gate,
//! which is its nearest node with a view restriction, at or above the page.

use super::place::{Place, Standing};
use super::{Catalogue, Lists, Page, title_key};
use crate::id::{AccountId, PageId, RestrictionId, SpaceId};
use crate::page::{PageRow, PageState};
use crate::restriction::{RestrictionKind, RestrictionRow};
use alloc::sync::Arc;
use alloc::vec::Vec;

impl Catalogue {
    pub(super) fn put_page(&mut self, row: PageRow) {
        let id = row.id;
        let gate = self.pages.get(&id).and_then(|page| page.gate);
        let restricted = self.lists.contains(&id);
        let new = Indexed::of(&row);
        let old = self.pages.insert(id, Page::new(row, gate, restricted));
        let old = old.map(|page| Indexed::of(&page.row));
        // Parts that stay the same are left alone, because a touched map is a copied path.
        if old.as_ref().map(|old| old.title) != Some(new.title) {
            old.as_ref().map(|old| self.titles.remove(&old.title));
            self.titles.insert(new.title, ());
        }
        if old.as_ref().map(|old| old.space) != Some(new.space) {
            old.as_ref().map(|old| self.pages_of.remove(&old.space));
            self.pages_of.insert(new.space, ());
        }
        if old.as_ref().map(|old| &old.place) != Some(&new.place) {
            old.as_ref().map(|old| self.children.remove(&old.place));
            self.children.insert(new.place, ());
        }
        let was_unpublished = old.as_ref().and_then(|old| old.unpublished);
        if was_unpublished != new.unpublished {
            was_unpublished.map(|old| self.unpublished_of.remove(&old));
            new.unpublished
                .map(|new| self.unpublished_of.insert(new, ()));
        }
        self.refresh_gates(id);
    }

    pub(super) fn take_page(&mut self, id: PageId) {
        let Some(old) = self.pages.remove(&id) else {
            return;
        };
        let old = Indexed::of(&old.row);
        self.titles.remove(&old.title);
        self.pages_of.remove(&old.space);
        self.children.remove(&old.place);
        old.unpublished.map(|old| self.unpublished_of.remove(&old));
        self.set_above(id, None);
        let below: Vec<PageId> = self.at(Place::below(id)).collect();
        for child in below {
            self.refresh_gates(child);
        }
    }

    pub(super) fn put_restriction(&mut self, row: RestrictionRow) {
        let row = Arc::new(row);
        let before = self.restrictions.insert(row.id, row.clone());
        if let Some(before) = before {
            self.refresh_lists(&before, None);
            self.refresh_gates(before.page);
        }
        self.refresh_lists(&row, Some(&row));
        self.refresh_gates(row.page);
    }

    pub(super) fn take_restriction(&mut self, id: RestrictionId) {
        if let Some(before) = self.restrictions.remove(&id) {
            self.refresh_lists(&before, None);
            self.refresh_gates(before.page);
        }
    }

    /// Removes `of` from its page's lists and adds `now`. The caller has to refresh the gates.
    pub(super) fn refresh_lists(&mut self, of: &RestrictionRow, now: Option<&Arc<RestrictionRow>>) {
        let mut lists = self.lists.get(&of.page).cloned().unwrap_or_default();
        let list = match of.kind {
            RestrictionKind::View => &mut lists.view,
            RestrictionKind::Edit => &mut lists.edit,
        };
        let mut rows: Vec<Arc<RestrictionRow>> =
            list.iter().filter(|row| row.id != of.id).cloned().collect();
        rows.extend(now.cloned());
        rows.sort_by_key(|row| row.id);
        *list = rows.into();
        if lists.view.is_empty() && lists.edit.is_empty() {
            self.lists.remove(&of.page);
        } else {
            self.lists.insert(of.page, lists);
        }
    }

    /// Updates the gates of a page and of the pages below it. This goes further down only where a
    /// gate changed, and uses its own stack, because a tree may be deep.
    pub(super) fn refresh_gates(&mut self, from: PageId) {
        let mut stack = alloc::vec![from];
        while let Some(id) = stack.pop() {
            let Some(page) = self.pages.get(&id) else {
                continue;
            };
            let lists = self.lists.get(&id);
            let restricted = lists.is_some();
            let closed = lists.is_some_and(|lists| !lists.view.is_empty());
            let above = page.row.parent;
            let above = above.and_then(|above| self.pages.get(&above)?.gate);
            let gate = if closed { Some(id) } else { above };
            if gate != page.gate {
                stack.extend(self.at(Place::below(id)));
            }
            if (gate, restricted) != (page.gate, page.restricted) {
                let page = Page {
                    gate,
                    restricted,
                    ..page.clone()
                };
                self.pages.insert(id, page);
            }
            self.set_above(id, above.filter(|_| closed));
        }
    }

    fn set_above(&mut self, page: PageId, above: Option<PageId>) {
        if let Some(lists) = self.lists.get(&page).filter(|it| it.above != above) {
            let lists = Lists {
                above,
                ..lists.clone()
            };
            self.lists.insert(page, lists);
        }
    }
}

/// The keys by which a page is found.
struct Indexed {
    title: (SpaceId, u64, PageId),
    space: (SpaceId, PageId),
    place: Standing,
    unpublished: Option<(AccountId, PageId)>,
}

impl Indexed {
    fn of(row: &PageRow) -> Self {
        Self {
            title: (row.space, title_key(&row.title), row.id),
            space: (row.space, row.id),
            place: Place::of(row),
            unpublished: unpublished(row),
        }
    }
}

/// Returns the author and the id of a page that was never published, or `None` for other pages.
pub(super) fn unpublished(row: &PageRow) -> Option<(AccountId, PageId)> {
    (row.state == PageState::Draft).then_some((row.author, row.id))
}
