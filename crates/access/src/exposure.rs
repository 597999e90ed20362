//! Exposure: who gains or loses what by a change, before it is made (law 5).
//!
//! Two catalogues are compared, the one that is and the one that would be, with
//! the same decision that serves readers. Tiers are counted by somebody of the
//! tier without groups, grants, roles and lists of its own: whoever has more
//! sees more already. Those who are on a restricted page's list are counted apart.

use crate::account::Tier;
use crate::action::{Action, Object};
use crate::catalogue::Catalogue;
use crate::credential::Door;
use crate::decide::decide;
use crate::grant::Principal;
use crate::id::{AccountId, PageId, SpaceId};
use crate::page::{PageKind, PageState};
use crate::space::SpaceState;
use crate::subject::Subject;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// Numbers of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages.
    pub pages: u64,
    /// Blog posts.
    pub blog_posts: u64,
    /// Attachments, those that no page shows too.
    pub attachments: u64,
    /// Comments.
    pub comments: u64,
}

impl Counts {
    /// Whether all are none.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What one tier gains and loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierExposure {
    /// The tier.
    pub tier: Tier,
    /// What it would see and doesn't.
    pub gained: Counts,
    /// What it sees and wouldn't.
    pub lost: Counts,
    /// How many people's names it would see as authors and doesn't.
    pub author_names: u64,
}

/// What a change would expose and close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// Per tier, in the order of [`Tier::ALL`].
    pub tiers: Vec<TierExposure>,
    /// Restricted pages and blog posts in the spaces that open further, which
    /// stay closed to who isn't listed. Their existence and number are known to
    /// the space's administrators (law 7.4).
    pub restricted_stay_closed: u64,
    /// Of those, how many open to somebody who is on their list.
    pub restricted_open_to_listed: u64,
}

impl Exposure {
    /// Whether somebody gains something.
    #[must_use]
    pub fn widens(&self) -> bool {
        self.restricted_open_to_listed > 0
            || self
                .tiers
                .iter()
                .any(|tier| !tier.gained.is_nothing() || tier.author_names > 0)
    }
}

/// What changes for whom between two states of a site.
#[must_use]
pub fn exposure(before: &Catalogue, after: &Catalogue) -> Exposure {
    let tiers = Tier::ALL
        .iter()
        .map(|tier| of_tier(before, after, *tier))
        .collect();
    let (restricted_stay_closed, restricted_open_to_listed) = restricted(before, after);
    Exposure {
        tiers,
        restricted_stay_closed,
        restricted_open_to_listed,
    }
}

/// The action and the door by which a tier reads.
fn reading(tier: Tier) -> (Action, Door) {
    match tier {
        Tier::Customer => (Action::ViewInPortal, Door::Portal),
        _ => (Action::View, Door::Confluence),
    }
}

fn of_tier(before: &Catalogue, after: &Catalogue, tier: Tier) -> TierExposure {
    let subject = Subject::bare(tier);
    let mut exposure = TierExposure {
        tier,
        gained: Counts::default(),
        lost: Counts::default(),
        author_names: 0,
    };
    let (mut names_before, mut names_after) = (BTreeSet::new(), BTreeSet::new());
    for space in spaces_of_both(before, after) {
        let (was, will) = (
            opens(before, &subject, space),
            opens(after, &subject, space),
        );
        // A space that is closed to the tier in both states shows it nothing.
        if was || will {
            let old = Reading::of(before, &subject, space);
            let new = Reading::of(after, &subject, space);
            exposure.gained.add(&new.minus(&old));
            exposure.lost.add(&old.minus(&new));
            names_before.extend(old.authors);
            names_after.extend(new.authors);
        }
    }
    exposure.author_names = names_after.difference(&names_before).count() as u64;
    exposure
}

fn spaces_of_both(before: &Catalogue, after: &Catalogue) -> BTreeSet<SpaceId> {
    before
        .spaces()
        .chain(after.spaces())
        .map(|space| space.row().id)
        .collect()
}

/// Whether any channel to the space is open to the subject where it reads.
fn opens(catalogue: &Catalogue, subject: &Subject, space: SpaceId) -> bool {
    let (_, door) = reading(subject.tier);
    catalogue.space(space).is_some_and(|space| {
        crate::decide::channels_of(catalogue, subject, space, door)
            .open()
            .is_some()
    })
}

/// What a subject sees of a space.
#[derive(Default)]
struct Reading {
    pages: BTreeSet<PageId>,
    blog_posts: BTreeSet<PageId>,
    attachments: BTreeSet<u64>,
    comments: BTreeSet<u64>,
    authors: BTreeSet<AccountId>,
}

impl Reading {
    fn of(catalogue: &Catalogue, subject: &Subject, space: SpaceId) -> Self {
        let mut it = Self::default();
        if !opens(catalogue, subject, space) {
            return it;
        }
        let (action, _) = reading(subject.tier);
        let sees = |object| decide(catalogue, subject, action, object).is_allowed();
        for page in catalogue.pages_in(space, PageId::from_random(0)) {
            let row = page.row();
            if !sees(Object::Page(row.id)) {
                continue;
            }
            match row.kind {
                PageKind::Page => it.pages.insert(row.id),
                PageKind::BlogPost => it.blog_posts.insert(row.id),
            };
            it.authors.extend([row.author, row.updated_by]);
            for attachment in catalogue.attachments_of(row.id) {
                if sees(Object::Attachment(attachment.id)) {
                    it.attachments.insert(attachment.id.get());
                    it.authors.insert(attachment.author);
                }
            }
            for comment in catalogue.comments_of(row.id) {
                if sees(Object::Comment(comment.id)) {
                    it.comments.insert(comment.id.get());
                    it.authors.extend(comment.author);
                }
            }
        }
        let shows_names = match subject.tier {
            Tier::Licensed | Tier::Guest | Tier::Unlicensed => true,
            Tier::Customer => false,
            Tier::Anonymous => catalogue.switches().author_names,
        };
        if !shows_names {
            it.authors.clear();
        }
        it
    }

    fn minus(&self, other: &Self) -> Counts {
        fn missing<T: Ord>(these: &BTreeSet<T>, those: &BTreeSet<T>) -> u64 {
            these.difference(those).count() as u64
        }
        Counts {
            pages: missing(&self.pages, &other.pages),
            blog_posts: missing(&self.blog_posts, &other.blog_posts),
            attachments: missing(&self.attachments, &other.attachments),
            comments: missing(&self.comments, &other.comments),
        }
    }
}

impl Counts {
    fn add(&mut self, more: &Self) {
        self.pages += more.pages;
        self.blog_posts += more.blog_posts;
        self.attachments += more.attachments;
        self.comments += more.comments;
    }
}

/// The restricted pages in spaces that some tier gains a channel to, and how
/// many of them open to somebody who is listed.
fn restricted(before: &Catalogue, after: &Catalogue) -> (u64, u64) {
    let (mut closed, mut opened) = (0, 0);
    for space in spaces_of_both(before, after) {
        let opens_further = Tier::ALL.iter().any(|tier| {
            let subject = Subject::bare(*tier);
            !opens(before, &subject, space) && opens(after, &subject, space)
        });
        let live = |c: &Catalogue| {
            c.space(space)
                .is_some_and(|s| matches!(s.row().state, SpaceState::Live | SpaceState::Archived))
        };
        if !opens_further || !live(after) {
            continue;
        }
        for page in after.pages_in(space, PageId::from_random(0)) {
            let readable = matches!(page.row().state, PageState::Live | PageState::Archived);
            if page.gate.is_some() && readable {
                closed += 1;
                opened += u64::from(opens_to_listed(before, after, page.row().id));
            }
        }
    }
    (closed, opened)
}

/// Whether somebody who is listed on the way to the root gains a page.
fn opens_to_listed(before: &Catalogue, after: &Catalogue, page: PageId) -> bool {
    let listed = after
        .ancestors_and_self(page)
        .filter_map(|node| after.lists(node.row().id))
        .flat_map(|lists| lists.view().iter())
        .flat_map(|list| list.listed.iter().copied());
    let mut accounts = BTreeSet::new();
    for principal in listed {
        match principal {
            Principal::Account(id) => {
                accounts.insert(id);
            }
            Principal::Group(id) => accounts.extend(after.members_of(id)),
            Principal::Class(_) => {}
        }
    }
    accounts.into_iter().any(|account| {
        let sees = |catalogue: &Catalogue| {
            catalogue
                .subject_of(account, Door::Confluence)
                .is_some_and(|subject| {
                    decide(catalogue, &subject, Action::View, Object::Page(page)).is_allowed()
                })
        };
        !sees(before) && sees(after)
    })
}
