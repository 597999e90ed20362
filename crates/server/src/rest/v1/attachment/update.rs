//! `PUT /wiki/rest/api/content/{id}/child/attachment/{attachment}`: changes an attachment's
//! metadata; its bytes stay.
//!
//! Request: `{"id", "type": "attachment", "version": {"number"}, "title", "metadata": {"mediaType",
//! "comment", "labels", "properties"}, "extensions": {"mediaType", "comment"}, "container": {"id",
//! "type"}}`. The number is the current one; the next one, which pages require, is accepted too.

use crate::call::{Call, OrAbsent as _};
use crate::failure::Failure;
use crate::request::json::{Document, Node, Object};
use crate::respond;
use crate::rest::file;
use crate::rest::lens::Lens;
use crate::rest::sent_metadata;
use crate::rest::v1::represent::{Expand, attachment};
use crate::route::Answer;
use futures_util::StreamExt as _;
use narthex_access::AttachmentRow;
use narthex_site::attachment::UpdateAttachment;
use narthex_site::picture;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let row = file::of_page(&call)?;
    let id = row.id;
    let update = read(&document, row)?;
    let metadata = sent_metadata::read(&document.object()?)?;
    if let Some(said) = &update.media_type {
        check_media_type(&call, row, said).await?;
    }
    let site = &call.app.site;
    site.update_attachment_with(&call.credential, id, update, metadata)
        .await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::or(&call.query(), &attachment::DEFAULTS_OF_WRITES);
    let row = view.attachment(id)?;
    let content = attachment::content(lens, view.page(row.page)?, row, &expand);
    respond::ok(&content.await?.alone(lens))
}

fn read(document: &Document, row: &AttachmentRow) -> Result<UpdateAttachment, Failure> {
    let body = document.object()?;
    if let Some(kind) = text(body.optional("type")?)?
        && kind != "attachment"
    {
        return Err(Failure::bad_request(
            "the member \"type\" must be \"attachment\"",
        ));
    }
    if let Some(id) = text(body.optional("id")?)?
        && !file::attachment_id(&id).is_ok_and(|id| id == row.id)
    {
        return Err(Failure::bad_request(
            "the member \"id\" is not the id of the attachment in the path",
        ));
    }
    if let Some(status) = text(body.optional("status")?)?
        && status != "current"
    {
        return Err(Failure::bad_request(
            "the member \"status\" must be \"current\"; move an attachment to the trash with DELETE",
        ));
    }
    let number = body.required("version")?.object()?;
    let number = number.required("number")?.version_number()?;
    let said = |name: &str| -> Result<Option<String>, Failure> {
        for of in ["metadata", "extensions"] {
            if let Some(of) = object(&body, of)?
                && let Some(said) = text(of.optional(name)?)?
            {
                return Ok(Some(said));
            }
        }
        Ok(None)
    };
    let page = match object(&body, "container")? {
        Some(container) => {
            let id = container.required("id")?;
            // Some clients write it as a number.
            let id = match id.string() {
                Ok(id) => id,
                Err(_) => id.number()?.to_string(),
            };
            Some(id.parse().map_err(|_| Failure::Absent)?)
        }
        None => None,
    };
    Ok(UpdateAttachment {
        version: Some(match number == row.version.saturating_add(1) {
            true => row.version,
            false => number,
        }),
        file_name: text(body.optional("title")?)?,
        media_type: said("mediaType")?,
        remark: said("comment")?,
        page,
    })
}

fn text(node: Option<Node<'_>>) -> Result<Option<String>, Failure> {
    Ok(node.map(|node| node.string()).transpose()?)
}

fn object<'d>(body: &Object<'d>, name: &str) -> Result<Option<Object<'d>>, Failure> {
    let found = body.optional(name)?;
    Ok(found.map(|node| node.object()).transpose()?)
}

/// Refuses to call a file a picture that isn't one: browsers would be allowed to show it (A53).
async fn check_media_type(call: &Call, row: &AttachmentRow, said: &str) -> Result<(), Failure> {
    let store = call.app.site.store();
    let kept = store.kept(&call.view.attachment_bytes(row.id)?).await?;
    let head = kept
        .or_absent()?
        .read(Some(0..picture::HEAD as u64))
        .await?;
    let mut head = head.or_absent()?.stream;
    let mut bytes = Vec::with_capacity(picture::HEAD);
    while let Some(part) = head.next().await {
        bytes.extend_from_slice(&part?);
    }
    match picture::media_type(Some(said), "", &bytes) == said {
        true => Ok(()),
        false => Err(Failure::bad_request(format!(
            "\"{said}\" is not a media type, or not that of this file; write it like text/plain"
        ))),
    }
}
