//! The routes of the pages for people that only read.

use super::{Entry, Near, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};

const SPACE: &[Kind] = &[Kind::Space];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::plain("GET", "/"),
    Entry::plain("GET", "/wiki"),
    Entry::plain("GET", "/wiki/home"),
    Entry::new(
        "GET",
        "/assets/{file}",
        &[],
        |_| vec!["none.css".into()],
        just,
    ),
    Entry::new("GET", "/wiki/spaces/{key}", SPACE, key, just),
    Entry::new("GET", "/wiki/spaces/{key}/overview", SPACE, key, just),
    Entry::new(
        "GET",
        "/wiki/spaces/{key}/pages/{id}",
        &[Kind::Page, Kind::BlogPost, Kind::Folder],
        page,
        shown,
    ),
    Entry::new(
        "GET",
        "/wiki/spaces/{key}/pages/{id}/{title}",
        &[Kind::Page, Kind::BlogPost, Kind::Folder],
        |aim| vec![aim.key.clone(), aim.page.clone(), aim.title.clone()],
        shown,
    ),
    Entry::new(
        "GET",
        "/wiki/spaces/{key}/blog/{*place}",
        &[Kind::Page, Kind::BlogPost, Kind::Folder],
        |aim| vec![aim.key.clone(), format!("2026/01/05/{}", aim.page)],
        shown,
    ),
];

fn key(aim: &Aim) -> Vec<String> {
    vec![aim.key.clone()]
}

fn page(aim: &Aim) -> Vec<String> {
    vec![aim.key.clone(), aim.page.clone()]
}

fn just(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

fn shown(_: &Aim, near: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way(format!("?focusedCommentId={}", near.page.comment)),
    ]
}
