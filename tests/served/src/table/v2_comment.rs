//! The routes of v2 for comments and attachments.

use super::v2::{CONTENT, listed, nothing, page, read, text};
use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::json;

const FOOTERS: &str = "/wiki/api/v2/footer-comments";
const FOOTER: &str = "/wiki/api/v2/footer-comments/{id}";
const INLINES: &str = "/wiki/api/v2/inline-comments";
const INLINE: &str = "/wiki/api/v2/inline-comments/{id}";
const FILES: &str = "/wiki/api/v2/attachments";
const FILE: &str = "/wiki/api/v2/attachments/{id}";
const THUMBNAIL: &str = "/wiki/api/v2/attachments/{id}/thumbnail/download";

const SAID: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Comment];
const FILED: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Attachment];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("GET", FOOTERS, SAID, nothing, threads),
    Entry::new("GET", INLINES, SAID, nothing, threads),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/footer-comments",
        CONTENT,
        page,
        threads,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/footer-comments",
        CONTENT,
        page,
        threads,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/inline-comments",
        CONTENT,
        page,
        threads,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/inline-comments",
        CONTENT,
        page,
        threads,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/attachments/{id}/footer-comments",
        FILED,
        attachment,
        |_, _| {
            vec![
                way(""),
                way("?body-format=storage&sort=-created-date&limit=1&version=1"),
            ]
        },
    ),
    Entry::new("GET", FOOTER, SAID, comment, read),
    Entry::new("GET", INLINE, SAID, comment, read),
    Entry::new(
        "GET",
        "/wiki/api/v2/footer-comments/{id}/children",
        SAID,
        comment,
        threads,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/inline-comments/{id}/children",
        SAID,
        comment,
        threads,
    ),
    Entry::new("GET", FILES, FILED, nothing, files),
    Entry::new(
        "GET",
        "/wiki/api/v2/pages/{id}/attachments",
        CONTENT,
        page,
        files,
    ),
    Entry::new(
        "GET",
        "/wiki/api/v2/blogposts/{id}/attachments",
        CONTENT,
        page,
        files,
    ),
    Entry::new("GET", FILE, FILED, attachment, read),
    Entry::new("GET", THUMBNAIL, FILED, attachment, |_, _| {
        vec![
            way(""),
            way("?version=1"),
            way("?version=99"),
            way("?width=20&height=10"),
            way("?width=0"),
        ]
    }),
    Entry::new("POST", FOOTERS, SAID, nothing, say),
    Entry::new("POST", INLINES, SAID, nothing, say_inline),
    Entry::new("PUT", FOOTER, SAID, comment, edit),
    Entry::new("PUT", INLINE, SAID, comment, edit_inline),
    Entry::new("DELETE", FOOTER, SAID, comment, just),
    Entry::new("DELETE", INLINE, SAID, comment, just),
    Entry::new("DELETE", FILE, FILED, attachment, |_, _| {
        vec![way(""), way("?purge=true")]
    }),
];

pub(super) fn comment(aim: &Aim) -> Vec<String> {
    vec![aim.comment.clone()]
}

pub(super) fn attachment(aim: &Aim) -> Vec<String> {
    vec![format!("att{}", aim.attachment)]
}

fn just(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

fn threads(aim: &Aim, near: &Near) -> Vec<Ask> {
    let mut asks = listed(aim, near);
    asks.extend([
        way("?status=current,archived,trashed,draft&limit=250"),
        way("?sort=-modified-date&limit=2"),
        way("?sort=created-date&limit=250"),
        way("?resolution-status=open,resolved"),
    ]);
    asks
}

fn files(aim: &Aim, _: &Near) -> Vec<Ask> {
    let named = format!("?filename={}", segment(&aim.file));
    vec![
        way(""),
        way("?limit=1"),
        way(named),
        way("?mediaType=text/plain&limit=250"),
        way("?status=trashed,archived,current&limit=250"),
        way("?sort=-created-date&limit=3"),
        way("?sort=modified-date&limit=3"),
    ]
}

fn say(aim: &Aim, _: &Near) -> Vec<Ask> {
    let mut said = vec![
        way("").json(&json!({"pageId": aim.page, "body": text("said in two")})),
        way("").json(&json!({"blogPostId": aim.page, "body": text("said in two")})),
    ];
    if !aim.comment.is_empty() {
        said.push(way("").json(&json!({"parentCommentId": aim.comment, "body": text("answered")})));
    }
    said
}

fn edit(_: &Aim, _: &Near) -> Vec<Ask> {
    let edit = json!({"version": {"number": 2}, "body": text("other words")});
    vec![way("").json(&edit)]
}

fn edit_inline(_: &Aim, _: &Near) -> Vec<Ask> {
    let edit = json!({"version": {"number": 2}, "resolved": true, "body": text("other words")});
    vec![way("").json(&edit)]
}

fn say_inline(aim: &Aim, _: &Near) -> Vec<Ask> {
    let about = |words: &str| json!({"textSelection": words, "textSelectionMatchCount": 1, "textSelectionMatchIndex": 0});
    let mut said: Vec<Ask> = ["pageId", "blogPostId"]
        .iter()
        .flat_map(|name| {
            ["words", "of no page"].map(|words| {
                let new = json!({
                    *name: aim.page, "body": text("said inline"), "inlineCommentProperties": about(words),
                });
                way("").json(&new)
            })
        })
        .collect();
    if !aim.comment.is_empty() {
        said.push(way("").json(&json!({"parentCommentId": aim.comment, "body": text("answered")})));
    }
    said
}
