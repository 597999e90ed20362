//! Trashing a page with all pages below it that the caller sees.
//!
//! Pages that the caller doesn't see aren't deleted. Each gets the next page above that stays as
//! its parent, and the view restrictions of the pages between stay on it as additional lists
//! (law 2b.1), as when a single page is trashed. The same happens to other people's drafts, and to
//! pages that are archived or in the trash already.

use crate::additional_list::keep_closed;
use crate::error::SiteError;
use crate::long_task::{self, Kind};
use crate::page::event;
use crate::place;
use crate::plan::Plan;
use crate::site::Site;
use crate::trash::refuse_home;
use narthex_access::{
    Action, Credential, LongTaskId, Object, PageId, PageKind, PageRow, PageState,
};
use narthex_store::change::Change;
use std::collections::BTreeSet;

/// The largest number of pages that are trashed at once.
pub const MOST_PAGES: usize = 2_000;

impl Site {
    /// Moves a live page and the live pages below it to the trash, either all of them or none.
    /// Returns the id of a finished long task.
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden if the caller sees one of the pages and
    /// may not delete it; invalid for anything but a live page, for the home page of a space, and
    /// for more than [`MOST_PAGES`].
    pub async fn trash_tree(
        &self,
        credential: &Credential,
        id: PageId,
    ) -> Result<LongTaskId, SiteError> {
        self.commit(credential, move |plan| plan_trash(plan, id))
            .await
    }
}

fn plan_trash(plan: &Plan<'_>, id: PageId) -> Result<Change<LongTaskId>, SiteError> {
    let root = plan.view.page(id)?;
    if root.row().state != PageState::Live || root.row().kind != PageKind::Page {
        return Err(SiteError::invalid(
            "only a published page can be deleted with the pages below it",
        ));
    }
    let below = plan.view.descendants(root, usize::MAX);
    let doomed: Vec<&PageRow> = std::iter::once(root)
        .chain(below)
        .take(MOST_PAGES.saturating_add(1))
        .map(|page| page.row())
        .collect();
    if doomed.len() > MOST_PAGES {
        return Err(SiteError::invalid(format!(
            "more than {MOST_PAGES} pages are to be deleted at once; delete parts of the tree first"
        )));
    }
    for row in &doomed {
        plan.view.require(Action::Delete, Object::Page(row.id))?;
        refuse_home(plan.catalogue, row)?;
    }
    let ids: BTreeSet<PageId> = doomed.iter().map(|row| row.id).collect();
    let mut change = Change::nothing(());
    let mut arrivals = place::Arrivals::at(plan, root.row().space, root.row().parent);
    for row in &doomed {
        for child in plan.catalogue.children_of(row.space, Some(row.id)) {
            let Some(child) = plan.catalogue.page(child).map(|page| page.row()) else {
                continue;
            };
            if !ids.contains(&child.id) {
                let position = arrivals.position(&child.title);
                leave(plan, child, &ids, position, &mut change);
            }
        }
        let trashed = PageRow {
            state: PageState::Trashed,
            ..(*row).clone()
        };
        change
            .events
            .push(event("page.trashed", plan.catalogue, row));
        change.rows.push(trashed.into());
    }
    Ok(long_task::with(
        plan,
        Kind::DeletePageTree,
        doomed.len(),
        change,
    ))
}

/// Moves a page that stays out from below the trashed ones, up to the next page that stays.
fn leave(
    plan: &Plan<'_>,
    child: &PageRow,
    doomed: &BTreeSet<PageId>,
    position: i64,
    change: &mut Change<()>,
) {
    let above = plan.catalogue.ancestors_and_self(child.id).skip(1);
    let parent = above
        .map(|node| node.row().id)
        .find(|node| !doomed.contains(node));
    keep_closed(plan, child.id, child.parent, parent, change);
    let moved = PageRow {
        parent,
        position,
        ..child.clone()
    };
    change.rows.push(moved.into());
}
