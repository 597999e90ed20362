//! Setting the status of many pages at once. Each page is decided by itself, and a long task
//! records the result of each.

use super::{Chosen, NewStatus, chosen, remove_from, set_on};
use crate::error::SiteError;
use crate::long_task::{Kind, over};
use crate::missing::absent;
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{Credential, LongTaskId, PageId, View};
use narthex_store::change::{Beside, Change, LongTaskPage};
use std::collections::BTreeSet;

/// The largest number of pages whose status one request can change.
pub const MOST_PAGES: usize = 300;

/// The result of a long task that sets or removes the status of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The pages that have the requested status, of those that the reader sees.
    pub done: Vec<PageId>,
    /// The pages that were left as they were, each with the reason.
    pub failed: Vec<(PageId, String)>,
    /// A message on the task as a whole; `None` if it succeeded for all pages.
    pub failure: Option<String>,
}

impl Site {
    /// Sets the status of pages and blog posts as [`Site::set_content_status`] does. A page that
    /// the caller sees and may not change is skipped, and the long task says so.
    ///
    /// # Errors
    /// Invalid for no pages, for more than [`MOST_PAGES`], or for a status that isn't on offer;
    /// absent if the caller can't see one of them, and then nothing is changed; if none can be
    /// changed, the error of the first.
    pub async fn set_content_statuses(
        &self,
        credential: &Credential,
        pages: Vec<PageId>,
        draft: bool,
        new: NewStatus,
    ) -> Result<LongTaskId, SiteError> {
        let pages = each_once(&pages)?;
        self.commit(credential, move |plan| {
            let chosen = chosen(plan, &new)?;
            let one = |page| set_on(plan, page, draft, &chosen);
            let mut change = on_each(plan, Kind::SetContentStatuses, &pages, one)?;
            let Chosen { own, .. } = chosen;
            if !change.rows.is_empty() {
                change.rows.extend(own);
            }
            Ok(change)
        })
        .await
    }

    /// Removes the status of pages and blog posts as [`Site::remove_content_status`] does.
    ///
    /// # Errors
    /// As [`Site::set_content_statuses`].
    pub async fn remove_content_statuses(
        &self,
        credential: &Credential,
        pages: Vec<PageId>,
        draft: bool,
    ) -> Result<LongTaskId, SiteError> {
        let pages = each_once(&pages)?;
        self.commit(credential, move |plan| {
            let one = |page| remove_from(plan, page, draft);
            on_each(plan, Kind::RemoveContentStatuses, &pages, one)
        })
        .await
    }

    /// Returns the result of such a task.
    ///
    /// # Errors
    /// Absent to everybody but the account that started it and site administration, and for tasks
    /// of another kind; storage.
    pub async fn content_statuses_task(
        &self,
        view: &View,
        id: LongTaskId,
    ) -> Result<Outcome, SiteError> {
        let row = self.store().long_task(id).await?.ok_or_else(absent)?;
        view.require_long_task_of(row.account)?;
        let kinds = [Kind::SetContentStatuses, Kind::RemoveContentStatuses];
        if !kinds.iter().any(|kind| kind.word() == row.kind) {
            return Err(absent());
        }
        let mut outcome = Outcome {
            done: Vec::new(),
            failed: Vec::new(),
            failure: row.failure,
        };
        for LongTaskPage { page, failure } in self.store().long_task_pages(id).await? {
            match failure {
                _ if view.page(page).is_err() => {}
                None => outcome.done.push(page),
                Some(why) => outcome.failed.push((page, why)),
            }
        }
        Ok(outcome)
    }
}

/// Returns the pages in the order in which they are named first, without repetitions.
fn each_once(pages: &[PageId]) -> Result<Vec<PageId>, SiteError> {
    if pages.is_empty() || pages.len() > MOST_PAGES {
        return Err(SiteError::invalid(format!(
            "name 1 to {MOST_PAGES} pages or blog posts in the member \"ids\""
        )));
    }
    let mut met = BTreeSet::new();
    let first = pages.iter().filter(|page| met.insert(**page));
    Ok(first.copied().collect())
}

/// Plans one change for each page, and the long task that records the results.
fn on_each(
    plan: &Plan<'_>,
    kind: Kind,
    pages: &[PageId],
    one: impl Fn(PageId) -> Result<Change<()>, SiteError>,
) -> Result<Change<LongTaskId>, SiteError> {
    let mut change = Change::nothing(());
    let mut outcomes = Vec::with_capacity(pages.len());
    let mut refusal = None;
    for page in pages {
        let failure = match one(*page) {
            Ok(done) => {
                change.rows.extend(done.rows);
                change.beside.extend(done.beside);
                change.events.extend(done.events);
                None
            }
            Err(refused @ (SiteError::Forbidden(_) | SiteError::Invalid(_))) => {
                let why = refused.to_string();
                refusal.get_or_insert(refused);
                Some(why)
            }
            Err(other) => return Err(other),
        };
        outcomes.push(LongTaskPage {
            page: *page,
            failure,
        });
    }
    let done = outcomes.iter().filter(|it| it.failure.is_none());
    let done: Vec<PageId> = done.map(|it| it.page).collect();
    let Some(first) = done.first() else {
        return Err(refusal.unwrap_or_else(absent));
    };
    if change.events.is_empty() {
        // All pages have the status already, so the event records only that it was requested.
        let row = plan.view.page(*first)?.row();
        change
            .events
            .push(event("page.status.unchanged", plan.catalogue, row));
    }
    let mut task = over(plan, kind, plan.now, done.len());
    let left = outcomes.len().saturating_sub(done.len());
    task.failure = (left > 0).then(|| format!("{left} of {} were left unchanged", outcomes.len()));
    let id = task.id;
    change.beside.push(Beside::LongTask(task));
    change.beside.push(Beside::LongTaskPages(id, outcomes));
    Ok(change.map(|()| id))
}
