//! The statuses of the content that a request for a list asks for.

use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use narthex_access::PageState;

/// The requested statuses, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statuses(Vec<&'static str>);

/// The statuses that the published documents know. Deleted content is never listed, and former
/// versions are listed elsewhere.
pub const KNOWN: &[&str] = &[
    "current",
    "archived",
    "trashed",
    "draft",
    "deleted",
    "historical",
];

impl Statuses {
    /// Reads `status` of a query; live and archived if it isn't sent.
    ///
    /// # Errors
    /// Bad request if there is no such status.
    pub fn of(query: &Parameters<'_>) -> Result<Self, BadRequest> {
        let mut wanted = Vec::new();
        for word in query.list("status") {
            let known = KNOWN.iter().find(|known| **known == word);
            wanted.push(*known.ok_or_else(|| {
                let known = KNOWN.join(", ");
                BadRequest::new(format!(
                    "the query parameter \"status\" must be one or several of {known}"
                ))
            })?);
        }
        if wanted.is_empty() {
            wanted.extend([PageState::Live.word(), PageState::Archived.word()]);
        }
        Ok(Self(wanted))
    }

    /// Whether content with this status is requested.
    pub fn has(&self, status: &str) -> bool {
        self.0.contains(&status)
    }
}
