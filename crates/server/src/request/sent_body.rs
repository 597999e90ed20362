//! The body of a request. A form that a person typed outlives its handler, so that the page that
//! refuses it can show what was typed.

use crate::request::body::ReadBody;
use axum::body::Body;
use std::mem::replace;
use std::sync::{Arc, Mutex, PoisonError};

/// The body of a request. All clones share one body.
#[derive(Debug, Clone)]
pub(crate) struct SentBody(Arc<Mutex<State>>);

/// How far a body has been read.
#[derive(Debug)]
pub(crate) enum State {
    /// Nothing of it has been read.
    Unread(Body),
    /// It was taken, and nothing of it was kept.
    Taken,
    /// It is a form that was read to its end.
    Form(Arc<ReadBody>),
}

impl SentBody {
    /// Takes the unread body of a request.
    pub(crate) fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(State::Unread(body))))
    }

    /// Takes what there is of the body, and leaves nothing.
    pub(crate) fn take(&self) -> State {
        self.set(State::Taken)
    }

    /// Takes the unread body; an empty one if it was taken before.
    pub(crate) fn take_unread(&self) -> Body {
        match self.take() {
            State::Unread(body) => body,
            State::Taken | State::Form(_) => Body::empty(),
        }
    }

    /// Keeps a form that was read.
    pub(crate) fn keep(&self, form: Arc<ReadBody>) {
        self.set(State::Form(form));
    }

    fn set(&self, state: State) -> State {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        replace(&mut *now, state)
    }
}
