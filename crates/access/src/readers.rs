//! Who reads a page or a space right now, asked of the decision: what pages say after a change of
//! access.

use crate::account::{AccountKind, Tier};
use crate::action::{Action, Object};
use crate::catalogue::{Account, Catalogue};
use crate::credential::Door;
use crate::decide::{channels_of, decide, has_channel};
use crate::grant::Principal;
use crate::id::{AccountId, PageId, SpaceId};
use crate::page::PageState;
use crate::seen::{Absent, Refusal};
use crate::subject::Subject;
use crate::view::View;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// The widest circle that reads something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Circle {
    /// Nobody but people by a permission, a list or a group of their own.
    Named,
    /// Every active account with a licence.
    Licensed,
    /// Every active account of the site.
    Accounts,
    /// Anyone, without logging in.
    Anyone,
}

/// Who reads a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageReaders {
    /// The widest circle.
    pub circle: Circle,
    /// The active accounts of the site that read it, in the order of their ids.
    pub accounts: Vec<AccountId>,
    /// How many active accounts the site has.
    pub active: usize,
    /// Whom the lists on viewing name, on the page and above it; without restrictions nobody.
    pub listed: Vec<Principal>,
    /// How many lists on viewing have to be passed.
    pub lists: usize,
}

/// Who reads a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceReaders {
    /// The widest circle.
    pub circle: Circle,
    /// How many of its pages and blog posts that circle reads; those that the asker reads where
    /// only people of their own do.
    pub pages: u64,
    /// How many active accounts of the site get into it.
    pub accounts: usize,
    /// How many active accounts the site has.
    pub active: usize,
}

/// The circles from the widest in, with somebody of each who has nothing of their own.
fn circle_of(reads: impl Fn(&Subject) -> bool) -> Circle {
    [
        (Circle::Anyone, Tier::Anonymous),
        (Circle::Accounts, Tier::Unlicensed),
        (Circle::Licensed, Tier::Licensed),
    ]
    .into_iter()
    .find(|(_, tier)| reads(&Subject::bare(*tier)))
    .map_or(Circle::Named, |(circle, _)| circle)
}

fn active(catalogue: &Catalogue) -> impl Iterator<Item = &Account> {
    catalogue
        .accounts()
        .filter(|account| account.row().kind == AccountKind::Site && account.tier().is_some())
}

impl View {
    /// Whether the subject is shown who reads a page: see [`View::page_readers`].
    #[must_use]
    pub fn may_see_readers(&self, id: PageId) -> bool {
        self.require_readers(id).is_ok()
    }

    fn require_readers(&self, id: PageId) -> Result<(), Refusal> {
        let seen = self.page(id)?;
        self.require(Action::ViewPermissions, Object::Space(seen.row().space))?;
        self.groups().map(drop)
    }

    /// Who reads a page, for somebody who reads it and is shown both its lists and people (laws 3.5 and 3.6):
    /// licensed people by a permission of the space, and administrators of the site.
    ///
    /// # Errors
    /// Absent where the asker doesn't see the page, forbidden where it isn't shown these.
    pub fn page_readers(&self, id: PageId) -> Result<PageReaders, Refusal> {
        self.require_readers(id)?;
        let catalogue = &self.catalogue;
        let reads = |subject: &Subject| {
            decide(catalogue, subject, Action::View, Object::Page(id)).is_allowed()
        };
        let mut accounts = Vec::new();
        let mut all = 0;
        for account in active(catalogue).map(|account| account.row().id) {
            all += 1;
            if catalogue
                .subject_of(account, Door::Confluence)
                .is_some_and(|subject| reads(&subject))
            {
                accounts.push(account);
            }
        }
        let lists: Vec<_> = catalogue
            .ancestors_and_self(id)
            .filter_map(|node| catalogue.lists(node.row().id))
            .flat_map(|lists| lists.view())
            .collect();
        let listed: BTreeSet<Principal> = lists
            .iter()
            .flat_map(|list| list.listed.iter().copied())
            .collect();
        Ok(PageReaders {
            circle: circle_of(reads),
            accounts,
            active: all,
            listed: listed.into_iter().collect(),
            lists: lists.len(),
        })
    }

    /// Who reads a space, for people who may see its permissions (law 3.4).
    ///
    /// # Errors
    /// Absent or forbidden to all others.
    pub fn space_readers(&self, id: SpaceId) -> Result<SpaceReaders, Refusal> {
        self.require(Action::ViewPermissions, Object::Space(id))?;
        let catalogue = &self.catalogue;
        let space = catalogue.space(id).ok_or(Absent::HERE)?;
        let gets_in = |subject: &Subject| has_channel(catalogue, subject, id, Door::Confluence);
        let circle = circle_of(|subject| {
            channels_of(catalogue, subject, space, Door::Confluence)
                .open()
                .is_some()
        });
        let reader = match circle {
            Circle::Anyone => Subject::bare(Tier::Anonymous),
            Circle::Accounts => Subject::bare(Tier::Unlicensed),
            Circle::Licensed => Subject::bare(Tier::Licensed),
            Circle::Named => self.subject().clone(),
        };
        let live = catalogue
            .pages_in(id, PageId::from_random(0))
            .filter(|page| matches!(page.row().state, PageState::Live | PageState::Archived))
            .filter(|page| {
                let page = Object::Page(page.row().id);
                decide(catalogue, &reader, Action::View, page).is_allowed()
            });
        let pages = live.count() as u64;
        let subjects = active(catalogue)
            .filter_map(|account| catalogue.subject_of(account.row().id, Door::Confluence));
        Ok(SpaceReaders {
            circle,
            pages,
            accounts: subjects.filter(gets_in).count(),
            active: active(catalogue).count(),
        })
    }
}
