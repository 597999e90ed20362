//! The routes of health, of `robots.txt` and of the program's own description.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::plain("GET", "/healthz"),
    Entry::plain("GET", "/readyz"),
    Entry::plain("GET", "/robots.txt"),
    Entry::plain("GET", "/openapi.json"),
];
