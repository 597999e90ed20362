//! The context of a text, in which the names that it contains are resolved.

use crate::address;
use narthex_access::view::SeenPage;
use narthex_access::{PageId, PageKind, SpaceId, View};
use narthex_content::hole::ContentRef;

/// The page and space that a text belongs to. It holds ids and no witness: everything that it names
/// is decided anew for each viewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    page: Option<PageId>,
    space: Option<SpaceId>,
}

impl Place {
    /// The context of a page or blog post, or of a comment on it.
    pub fn on(page: SeenPage<'_>) -> Self {
        Self {
            page: Some(page.id()),
            space: Some(page.row().space),
        }
    }

    /// The context of a space, without a page.
    pub fn within(space: SpaceId) -> Self {
        Self {
            page: None,
            space: Some(space),
        }
    }

    /// The page that the text belongs to, if any.
    pub fn page(self) -> Option<PageId> {
        self.page
    }

    /// The space that the text belongs to, if any.
    pub fn space(self) -> Option<SpaceId> {
        self.space
    }

    /// Returns the space that a key names; without a key, the context's own.
    fn space_of(self, view: &View, key: Option<&str>) -> Option<SpaceId> {
        match key {
            None => self.space,
            Some(key) => view.space_by_key(key).ok().map(|space| space.id()),
        }
    }

    /// Returns the page that a reference means here, if the viewer sees it. A look-up by title
    /// searches among the pages that the viewer sees (law 6.8).
    pub(crate) fn resolve<'v>(self, view: &'v View, content: &ContentRef) -> Option<SeenPage<'v>> {
        match content {
            ContentRef::Itself => view.page(self.page?).ok(),
            ContentRef::Parent => view.page(self.page?).ok()?.parent(),
            ContentRef::Id(id) => view.page(PageId::new(*id)?).ok(),
            ContentRef::Page { space, title } => {
                let space = self.space_of(view, space.as_deref())?;
                view.page_titled(space, PageKind::Page, title)
            }
            ContentRef::BlogPost { space, title, day } => {
                let space = self.space_of(view, space.as_deref())?;
                let posts = view.pages_titled(space, PageKind::BlogPost, title);
                let of_day = posts.filter(|post| {
                    let written = day.as_deref().filter(|day| !day.is_empty());
                    written.is_none_or(|day| {
                        address::posting_day(post.row()) == day.trim_start_matches('/')
                    })
                });
                of_day.min_by_key(|post| (post.row().created_at, post.id()))
            }
            ContentRef::Home { space } => {
                let space = self.space_of(view, space.as_deref())?;
                view.space(space).ok()?.homepage()
            }
            _ => None,
        }
    }
}
