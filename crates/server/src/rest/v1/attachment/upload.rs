//! Uploads: `POST /wiki/rest/api/content/{id}/child/attachment` (new files), `PUT` of the same (new
//! files, or new versions of those that have their names), `POST .../{attachment}/data` (a new
//! version); `allowDuplicated=true` makes the first behave like the second.
//!
//! The request is a multipart form with the parts `file` (repeated), `comment` (one, or one for
//! each file), `fileName` and `contentType`; other parts (`minorEdit`, `type`) are ignored. Files
//! are written to the blob store as they come in; all are attached, or none.

use crate::call::Call;
use crate::config::UPLOAD_LIMIT;
use crate::failure::Failure;
use crate::request::body::is_media_type;
use crate::request::file_name;
use crate::respond;
use crate::rest::file;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page};
use crate::rest::v1::represent::{Expand, attachment};
use crate::route::Answer;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request};
use bytes::Bytes;
use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt as _};
use http::StatusCode;
use narthex_access::{AttachmentId, PageId};
use narthex_site::attachment::NewAttachment;
use narthex_site::picture;
use narthex_store::blob::StoredBlob;
use std::time::Duration;

/// The maximum number of files in one request.
const MOST_FILES: usize = 50;
/// The maximum size of a text part, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;
/// The maximum length of a remark, in characters.
const LONGEST_REMARK: usize = 2_000;
/// How long to wait for the next bytes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A form that has been received.
#[derive(Debug, Default)]
struct Upload {
    files: Vec<Taken>,
    remarks: Vec<String>,
    file_name: Option<String>,
    media_type: Option<String>,
}

/// A file that has been received and stored.
#[derive(Debug)]
struct Taken {
    name: String,
    said_type: Option<String>,
    head: Vec<u8>,
    blob: StoredBlob,
}

pub(super) async fn handle_new(call: Call) -> Answer {
    let new_version = call.query().flag("allowDuplicated")?;
    list(call, new_version).await
}

pub(super) async fn handle_new_or_version(call: Call) -> Answer {
    list(call, true).await
}

/// `POST .../{attachment}/data`: responds with the attachment itself.
pub(super) async fn handle_version(mut call: Call) -> Answer {
    call.require_account()?;
    let row = file::of_page(&call)?;
    let (page, name) = (row.page, row.file_name.to_string());
    let mut upload = take(&mut call, page).await?;
    if upload.files.len() > 1 {
        discard(&call, upload.files).await;
        return Err(Failure::bad_request(
            "send one file: it becomes the new version",
        ));
    }
    // The attachment keeps its name, whatever the new file is called.
    upload.file_name = Some(name);
    let ids = attach(&call, page, upload, true).await?;
    let id = ids.first().copied().ok_or_else(no_file)?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::or(&call.query(), &attachment::DEFAULTS_OF_WRITES);
    let content = attachment::content(lens, view.page(page)?, view.attachment(id)?, &expand);
    respond::ok(&content.await?.alone(lens))
}

async fn list(mut call: Call, new_version: bool) -> Answer {
    call.require_account()?;
    // The page is named by its id, whatever its status is.
    call.query().word("status", &["current", "draft"])?;
    let page: PageId = call.id("id")?;
    let upload = take(&mut call, page).await?;
    let ids = attach(&call, page, upload, new_version).await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::or(&call.query(), &attachment::DEFAULTS_OF_WRITES);
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        let row = view.attachment(id)?;
        results.push(attachment::content(lens, view.page(page)?, row, &expand).await?);
    }
    respond::json(StatusCode::OK, &ListV1::of(&call, Page::whole(results)))
}

fn no_file() -> Failure {
    Failure::bad_request("the part \"file\" is missing; send the file in it")
}

/// Attaches the files that were received, or discards them all.
async fn attach(
    call: &Call,
    page: PageId,
    mut upload: Upload,
    new_version: bool,
) -> Result<Vec<AttachmentId>, Failure> {
    let files = std::mem::take(&mut upload.files);
    let ids = match mean(page, &upload, &files, new_version) {
        Ok(new) => {
            let attached = call.app.site.attach_all(&call.credential, new).await;
            attached.map_err(Failure::from)
        }
        Err(refused) => Err(refused),
    };
    if ids.is_err() {
        discard(call, files).await;
    }
    ids
}

/// Returns the attachments that a form asks for.
fn mean(
    page: PageId,
    upload: &Upload,
    files: &[Taken],
    new_version: bool,
) -> Result<Vec<NewAttachment>, Failure> {
    if files.is_empty() {
        return Err(no_file());
    }
    if files.len() > 1 && upload.file_name.is_some() {
        return Err(Failure::bad_request(
            "the part \"fileName\" names one file, but several were sent; leave it out, or send one file",
        ));
    }
    if upload.remarks.len() > 1 && upload.remarks.len() != files.len() {
        return Err(Failure::bad_request(
            "send one part \"comment\" for all files, or one for each",
        ));
    }
    let attachment = |(n, file): (usize, &Taken)| {
        let name = upload.file_name.as_ref().unwrap_or(&file.name);
        let said = upload.media_type.as_ref().or(file.said_type.as_ref());
        let remark = upload.remarks.get(n).or(upload.remarks.first());
        NewAttachment {
            page,
            file_name: name.clone(),
            media_type: picture::media_type(said.map(String::as_str), name, &file.head),
            remark: remark.cloned().unwrap_or_default(),
            blob: file.blob.clone(),
            new_version,
        }
    };
    Ok(files.iter().enumerate().map(attachment).collect())
}

/// Removes files that no attachment names. A file that can't be removed now is swept later.
async fn discard(call: &Call, files: Vec<Taken>) {
    for file in files {
        if let Err(error) = call.app.site.store().discard_blob(&file.blob).await {
            tracing::warn!(%error, "a file that was refused stays until it is swept");
        }
    }
}

/// Receives a form. Whether the caller may attach files is decided before a byte is read.
async fn take(call: &mut Call, page: PageId) -> Result<Upload, Failure> {
    if !is_media_type(&call.headers, "multipart/form-data") {
        return Err(Failure::UnsupportedMediaType("multipart/form-data"));
    }
    call.app.site.may_attach(&call.credential, page).await?;
    let mut request = Request::new(call.take_body());
    *request.headers_mut() = call.headers.clone();
    DefaultBodyLimit::disable().apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| {
        Failure::bad_request(
            "the Content-Type header has no boundary; send multipart/form-data with its boundary",
        )
    })?;
    let mut upload = Upload::default();
    match read(call, &mut form, &mut upload).await {
        Ok(()) => Ok(upload),
        Err(failure) => {
            discard(call, upload.files).await;
            Err(failure)
        }
    }
}

async fn read(call: &Call, form: &mut Multipart, upload: &mut Upload) -> Result<(), Failure> {
    while let Some(field) = in_time(form.next_field())
        .await?
        .map_err(|error| broken(&error))?
    {
        match field.name() {
            Some("file") if upload.files.len() == MOST_FILES => {
                return Err(Failure::bad_request(format!(
                    "send at most {MOST_FILES} files at once"
                )));
            }
            Some("file") => upload.files.push(file(call, field).await?),
            Some("comment") => {
                if upload.remarks.len() == MOST_FILES {
                    return Err(Failure::bad_request(
                        "there are more parts \"comment\" than files; send one for all files, or one for each",
                    ));
                }
                let remark = text(field).await?;
                let remark = remark.chars().take(LONGEST_REMARK).collect();
                upload.remarks.push(remark);
            }
            Some("fileName") => {
                let name = text(field).await?;
                upload.file_name = Some(file_name::without_directories(&name).to_owned());
            }
            Some("contentType") => upload.media_type = Some(text(field).await?),
            _ => {}
        }
    }
    Ok(())
}

async fn file(call: &Call, field: Field<'_>) -> Result<Taken, Failure> {
    let name = file_name::of_part(field.headers());
    let said_type = field.content_type().map(str::to_owned);
    let limit = call.app.config.upload_limit.unwrap_or(UPLOAD_LIMIT);
    let mut head = Vec::with_capacity(picture::HEAD);
    let bytes = chunks(field).inspect(|chunk| {
        let missing = picture::HEAD.saturating_sub(head.len());
        head.extend(chunk.iter().flatten().take(missing));
    });
    let blob = call.app.site.store().put_blob(bytes, limit).await?;
    Ok(Taken {
        name,
        said_type,
        head,
        blob,
    })
}

/// Returns the bytes of a part as they come in; ends with an error if none come for [`PATIENCE`].
fn chunks(field: Field<'_>) -> impl Stream<Item = Result<Bytes, String>> {
    unfold(field, |mut field| async move {
        let chunk = match tokio::time::timeout(PATIENCE, field.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| error.to_string()).transpose()?,
            Err(_) => Err("no bytes came for too long".to_owned()),
        };
        Some((chunk, field))
    })
}

async fn in_time<T>(next: impl Future<Output = T>) -> Result<T, Failure> {
    let waited = tokio::time::timeout(PATIENCE, next).await;
    waited.map_err(|_| Failure::Timeout)
}

async fn text(mut field: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = in_time(field.chunk())
        .await?
        .map_err(|error| broken(&error))?
    {
        if bytes.len() + chunk.len() > LONGEST_TEXT {
            return Err(Failure::TooLarge(LONGEST_TEXT));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| {
        Failure::bad_request("a text part of the form is not valid UTF-8; send it in UTF-8")
    })
}

fn broken(error: &MultipartError) -> Failure {
    Failure::bad_request(format!("the multipart form can't be read: {error}"))
}
