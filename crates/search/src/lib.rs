//! Search: CQL, the index, and hits that consist only of content that the reader sees.
//!
//! - [`cql`]: the query language, parsed into a typed tree, with errors that name a position;
//! - [`words`]: the forms by which text is found: words without case and accents, and their stems;
//! - [`text`]: queries on text: words, phrases, prefixes, similar words;
//! - [`index`]: the words of each thing, on disk, one index a node;
//! - [`find`]: the hits of a query in a view, their order, their pages;
//! - [`excerpt`]: the passage of a text that shows why it was found;
//! - [`people`]: the people that a view shows, by name.
//!
//! The index alone answers no query. It names the things, and the state of each, that have some
//! words. Each is then looked up in the reader's [`View`](narthex_access::View), and counts only if
//! the reader sees it in that very state (laws 3.2 and 7.3). The details of a hit come from the
//! catalogue and, against a witness, from the store; the index contains no text. So hits, totals,
//! order, cursors and excerpts are the same whatever else the site contains (law 7.4): a score
//! depends on the query and on the thing's own words, never on how rare a word is on the site.

pub mod cql;
pub mod excerpt;
pub mod find;
pub mod index;
pub mod people;
pub mod text;
pub mod words;
