//! Running text of the document format, written in storage format.

use serde_json::Value;

use super::{FILE_NAME, block, colour, content, day, kind, marks, plain_attribute, text_attribute};
use crate::storage::Markup;

/// Whether a node stands in running text.
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

/// Writes running text.
pub(super) fn all(markup: &mut Markup, nodes: &[Value]) {
    for node in nodes {
        let closers: Vec<&str> = marks(node)
            .iter()
            .filter_map(|mark| open_mark(markup, mark))
            .collect();
        write(markup, node);
        for name in closers.into_iter().rev() {
            markup.close(name);
        }
    }
}

fn write(markup: &mut Markup, node: &Value) {
    match kind(node) {
        "text" => markup.text(node.get("text").and_then(Value::as_str).unwrap_or_default()),
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
        "inlineCard" => match text_attribute(node, "url") {
            Some(url) => markup.element(
                "a",
                &[
                    ("href", Some(url)),
                    ("data-card-appearance", Some("inline")),
                ],
                url,
            ),
            None => markup.text("a card without an address"),
        },
        "inlineExtension" => block::extension(markup, node, false),
        "mediaInline" => media(markup, node, None, &[]),
        _ => block::write(markup, node),
    }
}

/// Opens what a mark is, and returns the name to close; nothing for marks that storage format can't say.
fn open_mark(markup: &mut Markup, mark: &Value) -> Option<&'static str> {
    let name = match kind(mark) {
        "strong" => "strong",
        "em" => "em",
        "underline" => "u",
        "strike" => "del",
        "code" => "code",
        "subsup" => {
            if text_attribute(mark, "type") == Some("sup") {
                "sup"
            } else {
                "sub"
            }
        }
        "link" => {
            markup.open(
                "a",
                &[
                    ("href", text_attribute(mark, "href")),
                    ("title", text_attribute(mark, "title")),
                ],
            );
            return Some("a");
        }
        "textColor" => {
            let style = format!(
                "color: {};",
                colour::to_css(text_attribute(mark, "color")?)?
            );
            markup.open("span", &[("style", Some(&style))]);
            return Some("span");
        }
        "backgroundColor" => {
            let style = format!(
                "background-color: {};",
                colour::to_css(text_attribute(mark, "color")?)?
            );
            markup.open("span", &[("style", Some(&style))]);
            return Some("span");
        }
        "annotation" if text_attribute(mark, "annotationType") == Some("inlineComment") => {
            markup.open(
                "ac:inline-comment-marker",
                &[("ac:ref", text_attribute(mark, "id"))],
            );
            return Some("ac:inline-comment-marker");
        }
        _ => return None,
    };
    markup.open(name, &[]);
    Some(name)
}

fn mention(markup: &mut Markup, node: &Value) {
    markup.open("ac:link", &[]);
    let id = text_attribute(node, "id").filter(|id| !id.is_empty());
    markup.void(
        "ri:user",
        &[
            ("ri:account-id", id),
            ("ri:local-id", text_attribute(node, "localId")),
        ],
    );
    if let Some(text) = text_attribute(node, "text").filter(|text| !text.is_empty()) {
        markup.element("ac:link-body", &[], text);
    }
    markup.close("ac:link");
}

/// The colours of a status there and here.
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

/// Whether a file's id is one that an attachment of the site can have: then it says which file better than the text
/// that describes it.
fn is_attachment_id(id: &str) -> bool {
    let digits = id.strip_prefix("att").unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Writes a picture or a file, with its caption.
pub(super) fn media(
    markup: &mut Markup,
    node: &Value,
    caption: Option<&Value>,
    layout: &[(&str, Option<&str>)],
) {
    let width = plain_attribute(node, "width");
    let height = plain_attribute(node, "height");
    let mut attributes = layout.to_vec();
    attributes.extend([
        ("ac:alt", text_attribute(node, "alt")),
        ("ac:original-width", width.as_deref()),
        ("ac:original-height", height.as_deref()),
    ]);
    markup.open("ac:image", &attributes);
    if let Some(url) = text_attribute(node, "url") {
        markup.void("ri:url", &[("ri:value", Some(url))]);
    } else {
        let text = |name: &str| text_attribute(node, name).filter(|name| !name.is_empty());
        let file = text(FILE_NAME)
            .or_else(|| text("id").filter(|id| is_attachment_id(id)))
            .or_else(|| text("alt"))
            .or_else(|| text("id"));
        markup.void(
            "ri:attachment",
            &[("ri:filename", Some(file.unwrap_or("file")))],
        );
    }
    if let Some(caption) = caption {
        markup.open("ac:caption", &[]);
        markup.open("p", &[]);
        all(markup, content(caption));
        markup.close("p");
        markup.close("ac:caption");
    }
    markup.close("ac:image");
}
