//! Links and pictures of wiki markup.

use super::Parser;

/// The longest link or picture that is looked for.
const MAX_LENGTH: usize = 2_000;

impl<'a> Parser<'a> {
    /// The inside of the link that begins at a bracket, and where the text goes on.
    pub(super) fn link_at(&self, at: usize, end: usize) -> Option<(&'a str, usize)> {
        self.between(at, end, ']')
    }

    /// The inside of the picture that begins at an exclamation mark, and where the text goes on.
    pub(super) fn picture_at(&self, at: usize, end: usize) -> Option<(&'a str, usize)> {
        let (inside, next) = self.between(at, end, '!')?;
        let name = inside.split('|').next()?;
        let is_name = name.contains('.')
            && !name.starts_with(' ')
            && !name.ends_with(' ')
            && !name.contains(['<', '>']);
        is_name.then_some((inside, next))
    }

    fn between(&self, at: usize, end: usize, close: char) -> Option<(&'a str, usize)> {
        let rest = self.slice(at + 1, end);
        let window = (0..4)
            .find_map(|less| rest.get(..MAX_LENGTH - less))
            .unwrap_or(rest);
        // Links don't nest: another bracket ends the search, or many of them would take the square of their number.
        let opens = if close == ']' { '[' } else { '\n' };
        let length = window
            .find([close, opens, '\n'])
            .filter(|length| *length > 0)?;
        let inside = window.get(..length)?;
        window
            .get(length..)?
            .starts_with(close)
            .then_some((inside, at + 1 + length + close.len_utf8()))
    }

    /// Writes a link: `[text|target|tip]`, or `[target]`.
    pub(super) fn link(&mut self, inside: &str) {
        let mut parts = inside.splitn(3, '|').map(str::trim);
        let first = parts.next().unwrap_or_default();
        let (text, target) = match parts.next() {
            Some(target) => (Some(first), target),
            None => (None, first),
        };
        let is_address = ["http://", "https://", "mailto:", "ftp://", "//", "/"]
            .iter()
            .any(|start| target.starts_with(start))
            && dated(target).is_none();
        if is_address || target.starts_with("\\\\") {
            let shown = text.unwrap_or_else(|| target.strip_prefix("mailto:").unwrap_or(target));
            self.markup
                .open("a", &[("href", Some(target)), ("title", parts.next())]);
            self.link_text(shown);
            return self.markup.close("a");
        }
        self.link_inside(target, text);
    }

    fn link_inside(&mut self, target: &str, text: Option<&str>) {
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
            self.link_text(text);
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

    /// Writes what a link says. It may be a picture; other markup in it is left as text.
    fn link_text(&mut self, text: &str) {
        match text
            .strip_prefix('!')
            .and_then(|rest| rest.strip_suffix('!'))
        {
            Some(picture) if picture.contains('.') => self.picture(picture),
            _ => self.markup.text(text),
        }
    }

    /// Writes a picture: `file.png|width=300,align=left`.
    pub(super) fn picture(&mut self, inside: &str) {
        let (name, options) = inside.split_once('|').unwrap_or((inside, ""));
        let option = |wanted: &str| {
            options
                .split(',')
                .filter_map(|option| option.split_once('='))
                .find_map(|(key, value)| {
                    (key.trim() == wanted).then(|| value.trim().trim_matches('"'))
                })
        };
        let is_thumbnail = options
            .split(',')
            .any(|option| option.trim() == "thumbnail");
        let attributes = [
            ("ac:width", option("width")),
            ("ac:height", option("height")),
            ("ac:align", option("align")),
            ("ac:alt", option("alt")),
            ("ac:title", option("title")),
            ("ac:thumbnail", is_thumbnail.then_some("true")),
        ];
        self.markup.open("ac:image", &attributes);
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

/// The day and title of a blog post: `/2024/05/31/Title`.
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
