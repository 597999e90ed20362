//! The memory that answers take (A65).
//!
//! Bodies are the large part of an answer, and one request can ask for many of them. An
//! answer holds at most [`MAX_ANSWER`] bytes of bodies: a list stops there, and goes on
//! behind its link. An answer that holds more than a little takes a share of what the
//! node has for answers, and keeps it until it has been sent.

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

/// The most bytes of bodies in one answer, as they are written in JSON.
pub const MAX_ANSWER: usize = 24 * 1024 * 1024;
/// The most bytes of bodies in one object of an answer, with all that is within it. Its
/// first body is there however long it is: a body has bounds of its own.
pub const MAX_OBJECT: usize = 12 * 1024 * 1024;
/// Answers with so few bytes of bodies take no share.
const MAX_SMALL: usize = 256 * 1024;
/// The share of an answer that is being made, in KiB.
const SHARE: u32 = 48 * 1024;
/// What a node has for larger answers, in KiB.
const OF_NODE: usize = 3 * SHARE as usize;
/// How many bodies are rendered at once.
const MAX_RENDERED_AT_ONCE: usize = 4;
/// How long an answer waits for its share, and a body for its turn.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest piece in which a large answer is handed to its connection.
const PIECE: usize = 64 * 1024;

/// What a node has for answers. Clones are one.
#[derive(Debug, Clone)]
pub struct AnswerMemory(Arc<Node>);

#[derive(Debug)]
struct Node {
    /// In KiB.
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
    /// The room of one answer.
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

/// The room of one answer. Clones are one; one that was never given is without bounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct AnswerRoom(Option<Arc<Taken>>);

#[derive(Debug)]
struct Taken {
    node: Arc<Node>,
    /// Bytes of bodies in the answer.
    of_answer: AtomicUsize,
    /// Bytes of bodies in the object that is being made.
    of_object: AtomicUsize,
    /// How many bodies didn't fit.
    refused: AtomicUsize,
    /// Whether one of them didn't fit into the answer.
    full: AtomicBool,
    share: Mutex<Option<OwnedSemaphorePermit>>,
}

impl AnswerRoom {
    /// Renders a body in its turn; none where it doesn't fit.
    ///
    /// # Errors
    /// What rendering says; busy when there is no memory for it in time.
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
            // What waits holds nothing large meanwhile.
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

    /// Bytes of bodies in the object that is being made.
    pub(crate) fn of_object(&self) -> usize {
        let taken = self.0.as_ref();
        taken.map_or(0, |taken| taken.of_object.load(Ordering::Relaxed))
    }

    /// How many bodies didn't fit so far.
    pub(crate) fn refused(&self) -> usize {
        let taken = self.0.as_ref();
        taken.map_or(0, |taken| taken.refused.load(Ordering::Relaxed))
    }

    /// Whether a body didn't fit into the answer: the object that it belongs to is for
    /// the next one.
    pub(crate) fn is_full(&self) -> bool {
        let taken = self.0.as_ref();
        taken.is_some_and(|taken| taken.full.load(Ordering::Relaxed))
    }

    /// Lets an answer that has been made keep of its share what it is long, until it is sent.
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
    /// Counts a body, if it fits.
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

    /// Whether the answer has the share that it needs by now.
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

/// How long a text is in JSON.
pub(crate) fn json_length(text: &str) -> usize {
    let more = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
        0..=0x1f => 5,
        _ => 0,
    };
    text.len() + text.bytes().map(more).sum::<usize>()
}

/// A body that holds its share until it is sent.
#[derive(Debug)]
struct Sent {
    body: Body,
    /// What of a piece that was too long is still to be handed on.
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
