//! The readers of a page or a space at this moment, found by asking the decision about each
//! account. The web pages that change access show them afterwards.

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

/// The widest group of people who can read something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Circle {
    /// Only people with a permission, a list or a group of their own.
    Named,
    /// Every active account with a licence.
    Licensed,
    /// Every active account of the site.
    Accounts,
    /// Anyone, without logging in.
    Anyone,
}

/// The readers of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageReaders {
    /// The widest circle that can read it.
    pub circle: Circle,
    /// The active accounts of the site that can read it, in the order of their ids.
    pub accounts: Vec<AccountId>,
    /// How many active accounts the site has.
    pub active: usize,
    /// The principals on the view restrictions of the page and above it. Empty without
    /// restrictions.
    pub listed: Vec<Principal>,
    /// How many view restrictions a reader has to pass.
    pub lists: usize,
}

/// The readers of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceReaders {
    /// The widest circle that can read in it.
    pub circle: Circle,
    /// How many of its pages and blog posts that circle can read. For [`Circle::Named`], how many
    /// the subject of the view can read.
    pub pages: u64,
    /// How many active accounts of the site have a channel into it.
    pub accounts: usize,
    /// How many active accounts the site has.
    pub active: usize,
}

/// Returns the widest circle that reads, by trying a subject of each that has nothing of its own.
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
    /// Whether the subject may see the readers of a page, as [`View::page_readers`] requires.
    #[must_use]
    pub fn may_see_readers(&self, id: PageId) -> bool {
        self.require_readers(id).is_ok()
    }

    fn require_readers(&self, id: PageId) -> Result<(), Refusal> {
        let seen = self.page(id)?;
        self.require(Action::ViewPermissions, Object::Space(seen.row().space))?;
        self.groups().map(drop)
    }

    /// Returns the readers of a page. For people who read it and may see both its restrictions and
    /// people (laws 3.5 and 3.6): licensed people with a permission in the space, and site
    /// administrators.
    ///
    /// # Errors
    /// Absent if the subject can't see the page; forbidden if it may not see restrictions or
    /// people.
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

    /// Returns the readers of a space, for people who may see its permissions (law 3.4).
    ///
    /// # Errors
    /// Absent or forbidden to everybody else.
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
