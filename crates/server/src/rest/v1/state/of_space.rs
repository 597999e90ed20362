//! `GET /wiki/rest/api/space/{key}/state`: the states that a space suggests; `.../settings`: those
//! that are allowed, for its administrators; `.../content?state-id=`: the pages in a state that the
//! caller sees.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::rest::v1::represent::state::State;
use crate::route::Answer;
use narthex_access::{Action, Object, PageId, PageState, SUGGESTED, StatusChoiceId};
use serde::Serialize;

/// The maximum number of pages in one response, as the published document says.
const MAX_ENTRIES: usize = 100;

fn suggested() -> Vec<State<'static>> {
    SUGGESTED.into_iter().map(State::on_offer).collect()
}

pub(super) async fn handle(call: Call) -> Answer {
    call.view.space_by_key(call.param("key"))?;
    respond::ok(&suggested())
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    content_states_allowed: bool,
    custom_content_states_allowed: bool,
    space_content_states_allowed: bool,
    space_content_states: Vec<State<'static>>,
}

pub(super) async fn handle_settings(call: Call) -> Answer {
    call.require_account()?;
    let space = call.view.space_by_key(call.param("key"))?.id();
    call.view
        .require(Action::Administer, Object::Space(space))?;
    respond::ok(&Settings {
        content_states_allowed: true,
        custom_content_states_allowed: true,
        space_content_states_allowed: true,
        space_content_states: suggested(),
    })
}

pub(super) async fn handle_contents(call: Call) -> Answer {
    let query = call.query();
    let wanted = query.required("state-id")?;
    let wanted: StatusChoiceId = wanted.parse().map_err(|_| {
        Failure::bad_request("the query parameter \"state-id\" must be the id of a content state")
    })?;
    let expand = Expand::of(&query);
    let window = Window::up_to(&query, 25, expand.max_entries().min(MAX_ENTRIES))?;
    let view = &call.view;
    let space = view.space_by_key(call.param("key"))?.id();
    let pages = view.pages_in(space, PageId::from_random(0)).filter(|page| {
        let status = view.content_status(page.id(), false);
        page.row().state == PageState::Live
            && status.is_ok_and(|status| status.is_some_and(|row| row.choice == wanted))
    });
    let (pages, mut answer) = Page::cut(pages, window).take();
    let base = call.base();
    let lens = Lens::new(&call, view, &base);
    for page in pages {
        answer.entries.push(Content::of(lens, page, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, answer))
}
