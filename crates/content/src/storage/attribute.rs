//! The attributes of a well-formed start tag.

use std::borrow::Cow;

use memchr::memchr;

use crate::escape::decode;

/// The maximum number of attributes: more than any tool writes. It keeps the search for repeated
/// names cheap.
pub(super) const MAX_ATTRIBUTES: usize = 128;

/// One attribute as it is in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name with its prefix, such as `ac:name`.
    pub name: &'a str,
    /// The value between its quotes, with entities.
    pub raw: &'a str,
}

impl<'a> Attribute<'a> {
    /// Returns the value with its entities decoded.
    #[must_use]
    pub fn value(&self) -> Cow<'a, str> {
        decode(self.raw)
    }
}

/// An iterator over the attributes of one start tag, in the order of the source.
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    /// Reads from right after the element's name; a closing `>` or `/>` may follow the attributes.
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    /// Returns the text after the last attribute that was read.
    pub(super) fn rest(&self) -> &'a str {
        skip_space(self.rest)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = skip_space(self.rest);
        if text.len() == self.rest.len() {
            return None;
        }
        let name_end = name_length(text);
        let (name, after) = text
            .split_at_checked(name_end)
            .filter(|(name, _)| !name.is_empty())?;
        let after = skip_space(skip_space(after).strip_prefix('=')?);
        let quote = after.bytes().next().filter(|b| matches!(b, b'"' | b'\''))?;
        let value = after.get(1..)?;
        let end = memchr(quote, value.as_bytes())?;
        let raw = value.get(..end)?;
        self.rest = value.get(end + 1..)?;
        Some(Attribute { name, raw })
    }
}

/// Returns the length of the name at the beginning of the text; 0 if it doesn't begin with a name.
pub(super) fn name_length(text: &str) -> usize {
    let starts = |b: u8| b.is_ascii_alphabetic() || b == b'_' || b >= 0x80;
    match text.bytes().next() {
        Some(first) if starts(first) => text
            .bytes()
            .position(|b| !(starts(b) || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b':')))
            .unwrap_or(text.len()),
        _ => 0,
    }
}

/// Returns the text after the white space at its beginning.
pub(super) fn skip_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r'])
}
