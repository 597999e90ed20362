//! The status that a v1 request asks for: as a member of its body, as a query parameter, or as
//! both.

use crate::failure::Failure;
use crate::request::json::Object;
use crate::request::query::Parameters;

/// The status that the content is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Published content.
    Current,
    /// A draft.
    Draft,
    /// Content in the trash.
    Trashed,
}

/// The status that the body and the query ask for together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// The requested status; `None` if neither names one.
    pub(super) wanted: Option<Wanted>,
    /// Whether the query names a draft and the body the status current: that publishes a draft, and
    /// can't mean anything else.
    pub(super) of_draft: bool,
}

impl Asked {
    /// Reads the status from both.
    ///
    /// # Errors
    /// Bad request if the status doesn't exist or can't be reached in this way, or if the two
    /// contradict each other.
    pub(super) fn of(query: &Parameters<'_>, body: &Object<'_>) -> Result<Self, Failure> {
        let sent = body.optional("status")?;
        let sent = sent.map(|status| status.string()).transpose()?;
        let sent = sent.as_deref().map(wanted).transpose()?;
        let mut named = query.all("status").map(wanted);
        let queried = named.next().transpose()?;
        if named.next().is_some() {
            return Err(Failure::bad_request(
                "the query parameter \"status\" is sent twice; send it once",
            ));
        }
        match (sent, queried) {
            (Some(Wanted::Current), Some(Wanted::Draft)) => Ok(Self {
                wanted: Some(Wanted::Current),
                of_draft: true,
            }),
            (Some(sent), Some(queried)) if sent != queried => Err(Failure::bad_request(
                "the query parameter \"status\" and the member \"status\" of the body differ; send one of them",
            )),
            (sent, queried) => Ok(Self {
                wanted: sent.or(queried),
                of_draft: false,
            }),
        }
    }
}

fn wanted(word: &str) -> Result<Wanted, Failure> {
    Err(Failure::bad_request(match word {
        "current" => return Ok(Wanted::Current),
        "draft" => return Ok(Wanted::Draft),
        "trashed" => return Ok(Wanted::Trashed),
        "deleted" => {
            "\"status\" can't be set to deleted; set it to trashed, then purge the content with DELETE"
        }
        "historical" => {
            "\"status\" can't be set to historical; a version becomes historical when a new one is saved"
        }
        "archived" => {
            "\"status\" can't be set to archived; archive pages with POST content/archive"
        }
        _ => "the value of \"status\" must be current, draft or trashed",
    }))
}
