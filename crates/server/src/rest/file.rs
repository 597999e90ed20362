//! Serves the bytes of attachments: directly, and never by a redirect.
//!
//! The files came from people. The browser may show one only as a picture, with no right to run
//! anything, to load anything or to be taken for another type; every other file is downloaded
//! (A53). A file's name can't end its header (A60).

mod kind;
mod range;
mod thumbnail;

pub(crate) use thumbnail::thumbnail;

use crate::call::{Call, OrAbsent as _};
use crate::failure::Failure;
use crate::route::Answer;
use axum::body::Body;
use axum::response::Response;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use narthex_access::{AttachmentId, AttachmentRow, PageId};
use narthex_site::{address, picture};
use narthex_store::blob::Kept;
use range::Wanted;

/// Reads the id of an attachment from a path, with or without the prefix `att`.
///
/// # Errors
/// Absent if the text isn't an id.
pub(crate) fn attachment_id(text: &str) -> Result<AttachmentId, Failure> {
    let id = text.strip_prefix("att").unwrap_or(text).parse();
    id.map_err(|_| Failure::Absent)
}

/// Returns the attachment of a path that names its page too: it must be one of that page (A34).
///
/// # Errors
/// Absent if either id is malformed, the caller can't see the attachment, or it is on another page.
pub(crate) fn of_page(call: &Call) -> Result<&AttachmentRow, Failure> {
    let row = call
        .view
        .attachment(attachment_id(call.param("attachment"))?)?;
    match row.page == call.id::<PageId>("id")? {
        true => Ok(row),
        false => Err(Failure::Absent),
    }
}

/// Returns the attachment of a path that names a page and a file.
///
/// # Errors
/// Absent if the caller can't see the page, or no attachment of it has that name.
pub(crate) fn named(call: &Call) -> Result<&AttachmentRow, Failure> {
    let name = call.param("file");
    let rows = call.view.attachments(call.id("id")?).into_iter();
    rows.into_iter()
        .find(|row| *row.file_name == *name)
        .or_absent()
}

/// Returns the version that the request names by `?version=`, or else the current one. Only people
/// who see the attachment's past get a former version (law 2.24).
///
/// # Errors
/// Absent if there is no such version for this caller; bad request if `version` isn't a number;
/// storage errors.
pub(crate) async fn kept<'v>(call: &'v Call, row: &AttachmentRow) -> Result<Kept<'v>, Failure> {
    let store = call.app.site.store();
    let version: Option<u32> = call.query().parsed("version", "the number of a version")?;
    let kept = match version {
        None => store.kept(&call.view.attachment_bytes(row.id)?).await?,
        Some(version) if version == row.version => {
            store.kept(&call.view.attachment_bytes(row.id)?).await?
        }
        Some(version) => {
            let past = call.view.attachment_past(row.id);
            let past = past.map_err(|_| Failure::Absent)?;
            store.kept_before(&past, version).await?
        }
    };
    kept.or_absent()
}

/// Responds with the bytes of an attachment: all of them, one range, or 304 if the caller has them
/// already.
///
/// # Errors
/// Absent if the caller can't see the requested version; bad request if `version` isn't a number;
/// storage errors.
pub(crate) async fn answer(call: &Call, row: &AttachmentRow) -> Answer {
    let kept = kept(call, row).await?;
    // The tag is the hash of the bytes that are returned (law 7.4).
    let tag = format!("\"{}\"", kept.sha256());
    let download = call.query().flag("download").unwrap_or_default();
    let shown = picture::is_shown(kept.media_type()) && !download;
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    dress(headers, kept.media_type(), &row.file_name, shown, &tag);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if is_unchanged(&call.headers, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let wanted = range::wanted(&call.headers, kept.size(), &tag);
    let part = match wanted {
        Wanted::Whole => None,
        Wanted::Part(part) => Some(part),
        Wanted::Nothing => {
            set(headers, CONTENT_RANGE, &format!("bytes */{}", kept.size()));
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            return Ok(response);
        }
    };
    let bytes = part.clone().unwrap_or(0..kept.size());
    let length = bytes.end.saturating_sub(bytes.start);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if part.is_some() {
        let last = bytes.end.saturating_sub(1);
        let part = format!("bytes {}-{last}/{}", bytes.start, kept.size());
        set(headers, CONTENT_RANGE, &part);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    if call.method != Method::HEAD {
        let read = kept.read(part).await?.or_absent()?;
        *response.body_mut() = Body::from_stream(read.stream);
    }
    Ok(response)
}

/// Sets the headers that keep browsers from treating an upload as anything but what it is.
fn dress(headers: &mut HeaderMap, media_type: &str, name: &str, shown: bool, tag: &str) {
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    set(headers, CONTENT_TYPE, kind::answered_as(media_type));
    set(headers, CONTENT_DISPOSITION, &disposition(name, shown));
    let sandbox = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(CONTENT_SECURITY_POLICY, sandbox);
    // The browser may store the response but must revalidate it, because access can be taken away.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(VARY, HeaderValue::from_static("Authorization, Cookie"));
    set(headers, ETAG, tag);
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Whether the caller already has these bytes, according to `If-None-Match`.
fn is_unchanged(headers: &HeaderMap, tag: &str) -> bool {
    headers.get_all(IF_NONE_MATCH).iter().any(|sent| {
        let mut sent = sent.to_str().unwrap_or_default().split(',').map(str::trim);
        sent.any(|sent| sent == "*" || sent.strip_prefix("W/").unwrap_or(sent) == tag)
    })
}

/// Returns the header value that tells the browser the file's name. All but plain letters and
/// digits are encoded (A60).
fn disposition(name: &str, shown: bool) -> String {
    let kind = if shown { "inline" } else { "attachment" };
    format!("{kind}; filename*=UTF-8''{}", address::encoded(name))
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

    #[test]
    fn a_tag_is_known_among_others_and_when_it_is_weak() {
        let sent = |text: &'static str| {
            let header = (IF_NONE_MATCH, HeaderValue::from_static(text));
            is_unchanged(&[header].into_iter().collect(), "\"a\"")
        };
        assert!(sent("\"a\"") && sent("W/\"a\"") && sent("\"b\", \"a\"") && sent("*"));
        assert!(!sent("\"b\"") && !sent("a") && !sent(""));
    }
}
