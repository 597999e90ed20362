//! `PUT /wiki/api/v2/pages/{id}/title`: writes a version of the page with another title, or gives
//! the caller's draft another title.
//!
//! Request: `{"status": "current"|"draft", "title"}`.

use super::{find, update};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::route::Answer;
use narthex_access::PageKind;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let (title, draft) = read(&call.json().await?)?;
    let id = find(&call, &call.view, PageKind::Page)?.id();
    let site = &call.app.site;
    site.rename_page(&call.credential, id, title, draft).await?;
    if draft && call.view.page_draft(id).is_ok() {
        return update::kept(&call, id, BodyFormat::None).await;
    }
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let page = Page::of(lens, view.page(id)?, BodyFormat::None).await?;
    respond::ok(&page.alone(lens))
}

fn read(document: &Document) -> Result<(String, bool), Failure> {
    let body = document.object()?;
    let draft = match body.required("status")?.string()?.as_str() {
        "current" => false,
        "draft" => true,
        _ => {
            return Err(Failure::bad_request(
                "the member \"status\" must be \"current\" or \"draft\"",
            ));
        }
    };
    Ok((body.required("title")?.string()?, draft))
}
