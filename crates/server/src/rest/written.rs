//! The entries of a list, each written as soon as it has been made.
//!
//! Bodies are large. So that no more than one entry is held beside the text of those before it, an
//! entry is dropped once it has been written; and where the bodies of a response reach the bytes
//! that it may have, the list stops (A65).

use crate::failure::Failure;
use crate::memory::AnswerRoom;
use crate::request::bad_request::BadRequest;
use crate::respond;
use crate::rest::lens::Lens;
use crate::route::Answer;
use bytes::Bytes;
use serde::Serialize;
use std::collections::VecDeque;

/// About how many bytes an entry takes besides its bodies.
const BESIDE: usize = 2 * 1024;

/// The entries of a list that have been written, and the room of their response.
#[derive(Debug)]
pub(crate) struct Entries<'v> {
    room: &'v AnswerRoom,
    entries: Vec<Bytes>,
}

impl<'v> Entries<'v> {
    /// Begins an empty list.
    pub(crate) fn new(lens: Lens<'v>) -> Self {
        lens.room.begin_object();
        Self {
            room: lens.room,
            entries: Vec::new(),
        }
    }

    /// Writes an entry. Returns `false` without writing it if it doesn't fit into the response: the
    /// next page then begins with it. The first entry always fits.
    ///
    /// # Errors
    /// No errors that a caller can cause.
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

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Responds with 200 and an object whose first member `results` is the entries; `rest` has its
    /// other members.
    ///
    /// # Errors
    /// No errors that a caller can cause.
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
