//! The memory that responses take (A65).
//!
//! Bodies are the large part of a response, and one request can ask for many of them. A response
//! holds at most [`MAX_ANSWER`] bytes of bodies: a list stops there, and continues behind its
//! `next` link. A response that holds more than `MAX_SMALL` bytes takes a share of the node's
//! budget for responses, and holds it until it has been sent.

use crate::failure::Failure;
use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The most bytes of bodies in one response, as they are written in JSON.
pub const MAX_ANSWER: usize = 24 * 1024 * 1024;
/// The most bytes of bodies in one object of a response, including everything nested in it. Its
/// first body is included however long it is: a body has limits of its own.
pub const MAX_OBJECT: usize = 12 * 1024 * 1024;
/// A response with at most this many bytes of bodies takes no share.
const MAX_SMALL: usize = 256 * 1024;
/// The share of a response that is being made, in KiB.
const SHARE: u32 = 48 * 1024;
/// The node's budget for larger responses, in KiB.
const OF_NODE: usize = 3 * SHARE as usize;
/// The most bodies that are rendered at once.
const MAX_RENDERED_AT_ONCE: usize = 4;
/// How long a response waits for its share, and a body for its turn.
const PATIENCE: Duration = Duration::from_secs(20);
/// The largest piece, in bytes, in which a large response is handed to its connection.
const PIECE: usize = 64 * 1024;

/// The node's memory budget for responses. All clones share one budget.
#[derive(Debug, Clone)]
pub struct AnswerMemory(Arc<Node>);

#[derive(Debug)]
struct Node {
    /// The free part of the budget, in KiB.
    shares: Arc<Semaphore>,
    rendering: Semaphore,
}

impl Default for AnswerMemory {
    fn default() -> Self {
        Self(Arc::new(Node {
            shares: Arc::new(Semaphore::new(OF_NODE)),
            rendering: Semaphore::new(MAX_RENDERED_AT_ONCE),
        }))
    }
}

impl AnswerMemory {
    /// Starts the budget of one response.
    pub(crate) fn of_answer(&self) -> AnswerRoom {
        AnswerRoom(Some(Arc::new(Taken {
            node: Arc::clone(&self.0),
            of_answer: AtomicUsize::new(0),
            of_object: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
            full: AtomicBool::new(false),
            share: Mutex::new(None),
        })))
    }
}

/// The memory budget of one response. All clones share one budget; the default has no limits.
#[derive(Debug, Clone, Default)]
pub(crate) struct AnswerRoom(Option<Arc<Taken>>);

#[derive(Debug)]
struct Taken {
    node: Arc<Node>,
    /// The bytes of bodies in the response so far.
    of_answer: AtomicUsize,
    /// The bytes of bodies in the object that is being made.
    of_object: AtomicUsize,
    /// The number of bodies that didn't fit.
    refused: AtomicUsize,
    /// Whether a body didn't fit into the response (rather than into its object).
    full: AtomicBool,
    share: Mutex<Option<OwnedSemaphorePermit>>,
}

impl AnswerRoom {
    /// Renders a body in its turn. Returns `None` if it doesn't fit.
    ///
    /// # Errors
    /// Returns the error of rendering, or `Failure::Busy` if no memory becomes free in time.
    pub(crate) async fn rendered<T, E, F>(
        &self,
        render: impl Fn() -> F,
        length: impl Fn(&T) -> usize,
    ) -> Result<Option<T>, Failure>
    where
        F: Future<Output = Result<T, E>>,
        Failure: From<E>,
    {
        let Some(taken) = &self.0 else {
            return Ok(Some(render().await?));
        };
        if taken.full.load(Ordering::Relaxed) {
            taken.refused.fetch_add(1, Ordering::Relaxed);
            return Ok(None);
        }
        let mut body = taken.node.turn(&render).await?;
        let length = length(&body);
        if !taken.fits(length) {
            taken.refused.fetch_add(1, Ordering::Relaxed);
            return Ok(None);
        }
        if !taken.try_share() {
            // A response that waits for its share must hold nothing large meanwhile.
            drop(body);
            taken.wait_for_share().await?;
            body = taken.node.turn(&render).await?;
        }
        Ok(Some(body))
    }

    /// Begins the next object of a list.
    pub(crate) fn begin_object(&self) {
        if let Some(taken) = &self.0 {
            taken.of_object.store(0, Ordering::Relaxed);
        }
    }

    /// Returns the bytes of bodies in the object that is being made.
    pub(crate) fn of_object(&self) -> usize {
        let taken = self.0.as_ref();
        taken.map_or(0, |taken| taken.of_object.load(Ordering::Relaxed))
    }

    /// Returns how many bodies haven't fitted so far.
    pub(crate) fn refused(&self) -> usize {
        let taken = self.0.as_ref();
        taken.map_or(0, |taken| taken.refused.load(Ordering::Relaxed))
    }

    /// Returns whether a body didn't fit into the response. The object that it belongs to is left
    /// for the next page of the list.
    pub(crate) fn is_full(&self) -> bool {
        let taken = self.0.as_ref();
        taken.is_some_and(|taken| taken.full.load(Ordering::Relaxed))
    }

    /// Attaches the share to the finished response until it is sent, reduced to the response's
    /// length.
    pub(crate) fn keep(&self, response: Response) -> Response {
        let share = self.0.as_ref().and_then(|taken| taken.share().take());
        let Some(mut share) = share else {
            return response;
        };
        response.map(|body| {
            let kib = body.size_hint().upper().unwrap_or(u64::MAX).div_ceil(1024);
            let kib = usize::try_from(kib).unwrap_or(usize::MAX);
            let kept = share.split(kib).unwrap_or(share);
            Body::new(Sent {
                body,
                rest: Bytes::new(),
                _share: kept,
            })
        })
    }
}

impl Node {
    async fn turn<T, E, F>(&self, render: impl Fn() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, E>>,
        Failure: From<E>,
    {
        let turn = timeout(PATIENCE, self.rendering.acquire()).await;
        let _turn = turn
            .map_err(|_| Failure::Busy)?
            .map_err(|_| Failure::Fault)?;
        Ok(render().await?)
    }
}

impl Taken {
    /// Counts a body if it fits, and returns whether it did.
    fn fits(&self, length: usize) -> bool {
        let (object, answer) = (
            self.of_object.load(Ordering::Relaxed),
            self.of_answer.load(Ordering::Relaxed),
        );
        if answer > 0 && answer.saturating_add(length) > MAX_ANSWER {
            self.full.store(true, Ordering::Relaxed);
            return false;
        }
        if object > 0 && object.saturating_add(length) > MAX_OBJECT {
            return false;
        }
        self.of_object.store(object + length, Ordering::Relaxed);
        self.of_answer.store(answer + length, Ordering::Relaxed);
        true
    }

    fn share(&self) -> MutexGuard<'_, Option<OwnedSemaphorePermit>> {
        self.share.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether the response needs no share or has one, after trying to take one at once.
    fn try_share(&self) -> bool {
        if self.of_answer.load(Ordering::Relaxed) <= MAX_SMALL {
            return true;
        }
        let mut share = self.share();
        if share.is_none() {
            let shares = Arc::clone(&self.node.shares);
            *share = shares.try_acquire_many_owned(SHARE).ok();
        }
        share.is_some()
    }

    async fn wait_for_share(&self) -> Result<(), Failure> {
        let shares = Arc::clone(&self.node.shares);
        let waited = timeout(PATIENCE, shares.acquire_many_owned(SHARE)).await;
        let share = waited.map_err(|_| Failure::Busy)?;
        *self.share() = Some(share.map_err(|_| Failure::Fault)?);
        Ok(())
    }
}

/// Returns the length of a text in bytes when it is written as a JSON string.
pub(crate) fn json_length(text: &str) -> usize {
    let more = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
        0..=0x1f => 5,
        _ => 0,
    };
    text.len() + text.bytes().map(more).sum::<usize>()
}

/// A response body that holds its share until it is sent.
#[derive(Debug)]
struct Sent {
    body: Body,
    /// The rest of a frame that was longer than one piece.
    rest: Bytes,
    _share: OwnedSemaphorePermit,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => frame,
                other => return Poll::Ready(other),
            };
            match frame.into_data() {
                Ok(data) => self.rest = data,
                Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
            }
        }
        let piece = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(piece);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.body.size_hint();
        let rest = u64::try_from(self.rest.len()).unwrap_or(u64::MAX);
        match hint.exact() {
            Some(length) => hint.set_exact(length.saturating_add(rest)),
            None => hint.set_lower(hint.lower().saturating_add(rest)),
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    impl From<Infallible> for Failure {
        fn from(never: Infallible) -> Self {
            match never {}
        }
    }

    async fn render(room: &AnswerRoom, bytes: usize) -> bool {
        let body = || async move { Ok::<_, Infallible>("x".repeat(bytes)) };
        let rendered = room.rendered(body, |text| json_length(text));
        rendered.await.unwrap().is_some()
    }

    #[tokio::test]
    async fn a_list_stops_where_the_answer_is_full_and_one_object_is_always_answered() {
        let node = AnswerMemory::default();
        let room = node.of_answer();
        assert!(
            render(&room, MAX_OBJECT + 1).await,
            "the first of an object"
        );
        assert!(!render(&room, 2).await, "the second");
        assert!(!room.is_full());
        room.begin_object();
        assert!(render(&room, 1_000).await);
        assert!(!render(&room, MAX_OBJECT).await);
        room.begin_object();
        assert!(!render(&room, MAX_OBJECT).await);
        assert!(room.is_full(), "for the next answer");
        assert!(render(&node.of_answer(), MAX_OBJECT).await);
    }

    #[tokio::test]
    async fn a_large_answer_holds_what_it_is_long_until_it_is_sent() {
        let node = AnswerMemory::default();
        let free = || node.0.shares.available_permits();
        let room = node.of_answer();
        assert!(render(&room, MAX_SMALL).await);
        assert_eq!(free(), OF_NODE);
        assert!(render(&room, 1 << 20).await);
        assert_eq!(free(), OF_NODE - SHARE as usize);
        let body = vec![b'x'; 1_300_000];
        let response = room.keep(Response::new(Body::from(body.clone())));
        assert_eq!(free(), OF_NODE - 1_300_000_usize.div_ceil(1024));
        assert_eq!(response.body().size_hint().exact(), Some(1_300_000));
        let sent = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        assert_eq!(sent.unwrap(), body);
        assert_eq!(free(), OF_NODE);
    }

    #[tokio::test]
    async fn a_large_answer_waits_for_those_before_it_and_a_small_one_does_not() {
        let node = AnswerMemory::default();
        let large: Vec<_> = (0..3).map(|_| node.of_answer()).collect();
        for room in &large {
            assert!(render(room, 1 << 20).await);
        }
        assert!(render(&node.of_answer(), 1_000).await);
        let (waiting, soon) = (node.of_answer(), Duration::from_millis(30));
        let waits = timeout(soon, render(&waiting, 1 << 20));
        assert!(waits.await.is_err());
        drop(large);
        assert!(render(&waiting, 1 << 20).await);
    }

    #[test]
    fn a_text_is_as_long_as_json_writes_it() {
        for text in ["", "a\"b\\c\n\t\r", "ü\u{1}\u{7f}", "<p>x</p>"] {
            let written = serde_json::to_string(text).unwrap().len() - 2;
            assert_eq!(json_length(text), written, "{text:?}");
        }
    }
}
