//! Search: CQL, the index, and hits that are only of what the asker sees.
//!
//! - [`cql`]: the query language, read into a typed tree, with errors that have a place;
//! - [`words`]: what text is found by: words without case and accents, and their stems;
//! - [`text`]: what is asked of text: words, phrases, beginnings, words alike;
//! - [`index`]: which thing has which words, on disk, one index a node;
//! - [`find`]: the hits of a query in a view, their order, their pages;
//! - [`excerpt`]: the passage of a text that shows why it was found;
//! - [`people`]: the people that a view shows, by name.
//!
//! The index answers nobody. It says which things, in which state of them, have
//! some words. Each is then looked for in the asker's [`View`](narthex_access::View),
//! and counts only if it is there for the asker and in that very state (laws 3.2
//! and 7.3). What is shown of a hit comes from the catalogue and, against a witness,
//! from the store; the index keeps no text. So hits, totals, order, cursors and
//! excerpts are the same whatever else the site holds (law 7.4): a score is made of
//! the query and of the thing's own words, never of how rare a word is on the site.

pub mod cql;
pub mod excerpt;
pub mod find;
pub mod index;
pub mod people;
pub mod text;
pub mod words;
