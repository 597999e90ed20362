//! The routes of v2 for the page tree, versions, and permitted operations.

use super::v2::{CONTENT, IN_SPACE, page, space};
use super::v2_comment::{attachment, comment};
use super::{Entry, Near, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const COMMENT: &[Kind] = &[Kind::Comment, Kind::Page, Kind::BlogPost];
const FILE: &[Kind] = &[Kind::Attachment, Kind::Page, Kind::BlogPost];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/ancestors",
        CONTENT,
        page,
        |_, _| vec![way(""), way("?limit=1")],
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/children",
        CONTENT,
        page,
        children,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/direct-children",
        CONTENT,
        page,
        children,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/descendants",
        CONTENT,
        page,
        descendants,
    ),
    Entry::new(
        "PUT",
        "/wiki/api/v2/pages/{id}/title",
        CONTENT,
        page,
        |_, _| {
            vec![
                way("").json(&json!({"status": "current", "title": "Renamed in two"})),
                way("").json(&json!({"status": "draft", "title": "Renamed draft in two"})),
            ]
        },
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/versions",
        CONTENT,
        page,
        versions,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/versions",
        CONTENT,
        page,
        versions,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/footer-comments/{id}/versions",
        COMMENT,
        comment,
        versions,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/inline-comments/{id}/versions",
        COMMENT,
        comment,
        versions,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/attachments/{id}/versions",
        FILE,
        attachment,
        versions,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/versions/{number}",
        CONTENT,
        first_page,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/versions/{number}",
        CONTENT,
        first_page,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/footer-comments/{id}/versions/{number}",
        COMMENT,
        first_comment,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/inline-comments/{id}/versions/{number}",
        COMMENT,
        first_comment,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/attachments/{id}/versions/{number}",
        FILE,
        first_attachment,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/operations",
        CONTENT,
        page,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/operations",
        CONTENT,
        page,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/footer-comments/{id}/operations",
        COMMENT,
        comment,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/inline-comments/{id}/operations",
        COMMENT,
        comment,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/attachments/{id}/operations",
        FILE,
        attachment,
        just,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/spaces/{id}/operations",
        IN_SPACE,
        space,
        just,
    ),
];

pub(super) fn just(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

pub(super) fn descendants(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?limit=1"),
        way("?depth=10&limit=250"),
        way("?depth=1"),
    ]
}

pub(super) fn children(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?limit=1"),
        way("?sort=-child-position&limit=2"),
        way("?sort=created-date&limit=2"),
        way("?sort=-modified-date"),
        way("?sort=id&limit=250"),
    ]
}

fn versions(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?limit=1&body-format=storage"),
        way("?sort=modified-date&limit=2"),
    ]
}

fn first_page(aim: &Aim) -> Vec<String> {
    [page(aim), vec!["1".into()]].concat()
}

fn first_comment(aim: &Aim) -> Vec<String> {
    [comment(aim), vec!["1".into()]].concat()
}

fn first_attachment(aim: &Aim) -> Vec<String> {
    [attachment(aim), vec!["1".into()]].concat()
}
