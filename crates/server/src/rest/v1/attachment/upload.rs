//! Uploads: `POST /wiki/rest/api/content/{id}/child/attachment` (a new file),
//! `PUT` of the same (a new file or a new version), `POST .../{attachment}/data`
//! (a new version); `allowDuplicated=true` makes the first do as the second.
//!
//! A multipart form with parts `file` (repeated), `comment`, `minorEdit`,
//! `fileName`, `contentType`; other parts are ignored.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::body::is_media_type;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page};
use crate::rest::v1::represent::{Expand, attachment};
use crate::route::Answer;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request};
use http::StatusCode;
use narthex_access::{AttachmentId, PageId};
use narthex_site::attachment::NewAttachment;
use narthex_store::blob::StoredBlob;
use std::str::FromStr as _;

/// The most bytes of one file.
const LARGEST_FILE: u64 = 100 * 1024 * 1024;
/// The most files of one request.
const MOST_FILES: usize = 50;
/// The most bytes of a text part.
const LONGEST_TEXT: usize = 64 * 1024;
/// The longest remark, in characters.
const LONGEST_REMARK: usize = 2_000;

/// A form that was taken in.
#[derive(Debug, Default)]
struct Upload {
    files: Vec<(String, String, StoredBlob)>,
    remark: String,
    file_name: Option<String>,
    media_type: Option<String>,
}

pub(super) async fn handle_new(call: Call) -> Answer {
    let new_version = call.query().flag("allowDuplicated")?;
    list(call, new_version).await
}

pub(super) async fn handle_new_or_version(call: Call) -> Answer {
    list(call, true).await
}

/// `POST .../{attachment}/data`: answers the attachment itself.
pub(super) async fn handle_version(mut call: Call) -> Answer {
    call.require_account()?;
    let text = call.param("attachment");
    let id = AttachmentId::from_str(text.strip_prefix("att").unwrap_or(text));
    let row = call.view.attachment(id.map_err(|_| Failure::Absent)?)?;
    let page: PageId = call.id("id")?;
    if row.page != page {
        return Err(Failure::Absent);
    }
    let name = row.file_name.to_string();
    let mut upload = take(&mut call, page).await?;
    // The attachment keeps its name, whatever the new file is called.
    upload.file_name = Some(name);
    let ids = attach(&call, page, upload, true).await?;
    let id = *ids
        .first()
        .ok_or_else(|| Failure::bad_request("the part \"file\" is missing"))?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::of(&call.query()).and(&["version", "container"]);
    let content = attachment::content(lens, view.page(page)?, view.attachment(id)?, &expand);
    respond::ok(&content.await?.alone(lens))
}

async fn list(mut call: Call, new_version: bool) -> Answer {
    call.require_account()?;
    let page: PageId = call.id("id")?;
    let upload = take(&mut call, page).await?;
    let ids = attach(&call, page, upload, new_version).await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::of(&call.query()).and(&["version", "container"]);
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        let row = view.attachment(id)?;
        results.push(attachment::content(lens, view.page(page)?, row, &expand).await?);
    }
    respond::json(StatusCode::OK, &ListV1::of(&call, Page::whole(results)))
}

/// Attaches what was taken in, file by file.
async fn attach(
    call: &Call,
    page: PageId,
    upload: Upload,
    new_version: bool,
) -> Result<Vec<AttachmentId>, Failure> {
    let Upload {
        files,
        remark,
        file_name,
        media_type,
    } = upload;
    if files.is_empty() {
        return Err(Failure::bad_request(
            "the part \"file\" is missing; send the file in it",
        ));
    }
    if files.len() > 1 && file_name.is_some() {
        return Err(Failure::bad_request(
            "one name can't be given to several files",
        ));
    }
    let mut ids = Vec::with_capacity(files.len());
    let mut files = files.into_iter();
    while let Some((name, sent_type, blob)) = files.next() {
        let new = NewAttachment {
            page,
            file_name: file_name.clone().unwrap_or(name),
            media_type: media_type.clone().unwrap_or(sent_type),
            remark: remark.clone(),
            blob: blob.clone(),
            new_version,
        };
        match call.app.site.attach(&call.credential, new).await {
            Ok(id) => ids.push(id),
            Err(refused) => {
                let unnamed = std::iter::once(blob).chain(files.map(|(.., blob)| blob));
                discard(call, unnamed).await;
                return Err(refused.into());
            }
        }
    }
    Ok(ids)
}

/// Removes files that no attachment names. What can't be removed now is swept later.
async fn discard(call: &Call, blobs: impl Iterator<Item = StoredBlob>) {
    for blob in blobs {
        if let Err(error) = call.app.site.store().discard_blob(&blob).await {
            tracing::warn!(%error, "a file that was refused stays until it is swept");
        }
    }
}

/// Takes a form in. Whether the caller may attach is asked before a byte is read.
async fn take(call: &mut Call, page: PageId) -> Result<Upload, Failure> {
    if !is_media_type(&call.headers, "multipart/form-data") {
        return Err(Failure::UnsupportedMediaType("multipart/form-data"));
    }
    call.app.site.may_attach(&call.credential, page).await?;
    let mut request = Request::new(call.take_body());
    *request.headers_mut() = call.headers.clone();
    DefaultBodyLimit::disable().apply(&mut request);
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Failure::bad_request("the Content-Type has no boundary"))?;
    let mut upload = Upload::default();
    match read(call, &mut form, &mut upload).await {
        Ok(()) => Ok(upload),
        Err(failure) => {
            discard(call, upload.files.into_iter().map(|(.., blob)| blob)).await;
            Err(failure)
        }
    }
}

async fn read(call: &Call, form: &mut Multipart, upload: &mut Upload) -> Result<(), Failure> {
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("file") if upload.files.len() == MOST_FILES => {
                return Err(Failure::bad_request(format!(
                    "send at most {MOST_FILES} files at once"
                )));
            }
            Some("file") => upload.files.push(file(call, field).await?),
            Some("comment") => {
                let remark = text(field).await?;
                upload.remark = remark.chars().take(LONGEST_REMARK).collect();
            }
            Some("fileName") => upload.file_name = Some(text(field).await?),
            Some("contentType") => upload.media_type = Some(text(field).await?),
            _ => {}
        }
    }
    Ok(())
}

async fn file(call: &Call, field: Field<'_>) -> Result<(String, String, StoredBlob), Failure> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let media_type = field
        .content_type()
        .unwrap_or("application/octet-stream")
        .to_owned();
    let blob = call.app.site.store().put_blob(field, LARGEST_FILE).await?;
    Ok((name, media_type, blob))
}

async fn text(mut field: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > LONGEST_TEXT {
            return Err(Failure::TooLarge(LONGEST_TEXT));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Failure::bad_request("a text part is not valid UTF-8"))
}

fn broken(error: &MultipartError) -> Failure {
    Failure::bad_request(format!("the multipart form can't be read: {error}"))
}
