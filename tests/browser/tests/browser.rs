//! Stories in a real browser.

mod drafts;
mod launcher;
mod page_access;
mod stories;
mod story;
mod tour;
