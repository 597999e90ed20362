//! `/wiki/admin/spaces`: names and keys of all spaces, with their flags as set, and the spaces that
//! are in the trash.

use super::{Part, require_site_admin, with_query};
use crate::call::Call;
use crate::failure::Failure;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::handlers::sheet::{self, Asks, Question};
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::Notice;
use crate::web::pages::moment::Count;
use crate::web::pages::spaces::{SpaceLine, Spaces, TrashedSpace};
use crate::web::paths;
use http::StatusCode;
use narthex_access::{SpaceKind, SpaceState};
use narthex_site::access_change::AccessChange;

/// The number of spaces on one page.
const LENGTH: usize = 100;

/// `GET` lists the spaces.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    draw(&call, StatusCode::OK, None)
}

/// `POST` restores a space from the trash, after showing who will see it again.
pub(super) async fn restore(mut call: Call) -> Answer {
    require_site_admin(&call)?;
    let form = call.form().await?;
    let fields = form.fields();
    if fields.get("do") != Some("restore") {
        return Err(Failure::bad_request(
            "there is no such form on this page; load the page again",
        ));
    }
    let key = fields.get("space").unwrap_or_default();
    let Ok(space) = call.view.trashed_space(key) else {
        let why = notice::refused("This space is not in the trash any more.");
        return draw(&call, StatusCode::BAD_REQUEST, Some(why));
    };
    let question = Question {
        question: format!("Restore the space “{}”?", space.row().name),
        meaning: "It comes back with its pages, permissions and restrictions, and the same people as before can view it. If it was archived, it is archived again.".into(),
        action: "Restore space",
        danger: false,
        typed: None,
        cancel: paths::SPACES.to_owned(),
    };
    let change = AccessChange::RestoreSpace {
        space_key: space.row().key.to_string(),
    };
    match sheet::make(&call, &fields, change, Asks::Always, question).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => notice::go_on(paths::SPACES, Done::SpaceRestored),
        Err(error) => {
            let why = notice::refused(told(error)?);
            draw(&call, StatusCode::BAD_REQUEST, Some(why))
        }
    }
}

fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>) -> Answer {
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
    let trashed = view.trashed_spaces()?.map(|space| TrashedSpace {
        key: (*space.row().key).into(),
        name: (*space.row().name).into(),
    });
    let mut trash: Vec<TrashedSpace<'_>> = trashed.collect();
    trash.sort_by_cached_key(|space| (space.name.to_lowercase(), space.key.clone()));
    let switches = view.switches();
    page_with(
        status,
        &Spaces {
            chrome: chrome(call, "Spaces", notice),
            spaces: part.of(spaces),
            total: Count(total as u64),
            jsm_access: switches.jsm_access,
            anonymous_access: switches.anonymous_access,
            next,
            trash,
        },
    )
}
