//! Recognises words in angle brackets that are also names of elements, such as in
//! `cp <source> <target>`. The tolerant pass ([`mend`](super::mend)) writes them as text.

use std::collections::HashMap;

use memchr::memmem;

use super::attribute::name_length;
use super::tag::Tag;

/// The elements that mean nothing without content or attributes, and whose end nobody omits.
/// Formatting and blocks of text aren't among them: their content is shown even if their end is
/// missing.
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

/// The elements whose names in capitals are words, because the letters denote types: `List<S>`.
const LETTERS: [&str; 5] = ["b", "i", "q", "s", "u"];

/// The length of the longest of these names.
const MAX_LENGTH: usize = 10;

/// The elements of [`WORDS`] whose end HTML lets authors omit, with the elements that they are
/// parts of.
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

/// The tags with which the content of an element of [`WORDS`] begins if it is markup although its
/// end is missing.
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

/// The positions of the last end tags of a text, by the names of their elements.
#[derive(Debug, Default)]
pub(super) struct LastEnds(HashMap<&'static str, usize>);

impl LastEnds {
    /// Finds the end tags, reading each once.
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

    /// Returns whether a start tag without attributes at `at` is a word in angle brackets: its
    /// element isn't ended anywhere after it. `parent` is the element around it, if there is one,
    /// and `inside` the text after it.
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

/// Returns the element with this name if it is one of [`WORDS`] or a letter. Capital letters denote
/// types, as in `List<S>`.
fn known(name: &str) -> Option<&'static str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let words = WORDS.iter().chain(&LETTERS);
    words.copied().find(|word| *word == lower)
}

/// Returns whether a name is one of [`WORDS`] as programs write the names of their own elements:
/// `Input`, `DataList`. HTML is written in small letters, or all in capitals.
pub(super) fn is_component(name: &str) -> bool {
    let is_mixed = name.bytes().any(|b| b.is_ascii_uppercase())
        && name.bytes().any(|b| b.is_ascii_lowercase());
    is_mixed && known(name).is_some()
}

/// Returns whether an element is inside one that HTML has it in, so that its end may be missing.
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
