//! Where pages stand: below a page, or at the root of a space.

use crate::id::{END, PageId, SpaceId};
use crate::page::PageRow;
use crate::title::ByTitle;

/// The page that others are right below, or the space at whose root they are.
/// A number, because there is one for each page: ids end below [`END`], so what
/// is above it is a space's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(u64);

impl Place {
    pub(crate) const fn below(page: PageId) -> Self {
        Self(page.get())
    }

    pub(crate) const fn root_of(space: SpaceId) -> Self {
        Self(END + space.get())
    }

    /// Where a page stands, with what it is ordered by there.
    pub(super) fn of(row: &PageRow) -> Standing {
        let place = match row.parent {
            Some(parent) => Self::below(parent),
            None => Self::root_of(row.space),
        };
        (place, row.position, ByTitle(row.title.clone()), row.id)
    }

    /// What is ordered before all that stands at this place.
    pub(super) fn start(self) -> Standing {
        (self, i64::MIN, ByTitle::default(), PageId::from_random(0))
    }
}

/// A page's place, with what orders it among those there: its order key, which those
/// that nobody has moved share, and then its title.
pub(crate) type Standing = (Place, i64, ByTitle, PageId);
