//! Confluence's storage format: XHTML with the prefixes `ac:` and `ri:`.
//!
//! A [`Document`] is a well-formed text and an index of its nodes, so writing it gives back the very bytes that were
//! read: what this crate doesn't know is kept as it stands. What isn't well-formed is mended first, once, when it is
//! parsed; from then on it is stable too. Well-formed is what clients can read as XML that declare the prefixes `ac`,
//! `ri` and `at` and the entities of XHTML. Words in angle brackets become text, whether HTML has no element of that
//! name or nothing is in it. The typed reading of the tree (macros, links, images) is in the modules that use it, on top of
//! [`Element`].

mod attribute;
mod entity_name;
mod index;
mod macros;
mod markup;
mod mend;
mod name;
mod node;
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

/// How deep elements may nest. Pages made by people stay below 40. An element that is always the same one inside another,
/// such as the body of a macro, doesn't count, nor does a paragraph: whether it is written differs from format to format.
pub const MAX_DEPTH: usize = 256;

/// Why a body can't be accepted at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// More than [`MAX_BYTES`], as it came or mended. The JSON that blocks of the document format have with them doesn't
    /// count; it has a bound of its own, [`adf::MAX_BYTES`].
    #[error(
        "the body is longer than {MAX_BYTES} bytes: split the page, or attach the text as a file"
    )]
    TooLarge,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested deeper than {MAX_DEPTH} levels: flatten the markup")]
    TooDeep,
}

/// A body in storage format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    source: Box<str>,
    entries: Box<[Entry]>,
}

/// Reads a body in storage format. Linear in its length, whatever it contains.
///
/// # Errors
/// Only where the body can't be accepted at all, see [`ParseError`]; everything else is mended.
///
/// ```
/// let document = narthex_content::storage::parse("<p>Fish & <b>chips</p>")?;
/// assert_eq!(document.write(), "<p>Fish &amp; <b>chips</b></p>");
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
pub fn parse(source: &str) -> Result<Document, ParseError> {
    parse_up_to(source, most_with_sources(source)?)
}

/// The length up to which a body is accepted that has these bytes of JSON in it.
fn most_with_sources(source: &str) -> Result<usize, ParseError> {
    if source.len() <= MAX_BYTES {
        return Ok(MAX_BYTES);
    }
    match adf::bytes_of_sources(source) {
        apart if apart > adf::MAX_BYTES => Err(ParseError::TooLarge),
        apart => Ok(MAX_BYTES.saturating_add(apart)),
    }
}

/// Whether a text begins with a tag of an element that there is, or with other markup: not with words in angle brackets.
pub(crate) fn begins_with_markup(text: &str) -> bool {
    let text = text.trim_start();
    let tag = text.strip_prefix("</").or_else(|| text.strip_prefix('<'));
    let name = tag.and_then(|tag| tag.get(..attribute::name_length(tag)));
    name.filter(|name| !name.is_empty())
        .is_none_or(|name| mend::is_markup(text, name))
}

/// The longest body that is made from another form, in bytes. A block that storage format can't say all of is there
/// twice, as it was sent and as it is written.
const MAX_DERIVED_BYTES: usize = 3 * adf::MAX_BYTES;

/// [`parse`] for what this crate writes itself: the limit for what people send was held where that came in.
pub(crate) fn parse_derived(source: &str) -> Result<Document, ParseError> {
    parse_up_to(source, MAX_DERIVED_BYTES)
}

/// [`parse`] for a form that says the same with more bytes.
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
                // Mending always ends well-formed (a property test); if it ever didn't, the body is text.
                Err(Fault::Malformed) => Ok(Document::from_text(source)),
            }
        }
    }
}

impl Document {
    /// The body in storage format: the bytes that were parsed, or what they were mended to.
    #[must_use]
    pub fn write(&self) -> String {
        self.source.as_ref().to_owned()
    }

    /// Whether the body, which was made from another form, would be accepted as it is written.
    ///
    /// # Errors
    /// Where it is too long.
    pub fn check_length(&self) -> Result<(), ParseError> {
        match self.source.len() <= most_with_sources(&self.source)? {
            true => Ok(()),
            false => Err(ParseError::TooLarge),
        }
    }

    /// [`Document::write`] without a copy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// A document of nothing but text.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let source = crate::escape::escaped(text);
        let entries = index(&source).unwrap_or_default();
        Self {
            source: source.into(),
            entries: entries.into(),
        }
    }

    /// The nodes of the outermost level.
    #[must_use]
    pub fn children(&self) -> Children<'_> {
        Children::new(
            self,
            0,
            u32::try_from(self.entries.len()).unwrap_or(u32::MAX),
        )
    }

    /// All nodes in the order of the source, each before its content.
    #[must_use]
    pub fn descendants(&self) -> Descendants<'_> {
        Descendants::new(
            self,
            0,
            u32::try_from(self.entries.len()).unwrap_or(u32::MAX),
        )
    }
}
