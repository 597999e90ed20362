//! `/wiki/admin/spaces`: names and keys of all spaces, with their flags as set.

use super::{Part, require_site_admin, with_query};
use crate::call::Call;
use crate::route::Answer;
use crate::web::frame::{chrome, page};
use crate::web::pages::moment::Count;
use crate::web::pages::spaces::{SpaceLine, Spaces};
use crate::web::paths;
use narthex_access::{SpaceKind, SpaceState};

/// How many spaces a page has.
const LENGTH: usize = 100;

/// `GET`.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    let view = &call.view;
    let there = view
        .administered_spaces()
        .filter(|space| matches!(space.row().state, SpaceState::Live | SpaceState::Archived));
    let mut spaces = there
        .map(|space| {
            let row = space.row();
            let flags = space.permissions()?;
            Ok(SpaceLine {
                key: (*row.key).into(),
                name: (*row.name).into(),
                personal: row.kind == SpaceKind::Personal,
                archived: row.state == SpaceState::Archived,
                unlicensed_view: flags.unlicensed_view(),
                anonymous_view: flags.anonymous_view(),
            })
        })
        .collect::<Result<Vec<SpaceLine<'_>>, narthex_access::Refusal>>()?;
    spaces.sort_by_cached_key(|space| (space.name.to_lowercase(), space.key.clone()));
    let total = spaces.len();
    let part = Part::asked(&call.query(), LENGTH);
    let next = part.next(total).map(|start| {
        let start = start.to_string();
        with_query(paths::SPACES, &[("start", &start)]).into()
    });
    let switches = view.switches();
    page(&Spaces {
        chrome: chrome(&call, "Spaces", None),
        spaces: part.of(spaces),
        total: Count(total as u64),
        jsm_access: switches.jsm_access,
        anonymous_access: switches.anonymous_access,
        next,
    })
}
