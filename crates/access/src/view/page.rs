//! The part of a view about pages, blog posts and folders. Lists and look-ups by title decide about
//! each page that they return, as [`View::page`] does about one.

use super::View;
use crate::account::Tier;
use crate::action::{Action, Object};
use crate::catalogue::{Lists, Page, Space};
use crate::decide::{Allowed, Channel, Decision, has_channel};
use crate::id::{PageId, SpaceId};
use crate::page::{PageKind, PageRow, PageState};
use crate::seen::{Absent, BodyKey, PastKey, Refusal, Seen};
use alloc::boxed::Box;

/// A page, blog post or folder that the subject sees.
#[derive(Debug, Clone, Copy)]
pub struct SeenPage<'view> {
    view: &'view View,
    page: &'view Page,
    /// The channel through which the subject sees it.
    pub channel: Channel,
}

impl<'view> SeenPage<'view> {
    /// Returns the row. The parent in it is no secret, because people who see a page also pass the
    /// restrictions of those above it; but these may be drafts or trashed. See
    /// [`SeenPage::parent`].
    #[must_use]
    pub fn row(&self) -> &'view PageRow {
        self.page.row()
    }

    /// Returns the id of the page.
    #[must_use]
    pub fn id(&self) -> PageId {
        self.row().id
    }

    /// Returns the witness for the page's text.
    #[must_use]
    pub fn body(&self) -> Seen<'view, BodyKey> {
        Seen::witness(BodyKey {
            page: self.id(),
            body: self.row().body,
            channel: self.channel,
        })
    }

    /// Whether the subject sees its past: version messages, history and contributors (law 2.24).
    #[must_use]
    pub fn shows_past(&self) -> bool {
        self.channel == Channel::Own
    }

    /// Returns the page above it, if the subject sees that.
    #[must_use]
    pub fn parent(&self) -> Option<SeenPage<'view>> {
        self.view.page(self.row().parent?).ok()
    }

    /// Returns its ancestors that the subject sees, the root first.
    #[must_use]
    pub fn ancestors(&self) -> alloc::vec::Vec<SeenPage<'view>> {
        let above = self.view.catalogue.ancestors_and_self(self.id()).skip(1);
        let mut seen: alloc::vec::Vec<_> = above
            .filter_map(|page| self.view.page(page.row.id).ok())
            .collect();
        seen.reverse();
        seen
    }

    /// Whether the page has a view restriction of its own.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.page.gate == Some(self.id())
    }
}

impl View {
    /// Returns a page, blog post or folder by id.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn page(&self, id: PageId) -> Result<SeenPage<'_>, Absent> {
        let page = self.catalogue.page(id).ok_or(Absent::HERE)?;
        match self.decide(self.reading(), Object::Page(id)) {
            Decision::Allow(Allowed {
                channel: Some(channel),
                ..
            }) => Ok(SeenPage {
                view: self,
                page,
                channel,
            }),
            Decision::Allow(_) | Decision::Deny(_) => Err(Absent::HERE),
        }
    }

    /// Returns the pages, blog posts and folders that the subject sees from an id on, in every
    /// state, in the order of their ids.
    pub fn pages_from(&self, first: PageId) -> impl Iterator<Item = SeenPage<'_>> {
        self.catalogue
            .pages_from(first)
            .filter_map(|page| self.page(page.row.id).ok())
    }

    /// Returns all pages, blog posts and folders that the subject sees, in no order, or `None` if
    /// there are more than `most`. Only spaces with an open channel are searched, so that this is
    /// fast for somebody who sees little of a large site.
    #[must_use]
    pub fn pages_if_few(&self, most: usize) -> Option<alloc::vec::Vec<SeenPage<'_>>> {
        let open =
            |space: &&Space| has_channel(&self.catalogue, &self.subject, space.row.id, self.door);
        let spaces = self.catalogue.spaces().filter(open);
        let pages = spaces.flat_map(|space| self.pages_in(space.row.id, PageId::from_random(0)));
        let pages: alloc::vec::Vec<_> = pages.take(most.saturating_add(1)).collect();
        (pages.len() <= most).then_some(pages)
    }

    /// Returns the pages of one space that the subject sees, from an id on. Without an open channel
    /// into the space none of its pages is looked at, so that a closed space takes no longer than
    /// one that never was (law 6.2).
    pub fn pages_in(&self, space: SpaceId, first: PageId) -> impl Iterator<Item = SeenPage<'_>> {
        let open = has_channel(&self.catalogue, &self.subject, space, self.door);
        let pages = open.then(|| self.catalogue.pages_in(space, first));
        pages
            .into_iter()
            .flatten()
            .filter_map(|page| self.page(page.row.id).ok())
    }

    /// Returns the live pages and folders directly below one, or at the root of a space, that the
    /// subject sees, in their order. Blog posts aren't in the tree.
    pub fn children(
        &self,
        space: SpaceId,
        parent: Option<PageId>,
    ) -> impl Iterator<Item = SeenPage<'_>> {
        self.catalogue
            .children_of(space, parent)
            .filter_map(|id| self.page(id).ok())
            .filter(|page| page.row().state == PageState::Live)
            .filter(|page| page.row().kind.is_in_tree())
    }

    /// Returns the live pages and folders below one that the subject sees, down to a number of
    /// levels: parents before their children, siblings in their order.
    pub fn descendants<'view>(
        &'view self,
        of: SeenPage<'view>,
        levels: usize,
    ) -> impl Iterator<Item = SeenPage<'view>> {
        let below = |page: SeenPage<'view>| -> Box<dyn Iterator<Item = SeenPage<'view>> + 'view> {
            Box::new(self.children(page.row().space, Some(page.id())))
        };
        let mut open = alloc::vec![below(of)];
        core::iter::from_fn(move || {
            loop {
                match open.last_mut()?.next() {
                    None => {
                        open.pop();
                    }
                    Some(page) => {
                        if open.len() < levels {
                            open.push(below(page));
                        }
                        return Some(page);
                    }
                }
            }
        })
    }

    /// Returns the live page of a space with this title that the subject sees; of several, the
    /// oldest (law 6.8).
    #[must_use]
    pub fn page_titled(&self, space: SpaceId, kind: PageKind, title: &str) -> Option<SeenPage<'_>> {
        self.pages_titled(space, kind, title)
            .min_by_key(|page| (page.row().created_at, page.id()))
    }

    /// Returns all live pages of a space with this title that the subject sees. Blog posts of
    /// different days may have the same one.
    pub fn pages_titled<'view>(
        &'view self,
        space: SpaceId,
        kind: PageKind,
        title: &str,
    ) -> impl Iterator<Item = SeenPage<'view>> {
        self.catalogue
            .pages_titled(space, title)
            .filter_map(|page| self.page(page.row.id).ok())
            .filter(move |page| page.row().kind == kind && page.row().state == PageState::Live)
    }

    /// Returns the witness for a page's history.
    ///
    /// # Errors
    /// Absent if the subject can't see it; forbidden if it sees the page but not its past (law
    /// 2.24).
    pub fn past(&self, id: PageId) -> Result<Seen<'_, PastKey>, Refusal> {
        self.require(Action::ViewPast, Object::Page(id))?;
        Ok(Seen::witness(PastKey { page: id }))
    }

    /// Returns the restrictions of a page, as far as law 3.5 shows them: all of them to the
    /// licensed, and to a guest in its space. `None` to others: an unlicensed reader of a
    /// restricted page ([`SeenPage::is_restricted`]) is shown as the only one listed, whoever else
    /// is.
    #[must_use]
    pub fn restrictions(&self, id: PageId) -> Option<&Lists> {
        let seen = self.page(id).ok()?;
        let whole = match self.subject.tier {
            Tier::Licensed => true,
            Tier::Guest => self.subject.guest_space() == Some(seen.row().space),
            Tier::Unlicensed | Tier::Customer | Tier::Anonymous => false,
        };
        whole.then(|| self.catalogue.lists(id)).flatten()
    }
}
