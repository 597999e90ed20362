//! Stories in a real browser.

mod drafts;
mod launcher;
mod narrow;
mod page_access;
mod stories;
mod story;
mod tour;
