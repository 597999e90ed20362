//! Answers that are kept: for whom they were decided for, at the revision that they were decided at.
//!
//! What a page shows is a function of the catalogue, the subject and the address; but a list by a
//! query may ask for what is new since a day, or for words that the search index hasn't read yet. So
//! while nothing on the site changes, within a minute, the same credential that asks for the same
//! address again is given the same bytes, after its request has passed the freshness gate and its
//! credential has been checked as always. Any change of the site is another revision, under which
//! nothing is kept yet; and nothing is ever kept across subjects (A41).

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use axum::body::{Body, HttpBody as _, to_bytes};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use narthex_access::{Millis, SessionId, Subject, TokenId};
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};
use std::sync::Arc;

/// How many bytes of answers are kept.
const ROOM: u64 = 16 << 20;
/// The longest answer that is kept, in bytes.
const LONGEST: u64 = 256 << 10;
/// How long an answer is given again, in milliseconds: until the next whole one since 1970.
const AGE: Millis = 60_000;
/// The longest address that is kept, in bytes.
const LONGEST_ADDRESS: usize = 1 << 10;
/// What an answer takes beside its body, about, in bytes.
const BESIDE: u64 = 1 << 10;

/// The answers that are kept.
#[derive(Debug)]
pub(crate) struct Kept(Cache<Key, Arc<Whole>, Weight>);

/// One answer.
#[derive(Debug)]
struct Whole {
    headers: HeaderMap,
    body: Bytes,
}

/// By what an answer is found: all that it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    revision: (u64, u64),
    minute: Millis,
    subject: Who,
    scheme: &'static str,
    host: String,
    address: String,
}

/// A [`Key`] as a request has it.
#[derive(Debug, Hash)]
pub(crate) struct Asked<'a> {
    revision: (u64, u64),
    minute: Millis,
    subject: Who,
    scheme: &'static str,
    host: &'a str,
    address: &'a str,
}

/// Which credential a subject came with; its account, groups and scopes are the
/// catalogue's at the revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Nobody,
    Token(TokenId),
    Session(SessionId),
}

impl Who {
    fn of(subject: &Subject) -> Self {
        match (subject.token(), subject.session()) {
            (Some(token), _) => Self::Token(token),
            (None, Some(session)) => Self::Session(session),
            (None, None) => Self::Nobody,
        }
    }
}

impl<'a> Asked<'a> {
    /// What a call asks for; none for what is never kept.
    pub(crate) fn of(call: &'a Call) -> Option<Self> {
        let address = call.uri.path_and_query()?.as_str();
        (address.len() <= LONGEST_ADDRESS).then(|| Self {
            revision: (call.view.revision(), call.view.mark()),
            minute: call.view.now().div_euclid(AGE),
            subject: Who::of(call.view.subject()),
            scheme: call.client.scheme,
            host: &call.client.host,
            address,
        })
    }

    /// The key to keep an answer by.
    pub(crate) fn key(&self) -> Key {
        Key {
            revision: self.revision,
            minute: self.minute,
            subject: self.subject,
            scheme: self.scheme,
            host: self.host.to_owned(),
            address: self.address.to_owned(),
        }
    }
}

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.revision == key.revision
            && self.minute == key.minute
            && self.subject == key.subject
            && self.scheme == key.scheme
            && self.host == key.host
            && self.address == key.address
    }
}

impl Kept {
    /// No answers yet.
    pub(crate) fn new() -> Self {
        Self(Cache::with_weighter(2_000, ROOM, Weight))
    }

    /// The answer that this subject was given at this revision.
    pub(crate) fn answer(&self, asked: &Asked<'_>) -> Option<Response> {
        let kept = self.0.get(asked)?;
        let mut response = Response::new(Body::from(kept.body.clone()));
        *response.headers_mut() = kept.headers.clone();
        Some(response)
    }

    /// Keeps an answer, if it is one to keep, and gives it on.
    ///
    /// # Errors
    /// Never for an answer whose length is known before it is read: others aren't kept.
    pub(crate) async fn keep(&self, key: Key, response: Response) -> Answer {
        let length = response.body().size_hint().exact();
        if response.status() != StatusCode::OK || length.is_none_or(|bytes| bytes > LONGEST) {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::try_from(LONGEST).unwrap_or(usize::MAX))
            .await
            .map_err(|_| Failure::Fault)?;
        // With a place for the id of the request, so that the copy has it too.
        let mut headers = parts.headers.clone();
        respond::name(&mut headers, "");
        let kept = Whole {
            headers,
            body: body.clone(),
        };
        self.0.insert(key, Arc::new(kept));
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

/// What an answer takes, in bytes.
#[derive(Debug, Clone, Copy)]
struct Weight;

impl Weighter<Key, Arc<Whole>> for Weight {
    fn weight(&self, _: &Key, kept: &Arc<Whole>) -> u64 {
        BESIDE + kept.body.len() as u64
    }
}
