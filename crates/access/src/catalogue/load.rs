//! Loading a whole site at once.

use super::place::Place;
use super::{Catalogue, Page, title_key};
use crate::account::MembershipRow;
use crate::grant::GrantRow;
use crate::id::{AccountId, PageId, SpaceId};
use crate::page::{AttachmentRow, CommentRow, PageRow};
use crate::restriction::RestrictionRow;
use crate::row::Row;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Makes a catalogue of all rows of a site, each given once, in any order. It
/// arrives where [`Catalogue::apply`] of the same rows does, many times sooner:
/// maps are built at once, and what is summed up of rows is summed up at the end.
#[derive(Debug, Default)]
pub struct Loader {
    rest: Catalogue,
    pages: Vec<PageRow>,
    attachments: Vec<AttachmentRow>,
    comments: Vec<CommentRow>,
    restrictions: Vec<RestrictionRow>,
    grants: Vec<GrantRow>,
    memberships: Vec<MembershipRow>,
}

impl Loader {
    /// Takes a row.
    pub fn put(&mut self, row: Row) {
        match row {
            Row::Page(row) => self.pages.push(row),
            Row::Attachment(row) => self.attachments.push(row),
            Row::Comment(row) => self.comments.push(row),
            Row::Restriction(row) => self.restrictions.push(row),
            Row::Grant(row) => self.grants.push(row),
            Row::Membership(row) => self.memberships.push(row),
            row => self.rest.put(row),
        }
    }

    /// The catalogue of all rows taken. Its revision is set by who knows it.
    #[must_use]
    pub fn finish(self) -> Catalogue {
        let mut site = self.rest;
        site.load_people(self.memberships);
        site.load_grants(self.grants);
        site.load_pages(self.pages);
        site.load_restrictions(self.restrictions);
        site.load_contents(self.attachments, self.comments);
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

    fn load_pages(&mut self, rows: Vec<PageRow>) {
        let pages = rows
            .into_iter()
            .map(|row| (row.id, Page { row, gate: None }));
        self.pages = pages.collect();
        let all = || self.pages.iter().map(|(_, page)| &page.row);
        self.pages_of = all().map(|row| ((row.space, row.id), ())).collect();
        self.children = all().map(|row| (Place::of(row), ())).collect();
        let titles = all().map(|row| ((row.space, title_key(&row.title), row.id), ()));
        self.titles = titles.collect();
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
        let listed: Vec<PageId> = self.lists.iter().map(|(page, _)| *page).collect();
        for page in listed {
            self.refresh_gates(page);
        }
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
