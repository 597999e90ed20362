//! The status of what hangs on a page: its own, and that of the page it goes with.

use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use narthex_access::view::SeenPage;
use narthex_access::{ContentState, PageState};

/// The word for the status of an attachment or comment: what hangs on a trashed
/// page is trashed with it (law 2, State), and so on.
pub fn status_on(page: SeenPage<'_>, own: ContentState) -> &'static str {
    match (own, page.row().state) {
        (ContentState::Trashed, _) | (_, PageState::Trashed) => PageState::Trashed.word(),
        (ContentState::Live, state) => state.word(),
    }
}

/// Which statuses are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statuses(Vec<&'static str>);

/// The statuses that the documents know. Nothing here is deleted and still listed,
/// and former versions are listed elsewhere.
pub const KNOWN: &[&str] = &[
    "current",
    "archived",
    "trashed",
    "draft",
    "deleted",
    "historical",
];

impl Statuses {
    /// `status` of a query; live and archived if it isn't sent.
    ///
    /// # Errors
    /// Bad request for a status that there isn't.
    pub fn of(query: &Parameters<'_>) -> Result<Self, BadRequest> {
        let mut wanted = Vec::new();
        for word in query.list("status") {
            let known = KNOWN.iter().find(|known| **known == word);
            wanted.push(*known.ok_or_else(|| {
                let known = KNOWN.join(", ");
                BadRequest::new(format!("the query parameter \"status\" must be of {known}"))
            })?);
        }
        if wanted.is_empty() {
            wanted.extend([PageState::Live.word(), PageState::Archived.word()]);
        }
        Ok(Self(wanted))
    }

    /// Whether a status is wanted.
    pub fn has(&self, status: &str) -> bool {
        self.0.contains(&status)
    }
}
