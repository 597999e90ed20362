//! Reading request bodies within bounds of size, time and the memory of all of
//! them together.

use crate::failure::Failure;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most bytes of a JSON body.
pub const JSON: usize = 6 * 1024 * 1024;
/// The most bytes of a form.
pub const FORM: usize = 64 * 1024;
/// The most bytes of a form that holds a page's text, percent-encoded.
pub const LONG_FORM: usize = 8 * 1024 * 1024;
/// Up to so many bytes a body is read without asking for room.
const SMALL: usize = 64 * 1024;
/// The room that all larger bodies in flight share, in KiB.
const ROOM: u32 = 8 * 1024;
/// How long a body may take to come in.
const PATIENCE: Duration = Duration::from_secs(30);

/// The room for the bodies of all requests.
#[derive(Debug, Clone)]
pub struct BodyRoom(Arc<Semaphore>);

impl Default for BodyRoom {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(ROOM as usize)))
    }
}

/// A body that was read; its room is free again when it is dropped.
#[derive(Debug)]
pub struct ReadBody {
    /// The bytes.
    pub bytes: Bytes,
    /// What they take of the room.
    pub held: Option<OwnedSemaphorePermit>,
}

impl BodyRoom {
    /// Reads a whole body of at most `most` bytes.
    ///
    /// # Errors
    /// Too large; unavailable when there is no room for it in time; bad request
    /// when it breaks off or comes too slowly.
    pub async fn read(
        &self,
        headers: &HeaderMap,
        body: Body,
        most: usize,
    ) -> Result<ReadBody, Failure> {
        let announced = announced(headers);
        if announced.is_some_and(|length| length > most as u64) {
            return Err(Failure::TooLarge(most));
        }
        let expected = announced
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or(most)
            .min(most);
        tokio::time::timeout(PATIENCE, async {
            let held = if expected > SMALL {
                Some(self.reserve(expected).await?)
            } else {
                None
            };
            let announced = if announced.is_some() { expected } else { 0 };
            let bytes = collect(body, most, announced).await?;
            Ok(ReadBody { bytes, held })
        })
        .await
        .unwrap_or(Err(Failure::Timeout))
    }

    async fn reserve(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Failure> {
        let kib = u32::try_from(bytes.div_ceil(1024))
            .unwrap_or(ROOM)
            .min(ROOM);
        let room = Arc::clone(&self.0);
        room.acquire_many_owned(kib)
            .await
            .map_err(|_| Failure::Timeout)
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Gathers a body in one allocation where its length was announced: room has been
/// reserved for it.
async fn collect(body: Body, most: usize, announced: usize) -> Result<Bytes, Failure> {
    let mut stream = body.into_data_stream();
    let mut whole = BytesMut::with_capacity(announced);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Failure::bad_request("the body broke off; send it whole"))?;
        if whole.len().saturating_add(chunk.len()) > most {
            return Err(Failure::TooLarge(most));
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole.freeze())
}

/// Whether a `Content-Type` names this media type, whatever its parameters.
pub fn is_media_type(headers: &HeaderMap, wanted: &str) -> bool {
    let Some(value) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    value
        .split(';')
        .next()
        .is_some_and(|name| name.trim().eq_ignore_ascii_case(wanted))
}
