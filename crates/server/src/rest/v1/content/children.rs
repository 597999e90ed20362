//! `GET /wiki/rest/api/content/{id}/child/{page|comment|attachment}`: what hangs
//! on a page, as far as the caller sees it.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::content::Content;
use crate::rest::v1::represent::{Expand, attachment, comment};
use crate::route::Answer;

pub(super) async fn handle_pages(call: Call) -> Answer {
    let query = call.query();
    let (window, expand) = (Window::of(&query, 25)?, Expand::of(&query));
    let parent = call.view.page(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let below = call.view.children(parent.row().space, Some(parent.id()));
    let (entries, mut page) = Page::cut(below, window).take();
    for entry in entries {
        page.entries.push(Content::of(lens, entry, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}

pub(super) async fn handle_comments(call: Call) -> Answer {
    let query = call.query();
    let (window, expand) = (Window::of(&query, 25)?, Expand::of(&query));
    let parent = call.view.page(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let (entries, mut page) = Page::cut(call.view.comments(parent.id()).into_iter(), window).take();
    for row in entries {
        page.entries
            .push(comment::content(lens, parent, row, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}

pub(super) async fn handle_attachments(call: Call) -> Answer {
    let query = call.query();
    let (window, expand) = (Window::of(&query, 50)?, Expand::of(&query));
    let parent = call.view.page(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut rows = call.view.attachments(parent.id());
    if let Some(name) = query.get("filename") {
        rows.retain(|row| *row.file_name == *name);
    }
    if let Some(media_type) = query.get("mediaType") {
        rows.retain(|row| *row.media_type == *media_type);
    }
    let (entries, mut page) = Page::cut(rows.into_iter(), window).take();
    for row in entries {
        page.entries
            .push(attachment::content(lens, parent, row, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}
