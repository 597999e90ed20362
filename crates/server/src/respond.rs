//! Builds responses: JSON, redirects, empty ones, and the headers that every response has. Handlers
//! use it for success; everything else is a [`Failure`](crate::failure::Failure).

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
/// The longest response in parts that is joined into one, in bytes.
const MAX_TOGETHER: usize = 256 * 1024;

/// Makes a response in JSON.
///
/// # Errors
/// Never fails through a fault of the caller.
pub fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let text = serde_json::to_vec(body)
        .map_err(|error| BadRequest::new(format!("this can't be written as JSON: {error}")))?;
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

/// Makes a 200 from JSON that was written in parts. Short responses are joined: they are sent, and
/// may be cached, as one piece.
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

/// Makes a 200 in JSON.
///
/// # Errors
/// As [`json`].
pub fn ok(body: &impl Serialize) -> Answer {
    json(StatusCode::OK, body)
}

/// Adds the `Location` of what was created to a response.
///
/// # Errors
/// Fails for a path that can't be a header.
pub fn made_at(mut response: Response, path: &str) -> Answer {
    let location = HeaderValue::from_str(path)
        .map_err(|_| BadRequest::new("the address of what was made is not a path of this site"))?;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

/// Makes a 200 without a body.
///
/// # Errors
/// Never fails.
pub fn done() -> Answer {
    Ok(Response::new(Body::empty()))
}

/// Makes a 201 without a body.
///
/// # Errors
/// Never fails.
pub fn created() -> Answer {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Makes a 204.
///
/// # Errors
/// Never fails.
pub fn no_content() -> Answer {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}

/// Makes a 303 to a path of this site.
///
/// # Errors
/// Fails for a path that can't be a header.
pub fn see_other(path: &str) -> Answer {
    let location = HeaderValue::from_str(path)
        .map_err(|_| BadRequest::new("the address to go on to is not a path of this site"))?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

/// Adds the id of the request to the response's headers.
pub(crate) fn name(headers: &mut HeaderMap, request_id: &str) {
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// Adds the headers that every response has, unless the handler has set them. Responses are private
/// to their caller: nothing may store them unless their route says otherwise.
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
