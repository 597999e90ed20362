//! The routes of v1 for templates.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::{Value, json};

const ALL: &str = "/wiki/rest/api/template";
const PAGES: &str = "/wiki/rest/api/template/page";
const ONE: &str = "/wiki/rest/api/template/{id}";

const TEMPLATE: &[Kind] = &[Kind::Template];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "GET",
        PAGES,
        &[Kind::Space, Kind::Template],
        nothing,
        |aim, _| {
            let key = segment(&aim.key);
            vec![
                way(format!("?spaceKey={key}&expand=body")),
                way(format!("?spaceKey={key}&limit=1")),
                way(""),
            ]
        },
    ),
    Entry::new("GET", ONE, TEMPLATE, id, |_, _| vec![way("")]),
    Entry::new("POST", ALL, &[Kind::Space], nothing, |aim, _| {
        let mut of_space = form("A new form");
        of_space["space"] = json!({"key": aim.key});
        vec![
            way("").json(&of_space),
            way("").json(&form("A form for all")),
        ]
    }),
    Entry::new("PUT", ALL, TEMPLATE, nothing, change),
    Entry::new("DELETE", ONE, TEMPLATE, id, |_, _| vec![way("")]),
];

fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}

fn id(aim: &Aim) -> Vec<String> {
    vec![aim.template.clone()]
}

fn form(name: &str) -> Value {
    json!({
        "name": name, "templateType": "page", "description": "To fill in",
        "labels": [{"prefix": "global", "name": "form"}],
        "body": {"storage": {"value": "<p>to fill in</p>", "representation": "storage"}},
    })
}

fn change(aim: &Aim, _: &Near) -> Vec<Ask> {
    let mut changed = form("Another name");
    changed["templateId"] = json!(aim.template);
    vec![way("").json(&changed)]
}
