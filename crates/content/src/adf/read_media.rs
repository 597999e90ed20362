//! Reads pictures of storage format into the document format.

use serde_json::{Map, Value};

use super::media::{ALIGNMENTS, AT_START, DETAILS, DETAILS_IN_LINE, KNOWN_DETAILS};
use super::pointer::{METADATA, Pointer};
use super::read::{Question, Reader, attribute, number};
use super::reader_bound::UNKNOWN_FILE;
use super::{FILE_NAME, fold, kind, make, put};
use crate::reference::{AttachmentRef, ContentRef, Resource};
use crate::storage::{Element, Tag};

/// The extensions of files that are shown as pictures.
const PICTURES: [&str; 11] = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "tif", "tiff", "avif", "ico",
];

impl Reader<'_> {
    /// Reads `ac:image`, as a block of its own or, where only that is possible or words stand beside
    /// it, as part of the line.
    pub(super) fn picture(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let alt = attribute(element, "ac:alt");
        match element.elements().find_map(Resource::read) {
            Some(Resource::Attachment(file))
                if self.is_in_line || self.beside_words.contains(&element.position()) =>
            {
                let node = self.picture_in_line(element, file, marks);
                self.push(out, node);
                self.caption_behind(element, marks, out);
            }
            Some(Resource::Attachment(file)) => {
                let mut media = self.file(file);
                put(&mut media, "alt", alt);
                self.single(element, media, marks, out);
            }
            Some(Resource::Url(address)) => {
                let mut media = external(address);
                put(&mut media, "alt", alt);
                self.single(element, media, marks, out);
            }
            // It shows nothing, so only its alternative text and its caption are read.
            _ => {
                self.push_text(out, &alt.unwrap_or_default(), marks);
                self.caption_behind(element, marks, out);
            }
        }
    }

    /// Reads `img`.
    pub(super) fn html_picture(
        &mut self,
        element: Element<'_>,
        marks: &[Value],
        out: &mut Vec<Value>,
    ) {
        let alt = attribute(element, "alt");
        let Some(address) = attribute(element, "src").filter(|src| !src.trim().is_empty()) else {
            return self.push_text(out, &alt.unwrap_or_default(), marks);
        };
        let mut media = external(address);
        put(&mut media, "alt", alt);
        let mut details = Map::new();
        put(&mut details, "ac:title", attribute(element, "title"));
        let size =
            |name| attribute(element, name).and_then(|size| number(size.trim_end_matches("px")));
        let width = size("width");
        if width.is_none() {
            put(&mut details, "ac:height", attribute(element, "height"));
        }
        if !details.is_empty() {
            media.insert(DETAILS.into(), Value::Object(details));
        }
        let media = self.with_link(make("media", media, None), marks);
        let align = attribute(element, "align");
        let block = make(
            "mediaSingle",
            frame(
                align.as_deref().and_then(layout_of).unwrap_or(AT_START),
                width,
            ),
            Some(vec![media]),
        );
        self.push(out, block);
    }

    fn single(
        &mut self,
        element: Element<'_>,
        mut media: Map<String, Value>,
        marks: &[Value],
        out: &mut Vec<Value>,
    ) {
        let size = |name| number(&attribute(element, name)?);
        put(&mut media, "width", size("ac:original-width"));
        put(&mut media, "height", size("ac:original-height"));
        let align = attribute(element, "ac:align");
        let layout = attribute(element, "ac:layout")
            .or_else(|| align.as_deref().and_then(layout_of).map(str::to_owned))
            .unwrap_or_else(|| AT_START.to_owned());
        let mut details = details(element);
        if layout == AT_START {
            put(&mut details, "ac:align", align);
        }
        if !details.is_empty() {
            media.insert(DETAILS.into(), Value::Object(details));
        }
        let mut content = vec![self.with_link(make("media", media, None), marks)];
        let mut beside = Vec::new();
        if let Some(caption) = element.child(Tag::Caption) {
            let (running, mut blocks) = self.caption(caption);
            content.push(make("caption", Map::new(), Some(running)));
            beside.append(&mut blocks);
        }
        let block = make(
            "mediaSingle",
            frame(&layout, size("ac:width")),
            Some(content),
        );
        self.push(out, block);
        for node in beside {
            self.push(out, node);
        }
    }

    /// Reads the text of a caption, with each of its paragraphs as a line, and separately its
    /// blocks.
    fn caption(&mut self, caption: Element<'_>) -> (Vec<Value>, Vec<Value>) {
        let mut running: Vec<Value> = Vec::new();
        let mut blocks = Vec::new();
        for node in self.running_in_line(caption.children()) {
            match kind(&node) {
                "paragraph" => {
                    let line = super::content(&node).to_vec();
                    if !running.is_empty() && !line.is_empty() {
                        running.push(make("hardBreak", Map::new(), None));
                    }
                    running.extend(line);
                }
                _ if fold::is_in_text(&node) => running.push(node),
                _ => blocks.push(node),
            }
        }
        (running, blocks)
    }

    fn caption_behind(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        if let Some(caption) = element.child(Tag::Caption) {
            self.blank = Some(marks.to_vec());
            self.inline(caption.children(), marks, out);
        }
    }

    fn picture_in_line(
        &mut self,
        element: Element<'_>,
        file: AttachmentRef,
        marks: &[Value],
    ) -> Value {
        let is_picture = file.file.rsplit_once('.').is_none_or(|(_, ending)| {
            PICTURES
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        });
        let mut media = self.file(file);
        media.insert(
            "type".into(),
            if is_picture { "image" } else { "file" }.into(),
        );
        put(&mut media, "alt", attribute(element, "ac:alt"));
        let size = |name| number(&attribute(element, name)?);
        put(&mut media, "width", size("ac:width"));
        put(&mut media, "height", size("ac:height"));
        let mut details = details(element);
        details.remove("ac:height");
        for name in DETAILS_IN_LINE {
            put(&mut details, name, attribute(element, name));
        }
        if !details.is_empty() {
            media.insert(DETAILS.into(), Value::Object(details));
        }
        let node = make("mediaInline", media, None);
        self.with_marks_of_text(node, marks)
    }

    /// Returns the attributes that identify an attached file.
    fn file(&mut self, file: AttachmentRef) -> Map<String, Value> {
        let mut media = Map::new();
        media.insert("type".into(), "file".into());
        let id = (self.ask)(Question::File(&file));
        let id = id.unwrap_or_else(|| UNKNOWN_FILE.to_owned());
        media.insert("id".into(), id.into());
        media.insert("collection".into(), "".into());
        media.insert(FILE_NAME.into(), file.file.as_str().into());
        if file.of != ContentRef::Itself {
            let metadata = Pointer::to(Resource::Attachment(file)).metadata();
            media.insert(METADATA.into(), Value::Object(metadata));
        }
        media
    }

    /// Adds the link around a picture to it; other marks apply only to text.
    fn with_link(&mut self, node: Value, marks: &[Value]) -> Value {
        let link: Vec<Value> = marks
            .iter()
            .filter(|mark| kind(mark) == "link")
            .cloned()
            .collect();
        self.with_marks(node, &link)
    }
}

fn external(address: String) -> Map<String, Value> {
    let mut media = Map::new();
    media.insert("type".into(), "external".into());
    media.insert("url".into(), address.into());
    media
}

/// Returns the attributes of the block around a picture.
fn frame(layout: &str, width: Option<Value>) -> Map<String, Value> {
    let mut attributes = Map::new();
    attributes.insert("layout".into(), layout.into());
    if let Some(width) = width {
        attributes.insert("width".into(), width);
        attributes.insert("widthType".into(), "pixel".into());
    }
    attributes
}

/// Returns the layout for a picture that has only an alignment.
fn layout_of(align: &str) -> Option<&'static str> {
    ALIGNMENTS
        .iter()
        .find(|(_, known)| *known == align)
        .map(|(layout, _)| *layout)
}

/// Returns the details of a picture that only storage format has.
fn details(element: Element<'_>) -> Map<String, Value> {
    let mut details = Map::new();
    for name in KNOWN_DETAILS {
        put(&mut details, name, attribute(element, name));
    }
    details
}
