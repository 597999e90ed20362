//! v1 content states: the statuses of pages, and the outcome of the task that sets many.

use crate::rest::lens::moment;
use narthex_access::{ContentStatusRow, PageId, StatusChoice};
use narthex_site::content_status::Outcome;
use serde::Serialize;

/// A content state: one that is offered, or that of a page.
#[derive(Debug, Serialize)]
pub struct State<'v> {
    id: u64,
    name: &'v str,
    color: &'v str,
}

impl<'v> State<'v> {
    /// Builds a state that is offered.
    pub fn on_offer(choice: StatusChoice<'v>) -> Self {
        Self {
            id: choice.id.get(),
            name: choice.name,
            color: choice.colour,
        }
    }

    /// Builds the state of a page.
    pub fn of(row: &'v ContentStatusRow) -> Self {
        Self {
            id: row.choice.get(),
            name: &row.name,
            color: &row.colour,
        }
    }
}

/// The state of a page as the response to a request for it; empty if it has none.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StateOfContent<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    content_state: Option<State<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<String>,
}

impl<'v> StateOfContent<'v> {
    /// Builds the response; `None` if the page has no state.
    pub fn of(row: Option<&'v ContentStatusRow>) -> Self {
        Self {
            content_state: row.map(State::of),
            last_updated: row.map(|row| moment(row.at)),
        }
    }
}

/// The outcome of a long task that gives many pages a state, or removes it.
#[derive(Debug, Serialize)]
pub struct StatesTask<'t> {
    set: Vec<String>,
    failed: Vec<StateFailure<'t>>,
    percentage: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'t str>,
    success: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StateFailure<'t> {
    content_id: String,
    failure_reason: &'t str,
}

impl<'t> StatesTask<'t> {
    /// Builds the outcome. A task that can be read has ended.
    pub fn of(outcome: &'t Outcome) -> Self {
        let failure = |(page, why): &'t (PageId, String)| StateFailure {
            content_id: page.to_string(),
            failure_reason: why,
        };
        Self {
            set: outcome.done.iter().map(ToString::to_string).collect(),
            failed: outcome.failed.iter().map(failure).collect(),
            percentage: 100,
            message: outcome.failure.as_deref(),
            success: outcome.failure.is_none(),
        }
    }
}
