//! Where pages stand: below a page, or at the root of a space.

use crate::id::{END, PageId, SpaceId};
use crate::page::PageRow;

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
    pub(super) fn of(row: &PageRow) -> (Self, i64, PageId) {
        let place = match row.parent {
            Some(parent) => Self::below(parent),
            None => Self::root_of(row.space),
        };
        (place, row.position, row.id)
    }
}
