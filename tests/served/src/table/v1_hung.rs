//! The routes of v1 for labels, properties, watches and states, on content and spaces.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const LABELLED: &str = "/wiki/rest/api/label";
const LABELS: &str = "/wiki/rest/api/content/{id}/label";
const LABEL: &str = "/wiki/rest/api/content/{id}/label/{label}";
const SPACE_LABELS: &str = "/wiki/rest/api/space/{key}/label";
const PROPERTIES: &str = "/wiki/rest/api/content/{id}/property";
const PROPERTY: &str = "/wiki/rest/api/content/{id}/property/{property}";
const SPACE_PROPERTIES: &str = "/wiki/rest/api/space/{key}/property";
const SPACE_PROPERTY: &str = "/wiki/rest/api/space/{key}/property/{property}";
const WATCH_CONTENT: &str = "/wiki/rest/api/user/watch/content/{id}";
const WATCH_LABEL: &str = "/wiki/rest/api/user/watch/label/{label}";
const WATCH_SPACE: &str = "/wiki/rest/api/user/watch/space/{key}";
const WATCHERS: &str = "/wiki/rest/api/content/{id}/notification/child-created";
const SPACE_WATCHERS: &str = "/wiki/rest/api/content/{id}/notification/created";
const WATCHERS_OF_SPACE: &str = "/wiki/rest/api/space/{key}/watch";
const STATE: &str = "/wiki/rest/api/content/{id}/state";
const AVAILABLE: &str = "/wiki/rest/api/content/{id}/state/available";
const SPACE_STATES: &str = "/wiki/rest/api/space/{key}/state";
const SPACE_STATE_SETTINGS: &str = "/wiki/rest/api/space/{key}/state/settings";
const IN_STATE: &str = "/wiki/rest/api/space/{key}/state/content";

const STATES: &str = "/wiki/rest/api/content-states";
const STATES_DELETE: &str = "/wiki/rest/api/content-states/delete";
const STATES_TASK: &str = "/wiki/rest/api/content-states/task/{id}";
const TASKS: &str = "/wiki/rest/api/inlinetasks/search";
const TASK: &str = "/wiki/rest/api/inlinetasks/{id}";

const CONTENT: &[Kind] = &[
    Kind::Page,
    Kind::BlogPost,
    Kind::Folder,
    Kind::Attachment,
    Kind::Comment,
];
const PAGE: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Folder];
const SPACE: &[Kind] = &[Kind::Space];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "GET",
        LABELLED,
        PAGE,
        |_| Vec::new(),
        |aim, _| {
            let named = format!("?name={}", segment(&aim.label));
            vec![
                way(named.clone()),
                way(format!("{named}&type=attachment")),
                way("?name=shared"),
                way("?name=shared&start=1&limit=1"),
                way("?name=shared&type=blogpost&limit=0"),
            ]
        },
    ),
    Entry::new("GET", LABELS, CONTENT, content, |_, _| {
        vec![way(""), way("?prefix=my"), way("?limit=1"), way("?start=1")]
    }),
    Entry::new("POST", LABELS, CONTENT, content, |_, _| {
        vec![
            way("").json(&json!([{"prefix": "global", "name": "fresh"}])),
            way("").json(&json!({"name": "fresher"})),
        ]
    }),
    Entry::new("DELETE", LABELS, CONTENT, content, |_, _| {
        vec![way("?name=fresh")]
    }),
    Entry::new(
        "DELETE",
        LABEL,
        CONTENT,
        |aim| and(content(aim), "fresher"),
        once,
    ),
    Entry::new("GET", SPACE_LABELS, SPACE, key, |_, _| {
        vec![way(""), way("?prefix=team"), way("?limit=1")]
    }),
    Entry::new("POST", SPACE_LABELS, SPACE, key, |_, _| {
        vec![way("").json(&json!([{"prefix": "team", "name": "fresh"}]))]
    }),
    Entry::new("DELETE", SPACE_LABELS, SPACE, key, |_, _| {
        vec![way("?name=fresh&prefix=team")]
    }),
    Entry::new("GET", PROPERTIES, CONTENT, content, |_, _| {
        vec![way(""), way("?key=notes&expand=version"), way("?limit=1")]
    }),
    Entry::new("POST", PROPERTIES, CONTENT, content, |_, _| {
        vec![way("").json(&json!({"key": "fresh", "value": {"a": 1}}))]
    }),
    Entry::new(
        "GET",
        PROPERTY,
        CONTENT,
        |aim| and(content(aim), "notes"),
        once,
    ),
    Entry::new(
        "POST",
        PROPERTY,
        CONTENT,
        |aim| and(content(aim), "fresher"),
        |_, _| vec![way("").json(&json!({"value": [1]}))],
    ),
    Entry::new(
        "PUT",
        PROPERTY,
        CONTENT,
        |aim| and(content(aim), "notes"),
        put,
    ),
    Entry::new(
        "DELETE",
        PROPERTY,
        CONTENT,
        |aim| and(content(aim), "fresh"),
        once,
    ),
    Entry::new("GET", SPACE_PROPERTIES, SPACE, key, once),
    Entry::new("POST", SPACE_PROPERTIES, SPACE, key, |_, _| {
        vec![way("").json(&json!({"key": "fresh", "value": "v"}))]
    }),
    Entry::new(
        "GET",
        SPACE_PROPERTY,
        SPACE,
        |aim| and(key(aim), "notes"),
        once,
    ),
    Entry::new(
        "POST",
        SPACE_PROPERTY,
        SPACE,
        |aim| and(key(aim), "fresher"),
        |_, _| vec![way("").json(&json!({"value": true}))],
    ),
    Entry::new(
        "PUT",
        SPACE_PROPERTY,
        SPACE,
        |aim| and(key(aim), "notes"),
        put,
    ),
    Entry::new(
        "DELETE",
        SPACE_PROPERTY,
        SPACE,
        |aim| and(key(aim), "fresh"),
        once,
    ),
    Entry::new("GET", WATCH_CONTENT, CONTENT, content, watched),
    Entry::new("POST", WATCH_CONTENT, CONTENT, content, watched),
    Entry::new("DELETE", WATCH_CONTENT, CONTENT, content, watched),
    Entry::new("GET", WATCH_LABEL, PAGE, label, watched),
    Entry::new("POST", WATCH_LABEL, PAGE, label, watched),
    Entry::new("DELETE", WATCH_LABEL, PAGE, label, watched),
    Entry::new("GET", WATCH_SPACE, SPACE, key, watched),
    Entry::new("POST", WATCH_SPACE, SPACE, key, watched),
    Entry::new("DELETE", WATCH_SPACE, SPACE, key, watched),
    Entry::new("GET", WATCHERS, PAGE, content, |_, _| {
        vec![way(""), way("?limit=1"), way("?start=1")]
    }),
    Entry::new("GET", SPACE_WATCHERS, PAGE, content, once),
    Entry::new("GET", WATCHERS_OF_SPACE, SPACE, key, once),
    Entry::plain("GET", STATES),
    Entry::new(
        "PUT",
        STATES,
        PAGE,
        |_| Vec::new(),
        |aim, near| {
            let set = |ids: &[&str]| json!({"ids": ids, "contentState": {"name": "Many", "color": "#57d9a3"}});
            vec![
                way("?status=current").json(&set(&[&aim.page])),
                way("?status=current").json(&set(&[&near.page.page, &aim.page])),
                way("?status=draft").json(&set(&[&aim.page])),
            ]
        },
    ),
    Entry::new(
        "POST",
        STATES_DELETE,
        PAGE,
        |_| Vec::new(),
        |aim, near| {
            let of = |ids: &[&str]| way("?status=current").json(&json!({"ids": ids}));
            vec![of(&[&aim.page]), of(&[&aim.page, &near.page.page])]
        },
    ),
    Entry::new(
        "GET",
        STATES_TASK,
        &[Kind::LongTask],
        |aim| vec![aim.task.clone()],
        once,
    ),
    Entry::new("GET", STATE, PAGE, content, |_, _| {
        vec![way(""), way("?status=draft"), way("?status=archived")]
    }),
    Entry::new("PUT", STATE, PAGE, content, |_, _| {
        vec![
            way("?status=current").json(&json!({"id": 2})),
            way("?status=draft").json(&json!({"name": "Half done", "color": "#ff7452"})),
        ]
    }),
    Entry::new("DELETE", STATE, PAGE, content, |_, _| {
        vec![way("?status=current")]
    }),
    Entry::new("GET", AVAILABLE, PAGE, content, once),
    Entry::new("GET", SPACE_STATES, SPACE, key, once),
    Entry::new("GET", SPACE_STATE_SETTINGS, SPACE, key, once),
    Entry::new("GET", IN_STATE, SPACE, key, |_, _| {
        vec![
            way("?state-id=3"),
            way("?state-id=3&limit=1&expand=space"),
            way("?state-id=3&start=1"),
        ]
    }),
    Entry::new(
        "GET",
        TASKS,
        &[Kind::Space, Kind::Page, Kind::BlogPost],
        |_| Vec::new(),
        |aim, near| {
            vec![
                way(""),
                way("?start=1&limit=1"),
                way(format!("?pageId={}", segment(&aim.page))),
                way(format!("?spaceKey={}&limit=1", segment(&aim.key))),
                way(format!("?creator={}&status=incomplete", near.account)),
                way(format!("?assignee={}", near.account)),
                way("?completedateFrom=0&createdateTo=99999999999999"),
            ]
        },
    ),
    Entry::new("GET", TASK, PAGE, task, once),
    Entry::new("PUT", TASK, PAGE, task, |_, _| {
        vec![way("").json(&json!({"status": "complete"}))]
    }),
];

/// Returns the id of the thing as content.
fn content(aim: &Aim) -> Vec<String> {
    vec![match aim.kind {
        Kind::Attachment => format!("att{}", aim.attachment),
        Kind::Comment => aim.comment.clone(),
        _ => aim.page.clone(),
    }]
}

fn key(aim: &Aim) -> Vec<String> {
    vec![aim.key.clone()]
}

fn task(aim: &Aim) -> Vec<String> {
    vec![aim.to_do.clone()]
}

fn label(aim: &Aim) -> Vec<String> {
    vec![if aim.label.is_empty() {
        "unused".to_owned()
    } else {
        aim.label.clone()
    }]
}

fn and(mut values: Vec<String>, last: &str) -> Vec<String> {
    values.push(last.to_owned());
    values
}

fn once(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

fn put(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("").json(&json!({"value": {"b": 2}, "version": {"number": 2, "minorEdit": true}}))]
}

fn watched(_: &Aim, near: &Near) -> Vec<Ask> {
    vec![way(""), way(format!("?accountId={}", near.account))]
}
