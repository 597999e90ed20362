//! Observes whether a request's body has been read to its end.
//!
//! A request that is refused early leaves the rest of its body on the connection. No further
//! request can be read behind that, so the response says that the connection closes: otherwise the
//! caller would send its next request into it.

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

/// Observes the end of one body. `None` if the body was empty.
#[derive(Debug, Clone)]
pub(crate) struct Watch(Option<Arc<AtomicBool>>);

impl Watch {
    /// Wraps a body to observe it. An empty body has ended already.
    pub(crate) fn over(body: Body) -> (Body, Self) {
        if body.is_end_stream() {
            return (body, Self(None));
        }
        let ended = Arc::new(AtomicBool::new(false));
        let watched = Watched {
            body,
            ended: Arc::clone(&ended),
        };
        (Body::new(watched), Self(Some(ended)))
    }

    /// Returns whether a part of the body hasn't been read yet.
    pub(crate) fn is_open(&self) -> bool {
        let ended = self.0.as_ref();
        ended.is_some_and(|ended| !ended.load(Ordering::Acquire))
    }
}

/// A body that records when it has ended.
struct Watched {
    body: Body,
    ended: Arc<AtomicBool>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.ended.store(true, Ordering::Release);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
