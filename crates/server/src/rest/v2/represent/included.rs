//! A list within a v2 object: the first of what another address has whole.

use crate::rest::paging;
use serde::Serialize;

/// How many entries are answered within an object.
pub const MOST_INCLUDED: usize = 50;

/// The first entries of a list, and where the rest is.
#[derive(Debug, Serialize)]
pub struct Included<T> {
    results: Vec<T>,
    meta: Meta,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    has_more: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    this: Option<String>,
}

impl<T> Included<T> {
    /// Entries, the place after the last of them if more follow, and the address
    /// that has them all.
    pub fn of(results: Vec<T>, next: Option<&str>, address: String) -> Self {
        Self {
            results,
            meta: Meta {
                has_more: next.is_some(),
                cursor: next.map(paging::cursor),
            },
            links: Links {
                this: Some(address),
            },
        }
    }

    /// The first entries of a list, of which there may be more at its address.
    pub fn part(results: Vec<T>, more: bool, address: String) -> Self {
        let mut part = Self::of(results, None, address);
        part.meta.has_more = more;
        part
    }

    /// Nothing, of a list that the viewer isn't shown at its address either.
    pub fn nothing() -> Self {
        let mut nothing = Self::of(Vec::new(), None, String::new());
        nothing.links.this = None;
        nothing
    }

    /// All entries of a list.
    pub fn whole(results: Vec<T>, address: String) -> Self {
        Self::of(results, None, address)
    }
}
