//! Words in angle brackets that are names of elements too, such as in `cp <source> <target>`.

use std::collections::HashMap;

use memchr::memmem;

use super::attribute::name_length;
use super::tag::Tag;

/// Elements that mean nothing without content or attributes, and whose ends nobody leaves out. Formatting and the blocks
/// of a text aren't among them: what they hold is shown as well where their ends are missing.
const WORDS: [&str; 73] = [
    "a",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "base",
    "basefont",
    "body",
    "button",
    "canvas",
    "data",
    "datalist",
    "details",
    "dialog",
    "dir",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "head",
    "header",
    "hgroup",
    "html",
    "iframe",
    "input",
    "label",
    "legend",
    "link",
    "main",
    "map",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "output",
    "param",
    "picture",
    "plaintext",
    "progress",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "source",
    "style",
    "summary",
    "svg",
    "table",
    "template",
    "textarea",
    "time",
    "title",
    "track",
    "video",
];

/// Elements whose names in capitals are words, because the letters stand for types: `List<S>`.
const LETTERS: [&str; 5] = ["b", "i", "q", "s", "u"];

/// The longest name of all these.
const MAX_LENGTH: usize = 10;

/// Elements of [`WORDS`] that HTML lets end by themselves, with those that they are parts of.
const PARTS: [(&str, &[&str]); 9] = [
    ("head", &["html"]),
    ("body", &["html", "head"]),
    ("option", &["select", "datalist", "optgroup", "option"]),
    ("optgroup", &["select", "optgroup", "option"]),
    ("rb", &["ruby", "rb", "rp", "rt", "rtc"]),
    ("rp", &["ruby", "rb", "rp", "rt", "rtc"]),
    ("rt", &["ruby", "rb", "rp", "rt", "rtc"]),
    ("rtc", &["ruby", "rb", "rp", "rt", "rtc"]),
    ("summary", &["details"]),
];

/// With what the content of an element of [`WORDS`] begins that is no word even if its end is missing.
const BEGINNINGS: [(&str, &[Tag]); 1] = [(
    "table",
    &[
        Tag::Tr,
        Tag::Td,
        Tag::Th,
        Tag::Thead,
        Tag::Tbody,
        Tag::Tfoot,
        Tag::Colgroup,
        Tag::Col,
        Tag::TableCaption,
    ],
)];

/// Where the last end tags of a text stand, by the names of their elements.
#[derive(Debug, Default)]
pub(super) struct LastEnds(HashMap<&'static str, usize>);

impl LastEnds {
    /// Looks at each end tag of a text once.
    pub(super) fn of(source: &str) -> Self {
        let mut ends = HashMap::new();
        for at in memmem::find_iter(source.as_bytes(), b"</") {
            let behind = source.get(at + 2..).unwrap_or_default();
            let name = behind.get(..name_length(behind)).unwrap_or_default();
            if let Some(name) = known(name) {
                ends.insert(name, at);
            }
        }
        Self(ends)
    }

    /// Whether what stands at a place as a start tag without attributes is a word in angle brackets: its element isn't
    /// ended anywhere behind. `parent` is the element around it, if there is one, and `inside` what follows it.
    pub(super) fn is_word(
        &self,
        written: &str,
        at: usize,
        parent: Option<&str>,
        inside: &str,
    ) -> bool {
        let Some(name) = known(written).filter(|name| written != *name || !LETTERS.contains(name))
        else {
            return false;
        };
        self.0.get(name).is_none_or(|end| *end < at)
            && !is_in_place(name, parent)
            && !begins_as_markup(name, inside)
    }
}

/// The element that a name is of, where it is one of [`WORDS`] or a letter. Capital letters stand for types, as in
/// `List<S>`.
fn known(name: &str) -> Option<&'static str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let words = WORDS.iter().chain(&LETTERS);
    words.copied().find(|word| *word == lower)
}

/// Whether an element stands where HTML has it, so that its end may be missing.
fn is_in_place(name: &str, parent: Option<&str>) -> bool {
    PARTS.iter().any(|(part, parents)| {
        let is_around = |known: &&str| parent.is_some_and(|name| name.eq_ignore_ascii_case(known));
        *part == name && parents.iter().any(is_around)
    })
}

fn begins_as_markup(name: &str, inside: &str) -> bool {
    let Some((_, tags)) = BEGINNINGS.iter().find(|(word, _)| *word == name) else {
        return false;
    };
    let first = inside.trim_ascii_start().strip_prefix('<');
    let first = first.and_then(|first| first.get(..name_length(first)));
    first.is_some_and(|first| tags.contains(&Tag::from_name(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_what_is_compared() {
        let lengths = WORDS.iter().map(|word| word.len());
        assert_eq!(lengths.max(), Some(MAX_LENGTH));
    }
}
