//! Smaller pictures of attachments.

use super::{answer, dress, is_unchanged, kept};
use crate::call::Call;
use crate::failure::Failure;
use crate::route::Answer;
use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, StatusCode};
use narthex_access::AttachmentRow;
use narthex_site::picture;
use narthex_site::thumbnail::{LONGEST, USUAL};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Responds with a picture that fits into `?width=` and `?height=`. A picture that would take too
/// much memory to scale down is returned as it is; a file that isn't a picture has no thumbnail.
///
/// # Errors
/// Absent if the file isn't a picture or the caller can't see it; bad request if a side isn't a
/// positive number; storage errors.
pub(crate) async fn thumbnail(call: &Call, row: &AttachmentRow) -> Answer {
    let query = call.query();
    let side = |name: &str| query.parsed::<u32>(name, "a number of pixels");
    let (width, height) = (side("width")?, side("height")?);
    // If only one side is given, the other is free.
    let (width, height) = match (width, height) {
        (None, None) => (USUAL, USUAL),
        (width, height) => (width.unwrap_or(LONGEST), height.unwrap_or(LONGEST)),
    };
    if width == 0 || height == 0 {
        return Err(Failure::bad_request(
            "a thumbnail has a width and a height of at least one pixel",
        ));
    }
    let kept = kept(call, row).await?;
    let made = call.app.site.thumbnail(&kept, width, height).await?;
    let Some(made) = made else {
        return match picture::is_shown(kept.media_type()) {
            true => answer(call, row).await,
            false => Err(Failure::Absent),
        };
    };
    let mut tag = String::from("\"");
    for byte in Sha256::digest(&made.bytes) {
        // Writing to a string can't fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    dress(headers, made.media_type, &row.file_name, true, &tag);
    if is_unchanged(&call.headers, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    headers.insert(CONTENT_LENGTH, HeaderValue::from(made.bytes.len()));
    if call.method != Method::HEAD {
        *response.body_mut() = Body::from(made.bytes.clone());
    }
    Ok(response)
}
