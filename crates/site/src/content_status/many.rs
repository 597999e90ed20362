//! The status of many pages at once: each is decided by itself, and a long task keeps what
//! became of it.

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

/// How many pages are given a status at once.
pub const MOST_PAGES: usize = 300;

/// What became of a long task that gives pages a status, or takes it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The pages that are as was asked, of those that its reader sees.
    pub done: Vec<PageId>,
    /// Those that aren't, and why.
    pub failed: Vec<(PageId, String)>,
    /// What is said of the task as a whole, where not all was done.
    pub failure: Option<String>,
}

impl Site {
    /// Sets the status of pages and blog posts as [`Site::set_content_status`] does. A page
    /// that the caller sees and may not change is passed over; the long task says so.
    ///
    /// # Errors
    /// Invalid for no pages, more than [`MOST_PAGES`], or a status that isn't on offer;
    /// absent where one of them isn't there, and nothing is done; as for the first where
    /// none can be done.
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

    /// What became of such a task.
    ///
    /// # Errors
    /// Absent to all but who started it and site administration, and for tasks that do
    /// something else; storage.
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

/// The pages that are named, as often as they are.
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

/// Plans one change of each page, and the long task that says what became of them.
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
        // All of them are so already: that somebody asked is all that is written down.
        let row = plan.view.page(*first)?.row();
        change
            .events
            .push(event("page.status.unchanged", plan.catalogue, row));
    }
    let mut task = over(plan, kind, plan.now, done.len());
    let left = outcomes.len().saturating_sub(done.len());
    task.failure = (left > 0).then(|| format!("{left} of {} were passed over", outcomes.len()));
    let id = task.id;
    change.beside.push(Beside::LongTask(task));
    change.beside.push(Beside::LongTaskPages(id, outcomes));
    Ok(change.map(|()| id))
}
