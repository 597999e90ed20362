//! Trashing, restoring and purging pages, which never opens anything (laws 2b.1 and 2b.4).

use crate::additional_list::keep_closed;
use crate::error::SiteError;
use crate::hung;
use crate::page::{event, version, version_must_be};
use crate::place;
use crate::plan::Plan;
use crate::site::Site;
use crate::title::{Titled, check_title};
use narthex_access::{
    Action, Catalogue, Credential, Object, PageId, PageRow, PageState, RowChange, SpaceState, Table,
};
use narthex_store::change::{Beside, Change};

impl Site {
    /// Moves a page or blog post to the trash; a draft is purged. Its children move to its parent,
    /// and its view restrictions stay on each of them.
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden without the right to delete it; invalid
    /// for the home page of a space.
    pub async fn trash_page(&self, credential: &Credential, id: PageId) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::Delete, Object::Page(id))?;
            let row = plan.view.page(id)?.row();
            match row.state {
                PageState::Draft => purge(plan, row),
                PageState::Trashed => Ok(Change::nothing(())),
                PageState::Live | PageState::Archived => {
                    refuse_home(plan.catalogue, row)?;
                    let mut change = Change::nothing(());
                    leave_children(plan, row, &mut change);
                    change.rows.push(
                        PageRow {
                            state: PageState::Trashed,
                            was_archived: row.state == PageState::Archived,
                            ..row.clone()
                        }
                        .into(),
                    );
                    change
                        .events
                        .push(event("page.trashed", plan.catalogue, row));
                    Ok(change)
                }
            }
        })
        .await
    }

    /// Restores a page or blog post from the trash: to its parent, or below the home page if the
    /// parent is gone. If it was archived, it is archived again. It keeps its lists; if it gets
    /// another parent, the lists from above its former position stay on it as additional lists.
    /// This makes a version with the same title and text; `number` is that version's number, if the
    /// caller sends one.
    ///
    /// # Errors
    /// Absent to all but administrators of the space whom its restrictions allow; forbidden if the
    /// caller sees it and doesn't administer the space; invalid if it isn't in the trash, or its
    /// title is taken; conflict if `number` isn't the current one plus 1.
    pub async fn restore_page(
        &self,
        credential: &Credential,
        id: PageId,
        number: Option<u32>,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::Trash, Object::Page(id))?;
            let row = plan.view.page(id)?.row();
            if row.state != PageState::Trashed {
                return Err(SiteError::invalid("the page is not in the trash"));
            }
            check_space(plan, row)?;
            let next = row.version.saturating_add(1);
            if number.is_some_and(|number| number != next) {
                return Err(version_must_be(row));
            }
            // An archived page is archived again: out of the tree and of search, where it takes no
            // title and may have an archived parent.
            let state = match row.was_archived {
                true => PageState::Archived,
                false => PageState::Live,
            };
            if state == PageState::Live {
                check_title(plan, Titled::of(row), &row.title, false, Some(id))?;
            }
            let live = |id: PageId| {
                let page = plan.catalogue.page(id)?.row();
                let stands = page.state == PageState::Live || page.state == state;
                (stands && page.space == row.space).then_some(id)
            };
            let home = plan
                .catalogue
                .space(row.space)
                .and_then(|space| space.row().homepage);
            let parent = row
                .parent
                .and_then(|parent| live(parent).or(home.and_then(live)));
            let position = if parent == row.parent {
                place::position_when_renamed(plan, row, &row.title)
            } else {
                place::position_by_title(plan, row.space, parent, &row.title)
            };
            let restored = PageRow {
                state,
                was_archived: false,
                parent,
                position,
                version: next,
                updated_at: plan.now,
                updated_by: plan.author().unwrap_or(row.updated_by),
                ..row.clone()
            };
            let mut change = Change::nothing(());
            keep_closed(plan, id, row.parent, parent, &mut change);
            change
                .events
                .push(event("page.restored", plan.catalogue, &restored));
            change.beside.push(version(&restored, String::new(), false));
            change.rows.push(restored.into());
            Ok(change)
        })
        .await
    }

    /// Deletes a page or blog post in the trash for good, with its versions, attachments and
    /// comments.
    ///
    /// # Errors
    /// Absent and forbidden as for [`Site::restore_page`]; invalid if it isn't in the trash.
    pub async fn purge_page(&self, credential: &Credential, id: PageId) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::Trash, Object::Page(id))?;
            let row = plan.view.page(id)?.row();
            if row.state != PageState::Trashed {
                return Err(SiteError::invalid(
                    "only what is in the trash can be purged; delete the page first",
                ));
            }
            purge(plan, row)
        })
        .await
    }
}

/// Checks that something can be restored from the trash to a page. An archived page is read-only,
/// and people who restored something there couldn't take it back.
///
/// # Errors
/// Invalid if the page is in the trash or archived; the message names what to restore first.
pub(crate) fn check_restorable(plan: &Plan<'_>, of: &str, page: &PageRow) -> Result<(), SiteError> {
    let first = match page.state {
        PageState::Trashed => Some("is in the trash; restore that first"),
        PageState::Archived => Some("is archived; take it out of the archive first"),
        PageState::Live | PageState::Draft => None,
    };
    if let Some(first) = first {
        return Err(SiteError::invalid(format!("the page of the {of} {first}")));
    }
    check_space(plan, page)
}

fn check_space(plan: &Plan<'_>, page: &PageRow) -> Result<(), SiteError> {
    let space = plan.catalogue.space(page.space);
    if space.is_some_and(|space| space.row().state == SpaceState::Archived) {
        return Err(SiteError::invalid(
            "the space is archived, so nothing in it is restored; take it out of the archive first",
        ));
    }
    Ok(())
}

/// Refuses to delete the home page of a space.
///
/// # Errors
/// Invalid for the home page.
pub(crate) fn refuse_home(catalogue: &Catalogue, row: &PageRow) -> Result<(), SiteError> {
    let home = catalogue
        .space(row.space)
        .and_then(|space| space.row().homepage);
    if home == Some(row.id) {
        return Err(SiteError::invalid(
            "the home page of a space can't be deleted; choose another home page first",
        ));
    }
    Ok(())
}

pub(crate) fn purge(plan: &Plan<'_>, row: &PageRow) -> Result<Change<()>, SiteError> {
    refuse_home(plan.catalogue, row)?;
    let mut change = Change::nothing(());
    leave_children(plan, row, &mut change);
    let hung = hung::with_page(plan.catalogue, row.id);
    hung::remove(plan.catalogue, &hung, &mut change);
    change.rows.extend(gone(plan.catalogue, row.id));
    change.beside.push(purged(plan.catalogue, &[row.id]));
    change
        .events
        .push(event("page.purged", plan.catalogue, row));
    Ok(change)
}

/// Moves the children of a page that goes away to its parent. Each of them, in whatever state,
/// keeps the page's view restrictions as additional lists.
fn leave_children<T>(plan: &Plan<'_>, row: &PageRow, change: &mut Change<T>) {
    let mut left_behind = place::Arrivals::at(plan, row.space, row.parent);
    for child in plan.catalogue.children_of(row.space, Some(row.id)) {
        let Some(child) = plan.catalogue.page(child) else {
            continue;
        };
        let moved = PageRow {
            parent: row.parent,
            position: left_behind.position(&child.row().title),
            ..child.row().clone()
        };
        change.rows.push(moved.into());
        keep_closed(plan, child.row().id, Some(row.id), row.parent, change);
    }
}

/// Returns the removals of a page's rows from the catalogue.
pub(crate) fn gone(catalogue: &Catalogue, id: PageId) -> Vec<RowChange> {
    let lists = catalogue.lists(id);
    let lists = lists
        .into_iter()
        .flat_map(|lists| lists.view().iter().chain(lists.edit()));
    let mut rows: Vec<RowChange> = lists
        .map(|list| RowChange::Remove(Table::Restriction, list.id.get()))
        .collect();
    rows.extend(
        catalogue
            .attachments_of(id)
            .map(|a| RowChange::Remove(Table::Attachment, a.id.get())),
    );
    rows.extend(
        catalogue
            .comments_of(id)
            .map(|c| RowChange::Remove(Table::Comment, c.id.get())),
    );
    rows.push(RowChange::Remove(Table::Page, id.get()));
    rows
}

/// Returns the removal of what the database holds for these pages beside the catalogue.
pub(crate) fn purged(catalogue: &Catalogue, pages: &[PageId]) -> Beside {
    Beside::Purge {
        pages: pages.to_vec(),
        comments: pages
            .iter()
            .flat_map(|id| catalogue.comments_of(*id))
            .map(|c| c.id)
            .collect(),
        attachments: pages
            .iter()
            .flat_map(|id| catalogue.attachments_of(*id))
            .map(|attachment| attachment.id)
            .collect(),
    }
}
