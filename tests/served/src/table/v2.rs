//! The routes of v2 for pages, blog posts and spaces, and helpers for the other tables of v2.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::{Value, json};

const SPACES: &str = "/wiki/api/v2/spaces";
const SPACE: &str = "/wiki/api/v2/spaces/{id}";
const PERMISSIONS: &str = "/wiki/api/v2/spaces/{id}/permissions";
const PAGES_IN: &str = "/wiki/api/v2/spaces/{id}/pages";
const POSTS_IN: &str = "/wiki/api/v2/spaces/{id}/blogposts";
const PAGES: &str = "/wiki/api/v2/pages";
const PAGE: &str = "/wiki/api/v2/pages/{id}";
const POSTS: &str = "/wiki/api/v2/blogposts";
const POST: &str = "/wiki/api/v2/blogposts/{id}";

pub(super) const IN_SPACE: &[Kind] = &[Kind::Space];
const ANYTHING: &[Kind] = &[
    Kind::Page,
    Kind::BlogPost,
    Kind::Folder,
    Kind::Attachment,
    Kind::Comment,
];
pub(super) const CONTENT: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Folder];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("GET", SPACES, IN_SPACE, nothing, |aim, near| {
        let account = segment(&near.account);
        vec![
            way(""),
            way(format!("?ids={}", segment(&aim.space))),
            way(format!(
                "?keys={}&description-format=plain",
                segment(&aim.key)
            )),
            way("?type=personal"),
            way("?status=archived"),
            way("?limit=1"),
            way("?sort=-name&limit=250"),
            way("?sort=key&limit=2"),
            way(format!("?labels={}", segment(&aim.label))),
            way(format!("?favorited-by={account}")),
            way(format!("?not-favorited-by={account}&include-icon=true")),
        ]
    }),
    Entry::new("GET", SPACE, IN_SPACE, space, |_, _| {
        vec![
            way(""),
            way("?description-format=view&include-icon=true"),
            way("?include-operations=true&include-permissions=true"),
        ]
    }),
    Entry::new("GET", PERMISSIONS, IN_SPACE, space, listed),
    Entry::new("GET", PAGES_IN, IN_SPACE, space, |_, _| {
        vec![
            way(""),
            way("?limit=1"),
            way("?depth=root"),
            way("?status=trashed,draft"),
            way("?sort=title"),
        ]
    }),
    Entry::new("GET", POSTS_IN, IN_SPACE, space, listed),
    Entry::plain("GET", "/wiki/api/v2/space-permissions"),
    Entry::new(
        "POST",
        "/wiki/api/v2/content/convert-ids-to-types",
        ANYTHING,
        nothing,
        |aim, near| {
            let ids = [
                &aim.page,
                &aim.attachment,
                &aim.comment,
                &near.page.page,
                &near.page.attachment,
            ];
            let attachment = format!("att{}", aim.attachment);
            vec![
                way("").json(&json!({ "contentIds": ids })),
                way("").json(&json!({ "contentIds": [attachment] })),
            ]
        },
    ),
    Entry::new(
        "POST",
        "/wiki/api/v2/users-bulk",
        &[Kind::Account],
        nothing,
        |aim, near| vec![way("").json(&json!({"accountIds": [aim.account, near.account]}))],
    ),
    Entry::new(
        "POST",
        "/wiki/api/v2/user/access/check-access-by-email",
        &[Kind::Account],
        nothing,
        |aim, _| vec![way("").json(&json!({"emails": [aim.email, "nobody@example.org", "x"]}))],
    ),
    Entry::new("GET", PAGES, &[Kind::Space, Kind::Page], nothing, list),
    Entry::new("GET", POSTS, &[Kind::Space, Kind::BlogPost], nothing, list),
    Entry::new("GET", PAGE, CONTENT, page, read),
    Entry::new("GET", POST, CONTENT, page, read),
    Entry::new(
        "POST",
        PAGES,
        &[Kind::Space, Kind::Page, Kind::Folder],
        nothing,
        create,
    ),
    Entry::new("POST", POSTS, &[Kind::Space], nothing, create),
    Entry::new("POST", SPACES, IN_SPACE, nothing, |aim, _| {
        let copy = json!({
            "key": "COPIED", "name": "Copied", "copySpaceAccessConfiguration": aim.space,
        });
        vec![
            way("").json(&json!({"key": "NEWTWO", "name": "New in two"})),
            way("").json(&copy),
        ]
    }),
    Entry::new("PUT", PAGE, CONTENT, page, update),
    Entry::new("PUT", POST, CONTENT, page, update),
    Entry::new("DELETE", POST, CONTENT, page, remove),
    Entry::new("DELETE", PAGE, CONTENT, page, remove),
];

pub(super) fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}

pub(super) fn space(aim: &Aim) -> Vec<String> {
    vec![aim.space.clone()]
}

pub(super) fn page(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone()]
}

pub(super) fn listed(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?limit=1&body-format=storage"),
        way("?limit=250&body-format=view"),
    ]
}

pub(super) fn read(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?body-format=storage"),
        way("?body-format=view"),
        way("?body-format=atlas_doc_format"),
        way("?get-draft=true"),
        way("?status=trashed&status=draft"),
        way("?version=1"),
        way("?version=2&body-format=storage&status=historical"),
        way("?include-version=false&include-favorited-by-current-user-status=true"),
        way(
            "?include-labels=true&include-properties=true&include-operations=true&include-versions=true&include-collaborators=true",
        ),
    ]
}

fn list(aim: &Aim, _: &Near) -> Vec<Ask> {
    let (space, title) = (segment(&aim.space), segment(&aim.title));
    vec![
        way(""),
        way(format!("?space-id={space}&body-format=storage&limit=250")),
        way(format!("?space-id={space}&title={title}")),
        way(format!(
            "?title={title}&status=current,trashed,draft,archived"
        )),
        way(format!("?id={}", segment(&aim.page))),
        way("?limit=1"),
        way("?sort=-created-date&limit=3"),
        way("?status=trashed"),
        way("?status=draft"),
        way("?sort=-title&limit=2"),
        way("?sort=modified-date&limit=250"),
    ]
}

pub(super) fn text(words: &str) -> Value {
    json!({"representation": "storage", "value": format!("<p>{words}</p>")})
}

fn create(aim: &Aim, near: &Near) -> Vec<Ask> {
    let new = |title: &str, space: &str| json!({"spaceId": space, "title": title, "body": text("words of two")});
    let mut below = new("Second in two", &aim.space);
    below["parentId"] = json!(aim.page);
    let mut crossed = new("Third in two", &near.page.space);
    crossed["parentId"] = json!(aim.page);
    let mut draft = new("Fourth in two", &aim.space);
    draft["status"] = json!("draft");
    vec![
        way("").json(&new("First in two", &aim.space)),
        way("").json(&below),
        way("").json(&crossed),
        way("").json(&draft),
        way("?root-level=true").json(&new("Fifth in two", &aim.space)),
        way("?private=true").json(&new("Sixth in two", &aim.space)),
    ]
}

fn update(aim: &Aim, near: &Near) -> Vec<Ask> {
    let edit = |number: u32| {
        json!({
            "id": aim.page, "status": "current", "title": "A title of two", "body": text("newer in two"),
            "version": {"number": number, "message": "for two"},
        })
    };
    let mut below = edit(2);
    below["parentId"] = json!(near.other.page);
    let mut moved = edit(2);
    moved["spaceId"] = json!(near.page.space);
    let draft = |number: u32| {
        let mut draft = edit(number);
        draft["status"] = json!("draft");
        way("").json(&draft)
    };
    vec![
        draft(1),
        draft(2),
        way("").json(&edit(1)),
        way("").json(&edit(2)),
        way("").json(&edit(4)),
        way("").json(&below),
        way("").json(&moved),
    ]
}

fn remove(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("?draft=true"), way("?purge=true"), way("")]
}
