//! Stories in a real browser.

mod drafts;
mod launcher;
mod stories;
mod tour;
