//! Look-ups in the catalogue without a decision. They serve decisions, plans of writes and the
//! store. Whatever is returned to a caller goes through a [`View`](crate::View) instead.

use super::place::Place;
use super::{Catalogue, Lists, Page, Space};
use crate::grant::GrantRow;
use crate::id::{
    AccountId, AttachmentId, CommentId, GrantId, PageId, ProjectId, RestrictionId, SpaceId,
};
use crate::page::{AttachmentRow, CommentRow};
use crate::restriction::RestrictionRow;
use crate::service_project::{ServiceProjectRow, SpaceLinkRow};
use crate::switches::SwitchesRow;

/// Returns the key under which a title is looked up: a hash of it without case (FNV-1a). Titles
/// that are found by it still have to be compared.
#[must_use]
pub fn title_key(title: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in title.chars().flat_map(char::to_lowercase) {
        for byte in u32::from(c).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

/// Follows one id after the other. It ends even if a damaged tree has a cycle: a mark is left at
/// ever greater distances (Brent), and coming to the mark again means that everything was seen.
fn chain<T>(
    first: Option<PageId>,
    next: impl Fn(PageId) -> Option<(T, Option<PageId>)>,
) -> impl Iterator<Item = T> {
    let (mut here, mut mark) = (first, None);
    let (mut steps, mut far) = (0_u32, 16_u32);
    core::iter::from_fn(move || {
        let id = here.filter(|id| Some(*id) != mark)?;
        steps += 1;
        if steps == far {
            (mark, steps, far) = (Some(id), 0, far.saturating_mul(2));
        }
        let (it, then) = next(id)?;
        here = then;
        Some(it)
    })
}

impl Catalogue {
    /// Returns the switches of the site, as they are set.
    #[must_use]
    pub fn switches(&self) -> &SwitchesRow {
        &self.switches
    }

    /// Returns a space by id.
    #[must_use]
    pub fn space(&self, id: SpaceId) -> Option<&Space> {
        self.spaces.get(&id)
    }

    /// Returns a space by key, compared without case (law 5.5).
    #[must_use]
    pub fn space_by_key(&self, key: &str) -> Option<&Space> {
        let id = self.space_keys.get(key.to_lowercase().as_str())?;
        self.spaces.get(id)
    }

    /// Returns all spaces in the order of their ids.
    pub fn spaces(&self) -> impl Iterator<Item = &Space> {
        self.spaces.iter().map(|(_, space)| space)
    }

    /// Returns the spaces from an id on, in the order of their ids.
    pub fn spaces_from(&self, first: SpaceId) -> impl Iterator<Item = &Space> {
        self.spaces.from(&first).map(|(_, space)| space)
    }

    /// Returns a grant by id.
    #[must_use]
    pub fn grant(&self, id: GrantId) -> Option<&GrantRow> {
        self.grants.get(&id)
    }

    /// Returns the grants in a space, in the order of their ids.
    pub fn grants_in(&self, space: SpaceId) -> impl Iterator<Item = &GrantRow> {
        self.grants_of
            .from(&(space, GrantId::from_random(0)))
            .take_while(move |((of, _), ())| *of == space)
            .filter_map(|((_, id), ())| self.grants.get(id))
    }

    /// Returns a page, blog post or folder by id.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&Page> {
        self.pages.get(&id)
    }

    /// Returns the number of pages, blog posts and folders, in every state.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Returns the pages from an id on, in the order of their ids.
    pub fn pages_from(&self, first: PageId) -> impl Iterator<Item = &Page> {
        self.pages.from(&first).map(|(_, page)| page)
    }

    /// Returns the pages of a space from an id on, in the order of their ids.
    pub fn pages_in(&self, space: SpaceId, first: PageId) -> impl Iterator<Item = &Page> {
        self.pages_of
            .from(&(space, first))
            .take_while(move |((of, _), ())| *of == space)
            .filter_map(|((_, id), ())| self.pages.get(id))
    }

    /// Returns the pages and blog posts that an account created and never published, in the order
    /// of their ids.
    pub fn unpublished_by(&self, author: AccountId) -> impl Iterator<Item = PageId> {
        self.unpublished_of
            .from(&(author, PageId::from_random(0)))
            .take_while(move |((of, _), ())| *of == author)
            .map(|((_, id), ())| *id)
    }

    /// Returns the pages directly below a page, or at the root of a space, in their order.
    pub fn children_of(
        &self,
        space: SpaceId,
        parent: Option<PageId>,
    ) -> impl Iterator<Item = PageId> {
        let place = match parent {
            None => Some(Place::root_of(space)),
            Some(parent) => {
                let there = self.pages.get(&parent).filter(|it| it.row.space == space);
                there.map(|_| Place::below(parent))
            }
        };
        place.into_iter().flat_map(|place| self.at(place))
    }

    /// Returns the pages at a position in the tree, in their order.
    pub(super) fn at(&self, place: Place) -> impl Iterator<Item = PageId> {
        self.children
            .from(&place.start())
            .take_while(move |((it, ..), ())| *it == place)
            .map(|((.., id), ())| *id)
    }

    /// Returns the pages of a space with this title, compared without case, in the order of their
    /// ids.
    pub fn pages_titled<'a>(
        &'a self,
        space: SpaceId,
        title: &str,
    ) -> impl Iterator<Item = &'a Page> {
        fn lower(text: &str) -> impl Iterator<Item = char> {
            text.chars().flat_map(char::to_lowercase)
        }
        let key = title_key(title);
        self.titles
            .from(&(space, key, PageId::from_random(0)))
            .take_while(move |((of, hash, _), ())| *of == space && *hash == key)
            .filter_map(|((.., id), ())| self.pages.get(id))
            .filter(move |page| lower(&page.row.title).eq(lower(title)))
    }

    /// Returns the page and its ancestors, nearest first.
    pub fn ancestors_and_self(&self, id: PageId) -> impl Iterator<Item = &Page> {
        chain(Some(id), |id| {
            let page = self.pages.get(&id)?;
            Some((page, page.row.parent))
        })
    }

    /// Returns the lists of the restricted pages from a page up, itself included, nearest first
    /// (law 2.2: every restricted node in `[p .. root]`).
    pub(crate) fn restricted_from(&self, page: &Page) -> impl Iterator<Item = &Lists> {
        chain(page.gate, |id| {
            let lists = self.lists.get(&id)?;
            Some((lists, lists.above))
        })
    }

    /// Returns the restrictions of a page, or `None` if it has none.
    #[must_use]
    pub fn lists(&self, page: PageId) -> Option<&Lists> {
        self.lists.get(&page)
    }

    /// Returns a restriction by id.
    #[must_use]
    pub fn restriction(&self, id: RestrictionId) -> Option<&RestrictionRow> {
        self.restrictions.get(&id).map(AsRef::as_ref)
    }

    /// Returns all restrictions in the order of their ids.
    pub fn restrictions(&self) -> impl Iterator<Item = &RestrictionRow> {
        self.restrictions.iter().map(|(_, row)| row.as_ref())
    }

    /// Returns an attachment by id.
    #[must_use]
    pub fn attachment(&self, id: AttachmentId) -> Option<&AttachmentRow> {
        self.attachments.get(&id).map(AsRef::as_ref)
    }

    /// Returns the attachments of a page, including trashed ones, in the order of their ids.
    pub fn attachments_of(&self, page: PageId) -> impl Iterator<Item = &AttachmentRow> {
        self.attachments_of
            .from(&(page, AttachmentId::from_random(0)))
            .take_while(move |((of, _), ())| *of == page)
            .filter_map(|((_, id), ())| self.attachment(*id))
    }

    /// Returns the attachments from an id on, including trashed ones, in the order of their ids.
    pub fn attachments_from(&self, first: AttachmentId) -> impl Iterator<Item = &AttachmentRow> {
        self.attachments.from(&first).map(|(_, row)| row.as_ref())
    }

    /// Returns a comment by id.
    #[must_use]
    pub fn comment(&self, id: CommentId) -> Option<&CommentRow> {
        self.comments.get(&id).map(AsRef::as_ref)
    }

    /// Returns the comments from an id on, including trashed ones, in the order of their ids.
    pub fn comments_from(&self, first: CommentId) -> impl Iterator<Item = &CommentRow> {
        self.comments.from(&first).map(|(_, row)| row.as_ref())
    }

    /// Returns the comments on a page, including trashed ones, in the order of their ids.
    pub fn comments_of(&self, page: PageId) -> impl Iterator<Item = &CommentRow> {
        self.comments_of
            .from(&(page, CommentId::from_random(0)))
            .take_while(move |((of, _), ())| *of == page)
            .filter_map(|((_, id), ())| self.comment(*id))
    }

    /// Returns a service project by id.
    #[must_use]
    pub fn project(&self, id: ProjectId) -> Option<&ServiceProjectRow> {
        self.projects.get(&id).map(AsRef::as_ref)
    }

    /// Returns all service projects in the order of their ids.
    pub fn projects(&self) -> impl Iterator<Item = &ServiceProjectRow> {
        self.projects.iter().map(|(_, row)| row.as_ref())
    }

    /// Returns the service projects that link a space, in the order of their ids.
    pub fn projects_linking(&self, space: SpaceId) -> impl Iterator<Item = &ServiceProjectRow> {
        let projects = self.space(space).map(|space| &*space.projects);
        projects
            .unwrap_or_default()
            .iter()
            .filter_map(|project| self.project(*project))
    }

    /// Returns the links of a space, in the order of their projects.
    pub fn links_in(&self, space: SpaceId) -> impl Iterator<Item = &SpaceLinkRow> {
        use crate::id::SpaceLinkId;
        self.links_of
            .from(&(
                space,
                ProjectId::from_random(0),
                SpaceLinkId::from_random(0),
            ))
            .take_while(move |((of, ..), ())| *of == space)
            .filter_map(|((.., id), ())| self.space_links.get(id))
    }
}
