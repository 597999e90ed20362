//! Pages, their restrictions, and each page's nearest restricted node.

use super::{Catalogue, Page, title_key};
use crate::id::{PageId, RestrictionId};
use crate::page::PageRow;
use crate::restriction::{RestrictionKind, RestrictionRow};
use alloc::sync::Arc;
use alloc::vec::Vec;

impl Catalogue {
    pub(super) fn put_page(&mut self, row: PageRow) {
        let id = row.id;
        let gate = self.pages.get(&id).and_then(|page| page.gate);
        let (title, place) = (title_key(&row.title), place(&row));
        let space = row.space;
        if let Some(old) = self.pages.insert(id, Page { row, gate }) {
            let old_title = title_key(&old.row.title);
            if (old.row.space, old_title) != (space, title) {
                self.titles.remove(&(old.row.space, old_title, id));
            }
            if old.row.space != space {
                self.pages_of.remove(&(old.row.space, id));
            }
            if self::place(&old.row) != place {
                self.children.remove(&self::place(&old.row));
            }
        }
        self.titles.insert((space, title, id), ());
        self.pages_of.insert((space, id), ());
        self.children.insert(place, ());
        self.refresh_gates(id);
    }

    pub(super) fn take_page(&mut self, id: PageId) {
        let Some(old) = self.pages.remove(&id) else {
            return;
        };
        self.titles
            .remove(&(old.row.space, title_key(&old.row.title), id));
        self.pages_of.remove(&(old.row.space, id));
        self.children.remove(&place(&old.row));
        let below: Vec<PageId> = self.children_of(old.row.space, Some(id)).collect();
        for child in below {
            self.refresh_gates(child);
        }
    }

    pub(super) fn put_restriction(&mut self, row: RestrictionRow) {
        let row = Arc::new(row);
        let before = self.restrictions.insert(row.id, row.clone());
        if let Some(before) = before {
            self.refresh_lists(&before, None);
        }
        self.refresh_lists(&row, Some(&row));
    }

    pub(super) fn take_restriction(&mut self, id: RestrictionId) {
        if let Some(before) = self.restrictions.remove(&id) {
            self.refresh_lists(&before, None);
        }
    }

    /// Takes `of` out of its page's lists and puts `now` in.
    fn refresh_lists(&mut self, of: &RestrictionRow, now: Option<&Arc<RestrictionRow>>) {
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
        self.refresh_gates(of.page);
    }

    /// Makes the gates of a page and of those below it true. Goes down only
    /// where a gate changed, and keeps its own stack: a tree may be deep.
    fn refresh_gates(&mut self, from: PageId) {
        let mut stack = alloc::vec![from];
        while let Some(id) = stack.pop() {
            let Some(page) = self.pages.get(&id) else {
                continue;
            };
            let restricted = self
                .lists
                .get(&id)
                .is_some_and(|lists| !lists.view.is_empty());
            let gate = if restricted {
                Some(id)
            } else {
                page.row
                    .parent
                    .and_then(|parent| self.pages.get(&parent)?.gate)
            };
            if gate != page.gate {
                let page = Page {
                    row: page.row.clone(),
                    gate,
                };
                stack.extend(self.children_of(page.row.space, Some(id)));
                self.pages.insert(id, page);
            }
        }
    }
}

/// Where a page stands among its siblings.
fn place(row: &PageRow) -> (crate::id::SpaceId, Option<PageId>, i64, PageId) {
    (row.space, row.parent, row.position, row.id)
}
