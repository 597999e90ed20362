//! `POST /wiki/pages/movepage.action?spaceKey=&pageId=&targetId=&position=`: the address by which
//! widely used clients of Confluence move a page.
//!
//! `targetTitle` may stand for `targetId`; `position` is `append` (the default), `above`, `below`,
//! or `topLevel`, for which the target isn't read.

use crate::call::{Call, OrAbsent as _};
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::{PageId, PageKind};
use narthex_site::place::Beside;
use serde::Serialize;

#[derive(Serialize)]
struct Moved {
    page: Page,
}

#[derive(Serialize)]
struct Page {
    id: String,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let id: PageId = query.required("pageId")?.parse().ok().or_absent()?;
    let page = call.view.page(id)?;
    let space = match query.get("spaceKey") {
        Some(key) => call.view.space_by_key(key)?,
        None => call.view.space(page.row().space)?,
    };
    let word = query.get("position").unwrap_or("append");
    let (beside, target) = if word == "topLevel" {
        let last = call.view.children(space.id(), None).last();
        (Beside::Below, last.or_absent()?.id())
    } else {
        let beside = Beside::from_word(word).ok_or_else(|| {
            Failure::bad_request("position must be append, above, below or topLevel")
        })?;
        let target = match (query.get("targetId"), query.get("targetTitle")) {
            (Some(target), _) => target.parse().ok().or_absent()?,
            (None, Some(title)) => {
                let found = call.view.page_titled(space.id(), PageKind::Page, title);
                found.or_absent()?.id()
            }
            (None, None) => {
                return Err(Failure::bad_request(
                    "the query parameter \"targetId\" is missing",
                ));
            }
        };
        (beside, target)
    };
    let site = &call.app.site;
    site.move_page(&call.credential, id, beside, target).await?;
    respond::ok(&Moved {
        page: Page { id: id.to_string() },
    })
}
