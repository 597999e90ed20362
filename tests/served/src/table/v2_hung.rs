//! The routes of v2 for labels, properties and likes, on content and spaces.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const PAGE: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Folder];
const FILE: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Attachment];
const SAID: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Comment];
const SPACE: &[Kind] = &[Kind::Space];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "GET",
        "/wiki/api/v2/labels",
        PAGE,
        |_| Vec::new(),
        |aim, _| {
            vec![
                way("?limit=250"),
                way(format!("?label-id={}", segment(&aim.label_id))),
                way("?prefix=my"),
                way("?limit=1"),
                way("?limit=2&sort=-name"),
                way("?sort=created-date&limit=250"),
            ]
        },
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/labels/{id}/pages",
        PAGE,
        label,
        labelled,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/labels/{id}/blogposts",
        PAGE,
        label,
        labelled,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/labels/{id}/attachments",
        PAGE,
        label,
        |_, _| vec![way(""), way("?sort=-created-date&limit=1")],
    ),
    Entry::new("GET", "/wiki/api/v2/pages/{id}/labels", PAGE, page, labels),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/labels",
        PAGE,
        page,
        labels,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/attachments/{id}/labels",
        FILE,
        file,
        labels,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/spaces/{id}/labels",
        SPACE,
        space,
        labels,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/spaces/{id}/content/labels",
        SPACE,
        space,
        labels,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/likes/count",
        PAGE,
        page,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/likes/users",
        PAGE,
        page,
        list,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/likes/count",
        PAGE,
        page,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/likes/users",
        PAGE,
        page,
        list,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/footer-comments/{id}/likes/count",
        SAID,
        said,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/footer-comments/{id}/likes/users",
        SAID,
        said,
        list,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/inline-comments/{id}/likes/count",
        SAID,
        said,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/inline-comments/{id}/likes/users",
        SAID,
        said,
        list,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/properties",
        PAGE,
        page,
        listed,
    ),
    Entry::new(
        "POST",
        "/wiki/api/v2/pages/{id}/properties",
        PAGE,
        page,
        create,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/properties/{property}",
        PAGE,
        of_page,
        once,
    ),
    Entry::new(
        "PUT",
        "/wiki/api/v2/pages/{id}/properties/{property}",
        PAGE,
        of_page,
        edit,
    ),
    Entry::new(
        "DELETE",
        "/wiki/api/v2/pages/{id}/properties/{property}",
        PAGE,
        of_page,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/properties",
        PAGE,
        page,
        listed,
    ),
    Entry::new(
        "POST",
        "/wiki/api/v2/blogposts/{id}/properties",
        PAGE,
        page,
        create,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/properties/{property}",
        PAGE,
        of_page,
        once,
    ),
    Entry::new(
        "PUT",
        "/wiki/api/v2/blogposts/{id}/properties/{property}",
        PAGE,
        of_page,
        edit,
    ),
    Entry::new(
        "DELETE",
        "/wiki/api/v2/blogposts/{id}/properties/{property}",
        PAGE,
        of_page,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/attachments/{id}/properties",
        FILE,
        file,
        listed,
    ),
    Entry::new(
        "POST",
        "/wiki/api/v2/attachments/{id}/properties",
        FILE,
        file,
        create,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/attachments/{id}/properties/{property}",
        FILE,
        of_file,
        once,
    ),
    Entry::new(
        "PUT",
        "/wiki/api/v2/attachments/{id}/properties/{property}",
        FILE,
        of_file,
        edit,
    ),
    Entry::new(
        "DELETE",
        "/wiki/api/v2/attachments/{id}/properties/{property}",
        FILE,
        of_file,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/comments/{id}/properties",
        SAID,
        said,
        listed,
    ),
    Entry::new(
        "POST",
        "/wiki/api/v2/comments/{id}/properties",
        SAID,
        said,
        create,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/comments/{id}/properties/{property}",
        SAID,
        of_said,
        once,
    ),
    Entry::new(
        "PUT",
        "/wiki/api/v2/comments/{id}/properties/{property}",
        SAID,
        of_said,
        edit,
    ),
    Entry::new(
        "DELETE",
        "/wiki/api/v2/comments/{id}/properties/{property}",
        SAID,
        of_said,
        once,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/spaces/{id}/properties",
        SPACE,
        space,
        listed,
    ),
    Entry::new(
        "POST",
        "/wiki/api/v2/spaces/{id}/properties",
        SPACE,
        space,
        create,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/spaces/{id}/properties/{property}",
        SPACE,
        of_space,
        once,
    ),
    Entry::new(
        "PUT",
        "/wiki/api/v2/spaces/{id}/properties/{property}",
        SPACE,
        of_space,
        edit,
    ),
    Entry::new(
        "DELETE",
        "/wiki/api/v2/spaces/{id}/properties/{property}",
        SPACE,
        of_space,
        once,
    ),
];

fn page(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone()]
}

fn file(aim: &Aim) -> Vec<String> {
    vec![aim.attachment.clone()]
}

fn said(aim: &Aim) -> Vec<String> {
    vec![aim.comment.clone()]
}

fn space(aim: &Aim) -> Vec<String> {
    vec![aim.space.clone()]
}

fn label(aim: &Aim) -> Vec<String> {
    vec![or_none(&aim.label_id)]
}

fn property(aim: &Aim) -> String {
    or_none(&aim.property)
}

/// Returns the id, or one that nothing has if it is empty.
fn or_none(id: &str) -> String {
    if id.is_empty() {
        "4503599627370497".to_owned()
    } else {
        id.to_owned()
    }
}

fn of_page(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone(), property(aim)]
}

fn of_file(aim: &Aim) -> Vec<String> {
    vec![aim.attachment.clone(), property(aim)]
}

fn of_said(aim: &Aim) -> Vec<String> {
    vec![aim.comment.clone(), property(aim)]
}

fn of_space(aim: &Aim) -> Vec<String> {
    vec![aim.space.clone(), property(aim)]
}

fn once(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

fn list(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way(""), way("?limit=1")]
}

fn labels(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way(""), way("?prefix=my"), way("?limit=1&sort=-name")]
}

fn labelled(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?limit=1&sort=-created-date"),
        way("?body-format=storage&sort=title"),
    ]
}

fn listed(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way(""), way("?key=notes"), way("?sort=-key&limit=1")]
}

fn create(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("").json(&json!({"key": "newest", "value": {"c": [3]}}))]
}

fn edit(_: &Aim, _: &Near) -> Vec<Ask> {
    let version = json!({"number": 3, "message": "again"});
    vec![way("").json(&json!({"key": "notes", "value": {"d": 4}, "version": version}))]
}
