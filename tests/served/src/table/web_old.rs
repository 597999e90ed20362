//! The routes of addresses in older links, of people, and of the pictures that the API names.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind, short_code};

const PAGE: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Folder];
const SPACE: &[Kind] = &[Kind::Space];
const SPACE_OR_PAGE: &[Kind] = &[Kind::Space, Kind::Page, Kind::BlogPost, Kind::Folder];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::plain("GET", "/wiki/aa-avatar/default"),
    Entry::plain("GET", "/wiki/aa-avatar/space"),
    Entry::plain("GET", "/wiki/spaces"),
    Entry::plain("GET", "/wiki/admin"),
    Entry::new("GET", "/wiki/login", &[], nothing, log_in),
    Entry::new("GET", "/wiki/login.action", &[], nothing, log_in),
    Entry::new(
        "GET",
        "/wiki/dosearchsite.action",
        SPACE,
        nothing,
        |aim, _| {
            vec![
                way("?queryString=words+3"),
                way(format!("?queryString=words&where={}", segment(&aim.key))),
            ]
        },
    ),
    Entry::new(
        "GET",
        "/wiki/people/{account}",
        &[Kind::Account],
        |aim| vec![aim.account.clone()],
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/x/{code}",
        PAGE,
        |aim| vec![short_code(&aim.page)],
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/pages/tinyurl.action",
        PAGE,
        nothing,
        |aim, _| vec![way(format!("?urlIdentifier={}", short_code(&aim.page)))],
    ),
    Entry::new(
        "GET",
        "/wiki/pages/viewpage.action",
        SPACE_OR_PAGE,
        nothing,
        named,
    ),
    Entry::new(
        "GET",
        "/wiki/pages/{action}",
        SPACE_OR_PAGE,
        |_| vec!["viewinfo.action".into()],
        named,
    ),
    Entry::new(
        "GET",
        "/wiki/plugins/{plugin}/{action}",
        SPACE_OR_PAGE,
        |_| vec!["viewsource".into(), "viewpagesrc.action".into()],
        named,
    ),
    Entry::new(
        "GET",
        "/wiki/spaces/viewspace.action",
        SPACE,
        nothing,
        |aim, _| vec![way(format!("?key={}", segment(&aim.key)))],
    ),
    Entry::new("GET", "/wiki/spaces/{key}/pages", SPACE, key, just),
    Entry::new("GET", "/wiki/spaces/{key}/blog", SPACE, key, just),
    Entry::new("GET", "/wiki/display/{key}", SPACE, key, just),
    Entry::new(
        "GET",
        "/wiki/display/{key}/{*place}",
        PAGE,
        |aim| {
            let place = match aim.kind {
                Kind::BlogPost => format!("2026/01/05/{}", aim.title),
                _ => aim.title.clone(),
            };
            vec![aim.key.clone(), place]
        },
        just,
    ),
];

fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}

fn key(aim: &Aim) -> Vec<String> {
    vec![aim.key.clone()]
}

fn just(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

fn log_in(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?os_destination=%2Fpages%2Fviewpage.action%3FpageId%3D1"),
        way("?os_destination=%2F%2Fother.example"),
    ]
}

/// Names a thing by id, by space and title, and by the space alone.
fn named(aim: &Aim, _: &Near) -> Vec<Ask> {
    let by_title = format!(
        "?spaceKey={}&title={}",
        segment(&aim.key),
        segment(&aim.title)
    );
    vec![
        way(format!("?pageId={}", segment(&aim.page))),
        way(by_title),
        way(format!("?key={}", segment(&aim.key))),
    ]
}
