//! `PUT` and `POST /wiki/rest/api/content/blueprint/instance/{draft}`: publishes a draft.
//!
//! Request: `{"version": {"number": 1}, "title", "type": "page", "space": {"key"},
//! "ancestors": [{"id"}]}`.

use super::any::Any;
use super::create::last_ancestor;
use super::get::DEFAULTS;
use super::same;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::{PageId, PageState};
use narthex_site::page::{EditPage, Save};

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let document = call.long_json().await?;
    let publish = read(&call.query(), &document)?;
    let id: PageId = call.id("draft")?;
    let page = call.view.page(id)?;
    same::check_space(&call, Any::Page(page), &document.object()?)?;
    // The published document allows only `page`, whatever kind of draft it is.
    let kind = document.object()?.optional("type")?;
    if kind
        .map(|kind| kind.string())
        .transpose()?
        .is_some_and(|kind| kind != "page" && kind != page.row().kind.word())
    {
        return Err(Failure::bad_request("the member \"type\" must be \"page\""));
    }
    drop(document);
    if page.row().state != PageState::Draft {
        return Err(Failure::bad_request(
            "the page isn't a draft, it is published already; update it with PUT content/{id}",
        ));
    }
    call.app
        .site
        .edit_page(&call.credential, id, publish)
        .await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::or(&call.query(), &DEFAULTS);
    let content = Content::of(lens, view.page(id)?, &expand).await?;
    respond::ok(&content.alone(lens))
}

fn read(query: &Parameters<'_>, document: &Document) -> Result<EditPage, Failure> {
    let body = document.object()?;
    let status = body.optional("status")?;
    let status = status.map(|status| status.string()).transpose()?;
    let named: Vec<&str> = query.all("status").collect();
    if status.is_some_and(|status| status != "current") || !matches!(*named, [] | ["draft"]) {
        return Err(Failure::bad_request(
            "this publishes a draft: the member \"status\" can only be \"current\", and the query \
             parameter \"status\" only \"draft\"",
        ));
    }
    let number = body.required("version")?.object()?.required("number")?;
    Ok(EditPage {
        title: Some(body.required("title")?.string()?),
        version: number.version_number()?,
        save: Save::Published,
        parent: last_ancestor(&body)?,
        ..EditPage::default()
    })
}
