//! The routes of v1 for the tree, the versions and the copies of content.

use super::v1_content::{CONTENT, EXPAND, PAGE, children, id, just};
use super::{Entry, Near, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const BELOW: &str = "/wiki/rest/api/content/{id}/child";
const OTHERS: &str = "/wiki/rest/api/content/{id}/child/{type}";
const DESCENDANTS: &str = "/wiki/rest/api/content/{id}/descendant";
const DESCENDANTS_OF_TYPE: &str = "/wiki/rest/api/content/{id}/descendant/{type}";
const HISTORY: &str = "/wiki/rest/api/content/{id}/history";
const VERSIONS: &str = "/wiki/rest/api/content/{id}/version";
const VERSION: &str = "/wiki/rest/api/content/{id}/version/{number}";
const MOVE: &str = "/wiki/rest/api/content/{id}/move/{position}/{target}";
const COPY: &str = "/wiki/rest/api/content/{id}/copy";
const COPY_TREE: &str = "/wiki/rest/api/content/{id}/pagehierarchy/copy";
const DRAFT: &str = "/wiki/rest/api/content/blueprint/instance/{draft}";
const TREE: &str = "/wiki/rest/api/content/{id}/pageTree";
const ARCHIVE: &str = "/wiki/rest/api/content/archive";
const TASKS: &str = "/wiki/rest/api/longtask";
const TASK: &str = "/wiki/rest/api/longtask/{id}";

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("GET", BELOW, CONTENT, id, |_, _| {
        vec![
            way(""),
            way("?expand=page,folder,comment,attachment"),
            way("?expand=page.body.storage,comment.body.view,attachment.version"),
        ]
    }),
    Entry::new(
        "GET",
        OTHERS,
        CONTENT,
        |aim| with(aim, "folder"),
        |_, _| {
            vec![
                way(""),
                way("?limit=1&expand=ancestors,version"),
                way("?expand=body.storage,children.page&start=1"),
            ]
        },
    ),
    Entry::new("GET", DESCENDANTS, CONTENT, id, |_, _| {
        vec![way(""), way("?expand=page,folder,comment,attachment")]
    }),
    Entry::new(
        "GET",
        DESCENDANTS_OF_TYPE,
        CONTENT,
        |aim| with(aim, "page"),
        |aim, near| {
            let mut ways = children(aim, near);
            ways.extend([way("?depth=root"), way("?depth=2&limit=3")]);
            ways
        },
    ),
    Entry::new("GET", HISTORY, CONTENT, id, |_, _| {
        vec![
            way(""),
            way("?expand=lastUpdated,previousVersion,contributors,nextVersion,ownedBy"),
        ]
    }),
    Entry::new("GET", VERSIONS, CONTENT, id, |_, _| {
        vec![
            way(""),
            way("?expand=content,collaborators&limit=2"),
            way("?start=1&limit=1"),
            way("?limit=0"),
        ]
    }),
    Entry::new("GET", VERSION, CONTENT, first_version, |_, _| {
        vec![way(""), way(format!("?expand=content,content.{EXPAND}"))]
    }),
    Entry::new("POST", VERSIONS, CONTENT, id, |_, _| {
        let restore = |title: bool| {
            let params = json!({"versionNumber": 1, "message": "as it was", "restoreTitle": title});
            way("").json(&json!({"operationKey": "restore", "params": params}))
        };
        vec![restore(false), restore(true)]
    }),
    Entry::new("DELETE", VERSION, CONTENT, first_version, just),
    Entry::new(
        "PUT",
        MOVE,
        PAGE,
        |aim| vec![aim.page.clone(), "append".into(), aim.page.clone()],
        just,
    ),
    Entry::new("POST", COPY, PAGE, id, copy),
    Entry::new("POST", COPY_TREE, PAGE, id, copy_tree),
    Entry::new("GET", TASKS, &[], nothing, |_, _| {
        vec![
            way(""),
            way("?key=space.delete"),
            way("?limit=1"),
            way("?start=1&limit=1"),
            way("?limit=0"),
        ]
    }),
    Entry::new(
        "GET",
        TASK,
        &[Kind::LongTask],
        |aim| vec![aim.task.clone()],
        just,
    ),
    Entry::new(
        "POST",
        ARCHIVE,
        &[Kind::Page, Kind::Folder],
        nothing,
        |aim, near| {
            let of = |ids: &[&str]| {
                let pages: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
                way("").json(&json!({"pages": pages}))
            };
            vec![of(&[&near.page.page, &aim.page]), of(&[&aim.page])]
        },
    ),
    Entry::new("PUT", DRAFT, PAGE, id, publish),
    Entry::new("POST", DRAFT, PAGE, id, publish),
    Entry::new("DELETE", TREE, &[Kind::Page, Kind::Folder], id, just),
];

fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}

fn with(aim: &Aim, last: &str) -> Vec<String> {
    let mut values = id(aim);
    values.push(last.into());
    values
}

fn first_version(aim: &Aim) -> Vec<String> {
    with(aim, "1")
}

fn publish(aim: &Aim, near: &Near) -> Vec<Ask> {
    let of = |number: u32, below: &str| {
        way("").json(&json!({
            "version": {"number": number}, "title": "Published", "type": "page",
            "status": "current", "space": {"key": aim.key}, "ancestors": [{"id": below}],
        }))
    };
    vec![
        of(2, &near.page.page),
        of(1, &near.page.page),
        of(1, &aim.page),
    ]
}

fn copy(aim: &Aim, near: &Near) -> Vec<Ask> {
    let to = |kind: &str, value: &str, title: &str| {
        way("").json(&json!({
            "destination": {"type": kind, "value": value}, "pageTitle": title,
            "copyAttachments": true, "copyPermissions": true, "copyLabels": true,
            "copyProperties": true,
        }))
    };
    vec![
        to("parent_page", &near.page.page, "A copy"),
        to("space", &aim.key, "Another copy"),
        to("parent_page", &aim.page, "A copy in it"),
        to("existing_page", &aim.page, "A copy over it"),
        to("existing_page", &near.other.page, "A copy over another"),
    ]
}

fn copy_tree(aim: &Aim, near: &Near) -> Vec<Ask> {
    let below = |page: &str, prefix: &str| {
        way("").json(&json!({
            "destinationPageId": page, "copyAttachments": true, "copyPermissions": true,
            "titleOptions": {"prefix": prefix, "search": "Guide", "replace": "Book"},
        }))
    };
    vec![
        below(&near.other.page, "Copy: "),
        below(&aim.page, "Inner copy: "),
    ]
}
