//! Reads what a style says of text, as marks: its colours, and whether it is bold, italic,
//! underlined, struck, raised or lowered. Word processors and most editors paste it so.

use serde_json::Value;

use super::read_inline::{mark, with_mark};
use super::{colour, element, kind};
use crate::storage::{Element, Tag};

/// The properties of a style that become marks.
pub(super) const PROPERTIES: [&str; 8] = [
    "color",
    "background-color",
    "background",
    "font-weight",
    "font-style",
    "text-decoration",
    "text-decoration-line",
    "vertical-align",
];

/// The part of a style that is about the text of an element alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: the element is running text.
    Running,
    /// All but its place in the line: the element is a line, such as a paragraph.
    Line,
    /// That, without the background, which is behind more than the text.
    Block,
    /// Weight and slope: colours and lines are those of every link.
    Link,
}

impl Part {
    /// Returns the part that counts for an element.
    pub(super) fn of(element: Element<'_>) -> Option<Self> {
        match element.tag() {
            Tag::A => Some(Self::Link),
            tag if tag.is_formatting() => Some(Self::Running),
            Tag::P | Tag::Li => Some(Self::Line),
            tag if tag.heading_level().is_some() => Some(Self::Line),
            _ => None,
        }
    }

    /// Returns whether it is that of an element in a line.
    pub(super) fn is_in_line(self) -> bool {
        matches!(self, Self::Running | Self::Link)
    }
}

/// Returns the marks for the text of an element with `marks` around it.
pub(super) fn with_style(marks: &[Value], element: Element<'_>, part: Part) -> Vec<Value> {
    let style = element.attribute("style").unwrap_or_default();
    let of_font = element.attribute("color");
    let of_font = of_font.filter(|_| element.tag() == Tag::Font);
    let mut all = marks.to_vec();
    if part != Part::Link {
        let colour = colour::property(&style, "color").or(of_font.as_deref());
        if let Some(colour) = colour.and_then(colour::from_css) {
            all = with_mark(&all, mark("textColor", &[("color", &colour)]));
        }
    }
    if matches!(part, Part::Running | Part::Line) {
        let behind = colour::property(&style, "background-color")
            .or_else(|| colour::property(&style, "background"));
        if let Some(colour) = behind.and_then(colour::from_css) {
            all = with_mark(&all, mark("backgroundColor", &[("color", &colour)]));
        }
    }
    for (name, is_on) in [("strong", is_bold(&style)), ("em", is_italic(&style))] {
        match is_on {
            Some(true) => put(&mut all, name),
            Some(false) => {
                let rest = all.iter().filter_map(|other| match kind(other) == name {
                    true => element::without_kind(other),
                    false => Some(other.clone()),
                });
                all = rest.collect();
            }
            None => {}
        }
    }
    if part != Part::Link {
        for (name, line) in [("underline", "underline"), ("strike", "line-through")] {
            if has_line(&style, line) {
                put(&mut all, name);
            }
        }
    }
    if part == Part::Running {
        let place = colour::property(&style, "vertical-align");
        let place = match place.map(str::to_ascii_lowercase).as_deref() {
            Some("sub") => Some("sub"),
            Some("super") => Some("sup"),
            _ => None,
        };
        if let Some(place) = place {
            all = with_mark(&all, mark("subsup", &[("type", place)]));
        }
    }
    all
}

/// Adds a mark without attributes, unless there is one of its kind.
fn put(marks: &mut Vec<Value>, name: &str) {
    if marks.iter().all(|other| kind(other) != name) {
        marks.push(mark(name, &[]));
    }
}

/// Returns whether the style of an element undoes what its name says: copied documents are within
/// `<b style="font-weight: normal">`.
pub(super) fn undoes_its_name(element: Element<'_>) -> bool {
    let says: fn(&str) -> Option<bool> = match element.tag() {
        Tag::Strong | Tag::B => is_bold,
        Tag::Em | Tag::I => is_italic,
        _ => return false,
    };
    let style = element.attribute("style").unwrap_or_default();
    says(&style) == Some(false)
}

/// Returns whether a style makes text bold, or `None` if it doesn't say.
fn is_bold(style: &str) -> Option<bool> {
    let weight = colour::property(style, "font-weight")?.to_ascii_lowercase();
    match weight.as_str() {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        weight => Some(weight.parse::<u16>().ok()? >= 600),
    }
}

/// Returns whether a style makes text italic, or `None` if it doesn't say.
fn is_italic(style: &str) -> Option<bool> {
    let slope = colour::property(style, "font-style")?.to_ascii_lowercase();
    match slope.split_ascii_whitespace().next()? {
        "italic" | "oblique" => Some(true),
        "normal" => Some(false),
        _ => None,
    }
}

/// Returns whether a style draws a line at text.
fn has_line(style: &str, line: &str) -> bool {
    let said = |name| colour::property(style, name).unwrap_or_default();
    let words = ["text-decoration", "text-decoration-line"].map(said);
    let mut words = words.iter().flat_map(|said| said.split_ascii_whitespace());
    words.any(|word| word.eq_ignore_ascii_case(line))
}
