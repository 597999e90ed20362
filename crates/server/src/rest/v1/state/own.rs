//! `GET /wiki/rest/api/content-states`: the states that the caller created;
//! `/content/{id}/state/available`: those that the caller may give a page.

use crate::call::Call;
use crate::respond;
use crate::rest::v1::represent::state::State;
use crate::route::Answer;
use narthex_access::{Action, CustomStatusRow, Object, SUGGESTED};
use serde::Serialize;

/// How many of the caller's own states are offered: those that were used last.
const OFFERED: usize = 3;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let own = call.view.custom_statuses();
    respond::ok(&own.into_iter().map(own_state).collect::<Vec<_>>())
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Available<'v> {
    space_content_states: Vec<State<'v>>,
    custom_content_states: Vec<State<'v>>,
}

pub(super) async fn handle_available(call: Call) -> Answer {
    call.require_account()?;
    let page = call.view.page(call.id("id")?)?.id();
    call.view.require(Action::Edit, Object::Page(page))?;
    let own = call.view.custom_statuses().into_iter().take(OFFERED);
    respond::ok(&Available {
        space_content_states: SUGGESTED.into_iter().map(State::on_offer).collect(),
        custom_content_states: own.map(own_state).collect(),
    })
}

fn own_state(row: &CustomStatusRow) -> State<'_> {
    State::on_offer(row.choice())
}
