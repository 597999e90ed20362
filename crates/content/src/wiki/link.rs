//! Reads links and pictures of wiki markup. `inline` finds where they begin.

use super::Parser;
use super::macros::monospace_length;
use crate::escape::decode;

/// The maximum length of a link or picture, in bytes.
const MAX_LENGTH: usize = 2_000;

impl<'a> Parser<'a> {
    /// Returns the inside of the link that begins at a bracket, and the position after it.
    pub(super) fn link_at(&self, at: usize, end: usize) -> Option<(&'a str, usize)> {
        let inside =
            between(self.slice(at, end), '[', ']').filter(|inside| says_something(inside))?;
        Some((inside, at + inside.len() + 2))
    }

    /// Returns the inside of the picture that begins at an exclamation mark, and the position after
    /// it.
    pub(super) fn picture_at(&self, at: usize, end: usize) -> Option<(&'a str, usize)> {
        let inside = picture(self.slice(at, end))?;
        Some((inside, at + inside.len() + 2))
    }

    /// Writes the link whose inside begins at `start`: `[text|target|tip]`, or `[target]`.
    pub(super) fn link(&mut self, start: usize, inside: &'a str, depth: usize) {
        let (text, rest) = match text_end(inside) {
            Some(end) => (inside.get(..end), inside.get(end + 1..).unwrap_or_default()),
            None => (None, inside),
        };
        // A tip would be the third part.
        let (target, tip) = match rest.split_once('|') {
            Some((target, tip)) if text.is_some() => (target, Some(tip.trim())),
            _ => (rest, None),
        };
        let target = &*target_of(target.trim());
        let text = text.map(|text| LinkText {
            start: start + (text.len() - text.trim_start().len()),
            text: text.trim(),
        });
        if is_address(target) {
            let shown = target.strip_prefix("mailto:").unwrap_or(target);
            self.markup
                .open("a", &[("href", Some(target)), ("title", tip)]);
            match text {
                Some(text) => self.link_text(text, depth),
                None => self.markup.text(shown),
            }
            return self.markup.close("a");
        }
        self.link_inside(target, text, depth);
    }

    fn link_inside(&mut self, target: &str, text: Option<LinkText<'a>>, depth: usize) {
        let (target, anchor) = match target.split_once('#') {
            Some((page, anchor)) => (page, Some(anchor)),
            None => (target, None),
        };
        self.markup.open(
            "ac:link",
            &[("ac:anchor", anchor.filter(|anchor| !anchor.is_empty()))],
        );
        if let Some(user) = target.strip_prefix('~') {
            match user.strip_prefix("accountid:") {
                Some(id) => self.markup.void("ri:user", &[("ri:account-id", Some(id))]),
                None => self.markup.void("ri:user", &[("ri:username", Some(user))]),
            }
        } else if let Some((page, file)) = target.split_once('^') {
            if page.is_empty() {
                self.markup
                    .void("ri:attachment", &[("ri:filename", Some(file))]);
            } else {
                self.markup
                    .open("ri:attachment", &[("ri:filename", Some(file))]);
                self.page(page);
                self.markup.close("ri:attachment");
            }
        } else if let Some(id) = target.strip_prefix('$') {
            self.markup
                .void("ri:content-entity", &[("ri:content-id", Some(id))]);
        } else if !target.is_empty() {
            self.page(target);
        }
        if let Some(text) = text {
            self.markup.open("ac:link-body", &[]);
            self.link_text(text, depth);
            self.markup.close("ac:link-body");
        }
        self.markup.close("ac:link");
    }

    fn page(&mut self, target: &str) {
        let (space, title) = match target.split_once(':') {
            Some((space, title))
                if !space.is_empty()
                    && space
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'~') =>
            {
                (Some(space), title)
            }
            _ => (None, target),
        };
        match dated(title) {
            Some((day, title)) => {
                self.markup.void(
                    "ri:blog-post",
                    &[
                        ("ri:space-key", space),
                        ("ri:content-title", Some(title)),
                        ("ri:posting-day", Some(day)),
                    ],
                );
            }
            None if title.is_empty() => self.markup.void("ri:space", &[("ri:space-key", space)]),
            None => self.markup.void(
                "ri:page",
                &[("ri:space-key", space), ("ri:content-title", Some(title))],
            ),
        }
    }

    /// Writes the text of a link: running text without links.
    fn link_text(&mut self, text: LinkText<'a>, depth: usize) {
        self.in_link = true;
        self.inline(text.start, text.start + text.text.len(), depth + 1);
        self.in_link = false;
    }

    /// Writes a picture: `file.png|width=300,align=left`.
    pub(super) fn picture(&mut self, inside: &str) {
        let (name, options) = inside.split_once('|').unwrap_or((inside, ""));
        let option = |wanted: &str| {
            options
                .split(',')
                .filter_map(|option| option.split_once('='))
                .find_map(|(key, value)| {
                    (key.trim() == wanted).then(|| decode(value.trim().trim_matches('"')))
                })
        };
        let is_thumbnail = options
            .split(',')
            .any(|option| option.trim() == "thumbnail");
        let values = ["width", "height", "align", "alt", "title"].map(option);
        let [width, height, align, alt, title] = values.each_ref().map(Option::as_deref);
        let attributes = [
            ("ac:width", width),
            ("ac:height", height),
            ("ac:align", align),
            ("ac:alt", alt),
            ("ac:title", title),
            ("ac:thumbnail", is_thumbnail.then_some("true")),
        ];
        self.markup.open("ac:image", &attributes);
        let name = &*target_of(name);
        if name.contains("://") {
            self.markup.void("ri:url", &[("ri:value", Some(name))]);
        } else if let Some((page, file)) = name.split_once('^').filter(|(page, _)| !page.is_empty())
        {
            self.markup
                .open("ri:attachment", &[("ri:filename", Some(file))]);
            self.page(page);
            self.markup.close("ri:attachment");
        } else {
            self.markup.void(
                "ri:attachment",
                &[("ri:filename", Some(name.trim_start_matches('^')))],
            );
        }
        self.markup.close("ac:image");
    }
}

/// The text of a link, and its position in the source.
struct LinkText<'a> {
    start: usize,
    text: &'a str,
}

/// Returns the inside of the picture at the beginning of a text.
pub(super) fn picture(text: &str) -> Option<&str> {
    let inside = between(text, '!', '!')?;
    let name = inside.split('|').next()?;
    let is_name = name.contains('.')
        && !name.starts_with(' ')
        && !name.ends_with([' ', '.'])
        && !name.contains(['<', '>']);
    is_name.then_some(inside)
}

/// Returns the text between the sign at its beginning and another one, on one line.
pub(super) fn between(text: &str, open: char, close: char) -> Option<&str> {
    let rest = text.strip_prefix(open)?;
    let window = (0..4)
        .find_map(|less| rest.get(..MAX_LENGTH - less))
        .unwrap_or(rest);
    let mut length = 0;
    loop {
        // Links don't nest: another bracket ends the search, or many of them would take quadratic
        // time.
        length += window.get(length..)?.find([close, open, '\n', '\\'])?;
        let rest = window.get(length..)?;
        if !rest.starts_with('\\') {
            break;
        }
        let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
        length += 1 + escaped;
    }
    let is_closed = window.get(length..)?.starts_with(close);
    window
        .get(..length)
        .filter(|inside| is_closed && !inside.is_empty())
}

/// Returns whether the inside of brackets has a target and, if it has a text, one that shows
/// something. Other brackets are text themselves: `int[ ] a`, `[ ] to do`, `[a|]`.
fn says_something(inside: &str) -> bool {
    let has_words = |text: &str| {
        text.contains(|c: char| !c.is_whitespace() && !matches!(c, '#' | '^' | '~' | '$' | ':'))
    };
    let Some(end) = text_end(inside) else {
        return has_words(inside);
    };
    let target = inside.get(end + 1..).unwrap_or_default();
    let target = target.split('|').next().unwrap_or_default();
    has_words(inside.get(..end).unwrap_or_default()) && has_words(target)
}

/// Returns the end of a link's text: its first bar, except those that are escaped and those in
/// pictures, macros and monospaced text.
fn text_end(inside: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += inside.get(at..)?.find(['|', '\\', '!', '{'])?;
        let rest = inside.get(at..)?;
        at += match rest.bytes().next()? {
            b'|' => return Some(at),
            b'\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            b'!' if !ends_word(inside, at) => picture(rest).map_or(1, |picture| picture.len() + 2),
            b'!' => 1,
            _ => monospace_length(rest)
                .or_else(|| Some(between(rest, '{', '}')?.len() + 2))
                .unwrap_or(1),
        };
    }
}

/// Returns whether a word ends at this position.
fn ends_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_some_and(char::is_alphanumeric)
}

/// Returns a target without escapes, and with characters for entities. Network shares keep their
/// backslashes.
fn target_of(written: &str) -> String {
    let decoded = decode(written);
    if decoded.starts_with("\\\\") {
        return decoded.into_owned();
    }
    unescaped(&decoded)
}

/// Returns a text without the backslashes that escape signs of the notation.
pub(super) fn unescaped(text: &str) -> String {
    let is_sign = |c: &char| "{}[]|*_-+^~!#?".contains(*c);
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match letters.next_if(|next| c == '\\' && is_sign(next)) {
            Some(escaped) => plain.push(escaped),
            None => plain.push(c),
        }
    }
    plain
}

/// Returns whether a target is an address outside the wiki, or a path in it.
fn is_address(target: &str) -> bool {
    let is_scheme = |scheme: &str| {
        let mut letters = scheme.bytes();
        letters.next().is_some_and(|b| b.is_ascii_lowercase())
            && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    };
    let by_scheme = target
        .split_once("://")
        .is_some_and(|(scheme, _)| is_scheme(scheme));
    let without_slashes = [
        "mailto:", "tel:", "sms:", "sip:", "xmpp:", "callto:", "news:",
    ];
    let is_path = target.starts_with('/') && dated(target).is_none();
    by_scheme
        || is_path
        || target.starts_with("\\\\")
        || without_slashes
            .iter()
            .any(|scheme| target.starts_with(scheme))
}

/// Returns the day and title of a blog post: `/2024/05/31/Title`.
fn dated(target: &str) -> Option<(&str, &str)> {
    let (day, title) = target.strip_prefix('/')?.split_at_checked(10)?;
    let is_day = day.bytes().enumerate().all(|(at, b)| {
        if matches!(at, 4 | 7) {
            b == b'/'
        } else {
            b.is_ascii_digit()
        }
    });
    Some((day, title.strip_prefix('/')?)).filter(|_| is_day)
}
