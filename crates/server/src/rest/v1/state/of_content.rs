//! `GET`, `PUT`, `DELETE` of `/wiki/rest/api/content/{id}/state?status=`: the state of a page or
//! blog post, or of its draft.
//!
//! Request of `PUT`: `{"id"}`, or `{"name", "color"}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object;
use crate::respond;
use crate::rest::v1::represent::state::StateOfContent;
use crate::route::Answer;
use narthex_access::{PageId, PageState, View};
use narthex_site::content_status::NewStatus;

pub(super) async fn handle(call: Call) -> Answer {
    let page = call.view.page(call.id("id")?)?;
    let draft = is_draft(&call, &["current", "draft", "archived"])?;
    // A page that was never published has a draft and nothing else.
    let draft = draft.unwrap_or(page.row().state == PageState::Draft);
    answer(&call.view, page.id(), draft)
}

pub(super) async fn handle_set(mut call: Call) -> Answer {
    call.require_account()?;
    let new = read(&call.json().await?.object()?)?;
    let draft = of_draft(&call)?;
    let page = call.view.page(call.id("id")?)?.id();
    let site = &call.app.site;
    site.set_content_status(&call.credential, page, draft, new)
        .await?;
    answer(&call.view_now().await?, page, draft)
}

pub(super) async fn handle_remove(call: Call) -> Answer {
    call.require_account()?;
    let draft = is_draft(&call, &["current", "draft"])?;
    let page = call.view.page(call.id("id")?)?;
    let draft = draft.unwrap_or(page.row().state == PageState::Draft);
    let page = page.id();
    let site = &call.app.site;
    site.remove_content_status(&call.credential, page, draft)
        .await?;
    answer(&call.view_now().await?, page, draft)
}

fn answer(view: &View, page: PageId, draft: bool) -> Answer {
    respond::ok(&StateOfContent::of(view.content_status(page, draft)?))
}

/// Whether `status` of the query names the draft; `None` if it isn't sent.
fn is_draft(call: &Call, known: &[&str]) -> Result<Option<bool>, Failure> {
    let query = call.query();
    match query.get("status") {
        None => Ok(None),
        Some(word) if known.contains(&word) => Ok(Some(word == "draft")),
        Some(_) => Err(Failure::bad_request(format!(
            "the query parameter \"status\" must be {}",
            known.join(" or ")
        ))),
    }
}

/// Whether `status`, which must be sent, names the draft.
pub(super) fn of_draft(call: &Call) -> Result<bool, Failure> {
    is_draft(call, &["current", "draft"])?.ok_or_else(|| {
        Failure::bad_request("the query parameter \"status\" must be current or draft")
    })
}

/// Reads the state that an object of a request names.
pub(super) fn read(body: &Object<'_>) -> Result<NewStatus, Failure> {
    if let Some(id) = body.optional("id")? {
        let wrong = |_| Failure::bad_request("the member \"id\" must be the id of a content state");
        return Ok(NewStatus::Choice(id.id_text()?.parse().map_err(wrong)?));
    }
    Ok(NewStatus::Named {
        name: body.required("name")?.string()?,
        colour: body.required("color")?.string()?,
    })
}
