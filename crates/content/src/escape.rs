//! Decodes entities and escapes text.

use std::borrow::Cow;

use memchr::memchr;
use quick_xml::escape::resolve_html5_entity;

/// The maximum length of an entity without `&` and `;`, in bytes: HTML's longest name has 31
/// letters.
const LONGEST_ENTITY: usize = 32;

/// Returns whether a character is allowed in a document: XML and HTML can't express the other
/// control characters, nor the two codes that are no characters.
pub(crate) fn is_legal(c: char) -> bool {
    (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')) || matches!(c, '\t' | '\n' | '\r')
}

/// Returns the entity that begins right after an ampersand, and its length with the semicolon.
///
/// `None` if the text after the ampersand is neither a character reference nor one of HTML's names.
pub(crate) fn entity(after_ampersand: &str) -> Option<(Entity, usize)> {
    let window = after_ampersand.as_bytes();
    let end = memchr(b';', window.get(..LONGEST_ENTITY).unwrap_or(window))?;
    let body = after_ampersand.get(..end)?;
    let value = match body.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hex, 16).ok()?
                }
                None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            Entity::Char(char::from_u32(code).filter(|c| is_legal(*c))?)
        }
        None => Entity::Named(resolve_html5_entity(body)?),
    };
    Some((value, end + 1))
}

/// The text that an entity stands for.
#[derive(Clone, Copy)]
pub(crate) enum Entity {
    Char(char),
    Named(&'static str),
}

/// Returns text with its entities replaced by their characters.
pub(crate) fn decode(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let (head, mut rest) = raw.split_at(first);
    let mut out = String::with_capacity(raw.len());
    out.push_str(head);
    while let Some(after) = rest.strip_prefix('&') {
        let consumed = match entity(after) {
            Some((Entity::Char(c), length)) => {
                out.push(c);
                length
            }
            Some((Entity::Named(text), length)) => {
                out.push_str(text);
                length
            }
            None => {
                out.push('&');
                0
            }
        };
        let tail = after.get(consumed..).unwrap_or_default();
        let next = memchr(b'&', tail.as_bytes()).unwrap_or(tail.len());
        let (text, following) = tail.split_at(next);
        out.push_str(text);
        rest = following;
    }
    Cow::Owned(out)
}

/// Appends plain text to HTML or storage format, fit for element content and for a quoted attribute
/// value.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // Neither HTML nor XML can express these, and they show nothing to a reader.
            0..=8 | 11 | 12 | 14..=31 => "",
            0xef if is_no_character(text, at) => "",
            _ => continue,
        };
        out.push_str(text.get(start..at).unwrap_or_default());
        out.push_str(escape);
        start = at + if byte == 0xef { 3 } else { 1 };
    }
    out.push_str(text.get(start..).unwrap_or_default());
}

/// Returns whether the three bytes at `at` are U+FFFE or U+FFFF.
fn is_no_character(text: &str, at: usize) -> bool {
    let character = text.get(at..).and_then(|rest| rest.chars().next());
    character.is_some_and(|c| !is_legal(c))
}

/// Escapes text as [`push_escaped`] does, and returns it as a new string.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_decimal_and_hexadecimal_entities_are_decoded() {
        assert_eq!(
            decode("a&nbsp;b &rsquo;c&#x1F600;&#65;"),
            "a\u{a0}b \u{2019}c\u{1f600}A"
        );
    }

    #[test]
    fn what_is_no_entity_stays_as_it_stands() {
        assert_eq!(
            decode("AT&T; & &#; &#xZZ; &#0; &#+65;"),
            "AT&T; & &#; &#xZZ; &#0; &#+65;"
        );
    }

    #[test]
    fn decoding_undoes_escaping() {
        let text = "<a href='x' title=\"y\">&amp;</a>";
        assert_eq!(decode(&escaped(text)), text);
    }
}
