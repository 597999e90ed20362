//! Answers: JSON, redirects, and the headers that every one has.

mod parts;

use crate::request::bad_request::BadRequest;
use crate::route::Answer;
use axum::body::{Body, Bytes};
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_TYPE, LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use parts::Parts;
use serde::Serialize;
use std::collections::VecDeque;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// The longest answer in parts that is put together, in bytes.
const MAX_TOGETHER: usize = 256 * 1024;

/// An answer in JSON.
///
/// # Errors
/// None that a caller can cause.
pub fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let text = serde_json::to_vec(body)
        .map_err(|error| BadRequest::new(format!("this can't be written as JSON: {error}")))?;
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

/// 200 with JSON that has been written in parts. Short answers are put together: they
/// are sent, and may be kept, as one.
pub(crate) fn json_in_parts(parts: VecDeque<Bytes>) -> Response {
    let length: usize = parts.iter().map(Bytes::len).sum();
    let body = match length <= MAX_TOGETHER {
        true => Body::from(Vec::from(parts).concat()),
        false => Body::new(Parts::new(parts)),
    };
    let mut response = Response::new(body);
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// 200 in JSON.
///
/// # Errors
/// As [`json`].
pub fn ok(body: &impl Serialize) -> Answer {
    json(StatusCode::OK, body)
}

/// An answer to making something, with the path of what was made.
///
/// # Errors
/// For a path that can't be a header.
pub fn made_at(mut response: Response, path: &str) -> Answer {
    let location = HeaderValue::from_str(path)
        .map_err(|_| BadRequest::new("the address of what was made is not a path of this site"))?;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

/// 200 without a body: done.
///
/// # Errors
/// Never.
pub fn done() -> Answer {
    Ok(Response::new(Body::empty()))
}

/// 201 without a body: made.
///
/// # Errors
/// Never.
pub fn created() -> Answer {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// 204: done, and nothing to say.
///
/// # Errors
/// Never.
pub fn no_content() -> Answer {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}

/// 303 to a path of this site.
///
/// # Errors
/// For a path that can't be a header.
pub fn see_other(path: &str) -> Answer {
    let location = HeaderValue::from_str(path)
        .map_err(|_| BadRequest::new("the address to go on to is not a path of this site"))?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

/// Adds the id of the request that is answered.
pub(crate) fn name(headers: &mut HeaderMap, request_id: &str) {
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// Adds what every answer has; what a handler has said already stays. Answers
/// are one caller's own: nothing keeps them unless their route says otherwise.
pub(crate) fn finish(headers: &mut HeaderMap, indexing: bool) {
    let mut unless_said = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    unless_said(CACHE_CONTROL, "no-store");
    unless_said(X_CONTENT_TYPE_OPTIONS, "nosniff");
    unless_said(REFERRER_POLICY, "same-origin");
    unless_said(RESOURCE_POLICY, "same-origin");
    if !indexing {
        unless_said(ROBOTS, "noindex");
    }
}
