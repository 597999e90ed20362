//! A v1 group, as the lists of groups and the objects that name groups write it.

use crate::rest::lens::Lens;
use narthex_access::GroupRow;
use serde::Serialize;

/// A group with its id, name and link.
#[derive(Debug, Serialize)]
pub struct Group<'v> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'v str,
    id: String,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
}

impl<'v> Group<'v> {
    /// Builds the object of a group.
    pub fn of(lens: Lens<'v>, row: &'v GroupRow) -> Self {
        let this = format!("{}/rest/api/group/by-id?id={}", lens.base, row.id);
        Self {
            kind: "group",
            name: &row.name,
            id: row.id.to_string(),
            links: Links { this },
        }
    }
}
