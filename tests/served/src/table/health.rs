//! Health, what robots are told, and what the program says of itself.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::plain("GET", "/healthz"),
    Entry::plain("GET", "/readyz"),
    Entry::plain("GET", "/robots.txt"),
    Entry::plain("GET", "/openapi.json"),
];
