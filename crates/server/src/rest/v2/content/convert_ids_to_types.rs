//! `POST /wiki/api/v2/content/convert-ids-to-types`: the type of each content, in v2's words.
//! Content that doesn't exist, or that the caller can't see, is left out.
//!
//! Request: `{"contentIds": [ID, ...]}`, at most 250.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::paging::MAX_PAGE;
use crate::route::Answer;
use narthex_access::{AttachmentId, CommentId, CommentPlace, PageId, View};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Types {
    results: BTreeMap<String, &'static str>,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    let ids = read(&call.json().await?)?;
    let typed = ids.into_iter().filter_map(|id| {
        let found = kind(&call.view, &id)?;
        Some((id, found))
    });
    respond::ok(&Types {
        results: typed.collect(),
    })
}

fn read(document: &Document) -> Result<Vec<String>, Failure> {
    let ids = document.object()?.required("contentIds")?.array()?;
    if ids.len() > MAX_PAGE {
        return Err(Failure::bad_request(format!(
            "the member \"contentIds\" has more than {MAX_PAGE} ids; send fewer at once"
        )));
    }
    let ids: Result<_, _> = ids.iter().map(|id| id.id_text()).collect();
    Ok(ids?)
}

/// Returns the type of the content that has an id; each type is decided by itself (A35).
fn kind(view: &View, id: &str) -> Option<&'static str> {
    if let Some(digits) = id.strip_prefix("att") {
        return attachment(view, digits);
    }
    let page = || view.page(id.parse::<PageId>().ok()?).ok();
    if let Some(page) = page() {
        return Some(page.row().kind.word());
    }
    let comment = || view.comment(id.parse::<CommentId>().ok()?).ok();
    if let Some(comment) = comment() {
        return Some(match comment.place {
            CommentPlace::Footer => "footer-comment",
            CommentPlace::Inline => "inline-comment",
        });
    }
    attachment(view, id)
}

fn attachment(view: &View, id: &str) -> Option<&'static str> {
    let id: AttachmentId = id.parse().ok()?;
    view.attachment(id).ok().map(|_| "attachment")
}
