//! `GET /wiki/rest/api/content/{id}/notification/child-created`: the watchers of a page;
//! `.../notification/created`: those of its space; `/space/{key}/watch`: those of a space. The
//! lists are empty for people who may not watch it.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::user::User;
use crate::route::Answer;
use narthex_access::{PageId, SpaceId, Watched};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Watch<'v> {
    #[serde(rename = "type")]
    kind: &'static str,
    watcher: Watcher<'v>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space_key: Option<&'v str>,
}

/// A user with the members that the published document requires here, even if they are empty.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Watcher<'v> {
    #[serde(flatten)]
    user: User<'v>,
    operations: Option<()>,
    external_collaborator: bool,
    is_guest: Option<bool>,
    personal_space: Option<()>,
}

impl<'v> Watcher<'v> {
    fn of(user: User<'v>) -> Self {
        Self {
            user,
            operations: None,
            external_collaborator: false,
            is_guest: None,
            personal_space: None,
        }
    }
}

pub(super) async fn handle_page(call: Call) -> Answer {
    let page: PageId = call.view.page(call.id("id")?)?.id();
    answer(&call, Watched::Page(page), "page", None)
}

pub(super) async fn handle_space_of_page(call: Call) -> Answer {
    let space = call.view.page(call.id("id")?)?.row().space;
    of_space(&call, space)
}

pub(super) async fn handle_space(call: Call) -> Answer {
    let space = call.view.space_by_key(call.param("key"))?.id();
    of_space(&call, space)
}

fn of_space(call: &Call, space: SpaceId) -> Answer {
    let key: &str = &call.view.space(space)?.row().key;
    answer(call, Watched::Space(space), "space", Some(key))
}

fn answer(call: &Call, on: Watched, kind: &'static str, space_key: Option<&str>) -> Answer {
    let window = Window::of(&call.query(), 200)?;
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    let watchers = call.view.watchers(on)?.into_iter().map(|row| Watch {
        kind,
        watcher: Watcher::of(User::author(lens, Some(row.account))),
        content_id: match on {
            Watched::Page(id) => Some(id.get()),
            Watched::Space(_) | Watched::Label(_) => None,
        },
        space_key,
    });
    respond::ok(&ListV1::of(call, Page::cut(watchers, window)))
}
