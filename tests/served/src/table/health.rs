//! Health, and what robots are told.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::plain("GET", "/healthz"),
    Entry::plain("GET", "/readyz"),
    Entry::plain("GET", "/robots.txt"),
];
