//! The routes of v1 for spaces and their permissions.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const ALL: &str = "/wiki/rest/api/space";
const PRIVATE: &str = "/wiki/rest/api/space/_private";
const ONE: &str = "/wiki/rest/api/space/{key}";
const CONTENT: &str = "/wiki/rest/api/space/{key}/content";
const CONTENT_OF_TYPE: &str = "/wiki/rest/api/space/{key}/content/{type}";
const SETTINGS: &str = "/wiki/rest/api/space/{key}/settings";
const PERMISSIONS: &str = "/wiki/rest/api/space/{key}/permission";
const PERMISSION: &str = "/wiki/rest/api/space/{key}/permission/{id}";

const EXPAND: &str = "homepage,description.plain,description.view,icon,metadata.labels,\
    permissions,settings,theme,history,operations";

const SPACE: &[Kind] = &[Kind::Space];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("GET", ALL, SPACE, |_| Vec::new(), list),
    Entry::new("GET", ONE, SPACE, key, |_, _| {
        vec![way(""), way(format!("?expand={EXPAND}"))]
    }),
    Entry::new("GET", CONTENT, SPACE, key, content),
    Entry::new(
        "GET",
        CONTENT_OF_TYPE,
        SPACE,
        |aim| vec![aim.key.clone(), "page".into()],
        content,
    ),
    Entry::new("GET", SETTINGS, SPACE, key, |_, _| vec![way("")]),
    Entry::new("POST", ALL, &[], |_| Vec::new(), create),
    Entry::new("POST", PRIVATE, &[], |_| Vec::new(), create),
    Entry::new("POST", PERMISSIONS, SPACE, key, permit),
    Entry::new(
        "DELETE",
        PERMISSION,
        SPACE,
        |aim| vec![aim.key.clone(), "4503599627370497".into()],
        |_, _| vec![way("")],
    ),
    Entry::new("PUT", ONE, SPACE, key, |_, near| {
        let home = json!({"homepage": {"id": near.other.page}});
        vec![
            way("").json(&json!({"name": "Another name"})),
            way("").json(&home),
        ]
    }),
    Entry::new("DELETE", ONE, SPACE, key, |_, _| vec![way("")]),
];

fn key(aim: &Aim) -> Vec<String> {
    vec![aim.key.clone()]
}

fn list(aim: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way(format!("?expand={EXPAND}&limit=250")),
        way(format!("?spaceKey={}", segment(&aim.key))),
        way(format!("?spaceId={}", segment(&aim.space))),
        way("?type=personal"),
        way("?status=archived"),
        way("?limit=1"),
        way("?start=1&limit=1"),
        way("?limit=0"),
    ]
}

fn content(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?depth=root&expand=version,body.storage"),
        way("?limit=2"),
        way("?start=1&limit=1"),
        way("?limit=0"),
    ]
}

fn create(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("").json(&json!({"key": "BRANDNEW", "name": "Brand new"}))]
}

fn permit(_: &Aim, near: &Near) -> Vec<Ask> {
    let of = |kind: &str, who: &str, key: &str| {
        way("").json(&json!({
            "subject": {"type": kind, "identifier": who},
            "operation": {"key": key, "target": "space"},
        }))
    };
    vec![
        of("user", &near.account, "read"),
        of("group", &near.group, "read"),
        of("user", "anonymous", "read"),
    ]
}
