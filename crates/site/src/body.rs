//! Bodies as they are sent: in which form, checked, and in the form that is kept.

use crate::error::SiteError;
use crate::site::Site;
use narthex_content::storage::{Document, ParseError};
use narthex_content::{adf, editor, markdown, storage, wiki};
use std::sync::PoisonError;

/// The longest body in the storage format, in bytes.
pub const MAX_BODY_BYTES: usize = storage::MAX_BYTES;

/// A text to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBody {
    /// How it is written.
    pub representation: Representation,
    /// The text.
    pub text: String,
}

/// How a body is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Representation {
    /// Confluence's storage format.
    Storage,
    /// The Atlassian document format, as a JSON text.
    AtlasDocFormat,
}

impl Representation {
    /// The word that the API uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::AtlasDocFormat => "atlas_doc_format",
        }
    }
}

/// The forms in which a text can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Storage format; `editor2` is another word for it.
    Storage,
    /// The Atlassian document format.
    AtlasDocFormat,
    /// Wiki markup, as Confluence had it before the storage format.
    Wiki,
    /// The older editor's HTML, as the representation `editor` answers it.
    Editor,
    /// HTML, such as the representations that are for reading.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Plain,
}

impl Written {
    /// The form that a word of the API names.
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

    /// The word that means this form and no other.
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

    /// Reads a text.
    ///
    /// # Errors
    /// Invalid, with where it can't be read.
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

    /// A text as a body to be kept: what isn't kept as it is comes in the storage
    /// format. Storage and the Atlassian document format aren't read here: they are
    /// when the body is written, see [`NewBody::checked`].
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

/// Whether a text can be a body.
///
/// # Errors
/// Invalid, with where it can't be read.
pub fn check_body(body: &NewBody) -> Result<(), SiteError> {
    body.written().read(&body.text).map(drop)
}

impl NewBody {
    /// See [`Site::with_page_links`].
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

    /// The text as it is kept: in the Atlassian document format as it was sent, if it
    /// could be written back in the storage format too; in the storage format well-formed
    /// and without the JSON of blocks that were changed since. Done before a write begins: reading a long
    /// text takes longer than anybody else should wait.
    ///
    /// # Errors
    /// Invalid, with where it can't be read.
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

/// Texts up to so many bytes are read whenever they come.
const SMALL: usize = 64 * 1024;

impl Site {
    /// A body that is about to be written, with links to pages of the site that its writer wrote by their addresses as
    /// links to the pages. `origin` is where the site's addresses begin for the writer. Large bodies take turns, as
    /// where they are written.
    ///
    /// # Errors
    /// Invalid, with where it can't be read.
    pub fn with_page_links(&self, body: NewBody, origin: &str) -> Result<NewBody, SiteError> {
        let turn = || self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let _turn = (body.text.len() > SMALL).then(turn);
        body.with_page_links(origin)
    }

    /// A body as it is kept, see [`NewBody::checked`]. Large ones take turns: together
    /// they would take more memory than a server has. Who waits for a turn keeps its
    /// thread: else there would soon be more waiting texts than that memory holds.
    ///
    /// # Errors
    /// As [`NewBody::checked`].
    pub(crate) fn checked(&self, body: NewBody) -> Result<NewBody, SiteError> {
        let turn = || self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let _turn = (body.text.len() > SMALL).then(turn);
        body.checked()
    }
}
