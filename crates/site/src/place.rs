//! Where a page stands: below which page, after which sibling.

use crate::error::SiteError;
use crate::plan::Plan;
use narthex_access::{
    Action, Object, PageId, PageKind, PageRow, PageState, SpaceId, View, compare_titles,
    view::SeenPage,
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

/// The order key of a page that comes to stand at a place without being put anywhere
/// in particular: where its title goes, while the pages there stand by their titles;
/// else behind all of them.
pub(crate) fn position_by_title(
    plan: &Plan<'_>,
    space: SpaceId,
    parent: Option<PageId>,
    title: &str,
) -> i64 {
    Arrivals::at(plan, space, parent).position(title)
}

/// The order key of a page that gets another title where it stands: it goes where the
/// title goes, while the pages there, itself included, stand by their titles; else it
/// stays.
pub(crate) fn position_when_renamed(plan: &Plan<'_>, was: &PageRow, title: &str) -> i64 {
    let mut siblings = Siblings::at(plan, was.space, was.parent, Some(was.id));
    if !siblings.stand_by_title() {
        return was.position;
    }
    siblings.0.retain(|(row, _)| row.id != was.id);
    siblings.position_of(title).unwrap_or(was.position)
}

/// Pages that come to stand at a place one after the other.
pub(crate) struct Arrivals<'p> {
    /// What stands there, while that stands by its titles.
    by_title: Option<Siblings<'p>>,
    last: i64,
}

impl<'p> Arrivals<'p> {
    /// None yet.
    pub(crate) fn at(plan: &Plan<'p>, space: SpaceId, parent: Option<PageId>) -> Self {
        let siblings = Siblings::at(plan, space, parent, None);
        Self {
            by_title: siblings.stand_by_title().then_some(siblings),
            last: last_position(plan, space, parent),
        }
    }

    /// The order key of the next one.
    pub(crate) fn position(&mut self, title: &str) -> i64 {
        let last = self.last;
        match &self.by_title {
            // Where nothing stands yet, all that come share one key.
            Some(siblings) => siblings.position_of(title).unwrap_or(last),
            None => {
                self.last = last.saturating_add(STEP);
                last
            }
        }
    }
}

/// The pages at a place in their order, hidden ones too, and whether each of them counts
/// where it is asked if they stand by their titles. The live ones without a view
/// restriction of their own do: whoever sees one of the others sees all of these, so
/// nothing that somebody sees follows from a page that this person doesn't see (law 7.4).
/// The home page stands first, whatever it is called, and isn't among them.
struct Siblings<'p>(Vec<(&'p PageRow, bool)>);

impl<'p> Siblings<'p> {
    /// Those at a place; `also` counts in any case.
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
            // The tree keeps those in order that share a key.
            a.position == b.position || compare_titles(&a.title, &b.title).is_le()
        })
    }

    /// The order key that puts a title among them, while those that count stand by their
    /// titles; none where there are none. What stands before it by title shares its key.
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

/// The pages at a place in their order, hidden ones too, but for one.
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

/// The order keys that put `moved` beside a page, or last at a place where `sibling`
/// is none: its own, and those of siblings that have to make room. Siblings that have
/// stood by their titles get keys of their own, so that they stay where they are.
/// Hidden siblings keep their order too.
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
    // All siblings are spread anew, with a gap where the page goes.
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
