//! Writes pictures and files of the document format in storage format.

use serde_json::Value;

use super::pointer::{METADATA, Pointer, write_resource};
use super::{FILE_NAME, attribute, content, inline, kind, marks, plain_attribute, text_attribute};
use crate::hole::{AttachmentRef, ContentRef};
use crate::reference::Resource;
use crate::storage::Markup;

/// The attribute of a picture for those details of storage format that this format has no attribute
/// for.
pub(super) const DETAILS: &str = "nx-image";

/// The details that are preserved, by their names in storage format.
pub(super) const KNOWN_DETAILS: [&str; 11] = [
    "ac:title",
    "ac:height",
    "ac:thumbnail",
    "ac:border",
    "ac:class",
    "ac:style",
    "ac:hspace",
    "ac:vspace",
    "ac:queryparams",
    "ac:custom-width",
    "ac:inline",
];

/// The details that are preserved for a picture within text only, which has no block around it.
pub(super) const DETAILS_IN_LINE: [&str; 4] = [
    "ac:align",
    "ac:layout",
    "ac:original-width",
    "ac:original-height",
];

/// The alignments of pictures, here and in storage format. If storage format gives nothing but a
/// side, the first entry for that side applies.
pub(super) const ALIGNMENTS: [(&str, &str); 4] = [
    ("center", "center"),
    ("align-end", "right"),
    ("wrap-right", "right"),
    ("wrap-left", "left"),
];

/// The layout of a picture at the start of the line.
pub(super) const AT_START: &str = "align-start";

/// The width of a whole page in CSS pixels, for widths that are given in per cent.
const PAGE_WIDTH: f64 = 760.0;

/// Writes a picture in a block of its own, with its caption.
pub(super) fn single(markup: &mut Markup, node: &Value) {
    let caption = content(node).iter().find(|child| kind(child) == "caption");
    let layout = text_attribute(node, "layout");
    let width = match text_attribute(node, "widthType") {
        Some("pixel") => plain_attribute(node, "width"),
        _ => attribute(node, "width")
            .and_then(Value::as_f64)
            .filter(|width| (1.0..=100.0).contains(width))
            .map(|width| format!("{:.0}", width * PAGE_WIDTH / 100.0)),
    };
    let align = ALIGNMENTS
        .iter()
        .find(|(known, _)| Some(*known) == layout)
        .map(|(_, align)| *align);
    for media in content(node)
        .iter()
        .filter(|child| kind(child) != "caption")
    {
        let noted = attribute(media, DETAILS).and_then(|details| details.get("ac:align")?.as_str());
        let frame = [
            (
                "ac:align",
                align.or(noted.filter(|_| layout == Some(AT_START))),
            ),
            ("ac:layout", layout),
            ("ac:width", width.as_deref()),
        ];
        write(markup, media, caption, &frame);
    }
}

/// Writes files side by side, each on a line of its own.
pub(super) fn group(markup: &mut Markup, node: &Value) {
    for media in content(node) {
        markup.open("p", &[]);
        write(markup, media, None, &[]);
        markup.close("p");
    }
}

/// Writes a picture or file within text.
pub(super) fn inline(markup: &mut Markup, node: &Value) {
    let (width, height) = (
        plain_attribute(node, "width"),
        plain_attribute(node, "height"),
    );
    let details = attribute(node, DETAILS);
    let height =
        height.filter(|_| details.is_none_or(|details| details.get("ac:height").is_none()));
    let detail = |name| details.and_then(|details| details.get(name)?.as_str());
    let [align, layout, original_width, original_height] =
        DETAILS_IN_LINE.map(|name| (name, detail(name)));
    let frame = [
        align,
        layout,
        ("ac:width", width.as_deref()),
        ("ac:height", height.as_deref()),
        original_width,
        original_height,
    ];
    picture(markup, node, None, &frame);
}

/// Writes a picture or file, inside the link that it carries.
pub(super) fn write(
    markup: &mut Markup,
    node: &Value,
    caption: Option<&Value>,
    frame: &[(&str, Option<&str>)],
) {
    let link = marks(node).iter().find(|mark| kind(mark) == "link");
    let closers = link.map(|mark| inline::open_mark(markup, mark));
    let (width, height) = (
        plain_attribute(node, "width"),
        plain_attribute(node, "height"),
    );
    let mut frame = frame.to_vec();
    frame.extend([
        ("ac:original-width", width.as_deref()),
        ("ac:original-height", height.as_deref()),
    ]);
    picture(markup, node, caption, &frame);
    if let Some(closers) = closers {
        inline::close(markup, closers);
    }
}

fn picture(
    markup: &mut Markup,
    node: &Value,
    caption: Option<&Value>,
    frame: &[(&str, Option<&str>)],
) {
    let mut attributes = frame.to_vec();
    attributes.push(("ac:alt", text_attribute(node, "alt")));
    if let Some(details) = attribute(node, DETAILS) {
        let detail = |name| (name, details.get(name).and_then(Value::as_str));
        attributes.extend(KNOWN_DETAILS.map(detail));
    }
    markup.open("ac:image", &attributes);
    write_resource(markup, &resource(node));
    if let Some(caption) = caption {
        markup.open("ac:caption", &[]);
        markup.open("p", &[]);
        inline::all(markup, content(caption));
        markup.close("p");
        markup.close("ac:caption");
    }
    markup.close("ac:image");
}

/// Returns the resource that a picture or file shows.
fn resource(node: &Value) -> Resource {
    match text_attribute(node, "url") {
        Some(url) => Resource::Url(url.to_owned()),
        None => Resource::Attachment(attachment(node)),
    }
}

/// Returns the attachment that a file refers to.
pub(super) fn attachment(node: &Value) -> AttachmentRef {
    let text = |name: &str| text_attribute(node, name).filter(|name| !name.is_empty());
    let file = text(FILE_NAME)
        .or_else(|| text("id").filter(|id| is_attachment_id(id)))
        .or_else(|| text("alt"))
        .or_else(|| text("id"))
        .unwrap_or("file");
    let pointer = attribute(node, METADATA).and_then(Pointer::from_metadata);
    let of = match pointer.map(|pointer| pointer.resource) {
        Some(Resource::Attachment(attachment)) if attachment.file == file => attachment.of,
        _ => ContentRef::Itself,
    };
    AttachmentRef {
        file: file.to_owned(),
        of,
    }
}

/// Returns whether a file's id can be that of an attachment of this site: then it identifies the
/// file better than its alternative text does.
pub(super) fn is_attachment_id(id: &str) -> bool {
    let digits = id.strip_prefix("att").unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
