//! Confluence's storage format: XHTML with the prefixes `ac:` and `ri:`.
//!
//! A [`Document`] is a well-formed text and an index of its nodes, so writing it returns the very
//! bytes that were read: unknown elements stay as they are. A text that isn't well-formed is mended
//! once, when it is parsed; from then on it is stable too. Well-formed means that clients can read
//! it as XML if they declare the prefixes `ac`, `ri` and `at` and the entities of XHTML. Words in
//! angle brackets become text, whether HTML has no element of that name or the element isn't ended.
//! Typed access (macros, links, images) is in the modules that use it, on top of [`Element`].

mod attribute;
mod entity_name;
mod index;
mod macros;
mod markup;
mod mend;
mod name;
mod node;
mod start_tag;
mod tag;
mod word;

pub use attribute::{Attribute, Attributes};
pub(crate) use macros::is_content;
pub use macros::{Macro, Parameter};
pub(crate) use markup::Markup;
pub use node::{Children, Descendants, Element, Node};
pub use tag::Tag;

use crate::adf;
use index::{Entry, Fault, index};

/// The longest body that is accepted, in bytes: Confluence's own limit.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// The maximum nesting of elements. Pages made by people stay below 40. Elements that always occur
/// inside another, such as the body of a macro, don't count, and neither do paragraphs: whether
/// they are written differs from format to format.
pub const MAX_DEPTH: usize = 256;

/// The reasons why a body can't be accepted at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// It is longer than [`MAX_BYTES`], as sent or as mended. The JSON of blocks of the document
    /// format doesn't count; it has a limit of its own, [`adf::MAX_BYTES`].
    #[error(
        "the body is longer than {MAX_BYTES} bytes: split the page, or attach the text as a file"
    )]
    TooLarge,
    /// It is nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested deeper than {MAX_DEPTH} levels: flatten the markup")]
    TooDeep,
}

/// A body in storage format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    source: Box<str>,
    entries: Box<[Entry]>,
}

/// Parses a body in storage format, in time linear in its length, whatever it contains.
///
/// # Errors
/// Fails only if the body can't be accepted at all, see [`ParseError`]; everything else is mended.
///
/// ```
/// let document = narthex_content::storage::parse("<p>Fish & <b>chips</p>")?;
/// assert_eq!(document.write(), "<p>Fish &amp; <b>chips</b></p>");
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
pub fn parse(source: &str) -> Result<Document, ParseError> {
    parse_up_to(source, most_with_sources(source)?)
}

/// Returns the maximum length for a body with this body's amount of JSON in it.
fn most_with_sources(source: &str) -> Result<usize, ParseError> {
    if source.len() <= MAX_BYTES {
        return Ok(MAX_BYTES);
    }
    match adf::bytes_of_sources(source) {
        apart if apart > adf::MAX_BYTES => Err(ParseError::TooLarge),
        apart => Ok(MAX_BYTES.saturating_add(apart)),
    }
}

/// Returns whether a text begins with a tag of an element that exists, or with other markup, and
/// not with words in angle brackets.
pub(crate) fn begins_with_markup(text: &str) -> bool {
    let text = text.trim_start();
    let tag = text.strip_prefix("</").or_else(|| text.strip_prefix('<'));
    let name = tag.and_then(|tag| tag.get(..attribute::name_length(tag)));
    name.filter(|name| !name.is_empty())
        .is_none_or(|name| mend::is_markup(text, name))
}

/// The longest body that is made from another form, in bytes. A block that storage format can't
/// fully express is in it twice, as it was sent and as it is written.
const MAX_DERIVED_BYTES: usize = 3 * adf::MAX_BYTES;

/// Parses text that this crate wrote itself, as [`parse`] does: the limit for clients was checked
/// on its source.
pub(crate) fn parse_derived(source: &str) -> Result<Document, ParseError> {
    parse_up_to(source, MAX_DERIVED_BYTES)
}

/// Parses a representation that takes more bytes for the same content, as [`parse`] does.
pub(crate) fn parse_longer(source: &str) -> Result<Document, ParseError> {
    parse_up_to(source, adf::MAX_BYTES)
}

fn parse_up_to(source: &str, most: usize) -> Result<Document, ParseError> {
    if source.len() > most {
        return Err(ParseError::TooLarge);
    }
    match index(source) {
        Ok(entries) => Ok(Document {
            source: source.into(),
            entries: entries.into(),
        }),
        Err(Fault::Refused(error)) => Err(error),
        Err(Fault::Malformed) => {
            let mended = mend::mend(source)?;
            if mended.len() > most {
                return Err(ParseError::TooLarge);
            }
            match index(&mended) {
                Ok(entries) => Ok(Document {
                    source: mended.into(),
                    entries: entries.into(),
                }),
                Err(Fault::Refused(error)) => Err(error),
                // Mended text is always well-formed (a property test); if it ever weren't, the body
                // is text.
                Err(Fault::Malformed) => Ok(Document::from_text(source)),
            }
        }
    }
}

impl Document {
    /// Returns the body in storage format: the bytes that were parsed, or the result of mending
    /// them.
    #[must_use]
    pub fn write(&self) -> String {
        self.source.as_ref().to_owned()
    }

    /// Checks that the body, which was made from another form, would be accepted as it is written.
    ///
    /// # Errors
    /// Fails if it is too long.
    pub fn check_length(&self) -> Result<(), ParseError> {
        match self.source.len() <= most_with_sources(&self.source)? {
            true => Ok(()),
            false => Err(ParseError::TooLarge),
        }
    }

    /// Returns the same text as [`Document::write`], without a copy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Makes a document that contains nothing but text.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let source = crate::escape::escaped(text);
        let entries = index(&source).unwrap_or_default();
        Self {
            source: source.into(),
            entries: entries.into(),
        }
    }

    /// Returns the nodes of the outermost level.
    #[must_use]
    pub fn children(&self) -> Children<'_> {
        Children::new(
            self,
            0,
            u32::try_from(self.entries.len()).unwrap_or(u32::MAX),
        )
    }

    /// Returns all nodes in the order of the source, each before its content.
    #[must_use]
    pub fn descendants(&self) -> Descendants<'_> {
        Descendants::new(
            self,
            0,
            u32::try_from(self.entries.len()).unwrap_or(u32::MAX),
        )
    }
}
