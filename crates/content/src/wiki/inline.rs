//! Reads the running text of wiki markup: marks, emoticons, line breaks and bare addresses.

use super::link::{between, picture, unescaped};
use super::macros::monospace_length;
use super::{MAX_NESTING, Parser};
use crate::escape::decode;

/// The marks, and the elements that text between two of them becomes.
const MARKS: [(&str, &str); 7] = [
    ("*", "strong"),
    ("_", "em"),
    ("??", "cite"),
    ("-", "del"),
    ("+", "u"),
    ("^", "sup"),
    ("~", "sub"),
];

/// The emoticons, longer ones before shorter.
const EMOTICONS: [(&str, &str); 27] = [
    ("(on)", "light-on"),
    ("(off)", "light-off"),
    ("(*y)", "yellow-star"),
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
    (":-)", "smile"),
    (":-(", "sad"),
    (":-D", "laugh"),
    (":-P", "cheeky"),
    (";-)", "wink"),
    (":)", "smile"),
    (":(", "sad"),
    (":D", "laugh"),
    (":P", "cheeky"),
    (":p", "cheeky"),
    (";)", "wink"),
];

impl<'a> Parser<'a> {
    /// Reads a range as running text.
    pub(super) fn inline(&mut self, start: usize, end: usize, depth: usize) {
        if depth >= MAX_NESTING {
            return self.plain(start, end);
        }
        let mut at = start;
        let mut text_start = start;
        let mut before = ' ';
        // A mark whose end was searched for in vain has no end further on either.
        let mut is_hopeless = [false; MARKS.len()];
        while let Some(c) = self.slice(at, end).chars().next() {
            let rest = self.slice(at, end);
            let is_word_start = !before.is_alphanumeric();
            let token = match c {
                '\\' if rest.starts_with("\\\\") => Some(Token::Break(2)),
                '\\' => Some(Token::Escape),
                '\n' => Some(Token::Break(1)),
                '[' if !self.in_link => self.link_at(at, end).map(Token::Link),
                '!' if is_word_start => self.picture_at(at, end).map(Token::Picture),
                '{' => forced_mark(rest)
                    .or_else(|| monospace(rest).filter(|_| is_word_start))
                    .or_else(|| self.macro_at(at, end).map(Token::Macro)),
                '-' if rest.starts_with("--") => Some(Token::Dash),
                'h' | 'm' if is_word_start && !self.in_link => {
                    address_length(rest).map(Token::Address)
                }
                '(' | ':' | ';' if is_word_start => emoticon(rest),
                _ => None,
            };
            let token = token.or_else(|| {
                let (index, (mark, name)) = MARKS
                    .iter()
                    .enumerate()
                    .find(|(_, (mark, _))| rest.starts_with(mark))?;
                let hopeless = is_hopeless.get_mut(index)?;
                // Superscripts and subscripts directly follow a word: `19^th^`, `CO~2~`.
                let may_begin = is_word_start || matches!(*mark, "^" | "~");
                // Arrows and noses aren't strikethrough: `<-`, `:-)`.
                let is_sign = *mark == "-" && matches!(before, '<' | ':' | ';');
                if !may_begin || is_sign || *hopeless {
                    return None;
                }
                match mark_end(rest, mark, !is_word_start) {
                    MarkEnd::At { length, close } => Some(Token::Mark {
                        open: mark.len(),
                        name,
                        length,
                        close,
                    }),
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
            self.plain(text_start, at);
            at = self.token(token, at, end, depth);
            text_start = at;
            before = self.slice(start, at).chars().next_back().unwrap_or(' ');
        }
        self.plain(text_start, end);
    }

    /// Writes text without markup in it. Publishers write characters as HTML entities so that they
    /// aren't read as markup.
    fn plain(&mut self, start: usize, end: usize) {
        self.markup.text(&decode(self.slice(start, end)));
    }

    /// Writes a token and returns the position after it.
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
                self.link(at + 1, inside, depth);
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
                let address = &*decode(address);
                self.markup
                    .element("a", &[("href", Some(address))], address);
                at + length
            }
            Token::Emoticon(length, name) => {
                self.markup.void("ac:emoticon", &[("ac:name", Some(name))]);
                at + length
            }
            Token::Mark {
                open,
                name,
                length,
                close,
            } => {
                let (from, to) = (at + open, at + open + length);
                self.markup.open(name, &[]);
                if name == "code" {
                    let text = unescaped(self.slice(from, to));
                    self.markup.text(&decode(&text));
                } else {
                    self.inline(from, to, depth + 1);
                }
                self.markup.close(name);
                to + close
            }
        }
    }
}

/// A piece of running text that isn't plain text.
pub(super) enum Token<'a> {
    Break(usize),
    Escape,
    Link((&'a str, usize)),
    Picture((&'a str, usize)),
    Macro(super::macros::Found<'a>),
    Dash,
    Address(usize),
    Emoticon(usize, &'static str),
    /// Text between two marks, with the lengths of the first mark, the text and the second mark.
    Mark {
        open: usize,
        name: &'static str,
        length: usize,
        close: usize,
    },
}

/// The result of searching for the second of two marks.
enum MarkEnd {
    /// The lengths of the text and of the mark after it.
    At { length: usize, close: usize },
    /// No marked text begins here.
    NotBegun,
    /// There is no second mark.
    Never,
}

/// Searches for the second of two marks. Text between marks doesn't begin or end with a space, and
/// no word continues after it, unless the second mark is in braces. If the first mark follows a
/// word, only the next mark counts: `a^b^c and d^e^` has one superscript.
fn mark_end(rest: &str, mark: &str, is_behind_word: bool) -> MarkEnd {
    let inside = rest.get(mark.len()..).unwrap_or_default();
    let is_arrow = |text: &str| mark == "-" && text.starts_with('>');
    if inside.starts_with(char::is_whitespace) || inside.starts_with(mark) || is_arrow(inside) {
        return MarkEnd::NotBegun;
    }
    closing_mark(inside, mark, is_behind_word)
}

/// Finds the end of text after a mark. Marks inside links, pictures and monospaced text belong to
/// those.
fn closing_mark(inside: &str, close: &str, is_next_only: bool) -> MarkEnd {
    let mut at = 0;
    while let Some((text, rest)) = next_sign(inside, at, close) {
        at = text.len();
        if let Some(after) = rest.strip_prefix(close) {
            let is_forced = text.ends_with('{') && after.starts_with('}');
            if is_forced && text.len() > 1 {
                return MarkEnd::At {
                    length: at - 1,
                    close: close.len() + 2,
                };
            }
            let before = text.chars().next_back();
            let ends_text = before.is_some_and(|c| !c.is_whitespace() && c != '\\');
            let is_arrow = close == "-" && after.starts_with('>');
            let ends_word = !after.starts_with(char::is_alphanumeric);
            if !is_forced && ends_text && !is_arrow && ends_word {
                return MarkEnd::At {
                    length: at,
                    close: close.len(),
                };
            }
            if is_next_only {
                return MarkEnd::NotBegun;
            }
        }
        at += held_apart(text, rest).unwrap_or(1);
    }
    MarkEnd::Never
}

/// Splits a text at the next sign that may be the mark, or begin something with marks of its own.
fn next_sign<'t>(inside: &'t str, from: usize, mark: &str) -> Option<(&'t str, &'t str)> {
    let first = mark.chars().next()?;
    let found = inside.get(from..)?.find([first, '[', '!', '{'])?;
    inside.split_at_checked(from + found)
}

/// Returns the length of the link, picture or monospaced text at the beginning of `rest`.
fn held_apart(before: &str, rest: &str) -> Option<usize> {
    match rest.bytes().next()? {
        b'[' if !before.ends_with('\\') => Some(between(rest, '[', ']')?.len() + 2),
        b'!' if !before.ends_with(char::is_alphanumeric) => Some(picture(rest)?.len() + 2),
        b'{' => monospace_length(rest),
        _ => None,
    }
}

/// Returns the emoticon at the beginning of the text. Letters of a word aren't one: `::Debug`.
fn emoticon<'a>(rest: &str) -> Option<Token<'a>> {
    let (mark, name) = EMOTICONS.iter().find(|(mark, _)| rest.starts_with(mark))?;
    let after = rest.get(mark.len()..)?;
    let is_word = mark.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphanumeric);
    (!is_word).then_some(Token::Emoticon(mark.len(), name))
}

/// Returns the monospaced text at the beginning of the text.
fn monospace<'a>(rest: &str) -> Option<Token<'a>> {
    let length = monospace_length(rest)?;
    let inside = rest.get(2..length - 2)?;
    let is_text = !inside.is_empty() && !inside.starts_with(char::is_whitespace);
    is_text.then_some(Token::Mark {
        open: 2,
        name: "code",
        length: inside.len(),
        close: 2,
    })
}

/// The maximum distance from a mark in braces to its end, in bytes.
const MAX_FORCED: usize = 2_000;

/// Returns a mark in braces, which counts within words too: `wo{*}r{*}d`, `{{{}x{}}}`.
pub(super) fn forced_mark<'a>(rest: &str) -> Option<Token<'a>> {
    let window = (0..4)
        .find_map(|less| rest.get(..MAX_FORCED - less))
        .unwrap_or(rest);
    if let Some(inside) = window.strip_prefix("{{{}") {
        return Some(Token::Mark {
            open: 4,
            name: "code",
            length: forced_monospace_length(inside).filter(|length| *length > 0)?,
            close: 4,
        });
    }
    let (mark, name) = MARKS.iter().find(|(mark, _)| {
        let begins = window
            .strip_prefix('{')
            .and_then(|rest| rest.strip_prefix(mark));
        begins.is_some_and(|rest| rest.starts_with('}'))
    })?;
    let open = mark.len() + 2;
    match closing_mark(window.get(open..)?, mark, false) {
        MarkEnd::At { length, close } if length > 0 => Some(Token::Mark {
            open,
            name,
            length,
            close,
        }),
        _ => None,
    }
}

/// Returns the position of `{}}}`, if no other monospaced text begins before it.
fn forced_monospace_length(inside: &str) -> Option<usize> {
    let braces = inside.match_indices('{');
    let mut rests = braces.filter_map(|(at, _)| Some((at, inside.get(at..)?)));
    let (at, rest) =
        rests.find(|(_, rest)| rest.starts_with("{}}}") || rest.starts_with("{{{}"))?;
    rest.starts_with("{}}}").then_some(at)
}

/// Returns the length of a bare address.
fn address_length(rest: &str) -> Option<usize> {
    let starts = ["http://", "https://", "mailto:"];
    let scheme = starts.iter().find(|scheme| rest.starts_with(*scheme))?;
    let end = rest
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '|' | ']' | '[' | '{' | '}' | '<' | '>' | '"' | '!')
        })
        .unwrap_or(rest.len());
    let length = without_punctuation(rest.get(..end)?).len();
    (length > scheme.len()).then_some(length)
}

/// Returns an address without the punctuation of the sentence behind it. A parenthesis that the
/// address opened belongs to it.
fn without_punctuation(address: &str) -> &str {
    let count = |sign: char| address.matches(sign).count();
    let mut unopened = count(')').saturating_sub(count('('));
    let mut address = address;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '*', '_']);
        address = match shorter.strip_suffix(')') {
            Some(inside) if unopened > 0 => inside,
            _ => return shorter,
        };
        unopened -= 1;
    }
}
