//! Running text of wiki markup.

use super::{MAX_NESTING, Parser};

/// What text between two marks becomes.
const MARKS: [(&str, &str); 8] = [
    ("*", "strong"),
    ("_", "em"),
    ("??", "cite"),
    ("-", "del"),
    ("+", "u"),
    ("^", "sup"),
    ("~", "sub"),
    ("{{", "code"),
];

/// Emoticons, longer ones before shorter.
const EMOTICONS: [(&str, &str); 19] = [
    ("(on)", "light-on"),
    ("(off)", "light-off"),
    ("(*r)", "red-star"),
    ("(*g)", "green-star"),
    ("(*b)", "blue-star"),
    ("(*)", "yellow-star"),
    ("(y)", "thumbs-up"),
    ("(n)", "thumbs-down"),
    ("(i)", "information"),
    ("(/)", "tick"),
    ("(x)", "cross"),
    ("(!)", "warning"),
    ("(+)", "plus"),
    ("(-)", "minus"),
    ("(?)", "question"),
    (":)", "smile"),
    (":(", "sad"),
    (":D", "laugh"),
    (";)", "wink"),
];

impl<'a> Parser<'a> {
    /// Reads a range as running text.
    pub(super) fn inline(&mut self, start: usize, end: usize, depth: usize) {
        if depth >= MAX_NESTING {
            return self.markup.text(self.slice(start, end));
        }
        let mut at = start;
        let mut text_start = start;
        let mut before = ' ';
        // A mark that was looked for in vain once has no end further on either.
        let mut is_hopeless = [false; MARKS.len()];
        while let Some(c) = self.slice(at, end).chars().next() {
            let rest = self.slice(at, end);
            let is_word_start = !before.is_alphanumeric();
            let token = match c {
                '\\' if rest.starts_with("\\\\") => Some(Token::Break(2)),
                '\\' => Some(Token::Escape),
                '\n' => Some(Token::Break(1)),
                '[' => self.link_at(at, end).map(Token::Link),
                '!' if is_word_start => self.picture_at(at, end).map(Token::Picture),
                '{' if !rest.starts_with("{{") => self.macro_at(at, end).map(Token::Macro),
                '-' if rest.starts_with("--") => Some(Token::Dash),
                'h' | 'm' if is_word_start => address_length(rest).map(Token::Address),
                '(' | ':' | ';' if is_word_start => EMOTICONS
                    .iter()
                    .find(|(mark, _)| rest.starts_with(mark))
                    .map(|(mark, name)| Token::Emoticon(mark.len(), name)),
                _ => None,
            };
            let token = token.or_else(|| {
                let (index, (mark, name)) = MARKS
                    .iter()
                    .enumerate()
                    .find(|(_, (mark, _))| rest.starts_with(mark))?;
                let hopeless = is_hopeless.get_mut(index)?;
                if !is_word_start || *hopeless {
                    return None;
                }
                match mark_end(rest, mark) {
                    MarkEnd::At(length) => Some(Token::Mark { mark, name, length }),
                    MarkEnd::NotBegun => None,
                    MarkEnd::Never => {
                        *hopeless = true;
                        None
                    }
                }
            });
            let Some(token) = token else {
                at += c.len_utf8();
                before = c;
                continue;
            };
            self.markup.text(self.slice(text_start, at));
            at = self.token(token, at, end, depth);
            text_start = at;
            before = self.slice(start, at).chars().next_back().unwrap_or(' ');
        }
        self.markup.text(self.slice(text_start, end));
    }

    /// Writes a token and returns where the text goes on.
    fn token(&mut self, token: Token<'a>, at: usize, end: usize, depth: usize) -> usize {
        match token {
            Token::Break(length) => {
                self.markup.void("br", &[]);
                at + length
            }
            Token::Escape => {
                let escaped = self.slice(at + 1, end).chars().next();
                let is_mark = escaped.is_some_and(|c| c.is_ascii_punctuation());
                let length = if is_mark { 2 } else { 1 };
                self.markup
                    .text(self.slice(at + usize::from(is_mark), at + length));
                at + length
            }
            Token::Link((inside, next)) => {
                self.link(inside);
                next
            }
            Token::Picture((inside, next)) => {
                self.picture(inside);
                next
            }
            Token::Macro(found) => {
                self.macro_(found, depth);
                found.end
            }
            Token::Dash => {
                let is_long = self.slice(at, end).starts_with("---");
                self.markup
                    .text(if is_long { "\u{2014}" } else { "\u{2013}" });
                at + if is_long { 3 } else { 2 }
            }
            Token::Address(length) => {
                let address = self.slice(at, at + length);
                self.markup
                    .element("a", &[("href", Some(address))], address);
                at + length
            }
            Token::Emoticon(length, name) => {
                self.markup.void("ac:emoticon", &[("ac:name", Some(name))]);
                at + length
            }
            Token::Mark { mark, name, length } => {
                let (from, to) = (at + mark.len(), at + mark.len() + length);
                self.markup.open(name, &[]);
                if name == "code" {
                    self.markup.text(self.slice(from, to));
                } else {
                    self.inline(from, to, depth + 1);
                }
                self.markup.close(name);
                to + mark.len()
            }
        }
    }
}

/// What isn't plain text.
enum Token<'a> {
    Break(usize),
    Escape,
    Link((&'a str, usize)),
    Picture((&'a str, usize)),
    Macro(super::macros::Found<'a>),
    Dash,
    Address(usize),
    Emoticon(usize, &'static str),
    Mark {
        mark: &'static str,
        name: &'static str,
        length: usize,
    },
}

/// Where the text between two marks ends.
enum MarkEnd {
    /// After so many bytes.
    At(usize),
    /// No text begins here.
    NotBegun,
    /// Nowhere.
    Never,
}

/// Looks for the second of two marks. Text between marks doesn't begin or end with a space, and no word goes on behind.
fn mark_end(rest: &str, mark: &str) -> MarkEnd {
    let inside = rest.get(mark.len()..).unwrap_or_default();
    let close = if mark == "{{" { "}}" } else { mark };
    if inside.starts_with(char::is_whitespace) || inside.starts_with(close) {
        return MarkEnd::NotBegun;
    }
    for (at, _) in inside.match_indices(close) {
        let before = inside.get(..at).and_then(|text| text.chars().next_back());
        let after = inside
            .get(at + close.len()..)
            .and_then(|text| text.chars().next());
        let ends_text = before.is_some_and(|c| !c.is_whitespace() && c != '\\');
        if ends_text && (close == "}}" || after.is_none_or(|c| !c.is_alphanumeric())) {
            return MarkEnd::At(at);
        }
    }
    MarkEnd::Never
}

/// The length of a bare address.
fn address_length(rest: &str) -> Option<usize> {
    let starts = ["http://", "https://", "mailto:"];
    let scheme = starts.iter().find(|scheme| rest.starts_with(*scheme))?;
    let end = rest
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '|' | ']' | '[' | '{' | '}' | '<' | '>' | '"' | '!')
        })
        .unwrap_or(rest.len());
    let length = rest
        .get(..end)?
        .trim_end_matches(['.', ',', ';', ':', ')', '*', '_'])
        .len();
    (length > scheme.len()).then_some(length)
}
