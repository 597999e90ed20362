//! The routes of v1 for people, groups and the audit log.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const GROUPS: &str = "/wiki/rest/api/group";
const BY_ID: &str = "/wiki/rest/api/group/by-id";
const BY_NAME: &str = "/wiki/rest/api/group/by-name";
const PICKER: &str = "/wiki/rest/api/group/picker";
const MEMBER: &str = "/wiki/rest/api/group/member";
const USER: &str = "/wiki/rest/api/group/user";
const USER_BY_ID: &str = "/wiki/rest/api/group/userByGroupId";
const NAMED: &str = "/wiki/rest/api/group/{group}";
const NAMED_MEMBERS: &str = "/wiki/rest/api/group/{group}/member";
const MEMBERS: &str = "/wiki/rest/api/group/{group}/membersByGroupId";

const PROPERTIES: &str = "/wiki/rest/api/user/{user}/property";
const PROPERTY: &str = "/wiki/rest/api/user/{user}/property/{key}";

const GROUP: &[Kind] = &[Kind::Group];
const PERSON: &[Kind] = &[Kind::Account];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "GET",
        "/wiki/rest/api/user",
        &[Kind::Account],
        nothing,
        |aim, _| {
            let id = format!("?accountId={}", segment(&aim.account));
            vec![
                way(&id),
                way(format!(
                    "{id}&expand=operations,personalSpace,isExternalCollaborator"
                )),
            ]
        },
    ),
    Entry::new(
        "GET",
        "/wiki/rest/api/user/bulk",
        &[Kind::Account],
        nothing,
        both,
    ),
    Entry::new(
        "GET",
        "/wiki/rest/api/user/memberof",
        &[Kind::Account],
        nothing,
        account,
    ),
    Entry::new(
        "GET",
        "/wiki/rest/api/user/email",
        &[Kind::Account],
        nothing,
        account,
    ),
    Entry::new(
        "GET",
        "/wiki/rest/api/user/email/bulk",
        &[Kind::Account],
        nothing,
        both,
    ),
    Entry::new("GET", PROPERTIES, PERSON, of, |_, _| {
        vec![way(""), way("?limit=1"), way("?start=1&limit=0")]
    }),
    Entry::new("GET", PROPERTY, PERSON, property, just),
    Entry::new("POST", PROPERTY, PERSON, property, valued),
    Entry::new("PUT", PROPERTY, PERSON, property, valued),
    Entry::new("DELETE", PROPERTY, PERSON, property, just),
    Entry::plain("GET", "/wiki/rest/api/user/current"),
    Entry::plain("GET", "/wiki/rest/api/user/anonymous"),
    Entry::new("GET", GROUPS, &[], nothing, |_, _| {
        vec![
            way(""),
            way("?limit=1"),
            way("?start=1&limit=1"),
            way("?limit=0"),
            way("?accessType=user"),
            way("?accessType=admin&limit=1"),
        ]
    }),
    Entry::new("GET", BY_ID, GROUP, nothing, by_id),
    Entry::new("GET", BY_NAME, GROUP, nothing, by_name),
    Entry::new("GET", PICKER, GROUP, nothing, |aim, _| {
        vec![
            way(format!("?query={}", segment(&aim.group_name))),
            way("?query=c&limit=1"),
            way("?shouldReturnTotalSize=true&limit=1"),
        ]
    }),
    Entry::new("GET", MEMBER, GROUP, nothing, by_name),
    Entry::new("GET", NAMED, GROUP, named, just),
    Entry::new("GET", NAMED_MEMBERS, GROUP, named, just),
    Entry::new(
        "GET",
        MEMBERS,
        GROUP,
        |aim| vec![aim.group.clone()],
        |_, _| vec![way(""), way("?shouldReturnTotalSize=true&limit=1")],
    ),
    Entry::new("GET", "/wiki/rest/api/audit", &[], nothing, |_, _| {
        vec![
            way(""),
            way("?limit=1"),
            way("?searchString=zqx"),
            way("?startDate=0&endDate=1"),
        ]
    }),
    Entry::new("GET", "/wiki/rest/api/audit/since", &[], nothing, |_, _| {
        vec![way("?number=3&units=MONTHS")]
    }),
    Entry::new(
        "GET",
        "/wiki/rest/api/audit/export",
        &[],
        nothing,
        |_, _| vec![way(""), way("?searchString=zqx"), way("?format=zip")],
    ),
    Entry::plain("GET", "/wiki/rest/api/audit/retention"),
    Entry::new(
        "PUT",
        "/wiki/rest/api/audit/retention",
        &[],
        nothing,
        |_, _| {
            vec![
                way("").json(&json!({"number": 3, "units": "YEARS"})),
                way("").json(&json!({"number": 0, "units": "DAYS"})),
            ]
        },
    ),
    Entry::plain("GET", "/wiki/rest/api/settings/systemInfo"),
    Entry::new("POST", GROUPS, &[], nothing, |_, _| {
        vec![way("").json(&json!({"name": "brand-new"}))]
    }),
    Entry::new("POST", USER, GROUP, nothing, |aim, near| {
        let body = json!({"accountId": near.account});
        vec![way(format!("?name={}", segment(&aim.group_name))).json(&body)]
    }),
    Entry::new("POST", USER_BY_ID, GROUP, nothing, |aim, near| {
        let body = json!({"accountId": near.account});
        vec![way(format!("?groupId={}", segment(&aim.group))).json(&body)]
    }),
    Entry::new("DELETE", USER, GROUP, nothing, |aim, near| {
        let name = segment(&aim.group_name);
        vec![way(format!("?name={name}&accountId={}", near.account))]
    }),
    Entry::new("DELETE", USER_BY_ID, GROUP, nothing, |aim, near| {
        vec![way(format!(
            "?groupId={}&accountId={}",
            segment(&aim.group),
            near.account
        ))]
    }),
    Entry::new("DELETE", BY_ID, GROUP, nothing, by_id),
    Entry::new("DELETE", GROUPS, GROUP, nothing, by_name),
];

fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}

fn account(aim: &Aim, _: &Near) -> Vec<Ask> {
    vec![way(format!("?accountId={}", segment(&aim.account)))]
}

fn both(aim: &Aim, near: &Near) -> Vec<Ask> {
    let (id, other) = (segment(&aim.account), &near.account);
    let mut ways = vec![way(format!("?accountId={id}"))];
    // The same account twice would not be a question about two.
    if aim.account != near.account {
        ways.push(way(format!("?accountId={other}&accountId={id}")));
    }
    ways
}

fn of(aim: &Aim) -> Vec<String> {
    vec![aim.account.clone()]
}

fn property(aim: &Aim) -> Vec<String> {
    vec![aim.account.clone(), "tide".into()]
}

fn valued(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("").json(&json!({"value": {"height": 3}}))]
}

fn named(aim: &Aim) -> Vec<String> {
    vec![aim.group_name.clone()]
}

fn just(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

fn by_id(aim: &Aim, _: &Near) -> Vec<Ask> {
    vec![way(format!("?id={}", segment(&aim.group)))]
}

fn by_name(aim: &Aim, _: &Near) -> Vec<Ask> {
    vec![way(format!("?name={}", segment(&aim.group_name)))]
}
