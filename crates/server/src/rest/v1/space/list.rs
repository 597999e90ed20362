//! `GET /wiki/rest/api/space`: the spaces that the caller sees, by their keys.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::space::Space;
use crate::route::Answer;
use narthex_access::{SpaceId, SpaceKind, SpaceState};

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let window = Window::of(&query, 25)?;
    let expand = Expand::of(&query);
    let keys: Vec<String> = query.list("spaceKey").map(str::to_lowercase).collect();
    let ids: Vec<SpaceId> = query.parsed_list("spaceId", "an id of a space")?;
    let kind = query
        .get("type")
        .map(|word| SpaceKind::from_word(&word.to_lowercase()));
    let archived = match query.get("status") {
        Some(word) if word.eq_ignore_ascii_case("archived") => Some(true),
        Some(word) if word.eq_ignore_ascii_case("current") => Some(false),
        _ => None,
    };
    // Nothing has labels or favourites yet, so nothing has these.
    let nothing = query.get("label").is_some() || query.flag("favourite")?;

    let mut spaces: Vec<_> = call.view.spaces().collect();
    spaces.retain(|space| {
        let row = space.row();
        let state = match row.state {
            SpaceState::Live => archived != Some(true),
            SpaceState::Archived => archived != Some(false),
            SpaceState::Trashed | SpaceState::Importing => false,
        };
        state
            && !nothing
            && kind.is_none_or(|kind| kind == Some(row.kind))
            && (ids.is_empty() || ids.contains(&row.id))
            && (keys.is_empty() || keys.contains(&row.key.to_lowercase()))
    });
    spaces.sort_by(|a, b| a.row().key.cmp(&b.row().key));

    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let (entries, mut page) = Page::cut(spaces.into_iter(), window).take();
    for space in entries {
        page.entries.push(Space::of(lens, space, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}
