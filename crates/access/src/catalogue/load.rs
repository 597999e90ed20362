//! Loads a whole site at once, when a node starts or can't follow its database.

use super::gate::unpublished;
use super::place::Place;
use super::{Catalogue, Lists, Page, title_key};
use crate::account::MembershipRow;
use crate::by_id::ById;
use crate::content_status::ContentStatusRow;
use crate::grant::GrantRow;
use crate::id::{AccountId, PageId, SpaceId};
use crate::label::LabelRow;
use crate::like::LikeRow;
use crate::page::{AttachmentRow, CommentRow, PageRow};
use crate::property::PropertyRow;
use crate::restriction::RestrictionRow;
use crate::row::Row;
use crate::task::TaskRow;
use crate::watch::WatchRow;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Makes a catalogue from all rows of a site, each given once, in any order. The result is that of
/// [`Catalogue::apply`] with the same rows, but many times faster: maps are built at once, and
/// values that are computed from several rows are computed at the end.
#[derive(Debug, Default)]
pub struct Loader {
    rest: Catalogue,
    pages: Vec<PageRow>,
    attachments: Vec<AttachmentRow>,
    comments: Vec<CommentRow>,
    restrictions: Vec<RestrictionRow>,
    grants: Vec<GrantRow>,
    memberships: Vec<MembershipRow>,
    labels: Vec<LabelRow>,
    properties: Vec<PropertyRow>,
    likes: Vec<LikeRow>,
    watches: Vec<WatchRow>,
    content_statuses: Vec<ContentStatusRow>,
    tasks: Vec<TaskRow>,
}

impl Loader {
    /// Adds a row.
    pub fn put(&mut self, row: Row) {
        match row {
            Row::Page(row) => self.pages.push(row),
            Row::Attachment(row) => self.attachments.push(row),
            Row::Comment(row) => self.comments.push(row),
            Row::Restriction(row) => self.restrictions.push(row),
            Row::Grant(row) => self.grants.push(row),
            Row::Membership(row) => self.memberships.push(row),
            Row::Label(row) => self.labels.push(row),
            Row::Property(row) => self.properties.push(row),
            Row::Like(row) => self.likes.push(row),
            Row::Watch(row) => self.watches.push(row),
            Row::ContentStatus(row) => self.content_statuses.push(row),
            Row::Task(row) => self.tasks.push(row),
            row => self.rest.put(row),
        }
    }

    /// Returns the catalogue of all rows that were added. The caller sets its revision.
    #[must_use]
    pub fn finish(self) -> Catalogue {
        let mut site = self.rest;
        site.load_people(self.memberships);
        site.load_grants(self.grants);
        site.load_restrictions(self.restrictions);
        site.load_pages(self.pages);
        site.load_contents(self.attachments, self.comments);
        site.labels = self.labels.into_iter().collect();
        site.properties = self.properties.into_iter().collect();
        site.likes = self.likes.into_iter().collect();
        site.watches = self.watches.into_iter().collect();
        site.content_statuses = self.content_statuses.into_iter().collect();
        site.tasks = self.tasks.into_iter().collect();
        site
    }
}

impl FromIterator<Row> for Catalogue {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let mut loader = Loader::default();
        for row in rows {
            loader.put(row);
        }
        loader.finish()
    }
}

impl Catalogue {
    fn load_people(&mut self, rows: Vec<MembershipRow>) {
        self.memberships = rows.into_iter().map(|row| (row.id, row)).collect();
        let all = || self.memberships.iter().map(|(_, row)| row);
        self.members = all()
            .map(|row| ((row.group, row.account), row.id))
            .collect();
        self.groups_of = all()
            .map(|row| ((row.account, row.group), row.id))
            .collect();
        let accounts: Vec<AccountId> = self.accounts.iter().map(|(id, _)| *id).collect();
        for account in accounts {
            self.refresh_account(account);
        }
    }

    fn load_grants(&mut self, rows: Vec<GrantRow>) {
        self.grants = rows.into_iter().map(|row| (row.id, row)).collect();
        let all = || self.grants.iter().map(|(_, row)| row);
        self.grants_of = all().map(|row| ((row.space, row.id), ())).collect();
        let spaces: Vec<SpaceId> = self.spaces.iter().map(|(id, _)| *id).collect();
        for space in spaces {
            self.refresh_space(space);
        }
    }

    fn load_restrictions(&mut self, rows: Vec<RestrictionRow>) {
        let rows = rows.into_iter().map(|row| (row.id, Arc::new(row)));
        self.restrictions = rows.collect();
        let all: Vec<Arc<RestrictionRow>> = self
            .restrictions
            .iter()
            .map(|(_, row)| row.clone())
            .collect();
        for row in &all {
            self.refresh_lists(row, Some(row));
        }
    }

    /// Loads the pages with their gates, which is why restrictions must be loaded before.
    fn load_pages(&mut self, mut rows: Vec<PageRow>) {
        rows.sort_unstable_by_key(|row| row.id);
        let gates = Gates::of(&rows, &self.lists);
        let lists = self.lists.iter().map(|(page, lists)| {
            let restricted = !lists.view.is_empty();
            let above = restricted.then(|| gates.above(*page, &rows)).flatten();
            (
                *page,
                Lists {
                    above,
                    ..lists.clone()
                },
            )
        });
        self.lists = lists.collect();
        let pages = rows.into_iter().zip(gates.gates);
        self.pages = pages
            .map(|(row, gate)| {
                let restricted = self.lists.contains(&row.id);
                (row.id, Page::new(row, gate.flatten(), restricted))
            })
            .collect();
        let all = || self.pages.iter().map(|(_, page)| page.row());
        self.pages_of = all().map(|row| ((row.space, row.id), ())).collect();
        self.children = all().map(|row| (Place::of(row), ())).collect();
        let titles = all().map(|row| ((row.space, title_key(&row.title), row.id), ()));
        self.titles = titles.collect();
        let unpublished = all().filter_map(unpublished).map(|key| (key, ()));
        self.unpublished_of = unpublished.collect();
    }

    fn load_contents(&mut self, attachments: Vec<AttachmentRow>, comments: Vec<CommentRow>) {
        let rows = attachments.into_iter().map(|row| (row.id, Arc::new(row)));
        self.attachments = rows.collect();
        let rows = comments.into_iter().map(|row| (row.id, Arc::new(row)));
        self.comments = rows.collect();
        let all = self
            .attachments
            .iter()
            .map(|(id, row)| ((row.page, *id), ()));
        self.attachments_of = all.collect();
        let all = self.comments.iter().map(|(id, row)| ((row.page, *id), ()));
        self.comments_of = all.collect();
    }
}

/// The gates of all pages, found from the top down.
struct Gates {
    /// The ids of the pages, sorted.
    ids: Vec<PageId>,
    /// The gates in the same order, as far as they are known.
    gates: Vec<Option<Option<PageId>>>,
}

impl Gates {
    /// Finds the gates of pages, sorted by id, under these restrictions.
    fn of(rows: &[PageRow], lists: &ById<PageId, Lists>) -> Self {
        let mut gates = Self {
            ids: rows.iter().map(|row| row.id).collect(),
            gates: alloc::vec![None; rows.len()],
        };
        let mut restricted = lists
            .iter()
            .filter(|(_, lists)| !lists.view.is_empty())
            .peekable();
        if restricted.peek().is_none() {
            return gates;
        }
        for (page, _) in restricted {
            if let Some(gate) = gates.known(*page) {
                *gate = Some(Some(*page));
            }
        }
        let mut path = Vec::new();
        for row in rows {
            let mut here = Some(row.id);
            let found = loop {
                let Some(at) = here.and_then(|id| gates.ids.binary_search(&id).ok()) else {
                    break None;
                };
                match gates.gates.get_mut(at) {
                    Some(gate @ None) => *gate = Some(None),
                    known => break known.and_then(|gate| *gate).flatten(),
                }
                path.push(at);
                here = rows.get(at).and_then(|row| row.parent);
            };
            for at in path.drain(..) {
                if let Some(gate) = gates.gates.get_mut(at) {
                    *gate = Some(found);
                }
            }
        }
        gates
    }

    fn known(&mut self, page: PageId) -> Option<&mut Option<Option<PageId>>> {
        let at = self.ids.binary_search(&page).ok()?;
        self.gates.get_mut(at)
    }

    /// Returns the gate of the page above a page.
    fn above(&self, page: PageId, rows: &[PageRow]) -> Option<PageId> {
        let at = self.ids.binary_search(&page).ok()?;
        let above = rows.get(at)?.parent?;
        let at = self.ids.binary_search(&above).ok()?;
        self.gates.get(at).copied()??
    }
}
