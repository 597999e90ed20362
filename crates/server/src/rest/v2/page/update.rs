//! `PUT /wiki/api/v2/pages/{id}`, `/blogposts/{id}`: a new version; publishes a
//! draft, restores from the trash.
//!
//! Request: `{"id", "status", "title", "parentId", "ownerId", "body", "version": {"number", "message"}}`;
//! the number is the current one and 1.

use super::{find, write_body};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::sent_metadata;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::route::Answer;
use narthex_access::{PageKind, PageState};
use narthex_site::page::EditPage;

pub(super) async fn handle(mut call: Call, kind: PageKind) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let (mut edit, status) = read(&document, call.param("id"))?;
    let metadata = sent_metadata::read(&document.object()?)?;
    drop(document);
    let format = BodyFormat::as_sent(edit.body.as_ref());
    let page = find(&call, &call.view, kind)?;
    let (id, state) = (page.id(), page.row().state);
    if state == PageState::Trashed && status == "current" {
        if !metadata.is_nothing() {
            return Err(Failure::bad_request(
                "the member \"metadata\" can't be sent with a restore; restore first, then send it",
            ));
        }
        call.app.site.restore_page(&call.credential, id).await?;
    } else {
        edit.publish = state == PageState::Draft && status == "current";
        let site = &call.app.site;
        site.edit_page_with(&call.credential, id, edit, metadata)
            .await?;
    }
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let page = Page::of(lens, view.page(id)?, format).await?;
    respond::ok(&page.alone(lens))
}

fn read(document: &Document, id: &str) -> Result<(EditPage, String), Failure> {
    let body = document.object()?;
    if body
        .optional("id")?
        .map(|sent| sent.id_text())
        .transpose()?
        .is_some_and(|sent| sent != id)
    {
        return Err(Failure::bad_request(
            "the member \"id\" is not the id in the path",
        ));
    }
    let version = body.required("version")?.object()?;
    let number = version.required("number")?.version_number()?;
    let message = version
        .optional("message")?
        .map(|message| message.string())
        .transpose()?;
    let parent = match body.optional("parentId")? {
        Some(parent) => Some(
            parent
                .id_text()?
                .parse()
                .map_err(|_| Failure::bad_request("the member \"parentId\" is no id"))?,
        ),
        None => None,
    };
    let owner = match body.optional("ownerId")? {
        Some(owner) => Some(
            owner
                .id_text()?
                .parse()
                .map_err(|_| Failure::bad_request("the member \"ownerId\" is no id"))?,
        ),
        None => None,
    };
    let edit = EditPage {
        title: body
            .optional("title")?
            .map(|title| title.string())
            .transpose()?,
        body: write_body::read(&body)?,
        version: number,
        message: message.unwrap_or_default(),
        minor: false,
        publish: false,
        parent,
        owner,
    };
    let status = body
        .optional("status")?
        .map(|status| status.string())
        .transpose()?;
    Ok((edit, status.unwrap_or_else(|| "current".into())))
}
