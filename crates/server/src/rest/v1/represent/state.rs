//! A v1 content state.

use crate::rest::lens::moment;
use narthex_access::{ContentStatusRow, StatusChoice};
use serde::Serialize;

/// A v1 content state: one on offer, or that of a page.
#[derive(Debug, Serialize)]
pub struct State<'v> {
    id: u64,
    name: &'v str,
    color: &'v str,
}

impl<'v> State<'v> {
    /// One on offer.
    pub fn on_offer(choice: StatusChoice<'v>) -> Self {
        Self {
            id: choice.id.get(),
            name: choice.name,
            color: choice.colour,
        }
    }

    /// That of a page.
    pub fn of(row: &'v ContentStatusRow) -> Self {
        Self {
            id: row.choice.get(),
            name: &row.name,
            color: &row.colour,
        }
    }
}

/// The state of a page as the answer to a request for it; empty for none.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StateOfContent<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    content_state: Option<State<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<String>,
}

impl<'v> StateOfContent<'v> {
    /// The state of a page, if it has one.
    pub fn of(row: Option<&'v ContentStatusRow>) -> Self {
        Self {
            content_state: row.map(State::of),
            last_updated: row.map(|row| moment(row.at)),
        }
    }
}
