//! Reads wiki markup, the notation that Confluence had before storage format, which tools and
//! people still write.

mod block;
mod inline;
mod link;
mod macros;

use crate::storage::{self, Document, Markup, ParseError};
use macros::Closers;

/// The maximum nesting of macros, quotes and marks; anything deeper stays text.
const MAX_NESTING: usize = 24;

/// Reads wiki markup and writes it in storage format, in time linear in its length, except for the
/// bounded nesting.
///
/// # Errors
/// Fails if the body is too long.
///
/// ```
/// let document = narthex_content::wiki::to_storage("h1. Hi\n*bold* [Roadmap]")?;
/// assert!(document.as_str().starts_with("<h1>Hi</h1><p><strong>bold</strong> <ac:link>"));
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
pub fn to_storage(wiki: &str) -> Result<Document, ParseError> {
    if wiki.len() > storage::MAX_BYTES {
        return Err(ParseError::TooLarge);
    }
    let source = wiki.replace("\r\n", "\n");
    let mut parser = Parser {
        source: &source,
        closers: Closers::of(&source),
        markup: Markup::default(),
        in_link: false,
    };
    parser.blocks(0, source.len(), 0);
    storage::parse(&parser.markup.finish())
}

/// Reads ranges of one source.
struct Parser<'a> {
    source: &'a str,
    closers: Closers<'a>,
    markup: Markup,
    /// Whether the text of a link is being read, which can't contain another link.
    in_link: bool,
}

impl<'a> Parser<'a> {
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.source.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
