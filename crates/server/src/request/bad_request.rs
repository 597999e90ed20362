//! The error of a request that makes no sense as it was sent.

use std::borrow::Cow;
use std::fmt;

/// The reason why a request is refused with 400, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRequest(Cow<'static, str>);

impl BadRequest {
    /// Makes the error with a message for the caller.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for BadRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadRequest {}
