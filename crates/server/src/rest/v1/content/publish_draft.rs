//! `PUT` and `POST /wiki/rest/api/content/blueprint/instance/{draft}`: publishes a draft.
//!
//! Request: `{"version": {"number": 1}, "title", "type": "page", "space": {"key"},
//! "ancestors": [{"id"}]}`.

use super::create::last_ancestor;
use super::get::DEFAULTS_OF_WRITES;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::{PageId, PageState};
use narthex_site::page::EditPage;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    // It is the draft that is named, and nothing else can be published.
    call.query().word("status", &["draft"])?;
    let publish = read(&call.json().await?)?;
    let id: PageId = call.id("draft")?;
    if call.view.page(id)?.row().state != PageState::Draft {
        return Err(Failure::bad_request(
            "the page is no draft; it is published",
        ));
    }
    call.app
        .site
        .edit_page(&call.credential, id, publish)
        .await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::or(&call.query(), &DEFAULTS_OF_WRITES);
    let content = Content::of(lens, view.page(id)?, &expand).await?;
    respond::ok(&content.alone(lens))
}

fn read(document: &Document) -> Result<EditPage, Failure> {
    let body = document.object()?;
    let number = body.required("version")?.object()?.required("number")?;
    Ok(EditPage {
        title: Some(body.required("title")?.string()?),
        version: number.version_number()?,
        publish: true,
        parent: last_ancestor(&body)?,
        ..EditPage::default()
    })
}
