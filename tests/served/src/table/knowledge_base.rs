//! The routes of the knowledge base: the call that the project exists for, and those beyond it.

use super::{Entry, segment, way};
use crate::world::Kind;
use serde_json::json;

const SPACE: &str = "/wiki/rest/knowledge-base/1.0/permissions/space";
const SPACES: &str = "/wiki/rest/knowledge-base/1.0/permissions/spaces";
const SWITCH: &str = "/wiki/rest/knowledge-base/1.0/permissions/space/{switch}";

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "POST",
        SWITCH,
        &[Kind::Space],
        |_| vec!["unlicensedview".into()],
        |aim, _| {
            let body = |on| json!({"enablePermission": on, "spaceKey": aim.key});
            vec![
                way("?dryRun=true").json(&body(true)),
                way("").json(&body(true)),
                way("").json(&body(false)),
            ]
        },
    ),
    Entry::new(
        "GET",
        SPACE,
        &[Kind::Space],
        |_| Vec::new(),
        |aim, _| vec![way(format!("?spaceKey={}", segment(&aim.key)))],
    ),
    Entry::new(
        "GET",
        SPACES,
        &[],
        |_| Vec::new(),
        |_, _| vec![way(""), way("?limit=1"), way("?start=1&limit=1")],
    ),
    Entry::new(
        "POST",
        SPACES,
        &[Kind::Space],
        |_| Vec::new(),
        |aim, near| {
            let one = |key: &str| json!({"spaceKey": key, "unlicensedView": true});
            let both = json!({"spaces": [one(&near.page.key), one(&aim.key)]});
            vec![
                way("?dryRun=true").json(&both),
                way("").json(&both),
                way("").json(&json!({"spaces": [one(&aim.key)]})),
            ]
        },
    ),
];
