//! Exposure: who would gain or lose sight of content by a change, before it is made (law 5.10).
//!
//! Two catalogues are compared, the current one and the one that the change would make, with the
//! same decision that serves readers. Each tier is represented by somebody without groups, grants,
//! roles and lists of their own, because people who have more see more already. People who are on a
//! restricted page's list are counted apart.

mod people;

pub use people::{PeopleExposure, people};

use crate::account::Tier;
use crate::action::{Action, Object};
use crate::catalogue::Catalogue;
use crate::credential::Door;
use crate::decide::decide;
use crate::grant::Principal;
use crate::id::{AccountId, PageId, SpaceId};
use crate::page::{PageKind, PageState};
use crate::people::shows_author_names;
use crate::space::SpaceState;
use crate::subject::Subject;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// Numbers of things that somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages, and the folders that contain them.
    pub pages: u64,
    /// Blog posts.
    pub blog_posts: u64,
    /// Attachments, including those that no page shows.
    pub attachments: u64,
    /// Comments.
    pub comments: u64,
}

impl Counts {
    /// Whether all numbers are zero.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// The things that one tier would gain and lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierExposure {
    /// The tier that the counts are about.
    pub tier: Tier,
    /// The things that it would see and doesn't see yet.
    pub gained: Counts,
    /// The things that it sees and would no longer see.
    pub lost: Counts,
    /// How many names it would newly see as those of authors.
    pub author_names: u64,
}

/// The effect of a change on what people see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// The effect for each tier, in the order of [`Tier::ALL`].
    pub tiers: Vec<TierExposure>,
    /// How many restricted pages and blog posts there are in the spaces that open further, which
    /// stay closed to people who aren't on their lists. The space's administrators know of them and
    /// how many there are (law 7.4).
    pub restricted_stay_closed: u64,
    /// How many of those become visible to somebody who is on their list.
    pub restricted_open_to_listed: u64,
}

impl Exposure {
    /// Whether anybody gains sight of anything.
    #[must_use]
    pub fn widens(&self) -> bool {
        self.restricted_open_to_listed > 0
            || self
                .tiers
                .iter()
                .any(|tier| !tier.gained.is_nothing() || tier.author_names > 0)
    }
}

/// Compares two states of a site and returns the effect for each tier.
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

/// Returns the action and the entry point by which a tier reads.
fn reading(tier: Tier) -> (Action, Door) {
    match tier {
        Tier::Customer => (Action::ViewInPortal, Door::Portal),
        _ => (Action::View, Door::Confluence),
    }
}

fn of_tier(before: &Catalogue, after: &Catalogue, tier: Tier) -> TierExposure {
    let subject = Subject::bare(tier);
    let (was, will) = (Reading::of(before, &subject), Reading::of(after, &subject));
    let (mut gained, mut lost) = (Counts::default(), Counts::default());
    let (mut names_before, mut names_after) = (BTreeSet::new(), BTreeSet::new());
    let mut unchanged = Vec::new();
    for space in spaces_of_both(before, after) {
        if will.reads_as(&was, space) {
            unchanged.push(space);
            continue;
        }
        will.each_in(space, |object, kind, authors| {
            if !was.sees(object) {
                gained.count(kind);
            }
            names_after.extend(authors.into_iter().flatten());
        });
        was.each_in(space, |object, kind, authors| {
            if !will.sees(object) {
                lost.count(kind);
            }
            names_before.extend(authors.into_iter().flatten());
        });
    }
    names_after
        .retain(|name| will.shows_names && !(was.shows_names && names_before.contains(name)));
    // A name may have been visible already in a space that doesn't change.
    for space in unchanged {
        if names_after.is_empty() {
            break;
        }
        was.each_in(space, |_, _, authors| {
            for name in authors.into_iter().flatten() {
                names_after.remove(&name);
            }
        });
    }
    TierExposure {
        tier,
        gained,
        lost,
        author_names: names_after.len() as u64,
    }
}

fn spaces_of_both(before: &Catalogue, after: &Catalogue) -> BTreeSet<SpaceId> {
    before
        .spaces()
        .chain(after.spaces())
        .map(|space| space.row().id)
        .collect()
}

/// Whether any channel to the space is open to the subject at its tier's entry point.
fn opens(catalogue: &Catalogue, subject: &Subject, space: SpaceId) -> bool {
    let (_, door) = reading(subject.tier);
    catalogue.space(space).is_some_and(|space| {
        crate::decide::channels_of(catalogue, subject, space, door)
            .open()
            .is_some()
    })
}

/// The kinds of things that are counted.
#[derive(Clone, Copy)]
enum Kind {
    Page,
    BlogPost,
    Attachment,
    Comment,
}

impl Counts {
    fn count(&mut self, kind: Kind) {
        *match kind {
            Kind::Page => &mut self.pages,
            Kind::BlogPost => &mut self.blog_posts,
            Kind::Attachment => &mut self.attachments,
            Kind::Comment => &mut self.comments,
        } += 1;
    }
}

/// A site as one subject reads it.
struct Reading<'c> {
    catalogue: &'c Catalogue,
    subject: &'c Subject,
    action: Action,
    shows_names: bool,
}

impl<'c> Reading<'c> {
    fn of(catalogue: &'c Catalogue, subject: &'c Subject) -> Self {
        let (action, _) = reading(subject.tier);
        Self {
            catalogue,
            subject,
            action,
            shows_names: shows_author_names(subject.tier, catalogue.switches()),
        }
    }

    fn sees(&self, object: Object) -> bool {
        decide(self.catalogue, self.subject, self.action, object).is_allowed()
    }

    /// Calls back for everything that the subject sees in a space, with the accounts named beside
    /// it.
    fn each_in(&self, space: SpaceId, mut each: impl FnMut(Object, Kind, [Option<AccountId>; 3])) {
        // A space that is closed shows nothing, whatever is in it.
        if !opens(self.catalogue, self.subject, space) {
            return;
        }
        for page in self.catalogue.pages_in(space, PageId::from_random(0)) {
            let row = page.row();
            if !self.sees(Object::Page(row.id)) {
                continue;
            }
            let kind = match row.kind {
                PageKind::Page | PageKind::Folder => Kind::Page,
                PageKind::BlogPost => Kind::BlogPost,
            };
            let authors = [row.author, row.owner, row.updated_by].map(Some);
            each(Object::Page(row.id), kind, authors);
            for it in self.catalogue.attachments_of(row.id) {
                if self.sees(Object::Attachment(it.id)) {
                    let authors = [Some(it.author), Some(it.updated_by), None];
                    each(Object::Attachment(it.id), Kind::Attachment, authors);
                }
            }
            for it in self.catalogue.comments_of(row.id) {
                if self.sees(Object::Comment(it.id)) {
                    let authors = [it.author, it.updated_by, None];
                    each(Object::Comment(it.id), Kind::Comment, authors);
                }
            }
        }
    }

    /// Whether a space certainly reads the same in another state of the site: it has the same
    /// content, and its channels are equally open. This is found by what the two states share, so
    /// that a switch costs no more than the spaces that it opens or closes.
    fn reads_as(&self, other: &Self, space: SpaceId) -> bool {
        let (these, those) = (self.catalogue, other.catalogue);
        let held = |catalogue: &Catalogue| catalogue.space(space).map(|it| it.row().state);
        self.shows_names == other.shows_names
            && these.pages.is_same(&those.pages)
            && these.lists.is_same(&those.lists)
            && these.attachments.is_same(&those.attachments)
            && these.comments.is_same(&those.comments)
            && these.projects.is_same(&those.projects)
            && these.space_links.is_same(&those.space_links)
            && held(these) == held(those)
            && opens(these, self.subject, space) == opens(those, self.subject, space)
    }
}

/// Counts the restricted pages in spaces that some tier gains a channel to, and how many of these
/// become visible to somebody who is on their list.
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

/// Whether somebody who is listed on the page or above it would newly see the page.
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
