//! A list within a v2 object: the first entries of a list that has an address of its own.

use crate::rest::paging;
use serde::Serialize;

/// How many entries are returned within an object.
pub const MOST_INCLUDED: usize = 50;

/// The first entries of a list, and the address of the whole list.
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
    /// Builds a list of entries; `next` is the position after the last of them if more follow,
    /// `address` that of the whole list.
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

    /// The first entries of a list, which may have more at its address.
    pub fn part(results: Vec<T>, more: bool, address: String) -> Self {
        let mut part = Self::of(results, None, address);
        part.meta.has_more = more;
        part
    }

    /// An empty list without an address, for a list that the viewer may not see there either.
    pub fn nothing() -> Self {
        let mut nothing = Self::of(Vec::new(), None, String::new());
        nothing.links.this = None;
        nothing
    }

    /// A list with all its entries.
    pub fn whole(results: Vec<T>, address: String) -> Self {
        Self::of(results, None, address)
    }
}
