//! Archiving pages. An archived page is read-only and left out of the tree and of search; it is
//! reached by a direct link.

use crate::error::SiteError;
use crate::long_task::{self, Kind};
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use crate::title::{Titled, check_title};
use narthex_access::{
    Action, Credential, LongTaskId, Object, PageId, PageKind, PageRow, PageState,
};
use narthex_store::change::Change;

/// The largest number of pages that one request can archive.
pub const MOST_PAGES: usize = 300;

impl Site {
    /// Archives a page, or takes it out of the archive.
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden without the right to archive it; invalid
    /// for anything but a published page or blog post, and if its title is taken when it is taken
    /// out of the archive.
    pub async fn archive_page(
        &self,
        credential: &Credential,
        id: PageId,
        archived: bool,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let mut change = Change::nothing(());
            let row = archivable(plan, id)?;
            match (archived, row.state) {
                (true, PageState::Live) => put(plan, row, PageState::Archived, &mut change),
                (false, PageState::Archived) => {
                    check_title(plan, Titled::of(row), &row.title, false, Some(id))?;
                    put(plan, row, PageState::Live, &mut change);
                }
                _ => {}
            }
            Ok(change)
        })
        .await
    }

    /// Archives pages of any spaces, either all of them or none. Returns the id of a long task that
    /// is finished already.
    ///
    /// # Errors
    /// Invalid for no pages, for more than [`MOST_PAGES`], for one that isn't a live page or that
    /// the caller doesn't see; forbidden without the right to archive one of them.
    pub async fn archive_pages(
        &self,
        credential: &Credential,
        ids: Vec<PageId>,
    ) -> Result<LongTaskId, SiteError> {
        if ids.is_empty() || ids.len() > MOST_PAGES {
            return Err(SiteError::invalid(format!(
                "name 1 to {MOST_PAGES} pages to archive"
            )));
        }
        self.commit(credential, move |plan| {
            let mut change = Change::nothing(());
            for (n, id) in ids.iter().enumerate() {
                if ids.iter().take(n).any(|earlier| earlier == id) {
                    return Err(SiteError::invalid("a page is listed twice; list it once"));
                }
                plan.view.page(*id).map_err(|_| not_a_page())?;
                let row = archivable(plan, *id)?;
                if row.state != PageState::Live || row.kind != PageKind::Page {
                    return Err(not_a_page());
                }
                put(plan, row, PageState::Archived, &mut change);
            }
            Ok(long_task::with(plan, Kind::ArchivePages, ids.len(), change))
        })
        .await
    }
}

/// Returns a page or blog post that the caller may archive or take out of the archive.
fn archivable<'p>(plan: &'p Plan<'_>, id: PageId) -> Result<&'p PageRow, SiteError> {
    plan.view.require(Action::Archive, Object::Page(id))?;
    let row = plan.view.page(id)?.row();
    if row.kind.has_text() && matches!(row.state, PageState::Live | PageState::Archived) {
        Ok(row)
    } else {
        Err(SiteError::invalid("only a published page can be archived"))
    }
}

fn put(plan: &Plan<'_>, row: &PageRow, state: PageState, change: &mut Change<()>) {
    let kind = if state == PageState::Archived {
        "page.archived"
    } else {
        "page.unarchived"
    };
    change.events.push(event(kind, plan.catalogue, row));
    let row = PageRow {
        state,
        ..row.clone()
    };
    change.rows.push(row.into());
}

fn not_a_page() -> SiteError {
    SiteError::invalid(
        "one of the ids is not the id of a published page, or the page is not shared with you",
    )
}
