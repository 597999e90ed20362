//! Stories in a real browser.

mod launcher;
mod stories;
