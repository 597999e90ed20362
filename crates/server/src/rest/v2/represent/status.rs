//! The statuses that a list is asked for.

use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use narthex_access::PageState;

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
