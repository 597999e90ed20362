//! The bytes of an attachment: `GET .../child/attachment/{attachment}/download`
//! and `/wiki/download/attachments/{id}/{file}`, directly and never by a redirect.
//!
//! What is inside came from people: it is shown in the browser only as a picture,
//! with no right to run anything or to be taken for another type (A53).

use crate::call::{Call, OrAbsent as _};
use crate::failure::Failure;
use crate::route::Answer;
use axum::body::Body;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderValue, StatusCode};
use narthex_access::{AttachmentId, AttachmentRow, PageId};
use narthex_site::address;
use sha2::{Digest as _, Sha256};
use std::str::FromStr as _;

/// What a browser may show in its place.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

pub(super) async fn handle_by_id(call: Call) -> Answer {
    let text = call.param("attachment");
    let id = AttachmentId::from_str(text.strip_prefix("att").unwrap_or(text));
    let row = call.view.attachment(id.map_err(|_| Failure::Absent)?)?;
    // Two ids in one address: the file must be one of that page (A34).
    if row.page != call.id::<PageId>("id")? {
        return Err(Failure::Absent);
    }
    answer(&call, row).await
}

pub(super) async fn handle_by_name(call: Call) -> Answer {
    let page: PageId = call.id("id")?;
    let name = call.param("file");
    let rows = call.view.attachments(page);
    let row = rows.into_iter().find(|row| *row.file_name == *name).or_absent()?;
    answer(&call, row).await
}

async fn answer(call: &Call, row: &AttachmentRow) -> Answer {
    let query = call.query();
    if query.get("version").is_some_and(|version| version != row.version.to_string()) {
        return Err(Failure::Absent);
    }
    let etag = etag(row);
    let unchanged = call.headers.get(IF_NONE_MATCH).is_some_and(|sent| {
        sent.to_str().is_ok_and(|sent| sent.split(',').any(|tag| tag.trim() == etag))
    });
    let body = if unchanged {
        Body::empty()
    } else {
        let seen = call.view.attachment_bytes(row.id)?;
        let bytes = call.app.site.store().blob(&seen, None).await.map_err(Failure::Storage)?;
        Body::from_stream(bytes.or_absent()?)
    };
    let picture = PICTURES.contains(&row.media_type.as_ref());
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let text = |text: &str| HeaderValue::from_str(text).ok();
    let binary = HeaderValue::from_static("application/octet-stream");
    headers.insert(CONTENT_TYPE, text(&row.media_type).unwrap_or(binary));
    if let Some(disposition) = text(&disposition(&row.file_name, picture)) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    let sandbox = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(CONTENT_SECURITY_POLICY, sandbox);
    // Kept by the browser, asked about each time: what was opened may be closed.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(VARY, HeaderValue::from_static("Authorization, Cookie"));
    if let Some(etag) = text(&etag) {
        headers.insert(ETAG, etag);
    }
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(row.size));
    }
    Ok(response)
}

/// A tag of what is answered: bytes are written once under an id of their own.
fn etag(row: &AttachmentRow) -> String {
    let mut hash = Sha256::new();
    hash.update(row.blob.get().to_be_bytes());
    hash.update(row.file_name.as_bytes());
    hash.update(row.media_type.as_bytes());
    let digest = hash.finalize();
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// The file's name for the browser; one that isn't plain ASCII is encoded (A60).
fn disposition(name: &str, inline: bool) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    format!("{kind}; filename*=UTF-8''{}", address::segment(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_can_not_write_a_header_of_its_own() {
        let name = disposition("a\"; filename=b.html\r\nX: y", false);
        assert_eq!(
            name,
            "attachment; filename*=UTF-8''a%22%3B%20filename%3Db.html%0D%0AX%3A%20y"
        );
    }
}
