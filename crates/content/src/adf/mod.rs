//! The Atlassian Document Format (ADF): the JSON that newer editors and the v2 API use.
//!
//! Conversion goes both ways through storage format. [`to_storage`] writes each block as Confluence
//! would. Where that form can't hold all of it (a node or an attribute without an equivalent in
//! storage format), the block's own JSON is stored with it inside `ac:adf-extension`, and the
//! written form is its fallback. So [`from_storage`] returns every document as it was sent, and an
//! edit of the fallback is noticed and wins.
//!
//! The modules `block`, `inline`, `media` and `own` write storage format; `read` and `read_…` read
//! it.

mod block;
mod card;
mod day;
mod element;
mod embedded;
mod fold;
mod inline;
mod json;
mod level;
mod media;
mod own;
mod page_link;
mod people;
mod pointer;
mod read;
mod read_beside;
mod read_inline;
mod read_link;
mod read_list;
mod read_macro;
mod read_media;
mod read_place;
mod read_preformatted;
mod read_style;
mod read_table;
mod reader_bound;
mod source;

use serde_json::{Map, Value};

pub(crate) use json::changed;
pub use page_link::with_page_links;
pub use people::hide_people;
pub use read::Question;
pub(crate) use source::bytes_of_sources;

use crate::colour;
use crate::storage::{self, Document, Markup, ParseError};

/// The attribute in which editors write a file's name.
const FILE_NAME: &str = "__fileName";

/// The longest document that is accepted, in bytes. A page of prose takes a little more than twice
/// as many bytes in JSON as in storage format.
pub const MAX_BYTES: usize = 12 * 1024 * 1024;

/// The reasons why a text isn't accepted as a document in this format.
#[derive(Debug, thiserror::Error)]
pub enum AdfError {
    /// It isn't JSON, or is nested too deep.
    #[error("the body isn't valid JSON: {0}; send the document as one JSON string")]
    Json(#[from] serde_json::Error),
    /// It is JSON, but not a document.
    #[error(
        "the body isn't a document: expected an object with \"type\":\"doc\" and a \"content\" list"
    )]
    NotADocument,
    /// It is longer than [`MAX_BYTES`].
    #[error(
        "the document is longer than {MAX_BYTES} bytes: split the page, or attach the text as a file"
    )]
    TooLarge,
    /// One of its blocks has so many nodes that reading it would take too much memory.
    #[error(
        "a block of the document has too many nodes: split it, such as a long table into several"
    )]
    BlockTooLarge,
    /// Its content can't be accepted in storage format either.
    #[error(transparent)]
    Storage(#[from] ParseError),
}

/// Reads a document and writes it in storage format.
///
/// # Errors
/// Fails if the text isn't JSON, isn't a document, or is too long or too deep. The content of a
/// document is never an error.
///
/// ```
/// let sent = r#"{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Hi"}]}]}"#;
/// let document = narthex_content::adf::to_storage(sent)?;
/// assert_eq!(document.as_str(), "<p>Hi</p>");
/// # Ok::<(), narthex_content::adf::AdfError>(())
/// ```
pub fn to_storage(json: &str) -> Result<Document, AdfError> {
    to_storage_naming(json, &mut |_| None)
}

/// Reads a document as [`to_storage`] does, and asks `file_name` for the names of files that the
/// document identifies by their ids alone.
///
/// # Errors
/// The same as those of [`to_storage`].
pub fn to_storage_naming(
    json: &str,
    file_name: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Document, AdfError> {
    if json.len() > MAX_BYTES {
        return Err(AdfError::TooLarge);
    }
    let mut markup = Markup::default();
    json::each_block(json, &mut |mut node| {
        if has_media(&node) {
            name_files(&mut node, file_name);
        }
        reader_bound::make_anew(&mut node, &mut |_| None);
        let native = native(&node);
        let parsed = storage::parse_derived(&native)?;
        if json::is_json_of(&read::written_blocks(parsed.children(), false), &node) {
            markup.raw(&native);
        } else {
            source::write(&mut markup, &node, &native);
        }
        Ok(())
    })?;
    Ok(storage::parse_derived(&markup.finish())?)
}

/// Returns a document of this format with the addresses of its links and the ids of its files as
/// this reader may see them, or `None` if nothing in it depends on the reader: it can then be
/// returned as it was sent.
///
/// # Errors
/// Fails if the text isn't JSON.
pub fn for_reader(
    json: &str,
    answer: &mut dyn FnMut(Question<'_>) -> Option<String>,
) -> Result<Option<String>, AdfError> {
    if !json.contains(pointer::METADATA) && !json.contains(FILE_NAME) {
        return Ok(None);
    }
    json::changed(json, &mut |value| reader_bound::make_anew(value, answer))
}

/// Writes a body as a document of this format, as compact JSON.
///
/// `answer` is asked for the things that only the site knows. If it returns `None` for a link's
/// address, the link keeps its text and leads nowhere.
#[must_use]
pub fn from_storage(
    document: &Document,
    answer: &mut dyn FnMut(Question<'_>) -> Option<String>,
) -> String {
    let start = "{\"type\":\"doc\",\"version\":1,\"content\":[";
    let mut reader = read::Reader::folding(answer);
    reader.linked = read_place::Linked::in_document(document);
    let mut written = reader.written(document.children(), start.to_owned());
    written.push_str("]}");
    written
}

/// Returns whether a block contains pictures or files.
fn has_media(node: &Value) -> bool {
    kind(node) == "media" || kind(node) == "mediaInline" || content(node).iter().any(has_media)
}

/// Writes the known name into each file of a block that has only an id.
fn name_files(node: &mut Value, file_name: &mut dyn FnMut(&str) -> Option<String>) {
    let is_named = text_attribute(node, FILE_NAME).is_some_and(|name| !name.is_empty());
    let name = match kind(node) {
        "media" | "mediaInline" if !is_named => {
            text_attribute(node, "id").and_then(&mut *file_name)
        }
        _ => None,
    };
    if let Some(Value::Object(attributes)) = node.get_mut("attrs") {
        put(attributes, FILE_NAME, name);
    }
    if let Some(Value::Array(below)) = node.get_mut("content") {
        for child in below {
            name_files(child, file_name);
        }
    }
}

/// Writes a block in storage format, as far as that format can express it.
fn native(node: &Value) -> String {
    let mut markup = Markup::default();
    block::write(&mut markup, node);
    markup.finish()
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn content(node: &Value) -> &[Value] {
    node.get("content")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn marks(node: &Value) -> &[Value] {
    node.get("marks")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn attribute<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    node.get("attrs")?.get(name)
}

fn text_attribute<'a>(node: &'a Value, name: &str) -> Option<&'a str> {
    attribute(node, name)?.as_str()
}

/// Returns an attribute that is a text, number or Boolean as text.
fn plain_attribute(node: &Value, name: &str) -> Option<String> {
    match attribute(node, name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Makes a node. Empty attributes are left out, and so is `content` if it is `None`.
fn make(kind: &str, attributes: Map<String, Value>, content: Option<Vec<Value>>) -> Value {
    let mut node = Map::new();
    node.insert("type".into(), kind.into());
    if !attributes.is_empty() {
        node.insert("attrs".into(), Value::Object(attributes));
    }
    if let Some(content) = content {
        node.insert("content".into(), Value::Array(content));
    }
    Value::Object(node)
}

/// Inserts an attribute, if it has a value.
fn put(attributes: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        attributes.insert(name.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests;
