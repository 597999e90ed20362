//! The routes of v2 for folders.

use super::v2::{nothing, page};
use super::v2_tree::{children, descendants, just};
use super::{Entry, Near, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const FOLDERS: &str = "/wiki/api/v2/folders";
const FOLDER: &str = "/wiki/api/v2/folders/{id}";
const PROPERTIES: &str = "/wiki/api/v2/folders/{id}/properties";
const PROPERTY: &str = "/wiki/api/v2/folders/{id}/properties/{property}";
const OPERATIONS: &str = "/wiki/api/v2/folders/{id}/operations";
const ANCESTORS: &str = "/wiki/api/v2/folders/{id}/ancestors";
const DIRECT_CHILDREN: &str = "/wiki/api/v2/folders/{id}/direct-children";
const DESCENDANTS: &str = "/wiki/api/v2/folders/{id}/descendants";

/// The things in the tree; a page has no folder's address.
const IN_TREE: &[Kind] = &[Kind::Folder, Kind::Page];
/// The things that a folder can be made in, or below.
const AROUND: &[Kind] = &[Kind::Folder, Kind::Space, Kind::Page, Kind::BlogPost];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("POST", FOLDERS, AROUND, nothing, create),
    Entry::new("GET", FOLDER, IN_TREE, page, |_, _| {
        vec![
            way(""),
            way("?include-operations=true&include-properties=true"),
            way("?include-direct-children=true&include-collaborators=true"),
        ]
    }),
    Entry::new("GET", PROPERTIES, IN_TREE, page, |_, _| {
        vec![way(""), way("?key=notes"), way("?sort=-key&limit=1")]
    }),
    Entry::new("POST", PROPERTIES, IN_TREE, page, |_, _| {
        vec![way("").json(&json!({"key": "newest", "value": {"c": [3]}}))]
    }),
    Entry::new("GET", PROPERTY, IN_TREE, property, just),
    Entry::new("PUT", PROPERTY, IN_TREE, property, |_, _| {
        let version = json!({"number": 3, "message": "again"});
        vec![way("").json(&json!({"key": "notes", "value": {"d": 4}, "version": version}))]
    }),
    Entry::new("DELETE", PROPERTY, IN_TREE, property, just),
    Entry::new("GET", OPERATIONS, IN_TREE, page, just),
    Entry::new("GET", ANCESTORS, IN_TREE, page, |_, _| {
        vec![way(""), way("?limit=1")]
    }),
    Entry::new("GET", DIRECT_CHILDREN, IN_TREE, page, children),
    Entry::new("GET", DESCENDANTS, IN_TREE, page, descendants),
    Entry::new("DELETE", FOLDER, IN_TREE, page, just),
];

fn property(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone(), aim.property.clone()]
}

fn create(aim: &Aim, near: &Near) -> Vec<Ask> {
    let new = |title: &str, space: &str| json!({"spaceId": space, "title": title});
    let mut below = new("A folder below", &aim.space);
    below["parentId"] = json!(aim.page);
    let mut crossed = new("A folder elsewhere", &near.page.space);
    crossed["parentId"] = json!(aim.page);
    vec![
        way("").json(&new("A folder", &aim.space)),
        way("").json(&below),
        way("").json(&crossed),
    ]
}
