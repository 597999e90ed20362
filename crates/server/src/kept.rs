//! Response cache. An entry is valid only for the subject and the catalogue revision it was decided
//! for.
//!
//! A page's response is a function of the catalogue, the subject and the address; but a list by a
//! query may depend on the date, or on words that the search index hasn't read yet. So while
//! nothing on the site changes, within a minute, the same credential that requests the same address
//! again gets the same bytes, after its request has passed the freshness gate and its credential
//! has been checked as always. Any change of the site makes another revision, for which nothing is
//! cached yet; and nothing is ever shared between subjects (A41).

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

/// The most bytes that the cache holds.
const ROOM: u64 = 16 << 20;
/// The longest response that is cached, in bytes.
const LONGEST: u64 = 256 << 10;
/// The interval at which entries expire, in milliseconds: an entry is valid until the next whole
/// minute since 1970.
const AGE: Millis = 60_000;
/// The longest address whose response is cached, in bytes.
const LONGEST_ADDRESS: usize = 1 << 10;
/// The approximate size of an entry beside its body, in bytes.
const BESIDE: u64 = 1 << 10;

/// The cached responses.
#[derive(Debug)]
pub(crate) struct Kept(Cache<Key, Arc<Whole>, Weight>);

/// One cached response.
#[derive(Debug)]
struct Whole {
    headers: HeaderMap,
    body: Bytes,
}

/// The key of an entry: everything that the response depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    revision: (u64, u64),
    minute: Millis,
    subject: Who,
    scheme: &'static str,
    host: String,
    address: String,
}

/// A [`Key`] that borrows from its request, for look-ups without allocation.
#[derive(Debug, Hash)]
pub(crate) struct Asked<'a> {
    revision: (u64, u64),
    minute: Millis,
    subject: Who,
    scheme: &'static str,
    host: &'a str,
    address: &'a str,
}

/// The credential that a subject came with. Its account, groups and scopes follow from the
/// catalogue at the revision.
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
    /// Returns the key of a call, or `None` if its response is never cached.
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

    /// Returns the owned key under which the response is stored.
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
    /// Makes an empty cache.
    pub(crate) fn new() -> Self {
        Self(Cache::with_weighter(2_000, ROOM, Weight))
    }

    /// Returns the response that this subject got at this revision, if it is cached.
    pub(crate) fn answer(&self, asked: &Asked<'_>) -> Option<Response> {
        let kept = self.0.get(asked)?;
        let mut response = Response::new(Body::from(kept.body.clone()));
        *response.headers_mut() = kept.headers.clone();
        Some(response)
    }

    /// Caches a response if it qualifies, and returns it.
    ///
    /// # Errors
    /// Never fails for a response whose length is known before it is read; others aren't cached.
    pub(crate) async fn keep(&self, key: Key, response: Response) -> Answer {
        let length = response.body().size_hint().exact();
        if response.status() != StatusCode::OK || length.is_none_or(|bytes| bytes > LONGEST) {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::try_from(LONGEST).unwrap_or(usize::MAX))
            .await
            .map_err(|_| Failure::Fault)?;
        // A placeholder for the request's id keeps the header in the copy too.
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

/// Weighs an entry by its bytes.
#[derive(Debug, Clone, Copy)]
struct Weight;

impl Weighter<Key, Arc<Whole>> for Weight {
    fn weight(&self, _: &Key, kept: &Arc<Whole>) -> u64 {
        BESIDE + kept.body.len() as u64
    }
}
