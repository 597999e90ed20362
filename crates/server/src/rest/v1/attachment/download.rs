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
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use narthex_access::{AttachmentId, AttachmentRow, PageId};
use narthex_site::address;
use std::ops::Range;
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
    let row = rows
        .into_iter()
        .find(|row| *row.file_name == *name)
        .or_absent()?;
    answer(&call, row).await
}

async fn answer(call: &Call, row: &AttachmentRow) -> Answer {
    let query = call.query();
    if query
        .get("version")
        .is_some_and(|version| version != row.version.to_string())
    {
        return Err(Failure::Absent);
    }
    let range = wanted_range(&call.headers, row.size);
    let seen = call.view.attachment_bytes(row.id)?;
    let blob = call
        .app
        .site
        .store()
        .blob(&seen, range.clone())
        .await?
        .or_absent()?;
    // The tag is the hash of the bytes that are answered (law 7.4).
    let etag = format!("\"{}\"", blob.sha256);
    let unchanged = call.headers.get(IF_NONE_MATCH).is_some_and(|sent| {
        sent.to_str()
            .is_ok_and(|sent| sent.split(',').any(|tag| tag.trim() == etag))
    });

    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let text = |text: &str| HeaderValue::from_str(text).ok();
    let binary = HeaderValue::from_static("application/octet-stream");
    headers.insert(CONTENT_TYPE, text(&row.media_type).unwrap_or(binary));
    let picture = PICTURES.contains(&row.media_type.as_ref());
    if let Some(disposition) = text(&disposition(&row.file_name, picture)) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    let sandbox = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(CONTENT_SECURITY_POLICY, sandbox);
    // Kept by the browser, asked about each time: what was opened may be closed.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(VARY, HeaderValue::from_static("Authorization, Cookie"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(etag) = text(&etag) {
        headers.insert(ETAG, etag);
    }
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let length = blob.range.end.saturating_sub(blob.range.start);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if range.is_some() {
        let last = blob.range.end.saturating_sub(1);
        let part = format!("bytes {}-{last}/{}", blob.range.start, blob.size);
        headers.extend(text(&part).map(|part| (CONTENT_RANGE, part)));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    *response.body_mut() = Body::from_stream(blob.stream);
    Ok(response)
}

/// The one range that a request asks for; whatever else stands there is answered
/// with the whole file, as HTTP allows.
fn wanted_range(headers: &HeaderMap, size: u64) -> Option<Range<u64>> {
    if headers.contains_key(IF_RANGE) {
        return None;
    }
    let (first, last) = headers
        .get(RANGE)?
        .to_str()
        .ok()?
        .strip_prefix("bytes=")?
        .split_once('-')?;
    let range = if first.is_empty() {
        size.saturating_sub(last.parse().ok()?)..size
    } else {
        let end = match last {
            "" => size,
            last => last.parse::<u64>().ok()?.saturating_add(1).min(size),
        };
        first.parse().ok()?..end
    };
    (range.start < range.end).then_some(range)
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
    fn a_range_that_makes_no_sense_is_the_whole_file() {
        let range = |text: &'static str| {
            let headers = [(RANGE, HeaderValue::from_static(text))]
                .into_iter()
                .collect();
            wanted_range(&headers, 10)
        };
        assert_eq!(range("bytes=2-4"), Some(2..5));
        assert_eq!(range("bytes=8-"), Some(8..10));
        assert_eq!(range("bytes=-3"), Some(7..10));
        assert_eq!(range("bytes=0-18446744073709551615"), Some(0..10));
        for whole in [
            "bytes=5-2",
            "bytes=10-",
            "bytes=x-",
            "lines=1-2",
            "bytes=-0",
            "bytes=1-2,4-5",
        ] {
            assert_eq!(range(whole), None, "{whole}");
        }
    }

    #[test]
    fn a_file_name_can_not_write_a_header_of_its_own() {
        let name = disposition("a\"; filename=b.html\r\nX: y", false);
        assert_eq!(
            name,
            "attachment; filename*=UTF-8''a%22%3B%20filename%3Db.html%0D%0AX%3A%20y"
        );
    }
}
