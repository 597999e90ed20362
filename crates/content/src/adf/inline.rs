//! Writes running text of the document format in storage format.

use serde_json::Value;

use super::element::{self, joined};
use super::pointer::{METADATA, Pointer};
use super::{attribute, block, card, colour, day, kind, media, plain_attribute, text_attribute};
use crate::reference::{PersonRef, Resource};
use crate::storage::Markup;

/// Returns whether nodes of this kind are running text.
pub(super) fn is_inline(kind: &str) -> bool {
    matches!(
        kind,
        "text"
            | "hardBreak"
            | "mention"
            | "emoji"
            | "date"
            | "status"
            | "placeholder"
            | "inlineCard"
            | "inlineExtension"
            | "mediaInline"
    )
}

/// Writes running text: the nodes of one block. A mark that neighbours share is opened once, so
/// that a link over several pieces of text stays one link.
pub(super) fn all(markup: &mut Markup, nodes: &[Value]) {
    let marks: Vec<_> = nodes.iter().map(joined).collect();
    let mut open: Vec<(&Value, Closers)> = Vec::new();
    let mut blanks = Blanks::default();
    for (index, node) in nodes.iter().enumerate() {
        let next = nodes.get(index + 1);
        let all = marks.get(index).map_or(&[][..], AsRef::as_ref);
        let behind = marks.get(index + 1);
        let shared = open
            .iter()
            .zip(all)
            .take_while(|((open, _), mark)| *open == *mark)
            .count();
        close_marks(markup, open.drain(shared..));
        let mut is_said = false;
        for (depth, mark) in all.iter().enumerate().skip(shared) {
            let is_shared_on = behind.is_some_and(|behind| {
                behind.get(..=depth).is_some() && behind.get(..=depth) == all.get(..=depth)
            });
            let is_alone = depth + 1 == all.len() && !is_shared_on;
            if is_alone && says_its_name(markup, mark, node) {
                is_said = true;
            } else {
                open.push((mark, open_mark(markup, mark)));
            }
        }
        if is_said {
            blanks.at(node);
        } else if kind(node) == "text" {
            let text = node.get("text").and_then(Value::as_str).unwrap_or_default();
            let is_last = next.is_none_or(|next| is_edge(kind(next)));
            blanks.write(markup, text, is_last);
        } else {
            write(markup, node);
            blanks.at(node);
        }
    }
    close_marks(markup, open.drain(..));
}

fn close_marks<'m>(
    markup: &mut Markup,
    closed: impl DoubleEndedIterator<Item = (&'m Value, Closers)>,
) {
    for (_, names) in closed.rev() {
        close(markup, names);
    }
}

/// The names of the elements that a mark is written as, the innermost first.
pub(super) type Closers = [Option<&'static str>; 2];

/// Closes the elements that a mark is written as.
pub(super) fn close(markup: &mut Markup, names: Closers) {
    for name in names.into_iter().flatten() {
        markup.close(name);
    }
}

/// Returns whether blanks beside a node are at the edge of a line.
pub(super) fn is_edge(kind: &str) -> bool {
    kind == "hardBreak" || !is_inline(kind)
}

/// Tracks the blanks of text that is being written. Storage format shows a run of blanks as one,
/// and none at the edges of a line; blanks beyond that are written as character references.
#[derive(Default)]
struct Blanks {
    is_inside: bool,
    is_behind_blank: bool,
}

impl Blanks {
    fn at(&mut self, node: &Value) {
        self.is_inside = !is_edge(kind(node));
        self.is_behind_blank = false;
    }

    fn write(&mut self, markup: &mut Markup, text: &str, is_last: bool) {
        let mut rest = text;
        while let Some(at) = rest.find(' ') {
            let (word, behind) = rest.split_at(at);
            self.word(markup, word);
            rest = behind.get(1..).unwrap_or_default();
            let is_plain = self.is_inside && !self.is_behind_blank && !(is_last && rest.is_empty());
            markup.raw(if is_plain { " " } else { "&#32;" });
            self.is_inside = true;
            self.is_behind_blank = true;
        }
        self.word(markup, rest);
    }

    fn word(&mut self, markup: &mut Markup, word: &str) {
        if !word.is_empty() {
            markup.text(word);
            self.is_inside = true;
            self.is_behind_blank = false;
        }
    }
}

/// Writes a link whose text is just its target's name, which storage format derives from the
/// target. Returns whether it did.
fn says_its_name(markup: &mut Markup, mark: &Value, node: &Value) -> bool {
    if kind(mark) != "link" {
        return false;
    }
    let text = node.get("text").and_then(Value::as_str);
    match Pointer::of(mark, "href") {
        Some(pointer) if !pointer.is_named && text == Some(&pointer.name()) => {
            pointer.open(markup);
            markup.close("ac:link");
            true
        }
        _ => false,
    }
}

fn write(markup: &mut Markup, node: &Value) {
    match kind(node) {
        "hardBreak" => markup.void("br", &[]),
        "mention" => mention(markup, node),
        "emoji" => {
            let attributes = [
                ("ac:emoji-fallback", text_attribute(node, "text")),
                ("ac:emoji-id", text_attribute(node, "id")),
                ("ac:emoji-shortname", text_attribute(node, "shortName")),
                ("ac:local-id", text_attribute(node, "localId")),
                ("ac:name", Some("blue-star")),
            ];
            markup.void("ac:emoticon", &attributes);
        }
        "date" => {
            let timestamp = plain_attribute(node, "timestamp").unwrap_or_default();
            let day = day::from_timestamp(&timestamp).unwrap_or(timestamp);
            markup.void(
                "time",
                &[
                    ("datetime", Some(&day)),
                    ("local-id", text_attribute(node, "localId")),
                ],
            );
        }
        "status" => status(markup, node),
        "placeholder" => markup.element(
            "ac:placeholder",
            &[],
            text_attribute(node, "text").unwrap_or_default(),
        ),
        "inlineCard" => card::write(markup, node, "inline"),
        "inlineExtension" => block::extension(markup, node, false),
        "mediaInline" => media::inline(markup, node),
        _ => block::write(markup, node),
    }
}

/// Opens the elements of a mark and returns the names to close, all `None` for marks that storage
/// format can't express.
pub(super) fn open_mark(markup: &mut Markup, mark: &Value) -> Closers {
    if let Some(name) = element::open(markup, mark) {
        return [Some(name), None];
    }
    let name = match kind(mark) {
        "strong" => "strong",
        "em" => "em",
        "underline" => "u",
        "strike" => "del",
        "code" => "code",
        "subsup" => match text_attribute(mark, "type") {
            Some("sup") => "sup",
            _ => "sub",
        },
        "link" => return open_link(markup, mark),
        "textColor" => return open_coloured(markup, mark, "color"),
        "backgroundColor" => return open_coloured(markup, mark, "background-color"),
        "annotation" if text_attribute(mark, "annotationType") == Some("inlineComment") => {
            markup.open(
                "ac:inline-comment-marker",
                &[("ac:ref", text_attribute(mark, "id"))],
            );
            return [Some("ac:inline-comment-marker"), None];
        }
        _ => return [None, None],
    };
    markup.open(name, &[]);
    [Some(name), None]
}

fn open_link(markup: &mut Markup, mark: &Value) -> Closers {
    if let Some(pointer) = Pointer::of(mark, "href") {
        pointer.open(markup);
        markup.open("ac:link-body", &[]);
        return [Some("ac:link-body"), Some("ac:link")];
    }
    markup.open(
        "a",
        &[
            ("href", text_attribute(mark, "href")),
            ("title", text_attribute(mark, "title")),
        ],
    );
    [Some("a"), None]
}

fn open_coloured(markup: &mut Markup, mark: &Value, property: &str) -> Closers {
    let Some(colour) = text_attribute(mark, "color").and_then(colour::to_css) else {
        return [None, None];
    };
    let style = format!("{property}: {colour};");
    markup.open("span", &[("style", Some(&style))]);
    [Some("span"), None]
}

/// Returns the person whom a mention names: by the kind of id that is noted with it, unless the id
/// was changed since.
pub(super) fn person_of_mention(node: &Value) -> PersonRef {
    let id = text_attribute(node, "id").unwrap_or_default();
    let noted = attribute(node, METADATA).and_then(Pointer::from_metadata);
    match noted.map(|pointer| pointer.resource) {
        Some(Resource::Person(person @ (PersonRef::Key(_) | PersonRef::Name(_)))) if matches!(&person, PersonRef::Key(noted) | PersonRef::Name(noted) if noted == id) => {
            person
        }
        _ if id.is_empty() => PersonRef::Unnamed,
        _ => PersonRef::Account(id.to_owned()),
    }
}

fn mention(markup: &mut Markup, node: &Value) {
    markup.open("ac:link", &[]);
    let id = text_attribute(node, "id").filter(|id| !id.is_empty());
    let name = match person_of_mention(node) {
        PersonRef::Key(_) => "ri:userkey",
        PersonRef::Name(_) => "ri:username",
        _ => "ri:account-id",
    };
    markup.void(
        "ri:user",
        &[(name, id), ("ri:local-id", text_attribute(node, "localId"))],
    );
    if let Some(text) = text_attribute(node, "text").filter(|text| !text.is_empty()) {
        markup.element("ac:link-body", &[], text);
    }
    markup.close("ac:link");
}

/// The colours of a status in the document format and in storage format.
pub(super) const STATUS_COLOURS: [(&str, &str); 6] = [
    ("neutral", "Grey"),
    ("purple", "Purple"),
    ("blue", "Blue"),
    ("red", "Red"),
    ("yellow", "Yellow"),
    ("green", "Green"),
];

fn status(markup: &mut Markup, node: &Value) {
    markup.open_macro(
        "status",
        &[
            ("ac:schema-version", Some("1")),
            ("ac:local-id", text_attribute(node, "localId")),
        ],
    );
    markup.parameter("title", text_attribute(node, "text").unwrap_or_default());
    let colour = text_attribute(node, "color").unwrap_or("neutral");
    if let Some((_, name)) = STATUS_COLOURS.iter().find(|(known, _)| *known == colour) {
        markup.parameter("colour", name);
    }
    markup.close_macro();
}
