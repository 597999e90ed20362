//! `PUT /wiki/rest/api/content/{id}/move/{position}/{target}` and, as older clients
//! ask for it, `POST /wiki/pages/movepage.action?pageId=&targetId=&position=`: moves a
//! page beside or below another, with all below it (law 2b).
//!
//! The older one may name its target by `targetTitle` in the space `spaceKey`; its
//! position is `append` if it says nothing.

use crate::call::{Call, OrAbsent as _};
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::below_base;
use crate::route::Answer;
use narthex_access::{PageId, PageKind};
use narthex_site::address;
use narthex_site::place::Beside;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Moved {
    page_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MovedByAction {
    page: ActionPage,
    validation_errors: [(); 0],
    action_errors: [(); 0],
}

#[derive(Serialize)]
struct ActionPage {
    id: String,
    title: String,
    href: String,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let beside = beside(call.param("position"), &["before", "after", "append"])?;
    let id: PageId = call.id("id")?;
    let target = call.id("target")?;
    call.app
        .site
        .move_page(&call.credential, id, beside, target)
        .await?;
    respond::ok(&Moved {
        page_id: id.to_string(),
    })
}

pub(super) async fn handle_action(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let position = query.get("position").unwrap_or("append");
    let beside = beside(position, &["above", "below", "append"])?;
    let page = |id: &str| id.parse::<PageId>().map_err(|_| Failure::Absent);
    let id = page(query.required("pageId")?)?;
    let target = match query.get("targetId") {
        Some(target) => page(target)?,
        None => {
            let space = call.view.space_by_key(query.required("spaceKey")?)?.id();
            let title = query.required("targetTitle")?;
            let titled = call.view.page_titled(space, PageKind::Page, title);
            titled.or_absent()?.id()
        }
    };
    call.app
        .site
        .move_page(&call.credential, id, beside, target)
        .await?;

    let view = call.view_now().await?;
    let page = view.page(id)?;
    let space = view.space(page.row().space)?;
    let href = address::page(&space.row().key, page.row());
    respond::ok(&MovedByAction {
        page: ActionPage {
            id: id.to_string(),
            title: page.row().title.to_string(),
            href: below_base(&href).to_owned(),
        },
        validation_errors: [],
        action_errors: [],
    })
}

fn beside(word: &str, words: &[&str]) -> Result<Beside, Failure> {
    Beside::from_word(word)
        .filter(|_| words.contains(&word))
        .ok_or_else(|| Failure::bad_request(format!("the position must be {}", words.join(", "))))
}
