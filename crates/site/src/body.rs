//! Bodies that are sent: their formats, how they are checked, and the form in which they are
//! stored.

use crate::error::SiteError;
use crate::site::Site;
use narthex_content::storage::{Document, ParseError};
use narthex_content::{adf, editor, markdown, storage, wiki};
use std::sync::PoisonError;

/// The longest body in the storage format, in bytes.
pub const MAX_BODY_BYTES: usize = storage::MAX_BYTES;

/// A text to store as a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBody {
    /// The format of the text.
    pub representation: Representation,
    /// The text itself, in that format.
    pub text: String,
}

/// The formats in which a body is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Representation {
    /// Confluence's storage format.
    Storage,
    /// The Atlassian document format, as a JSON text.
    AtlasDocFormat,
}

impl Representation {
    /// The word that the API uses for the format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::AtlasDocFormat => "atlas_doc_format",
        }
    }
}

/// The formats in which a text can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The storage format, for which `editor2` is another word.
    Storage,
    /// The Atlassian document format.
    AtlasDocFormat,
    /// Wiki markup, the format that Confluence had before the storage format.
    Wiki,
    /// The older editor's HTML, as the representation `editor` returns it.
    Editor,
    /// HTML, such as that of the representations for reading.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Plain,
}

impl Written {
    /// Returns the format that a word of the API names, or `None` for an unknown word.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "storage" | "editor2" => Self::Storage,
            "atlas_doc_format" => Self::AtlasDocFormat,
            "wiki" => Self::Wiki,
            "editor" => Self::Editor,
            "view" | "export_view" | "styled_view" | "anonymous_export_view" => Self::Html,
            "markdown" => Self::Markdown,
            "plain" | "raw" => Self::Plain,
            _ => return None,
        })
    }

    /// The one word of the API by which the format is stored and named; [`Self::from_word`] reads
    /// it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::AtlasDocFormat => "atlas_doc_format",
            Self::Wiki => "wiki",
            Self::Editor => "editor",
            Self::Html => "view",
            Self::Markdown => "markdown",
            Self::Plain => "plain",
        }
    }

    /// Parses a text of this format.
    ///
    /// # Errors
    /// Invalid if the text can't be read, with the position of the fault.
    pub fn read(self, text: &str) -> Result<Document, SiteError> {
        if text.contains('\0') {
            return Err(SiteError::invalid(
                "the body has a NUL character in it; take it out",
            ));
        }
        match self {
            Self::Storage | Self::Html => storage::parse(text).map_err(unreadable),
            Self::AtlasDocFormat => adf::to_storage(text).map_err(unreadable),
            Self::Wiki => wiki::to_storage(text).map_err(unreadable),
            Self::Editor => editor::to_storage(text).map_err(unreadable),
            Self::Markdown => markdown::to_storage(text).map_err(unreadable),
            Self::Plain if text.len() > MAX_BODY_BYTES => Err(unreadable(ParseError::TooLarge)),
            Self::Plain => {
                let paragraph =
                    |line: &str| format!("<p>{}</p>", Document::from_text(line).as_str());
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                storage::parse(&lines.map(paragraph).collect::<String>()).map_err(unreadable)
            }
        }
    }

    /// Turns a text into a body that can be stored: other formats than the two that are stored
    /// become the storage format. A text that is in one of the two isn't parsed here but when the
    /// body is written, see [`NewBody::checked`].
    ///
    /// # Errors
    /// As [`Written::read`].
    pub fn into_body(self, text: String) -> Result<NewBody, SiteError> {
        let representation = match self {
            Self::AtlasDocFormat => Representation::AtlasDocFormat,
            _ => Representation::Storage,
        };
        let text = match self {
            Self::Storage | Self::AtlasDocFormat => text,
            _ => self.read(&text)?.write(),
        };
        Ok(NewBody {
            representation,
            text,
        })
    }
}

fn unreadable(error: impl std::fmt::Display) -> SiteError {
    SiteError::invalid(format!("the body can't be read: {error}"))
}

/// Checks that a text can be a body.
///
/// # Errors
/// Invalid if the text can't be read, with the position of the fault.
pub fn check_body(body: &NewBody) -> Result<(), SiteError> {
    body.written().read(&body.text).map(drop)
}

impl NewBody {
    /// Does the work of [`Site::with_page_links`], without waiting for a turn.
    fn with_page_links(self, origin: &str) -> Result<Self, SiteError> {
        let linked = match self.representation {
            Representation::AtlasDocFormat => {
                adf::with_page_links(&self.text, origin).map_err(unreadable)?
            }
            Representation::Storage => None,
        };
        Ok(match linked {
            Some(text) => Self { text, ..self },
            None => self,
        })
    }

    fn written(&self) -> Written {
        match self.representation {
            Representation::Storage => Written::Storage,
            Representation::AtlasDocFormat => Written::AtlasDocFormat,
        }
    }

    /// Returns the body as it is stored. A text in the Atlassian document format stays as it was
    /// sent, if it could be written in the storage format too; one in the storage format is made
    /// well-formed and loses the JSON of blocks that were changed since. This is done before a
    /// write begins, because reading a long text takes longer than other writers should wait.
    ///
    /// # Errors
    /// Invalid if the text can't be read, with the position of the fault.
    fn checked(self) -> Result<Self, SiteError> {
        let document = self.written().read(&self.text)?;
        Ok(match self.representation {
            Representation::AtlasDocFormat => {
                document.check_length().map_err(unreadable)?;
                self
            }
            Representation::Storage => Self {
                text: document.without_stale_sources().unwrap_or(document).write(),
                ..self
            },
        })
    }
}

/// The length in bytes up to which texts are read without waiting for a turn.
const SMALL: usize = 64 * 1024;

impl Site {
    /// Turns links to pages of this site that the author wrote as addresses into links to the
    /// pages, in a body that is about to be written. `origin` is the start of the site's addresses
    /// as the author knows them. Large bodies take turns, as they do when they are written.
    ///
    /// # Errors
    /// Invalid if the text can't be read, with the position of the fault.
    pub fn with_page_links(&self, body: NewBody, origin: &str) -> Result<NewBody, SiteError> {
        let turn = || self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let _turn = (body.text.len() > SMALL).then(turn);
        body.with_page_links(origin)
    }

    /// Returns a body as it is stored, see [`NewBody::checked`]. Large bodies take turns, because
    /// together they would take more memory than a server has. A waiting call blocks its thread:
    /// otherwise there would soon be more waiting texts than fit into memory.
    ///
    /// # Errors
    /// As [`NewBody::checked`].
    pub(crate) fn checked(&self, body: NewBody) -> Result<NewBody, SiteError> {
        let turn = || self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let _turn = (body.text.len() > SMALL).then(turn);
        body.checked()
    }
}
