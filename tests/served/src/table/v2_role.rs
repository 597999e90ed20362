//! The routes of v2 for roles of spaces, and for tasks.

use super::v2::{CONTENT, IN_SPACE, nothing, space};
use super::{Entry, segment, way};
use crate::world::Kind;
use serde_json::json;

const ROLES: &str = "/wiki/api/v2/space-roles";
const ROLE: &str = "/wiki/api/v2/space-roles/{id}";
const ASSIGNED: &str = "/wiki/api/v2/spaces/{id}/role-assignments";
const TASKS: &str = "/wiki/api/v2/tasks";
const TASK: &str = "/wiki/api/v2/tasks/{id}";

/// The role Collaborator, which every site has.
const COLLABORATOR: &str = "2";

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("GET", ROLES, IN_SPACE, nothing, |aim, _| {
        vec![
            way(""),
            way("?limit=1"),
            way(format!("?space-id={}", segment(&aim.space))),
            way("?role-type=SYSTEM&principal-type=ACCESS_CLASS&principal-id=anonymous-users"),
        ]
    }),
    Entry::new(
        "GET",
        ROLE,
        &[],
        |_| vec![COLLABORATOR.into()],
        |_, _| vec![way("")],
    ),
    Entry::plain("GET", "/wiki/api/v2/space-role-mode"),
    Entry::new("GET", ASSIGNED, IN_SPACE, space, |_, near| {
        vec![
            way(""),
            way("?limit=1"),
            way(format!("?role-id={COLLABORATOR}&role-type=SYSTEM")),
            way(format!(
                "?principal-type=USER&principal-id={}",
                segment(&near.account)
            )),
        ]
    }),
    Entry::new(
        "GET",
        TASKS,
        &[Kind::Space, Kind::Page, Kind::BlogPost],
        nothing,
        |aim, near| {
            vec![
                way(""),
                way(format!(
                    "?page-id={}&body-format=storage",
                    segment(&aim.page)
                )),
                way(format!("?blogpost-id={}", segment(&aim.page))),
                way(format!("?space-id={}&limit=1", segment(&aim.space))),
                way(format!(
                    "?created-by={}&status=incomplete",
                    segment(&near.account)
                )),
                way(format!(
                    "?assigned-to={}&include-blank-tasks=false",
                    segment(&near.account)
                )),
                way("?completed-at-from=0&created-at-to=99999999999999"),
            ]
        },
    ),
    Entry::new(
        "GET",
        TASK,
        CONTENT,
        |aim| vec![aim.to_do.clone()],
        |_, _| vec![way(""), way("?body-format=storage")],
    ),
    Entry::new("POST", ROLES, &[], nothing, |_, _| {
        let new = json!({
            "name": "Readers of two", "description": "", "spacePermissions": ["read/space"],
        });
        vec![way("").json(&new)]
    }),
    Entry::new("POST", ASSIGNED, IN_SPACE, space, |_, near| {
        let who = json!({"principalType": "USER", "principalId": near.account});
        let open = json!({"principalType": "ACCESS_CLASS", "principalId": "anonymous-users"});
        vec![
            way("").json(&json!([{"principal": who, "roleId": COLLABORATOR}])),
            way("").json(&json!([{"principal": open, "roleId": COLLABORATOR}])),
            way("").json(&json!([{"principal": who}])),
        ]
    }),
    Entry::new(
        "PUT",
        TASK,
        CONTENT,
        |aim| vec![aim.to_do.clone()],
        |_, _| vec![way("").json(&json!({"status": "complete"}))],
    ),
    Entry::new(
        "PUT",
        ROLE,
        &[],
        |_| vec![COLLABORATOR.into()],
        |_, _| {
            let new = json!({
                "name": "Other", "description": "", "spacePermissions": ["read/space", "create/page"],
            });
            vec![way("").json(&new)]
        },
    ),
    Entry::new(
        "DELETE",
        ROLE,
        &[],
        |_| vec![COLLABORATOR.into()],
        |_, _| vec![way("")],
    ),
];
