//! Highlights XML and HTML, which aren't in the table of languages.

use super::{Painter, Token};

/// Paints elements, attributes, values and comments.
pub(super) fn paint(painter: &mut Painter<'_>, code: &str) {
    let mut rest = code;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        painter.put(Token::Plain, text);
        let length = match tag.strip_prefix("<!--") {
            Some(inside) => inside.find("-->").map_or(tag.len(), |end| end + 7),
            None => {
                1 + tag
                    .get(1..)
                    .unwrap_or_default()
                    .find(['<', '>'])
                    .unwrap_or(tag.len() - 1)
            }
        };
        let (piece, tail) = tag.split_at_checked(length).unwrap_or((tag, ""));
        if piece.starts_with("<!--") {
            painter.put(Token::Comment, piece);
        } else {
            paint_tag(painter, piece);
        }
        rest = tail;
    }
    painter.put(Token::Plain, rest);
}

fn paint_tag(painter: &mut Painter<'_>, tag: &str) {
    let name_end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(name_end);
    painter.put(Token::Tag, name);
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '"' | '\'' => (
                Token::Text,
                rest.get(1..)
                    .and_then(|inside| inside.find(first))
                    .map_or(rest.len(), |end| end + 2),
            ),
            c if c.is_alphabetic() => {
                let end = rest
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | ':' | '_' | '.')));
                (Token::Property, end.unwrap_or(rest.len()))
            }
            c => (Token::Plain, c.len_utf8()),
        };
        let (piece, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        painter.put(token, piece);
        rest = tail;
    }
}
