//! The position of a page in the tree: its parent, and its order among its siblings.
//!
//! Order keys are integers with gaps. Pages that nobody has put anywhere stand in the order of
//! their titles; as soon as somebody moves one, the siblings stay in the order that they have.

use crate::error::SiteError;
use crate::plan::Plan;
use narthex_access::{
    Action, Object, PageId, PageKind, PageRow, PageState, SpaceId, View, compare_titles,
    view::SeenPage,
};

/// The distance between the order keys of siblings, which leaves room for many pages between two.
pub(crate) const STEP: i64 = 1 << 20;

/// The parent that a request wants for a new page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    /// The home page of the space, or its root if the caller can't see a home page.
    Home,
    /// The root of the space.
    Root,
    /// This page or folder.
    Page(PageId),
}

/// The new position of a moved page, relative to a target page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Right before the target, as its sibling.
    Above,
    /// Right after the target, as its sibling.
    Below,
    /// Below the target, as its last child.
    Append,
}

impl Beside {
    /// Reads the word that v1 uses for a position.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "before" | "above" => Some(Self::Above),
            "after" | "below" => Some(Self::Below),
            "append" => Some(Self::Append),
            _ => None,
        }
    }
}

/// Returns the parent of a new page of the kind, after deciding that the caller may create there.
///
/// # Errors
/// Invalid for a parent that the caller doesn't see or that belongs to another space; forbidden if
/// the caller may not create below it.
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

/// Returns the order key after all siblings.
pub(crate) fn last_position(plan: &Plan<'_>, space: SpaceId, parent: Option<PageId>) -> i64 {
    let siblings = plan.catalogue.children_of(space, parent);
    let last = siblings.last().and_then(|id| plan.catalogue.page(id));
    last.map_or(0, |page| page.row().position.saturating_add(STEP))
}

/// Returns the order key of a page that gets a parent without being put anywhere in particular: by
/// its title if the siblings are in the order of their titles, else after all of them.
pub(crate) fn position_by_title(
    plan: &Plan<'_>,
    space: SpaceId,
    parent: Option<PageId>,
    title: &str,
) -> i64 {
    Arrivals::at(plan, space, parent).position(title)
}

/// Returns the order key of a page that is renamed: by its new title if the siblings, itself
/// included, are in the order of their titles, else the one that it has.
pub(crate) fn position_when_renamed(plan: &Plan<'_>, was: &PageRow, title: &str) -> i64 {
    let mut siblings = Siblings::at(plan, was.space, was.parent, Some(was.id));
    if !siblings.stand_by_title() {
        return was.position;
    }
    siblings.0.retain(|(row, _)| row.id != was.id);
    siblings.position_of(title).unwrap_or(was.position)
}

/// Finds the order keys of several pages that get the same parent one after the other.
pub(crate) struct Arrivals<'p> {
    /// The siblings, if they are in the order of their titles.
    by_title: Option<Siblings<'p>>,
    last: i64,
}

impl<'p> Arrivals<'p> {
    /// Begins with the present children of the parent.
    pub(crate) fn at(plan: &Plan<'p>, space: SpaceId, parent: Option<PageId>) -> Self {
        let siblings = Siblings::at(plan, space, parent, None);
        Self {
            by_title: siblings.stand_by_title().then_some(siblings),
            last: last_position(plan, space, parent),
        }
    }

    /// Returns the order key of the next page.
    pub(crate) fn position(&mut self, title: &str) -> i64 {
        let last = self.last;
        match &self.by_title {
            // If the parent has no children yet, all new ones share one key.
            Some(siblings) => siblings.position_of(title).unwrap_or(last),
            None => {
                self.last = last.saturating_add(STEP);
                last
            }
        }
    }
}

/// The children of a parent in their order, including hidden ones, each with whether it counts when
/// the order of titles is checked. The live ones without a view restriction of their own count:
/// people who see one of the others see all of these, so nothing that a person sees depends on a
/// page that this person can't see (law 7.4). The home page comes first, whatever its title, and
/// isn't included.
struct Siblings<'p>(Vec<(&'p PageRow, bool)>);

impl<'p> Siblings<'p> {
    /// Returns the children of a parent; `also` always counts.
    fn at(plan: &Plan<'p>, space: SpaceId, parent: Option<PageId>, also: Option<PageId>) -> Self {
        let catalogue = plan.catalogue;
        let counts = |row: &PageRow| {
            let closed = || {
                let lists = catalogue.lists(row.id);
                lists.is_some_and(|lists| !lists.view().is_empty())
            };
            let open = row.state == PageState::Live && row.kind.is_in_tree() && !closed();
            open || Some(row.id) == also
        };
        let home = catalogue.space(space);
        let home = home.and_then(|space| space.row().homepage);
        let rows = standing(plan, space, parent, home);
        Self(rows.map(|row| (row, counts(row))).collect())
    }

    fn stand_by_title(&self) -> bool {
        let counted = self.0.iter().filter(|(_, counts)| *counts);
        counted.map(|(row, _)| row).is_sorted_by(|a, b| {
            // The tree sorts pages that share a key by title.
            a.position == b.position || compare_titles(&a.title, &b.title).is_le()
        })
    }

    /// Returns the order key that puts a title among the siblings, provided that those that count
    /// are in the order of their titles; `None` if there are no siblings. Pages before it by title
    /// share its key.
    fn position_of(&self, title: &str) -> Option<i64> {
        let is_before = |row: &PageRow| compare_titles(&row.title, title).is_le();
        let after = self
            .0
            .iter()
            .position(|(row, counts)| *counts && !is_before(row));
        let before = self.0.get(..after.unwrap_or(self.0.len()))?;
        let last = before.iter().rfind(|(row, _)| is_before(row));
        last.or(self.0.first()).map(|(row, _)| row.position)
    }
}

/// Returns the children of a parent in their order, including hidden ones, except one.
fn standing<'p>(
    plan: &Plan<'p>,
    space: SpaceId,
    parent: Option<PageId>,
    without: Option<PageId>,
) -> impl Iterator<Item = &'p PageRow> {
    let catalogue = plan.catalogue;
    catalogue
        .children_of(space, parent)
        .filter(move |id| Some(*id) != without)
        .filter_map(|id| catalogue.page(id))
        .map(|page| page.row())
}

/// Returns the order key that puts `moved` beside a sibling, or last if `sibling` is `None`, and
/// the siblings whose keys have to change. Siblings that share keys, because they were in the order
/// of their titles, get keys of their own, so that they stay where they are. Hidden siblings keep
/// their order too.
pub(crate) fn beside(
    plan: &Plan<'_>,
    moved: PageId,
    (space, parent): (SpaceId, Option<PageId>),
    sibling: Option<(&PageRow, Beside)>,
) -> (i64, Vec<PageRow>) {
    let rows: Vec<&PageRow> = standing(plan, space, parent, Some(moved)).collect();
    let found = sibling.and_then(|(sibling, beside)| {
        let at = rows.iter().position(|row| row.id == sibling.id)?;
        Some(match beside {
            Beside::Above => at,
            Beside::Below | Beside::Append => at.saturating_add(1),
        })
    });
    let at = found.unwrap_or(rows.len());
    let shared = !rows.is_sorted_by(|a, b| a.position < b.position);
    let before = at
        .checked_sub(1)
        .and_then(|n| rows.get(n))
        .map(|row| row.position);
    let after = rows.get(at).map(|row| row.position);
    let between = match (before, after) {
        _ if shared => None,
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
    // All siblings get new keys, with a gap for the page.
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

/// Whether `page` is `of` or below it, so that `of` can't be moved there.
pub(crate) fn is_within(plan: &Plan<'_>, page: PageId, of: PageId) -> bool {
    plan.catalogue
        .ancestors_and_self(page)
        .any(|node| node.row().id == of)
}

/// Returns the index of a page among the siblings that the caller sees, from 0. Responses contain
/// it instead of the order key (law 7.4).
pub fn visible_position(view: &View, page: &SeenPage<'_>) -> Option<usize> {
    let row = page.row();
    if !row.kind.is_in_tree() {
        return None;
    }
    view.children(row.space, row.parent)
        .position(|sibling| sibling.id() == row.id)
}
