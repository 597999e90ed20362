//! The positions of pages in the tree: below a page, or at the root of a space. The catalogue's
//! index of children is sorted by them.

use crate::id::{END, PageId, SpaceId};
use crate::page::PageRow;
use crate::title::ByTitle;

/// The parent of pages: a page, or a space for those at its root. It is one number, because there
/// is one for each page: ids end below [`END`], so a number above it stands for a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(u64);

impl Place {
    pub(crate) const fn below(page: PageId) -> Self {
        Self(page.get())
    }

    pub(crate) const fn root_of(space: SpaceId) -> Self {
        Self(END + space.get())
    }

    /// Returns the position of a page, with the keys that it is ordered by there.
    pub(super) fn of(row: &PageRow) -> Standing {
        let place = match row.parent {
            Some(parent) => Self::below(parent),
            None => Self::root_of(row.space),
        };
        (place, row.position, ByTitle(row.title.clone()), row.id)
    }

    /// Returns a key that is ordered before those of all pages at this position.
    pub(super) fn start(self) -> Standing {
        (self, i64::MIN, ByTitle::default(), PageId::from_random(0))
    }
}

/// The parent of a page with the page's sort key among its siblings: first its order key, which
/// pages that nobody has moved share, and then its title.
pub(crate) type Standing = (Place, i64, ByTitle, PageId);
