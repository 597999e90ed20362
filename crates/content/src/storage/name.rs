//! Names of elements and attributes: which ones XML allows, and which ones exist.

use std::collections::HashMap;

use super::tag::Tag;
use super::word::is_component;
use crate::escape::decode;

/// The prefixes that every reader of storage format declares: those of macros, resources and
/// templates.
const PREFIXES: [&str; 3] = ["ac", "ri", "at"];

/// The prefixes of elements that word processors leave in pasted text. They contain nothing that
/// can be shown.
const LEFT_OVER: [&str; 5] = ["o", "v", "w", "m", "st1"];

/// The elements of HTML without a meaning of their own here: their content is shown.
const OTHER_HTML: [&str; 67] = [
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "body",
    "button",
    "canvas",
    "data",
    "datalist",
    "details",
    "dfn",
    "dialog",
    "dir",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "header",
    "hgroup",
    "html",
    "input",
    "label",
    "legend",
    "link",
    "main",
    "map",
    "marquee",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noembed",
    "noframes",
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
    "search",
    "section",
    "select",
    "source",
    "summary",
    "textarea",
    "title",
    "track",
    "video",
    "xmp",
    "slot",
];

/// Splits a name into its prefix and local part, or returns `None` if XML doesn't allow it.
pub(super) fn split(name: &str) -> Option<(Option<&str>, &str)> {
    let (prefix, local) = match name.split_once(':') {
        Some((prefix, local)) => (Some(prefix), local),
        None => (None, name),
    };
    (prefix.is_none_or(is_simple) && is_simple(local)).then_some((prefix, local))
}

/// Returns whether every edition of XML allows a name without a colon. They differ in letters
/// beyond Latin-1.
pub(super) fn is_simple(name: &str) -> bool {
    let is_letter = |c: char| {
        c.is_ascii_alphabetic()
            || c == '_'
            || (matches!(c, '\u{c0}'..='\u{ff}') && !matches!(c, '\u{d7}' | '\u{f7}'))
    };
    let mut letters = name.chars();
    letters.next().is_some_and(is_letter)
        && letters.all(|c| is_letter(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
}

/// Returns HTML's name for an element, without the prefix that is customary where formulas and
/// drawings are documents of their own.
pub(super) fn in_html(name: &str) -> &str {
    let customary = ["mml:", "svg:", "xhtml:"];
    let mut locals = customary
        .iter()
        .filter_map(|prefix| name.strip_prefix(prefix));
    locals.next().unwrap_or(name)
}

/// Returns whether an element's name is one that word processors leave behind.
pub(super) fn is_left_over(name: &str) -> bool {
    split(name).is_some_and(|(prefix, _)| prefix.is_some_and(|prefix| LEFT_OVER.contains(&prefix)))
}

/// An attribute as it is written in a start tag: its name, and its value if it has one.
pub(super) type Written<'a> = (&'a str, Option<&'a str>);

/// The context in which a name is read: the prefixes that the elements around it declare, and
/// whether they are a drawing or a formula, whose elements have names of their own.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    /// The number of enclosing elements that declare each prefix.
    known: HashMap<&'a str, usize>,
    /// Each declaration with the depth of its element.
    declared: Vec<(usize, &'a str)>,
    /// The depth of the outermost enclosing drawing or formula.
    foreign: Option<usize>,
}

impl<'a> Scope<'a> {
    /// Notes an element that is opened, with the names of its attributes.
    pub(super) fn open(
        &mut self,
        depth: usize,
        tag: Tag,
        attributes: impl Iterator<Item = &'a str>,
    ) {
        for prefix in attributes.filter_map(|name| name.strip_prefix("xmlns:")) {
            *self.known.entry(prefix).or_default() += 1;
            self.declared.push((depth, prefix));
        }
        if matches!(tag, Tag::Svg | Tag::Math) && self.foreign.is_none() {
            self.foreign = Some(depth);
        }
    }

    /// Forgets the elements at this depth and deeper, which were closed.
    pub(super) fn close(&mut self, depth: usize) {
        while let Some((_, prefix)) = self.declared.pop_if(|(opened, _)| *opened >= depth) {
            if let Some(count) = self.known.get_mut(prefix) {
                *count = count.saturating_sub(1);
            }
        }
        self.foreign = self.foreign.filter(|opened| *opened < depth);
    }

    /// Returns whether a prefix is declared here.
    fn declares(&self, prefix: &str) -> bool {
        PREFIXES.contains(&prefix) || self.known.get(prefix).is_some_and(|count| *count > 0)
    }

    /// Returns whether an element of this name exists. Words in angle brackets, such as `<name>`,
    /// aren't elements: neither HTML nor Confluence has them, and a reader would not see them.
    pub(super) fn has_element(&self, name: &str, tag: Tag, attributes: &[Written<'a>]) -> bool {
        if tag != Tag::Other && tag.name() == name {
            return true;
        }
        match split(name) {
            Some((Some(prefix), _)) => {
                let is_declared_here =
                    |(attribute, _): &(&str, _)| attribute.strip_prefix("xmlns:") == Some(prefix);
                self.declares(prefix) || attributes.iter().any(is_declared_here)
            }
            Some((None, local)) => {
                // Other programs create elements of HTML whose names contain a hyphen:
                // `<g-emoji alias="tada">`.
                let is_custom =
                    local.contains('-') && attributes.iter().any(|(_, value)| value.is_some());
                tag != Tag::Other
                    || OTHER_HTML.contains(&&*local.to_ascii_lowercase())
                    || self.foreign.is_some()
                    || is_custom
            }
            None => false,
        }
    }

    /// Returns the length of the words in angle brackets that a tag of this length at the beginning
    /// of `rest` is, if programs write the names of their own elements so and nothing is in it:
    /// `<Input type="text" />`, `<Table></Table>`.
    pub(super) fn length_of_component(
        &self,
        name: &str,
        is_closed: bool,
        rest: &str,
        length: usize,
    ) -> Option<usize> {
        if self.foreign.is_some() || !is_component(name) {
            return None;
        }
        if is_closed {
            return Some(length);
        }
        let end = rest.get(length..)?.strip_prefix("</")?.strip_prefix(name)?;
        end.starts_with('>').then_some(length + name.len() + 3)
    }

    /// Returns the attributes of a start tag that are allowed in it. Declarations are filtered
    /// first, so that a declaration that is left out doesn't count for the attributes with its
    /// prefix.
    pub(super) fn allowed(&self, attributes: Vec<Written<'a>>) -> Vec<Written<'a>> {
        let mut left = attributes;
        for is_declarations in [true, false] {
            let may_stand = |(index, (name, _)): &(usize, &Written<'a>)| {
                name.starts_with("xmlns") != is_declarations || self.has_attribute(*index, &left)
            };
            let kept = left.iter().enumerate().filter(may_stand);
            left = kept.map(|(_, attribute)| *attribute).collect();
        }
        left
    }

    /// Returns whether an attribute is allowed in a start tag after those before it: it has no
    /// prefix, or its prefix is declared and no prefixed attribute before it has the same local
    /// name.
    pub(super) fn has_attribute(&self, index: usize, attributes: &[Written<'a>]) -> bool {
        let Some((name, value)) = attributes.get(index) else {
            return false;
        };
        let is_plain = !name.contains(':') && name.is_ascii() && *name != "xmlns";
        if is_plain {
            return true;
        }
        let before = attributes.iter().take(index).map(|(name, _)| *name);
        let Some((prefix, local)) = split(name) else {
            return false;
        };
        match prefix {
            None if *name == "xmlns" => may_be_declared(None, value.unwrap_or_default()),
            None => true,
            Some("xmlns") => may_be_declared(Some(local), value.unwrap_or_default()),
            Some(prefix) => {
                let is_declared_here = attributes
                    .iter()
                    .any(|(name, _)| name.strip_prefix("xmlns:") == Some(prefix));
                let is_repeated =
                    before
                        .filter(|other| !other.starts_with("xmlns:"))
                        .any(|other| {
                            split(other)
                                .is_some_and(|(prefix, other)| prefix.is_some() && other == local)
                        });
                (prefix == "xml" || self.declares(prefix) || is_declared_here) && !is_repeated
            }
        }
    }
}

/// Returns whether a prefix, or the names without one, may be bound to a namespace.
fn may_be_declared(prefix: Option<&str>, namespace: &str) -> bool {
    const RESERVED: [&str; 2] = [
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2000/xmlns/",
    ];
    let is_reserved = RESERVED.contains(&decode(namespace).trim());
    let is_allowed = match prefix {
        Some(prefix) => !matches!(prefix, "xml" | "xmlns") && !namespace.is_empty(),
        None => true,
    };
    is_allowed && !is_reserved
}
