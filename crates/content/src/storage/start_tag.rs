//! Reads start tags that needn't be well-formed, for the tolerant pass ([`mend`](super::mend)).

use super::attribute::{MAX_ATTRIBUTES, name_length};
use super::name::Written;

/// The interpretation of a `<` and the text after it.
pub(super) enum StartTag<'a> {
    Tag {
        name: &'a str,
        attributes: Vec<Written<'a>>,
        closed: bool,
        length: usize,
    },
    /// It isn't a tag, but this number of bytes of text.
    Text(usize),
}

/// Reads what may be a start tag at the beginning of a text.
pub(super) fn scan_start_tag(rest: &str) -> StartTag<'_> {
    let slice = |from: usize, to: usize| rest.get(from..to).unwrap_or_default();
    let bytes = rest.as_bytes();
    let name_end = 1 + name_length(rest.get(1..).unwrap_or_default());
    if name_end == 1 {
        return StartTag::Text(1);
    }
    let mut attributes: Vec<Written<'_>> = Vec::new();
    let mut at = name_end;
    let mut closed = false;
    loop {
        match bytes.get(at) {
            None => return StartTag::Text(rest.len()),
            Some(b'<') => return StartTag::Text(at),
            Some(b'>') => {
                return StartTag::Tag {
                    name: slice(1, name_end),
                    attributes,
                    closed,
                    length: at + 1,
                };
            }
            Some(&byte) => {
                closed = byte == b'/';
                let length = name_length(slice(at, rest.len()));
                if length == 0 && b"&|()[]{}+*!?,;@#$%".contains(&byte) {
                    // It consists of words and operators, such as `a<b && c>d`.
                    return StartTag::Text(name_end);
                }
                if length == 0 {
                    // It is a stray quote, equals sign or the like, or a byte of a character that
                    // names can't contain.
                    at += 1;
                    continue;
                }
                let name = slice(at, at + length);
                at += length;
                let Some((value, next)) = attribute_value(rest, at) else {
                    return StartTag::Text(rest.len());
                };
                at = next;
                if attributes.len() < MAX_ATTRIBUTES
                    && !attributes.iter().any(|(known, _)| *known == name)
                {
                    attributes.push((name, value));
                }
            }
        }
    }
}

/// Returns the value after an attribute's name, if it has one, and the position after it, or `None`
/// if a quote is never closed.
fn attribute_value(rest: &str, at: usize) -> Option<(Option<&str>, usize)> {
    let tail = rest.get(at..)?;
    let Some(behind) = tail.trim_ascii_start().strip_prefix('=') else {
        return Some((None, at));
    };
    let behind = behind.trim_ascii_start();
    let start = rest.len() - behind.len();
    match behind.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => {
            let value = behind.get(1..)?;
            let end = memchr::memchr(quote, value.as_bytes())?;
            Some((value.get(..end), start + end + 2))
        }
        _ => {
            let end = behind
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '<' | '>' | '"' | '\''))
                .unwrap_or(behind.len());
            Some((behind.get(..end), start + end))
        }
    }
}
