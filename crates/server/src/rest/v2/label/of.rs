//! `GET /wiki/api/v2/pages/{id}/labels`, `/blogposts/{id}/labels`, `/attachments/{id}/labels`,
//! `/spaces/{id}/labels`: the labels on a page, blog post, attachment or space;
//! `/spaces/{id}/content/labels`: those on the content of a space.
//!
//! `prefix`, `sort`, `cursor`, `limit`.

use super::answer;
use crate::call::Call;
use crate::rest::v2::{attachment, page};
use crate::route::Answer;
use narthex_access::{Object, PageId, PageKind, PageState, SpaceId};

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    let page = page::find(&call, &call.view, kind)?;
    let rows = call.view.labels(Object::Page(page.id()))?;
    answer(&call, rows.into_iter())
}

pub(super) async fn handle_attachment(call: Call) -> Answer {
    let on = Object::Attachment(attachment::id(&call)?);
    answer(&call, call.view.labels(on)?.into_iter())
}

pub(super) async fn handle_space(call: Call) -> Answer {
    let space = call.view.space(call.id("id")?)?.id();
    answer(&call, call.view.labels(Object::Space(space))?.into_iter())
}

pub(super) async fn handle_in_space(call: Call) -> Answer {
    let view = &call.view;
    let space: SpaceId = view.space(call.id("id")?)?.id();
    let pages = view.pages_in(space, PageId::from_random(0));
    let pages =
        pages.filter(|page| matches!(page.row().state, PageState::Live | PageState::Archived));
    let labels = pages.flat_map(move |page| {
        let files = view.attachments(page.id()).into_iter();
        let files = files.map(|row| Object::Attachment(row.id));
        let on = [Object::Page(page.id())].into_iter().chain(files);
        on.flat_map(move |on| view.labels(on).unwrap_or_default())
    });
    answer(&call, labels)
}
