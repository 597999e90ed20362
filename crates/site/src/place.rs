//! Where a page stands: below which page, after which sibling.

use crate::error::SiteError;
use crate::plan::Plan;
use narthex_access::{
    Action, Object, PageId, PageKind, PageRow, PageState, SpaceId, View, view::SeenPage,
};

/// The distance between the order keys of siblings: there is room for many
/// between two before they must be spread anew.
pub(crate) const STEP: i64 = 1 << 20;

/// Where a new page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    /// Below the home page; at the root where the caller sees none.
    Home,
    /// At the root of the space.
    Root,
    /// Below this page or folder.
    Page(PageId),
}

/// Where a page is moved to, seen from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Right before it, as its sibling.
    Above,
    /// Right after it, as its sibling.
    Below,
    /// As its last child.
    Append,
}

impl Beside {
    /// The place with v1's word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "before" | "above" => Some(Self::Above),
            "after" | "below" => Some(Self::Below),
            "append" => Some(Self::Append),
            _ => None,
        }
    }
}

/// The page that a new page of the kind goes below, decided.
///
/// # Errors
/// Invalid for a parent that the caller doesn't see or that is of another space;
/// forbidden where it may not create below it.
pub(crate) fn parent_of_new(
    plan: &Plan<'_>,
    space: SpaceId,
    kind: PageKind,
    wanted: Parent,
) -> Result<Option<PageId>, SiteError> {
    if kind == PageKind::BlogPost {
        plan.view
            .require(Action::CreateBlogPost, Object::Space(space))?;
        return match wanted {
            Parent::Page(_) => Err(SiteError::invalid(
                "a blog post has no parent; leave it out",
            )),
            Parent::Home | Parent::Root => Ok(None),
        };
    }
    plan.view
        .require(Action::CreatePage, Object::Space(space))?;
    let parent = match wanted {
        Parent::Root => None,
        Parent::Home => plan
            .view
            .space(space)?
            .homepage()
            .filter(is_live)
            .map(|home| home.id()),
        Parent::Page(id) => {
            let parent = plan.view.page(id).map_err(|_| no_parent())?;
            if parent.row().space != space || !parent.row().kind.is_in_tree() {
                return Err(SiteError::invalid(
                    "the parent is in another space or is a blog post; name a page or folder of this space",
                ));
            }
            Some(id)
        }
    };
    if let Some(id) = parent {
        plan.view.require(Action::CreatePage, Object::Page(id))?;
    }
    Ok(parent)
}

fn is_live(page: &SeenPage<'_>) -> bool {
    page.row().state == PageState::Live
}

fn no_parent() -> SiteError {
    SiteError::invalid("there is no such parent page here, or it is not shared with you")
}

/// The order key behind all siblings.
pub(crate) fn last_position(plan: &Plan<'_>, space: SpaceId, parent: Option<PageId>) -> i64 {
    let siblings = plan.catalogue.children_of(space, parent);
    let last = siblings.last().and_then(|id| plan.catalogue.page(id));
    last.map_or(0, |page| page.row().position.saturating_add(STEP))
}

/// The order keys that put `moved` beside `sibling`: its own, and those of
/// siblings that have to make room. Hidden siblings keep their order too.
pub(crate) fn beside(
    plan: &Plan<'_>,
    moved: PageId,
    sibling: &PageRow,
    beside: Beside,
) -> (i64, Vec<PageRow>) {
    let rows: Vec<&PageRow> = plan
        .catalogue
        .children_of(sibling.space, sibling.parent)
        .filter(|id| *id != moved)
        .filter_map(|id| plan.catalogue.page(id))
        .map(|page| page.row())
        .collect();
    let at = rows
        .iter()
        .position(|row| row.id == sibling.id)
        .unwrap_or(rows.len());
    let at = if beside == Beside::Above {
        at
    } else {
        at.saturating_add(1)
    };
    let before = at
        .checked_sub(1)
        .and_then(|n| rows.get(n))
        .map(|row| row.position);
    let after = rows.get(at).map(|row| row.position);
    let between = match (before, after) {
        (None, None) => Some(0),
        (Some(before), None) => before.checked_add(STEP),
        (None, Some(after)) => after.checked_sub(STEP),
        (Some(before), Some(after)) => {
            let middle = before.midpoint(after);
            (middle > before && middle < after).then_some(middle)
        }
    };
    if let Some(position) = between {
        return (position, Vec::new());
    }
    // No room: all siblings are spread anew, with a gap where the page goes.
    let key = |n: usize| {
        i64::try_from(n)
            .unwrap_or(i64::MAX / STEP)
            .saturating_mul(STEP)
    };
    let spread = rows
        .iter()
        .enumerate()
        .map(|(n, row)| PageRow {
            position: key(n + usize::from(n >= at)),
            ..(*row).clone()
        })
        .collect();
    (key(at), spread)
}

/// Whether `page` is `of` or below it: where `of` can't be moved to.
pub(crate) fn is_within(plan: &Plan<'_>, page: PageId, of: PageId) -> bool {
    plan.catalogue
        .ancestors_and_self(page)
        .any(|node| node.row().id == of)
}

/// The number of a page among the siblings that the caller sees, from 0: what
/// answers carry instead of the order key (law 7.4).
pub fn visible_position(view: &View, page: &SeenPage<'_>) -> Option<usize> {
    let row = page.row();
    if !row.kind.is_in_tree() {
        return None;
    }
    view.children(row.space, row.parent)
        .position(|sibling| sibling.id() == row.id)
}
