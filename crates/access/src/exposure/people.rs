//! Exposure account by account: who would gain or lose sight of something by a change.
//!
//! In [`exposure`](super::exposure()) each tier is represented by somebody without groups, grants
//! and lists. A grant to a group, a membership or a restriction concerns people who have them, so
//! here each account of the site is compared with itself, by the same decision that serves readers.

use super::{Counts, Kind};
use crate::account::Tier;
use crate::action::{Action, Object};
use crate::catalogue::{Catalogue, Page};
use crate::credential::Door;
use crate::decide::{channels_of, decide, has_channel};
use crate::id::{AccountId, GroupId, PageId, SpaceId};
use crate::page::{PageKind, PageState};
use crate::row::{Row, RowChange, Table};
use crate::space::SpaceState;
use crate::subject::Subject;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// The things that accounts of a site would gain and lose sight of by a change. Drafts and trashed
/// pages aren't counted: nobody but their authors and the administrators of their space knows of
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleExposure {
    /// The accounts that would newly see something.
    pub gain: Vec<AccountId>,
    /// The things that at least one of them would newly see. Restricted pages are counted without
    /// their attachments and comments.
    pub gained: Counts,
    /// The accounts that would no longer see something.
    pub lose: Vec<AccountId>,
    /// The things that at least one of them would no longer see.
    pub lost: Counts,
    /// The accounts that would get a licence.
    pub licensed: Vec<AccountId>,
    /// The accounts that would lose their licence.
    pub unlicensed: Vec<AccountId>,
    /// The spaces that somebody reads by a permission now and that nobody would read so afterwards.
    pub without_readers: Vec<SpaceId>,
}

impl PeopleExposure {
    /// Whether anybody would newly see something, or get a licence.
    #[must_use]
    pub fn widens(&self) -> bool {
        !self.gain.is_empty() || !self.licensed.is_empty()
    }

    /// Whether the change has no effect on any account.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares two states of a site, which differ in these rows, for each account.
#[must_use]
pub fn people(before: &Catalogue, after: &Catalogue, rows: &[RowChange]) -> PeopleExposure {
    let touched = Touched::by(before, after, rows);
    let mut found = PeopleExposure::default();
    let (mut gained, mut lost) = (BTreeSet::new(), BTreeSet::new());
    let mut closing = BTreeSet::new();
    for account in after.accounts().map(|account| account.row().id) {
        let (was, will) = (Reader::of(before, account), Reader::of(after, account));
        match (was.is_licensed(), will.is_licensed()) {
            (false, true) => found.licensed.push(account),
            (true, false) => found.unlicensed.push(account),
            _ => {}
        }
        let spaces = touched.spaces_of(account, after);
        if will.gains(&was, &spaces, &mut gained, &mut found.gained) {
            found.gain.push(account);
        }
        if was.gains(&will, &spaces, &mut lost, &mut found.lost) {
            found.lose.push(account);
        }
        let own = |reader: &Reader<'_>, space| reader.reads_by_permission(space);
        closing.extend(
            spaces
                .iter()
                .filter(|space| own(&was, **space) && !own(&will, **space)),
        );
    }
    found.without_readers = closing
        .into_iter()
        .filter(|space| !has_readers(after, *space))
        .collect();
    found
}

/// Whether any account reads a space by a permission.
fn has_readers(catalogue: &Catalogue, space: SpaceId) -> bool {
    let mut accounts = catalogue.accounts().map(|account| account.row().id);
    accounts.any(|account| Reader::of(catalogue, account).reads_by_permission(space))
}

/// The accounts and spaces that a change may concern, so that all others can be skipped.
struct Touched {
    everything: bool,
    accounts: BTreeSet<AccountId>,
    spaces: BTreeSet<SpaceId>,
}

impl Touched {
    fn by(before: &Catalogue, after: &Catalogue, rows: &[RowChange]) -> Self {
        let mut touched = Self {
            everything: false,
            accounts: BTreeSet::new(),
            spaces: BTreeSet::new(),
        };
        for change in rows {
            let of_row = match change {
                RowChange::Put(row) => touched.put(row, before, after),
                RowChange::Remove(table, id) => touched.remove(*table, *id, before),
            };
            if of_row.is_none() {
                touched.everything = true;
            }
        }
        touched
    }

    /// Records what the row concerns. Returns `None` if that isn't known.
    fn put(&mut self, row: &Row, before: &Catalogue, after: &Catalogue) -> Option<()> {
        match row {
            Row::Account(row) => self.accounts.extend([row.id]),
            Row::Membership(row) => self.accounts.extend([row.account]),
            Row::Group(row) => {
                self.accounts.extend(before.members_of(row.id));
                self.accounts.extend(after.members_of(row.id));
            }
            Row::Space(row) => self.spaces.extend([row.id]),
            Row::Grant(row) => self.spaces.extend([row.space]),
            Row::Restriction(row) => self.spaces.extend([after.page(row.page)?.row().space]),
            Row::Page(row) => {
                self.spaces.extend([row.space]);
                self.spaces
                    .extend(before.page(row.id).map(|page| page.row().space));
            }
            // Credentials and global permissions open no page.
            Row::Token(_) | Row::Session(_) | Row::OneTimeLink(_) | Row::GlobalGrant(_) => {}
            _ => return None,
        }
        Some(())
    }

    fn remove(&mut self, table: Table, id: u64, before: &Catalogue) -> Option<()> {
        match table {
            Table::Grant => {
                let grant = before.grant(crate::id::GrantId::new(id)?)?;
                self.spaces.extend([grant.space]);
            }
            Table::Restriction => {
                let list = before.restriction(crate::id::RestrictionId::new(id)?)?;
                self.spaces.extend([before.page(list.page)?.row().space]);
            }
            Table::Group => self.accounts.extend(before.members_of(GroupId::new(id)?)),
            // The account that leaves a group is among the changed rows too, since an explanation
            // rests on it.
            Table::Membership
            | Table::Token
            | Table::Session
            | Table::OneTimeLink
            | Table::GlobalGrant => {}
            _ => return None,
        }
        Some(())
    }

    /// Returns the spaces in which the change may concern an account.
    fn spaces_of(&self, account: AccountId, after: &Catalogue) -> Vec<SpaceId> {
        if self.everything || self.accounts.contains(&account) {
            after.spaces().map(|space| space.row().id).collect()
        } else {
            self.spaces.iter().copied().collect()
        }
    }
}

/// A site as one of its accounts sees it.
struct Reader<'c> {
    catalogue: &'c Catalogue,
    subject: Subject,
}

impl<'c> Reader<'c> {
    /// Returns the reader for an account. An inactive account reads as anonymous.
    fn of(catalogue: &'c Catalogue, account: AccountId) -> Self {
        let subject = catalogue.subject_of(account, Door::Confluence);
        Self {
            catalogue,
            subject: subject.unwrap_or_else(Subject::anonymous),
        }
    }

    fn is_licensed(&self) -> bool {
        self.subject.tier == Tier::Licensed
    }

    fn reads(&self, object: Object) -> bool {
        decide(self.catalogue, &self.subject, Action::View, object).is_allowed()
    }

    fn reads_by_permission(&self, space: SpaceId) -> bool {
        self.catalogue.space(space).is_some_and(|space| {
            let in_use = matches!(space.row().state, SpaceState::Live | SpaceState::Archived);
            let channels = channels_of(self.catalogue, &self.subject, space, Door::Confluence);
            in_use && channels.own.is_some()
        })
    }

    /// Whether something is visible here that isn't visible there. Each page is counted the first
    /// time that somebody gains it.
    fn gains(
        &self,
        there: &Self,
        spaces: &[SpaceId],
        counted: &mut BTreeSet<PageId>,
        counts: &mut Counts,
    ) -> bool {
        let mut gains = false;
        for space in spaces {
            if !has_channel(self.catalogue, &self.subject, *space, Door::Confluence) {
                continue;
            }
            for page in self.catalogue.pages_in(*space, PageId::from_random(0)) {
                let id = page.row().id;
                let readable = matches!(page.row().state, PageState::Live | PageState::Archived);
                if !readable || (gains && counted.contains(&id)) {
                    continue;
                }
                let page_of = Object::Page(id);
                if self.reads(page_of) && !there.reads(page_of) {
                    gains = true;
                    if counted.insert(id) {
                        self.count(page, counts);
                    }
                }
            }
        }
        gains
    }

    fn count(&self, page: &Page, counts: &mut Counts) {
        counts.count(match page.row().kind {
            PageKind::Page | PageKind::Folder => Kind::Page,
            PageKind::BlogPost => Kind::BlogPost,
        });
        // A caller who can't see restricted pages may know only how many there are (law 7.4).
        if page.gate.is_some() {
            return;
        }
        let id = page.row().id;
        for it in self.catalogue.attachments_of(id) {
            if self.reads(Object::Attachment(it.id)) {
                counts.count(Kind::Attachment);
            }
        }
        for it in self.catalogue.comments_of(id) {
            if self.reads(Object::Comment(it.id)) {
                counts.count(Kind::Comment);
            }
        }
    }
}
