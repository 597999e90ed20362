//! The entries of a list, each written as soon as it has been made.
//!
//! Bodies are large. So that no more than one entry is held beside the text of those
//! before it, an entry is let go once it has been written; and where the bodies of an
//! answer are as many bytes as it may have, the list stops (A65).

use crate::failure::Failure;
use crate::memory::AnswerRoom;
use crate::request::bad_request::BadRequest;
use crate::respond;
use crate::rest::lens::Lens;
use crate::route::Answer;
use bytes::Bytes;
use serde::Serialize;
use std::collections::VecDeque;

/// What an entry takes beside its bodies, about, in bytes.
const BESIDE: usize = 2 * 1024;

/// The entries of a list that have been written.
#[derive(Debug)]
pub(crate) struct Entries<'v> {
    room: &'v AnswerRoom,
    entries: Vec<Bytes>,
}

impl<'v> Entries<'v> {
    /// None yet.
    pub(crate) fn new(lens: Lens<'v>) -> Self {
        lens.room.begin_object();
        Self {
            room: lens.room,
            entries: Vec::new(),
        }
    }

    /// Writes an entry. Not, if it doesn't fit into the answer: then the list goes on
    /// with it in the next one. The first always fits.
    ///
    /// # Errors
    /// None that a caller can cause.
    pub(crate) fn push(&mut self, entry: &impl Serialize) -> Result<bool, Failure> {
        if self.room.is_full() && !self.entries.is_empty() {
            return Ok(false);
        }
        let mut text = Vec::with_capacity(self.room.of_object().saturating_add(BESIDE));
        serde_json::to_writer(&mut text, entry).map_err(|error| unwritable(&error))?;
        text.shrink_to_fit();
        self.entries.push(text.into());
        self.room.begin_object();
        Ok(true)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// 200 with an object whose first member `results` they are; `rest` are its others.
    ///
    /// # Errors
    /// None that a caller can cause.
    pub(crate) fn answer(self, rest: &impl Serialize) -> Answer {
        let rest = serde_json::to_string(rest).map_err(|error| unwritable(&error))?;
        let mut parts = VecDeque::with_capacity(self.entries.len().saturating_mul(2) + 2);
        parts.push_back(Bytes::from_static(b"{\"results\":["));
        for (n, entry) in self.entries.into_iter().enumerate() {
            if n > 0 {
                parts.push_back(Bytes::from_static(b","));
            }
            parts.push_back(entry);
        }
        let rest = match rest.strip_prefix('{') {
            Some("}") | None => "]}".to_owned(),
            Some(members) => format!("],{members}"),
        };
        parts.push_back(rest.into());
        Ok(respond::json_in_parts(parts))
    }
}

fn unwritable(error: &serde_json::Error) -> BadRequest {
    BadRequest::new(format!("this can't be written as JSON: {error}"))
}
