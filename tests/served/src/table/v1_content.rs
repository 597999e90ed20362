//! The routes of v1 for content: pages, blog posts, comments, attachments, and their restrictions.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::{Value, json};

const ALL: &str = "/wiki/rest/api/content";
const ONE: &str = "/wiki/rest/api/content/{id}";
const CHECK: &str = "/wiki/rest/api/content/{id}/permission/check";
const PAGES: &str = "/wiki/rest/api/content/{id}/child/page";
const COMMENTS: &str = "/wiki/rest/api/content/{id}/child/comment";
const FILES: &str = "/wiki/rest/api/content/{id}/child/attachment";
const DATA: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}/data";
const DOWNLOAD: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}/download";
const FILE: &str = "/wiki/rest/api/content/{id}/child/attachment/{attachment}";
const BY_NAME: &str = "/wiki/download/attachments/{id}/{file}";
const THUMBNAIL: &str = "/wiki/download/thumbnails/{id}/{file}";
const RESTRICTION: &str = "/wiki/rest/api/content/{id}/restriction";
const BY_OPERATION: &str = "/wiki/rest/api/content/{id}/restriction/byOperation";
const OPERATION: &str = "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}";
const USER: &str = "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}/user";
const GROUP: &str = "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}/group/{group}";
const GROUP_ID: &str =
    "/wiki/rest/api/content/{id}/restriction/byOperation/{operation}/byGroupId/{group}";

/// Everything that v1 can expand.
pub(super) const EXPAND: &str = "ancestors,body.storage,body.view,body.export_view,body.styled_view,\
    body.editor,body.editor2,body.anonymous_export_view,body.atlas_doc_format,\
    children.attachment,children.page,children.folder,children.comment,container,\
    descendants.comment,descendants.folder,\
    history,history.lastUpdated,history.createdBy,history.contributors.publishers,\
    history.previousVersion,history.ownedBy,descendants.page,descendants.attachment,\
    metadata.labels,metadata.properties,metadata.currentuser,operations,\
    restrictions.read.restrictions.user,restrictions.read.restrictions.group,\
    restrictions.update.restrictions.user,space,space.homepage,space.description.plain,\
    space.permissions,version,extensions.inlineProperties,extensions.resolution,childTypes.all";

pub(super) const CONTENT: &[Kind] = &[
    Kind::Page,
    Kind::BlogPost,
    Kind::Folder,
    Kind::Attachment,
    Kind::Comment,
];
pub(super) const PAGE: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Folder];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "GET",
        ALL,
        &[Kind::Space, Kind::Page, Kind::BlogPost, Kind::Folder],
        nothing,
        list,
    ),
    Entry::new(
        "POST",
        ALL,
        &[Kind::Space, Kind::Page, Kind::Folder, Kind::Comment],
        nothing,
        create,
    ),
    Entry::new("GET", ONE, CONTENT, id, |_, _| {
        vec![
            way(""),
            way(format!("?expand={EXPAND}")),
            way("?status=any"),
            way("?status=trashed"),
            way("?status=draft&expand=body.storage"),
            way("?version=1&expand=body.storage"),
        ]
    }),
    Entry::new("PUT", ONE, CONTENT, id, update),
    Entry::new("POST", CHECK, PAGE, id, check),
    Entry::new("GET", PAGES, CONTENT, id, children),
    Entry::new("GET", COMMENTS, CONTENT, id, |aim, near| {
        let mut ways = children(aim, near);
        ways.extend([
            way("?depth=all"),
            way("?location=footer"),
            way("?location=resolved"),
        ]);
        ways
    }),
    Entry::new("GET", FILES, CONTENT, id, |aim, _| {
        let named = format!("?filename={}", segment(&aim.file));
        vec![
            way(""),
            way("?limit=1&expand=version,container"),
            way(named),
            way("?mediaType=text/plain"),
        ]
    }),
    Entry::new(
        "GET",
        DOWNLOAD,
        &[Kind::Page, Kind::BlogPost, Kind::Attachment],
        file,
        |_, _| {
            vec![
                way(""),
                way("?version=1"),
                way("?version=99"),
                way("?version=x"),
                way("").with("range", "bytes=0-3"),
                way("").with("range", "bytes=100000-"),
                way("?version=1").with("range", "bytes=1-2"),
                way("").with("if-none-match", "*"),
            ]
        },
    ),
    Entry::new(
        "GET",
        THUMBNAIL,
        &[Kind::Page, Kind::BlogPost],
        file_name,
        |_, _| vec![way(""), way("?version=1"), way("?width=20&height=x")],
    ),
    Entry::new(
        "GET",
        BY_NAME,
        &[Kind::Page, Kind::BlogPost],
        file_name,
        |_, _| vec![way(""), way("?version=1"), way("?version=2")],
    ),
    Entry::new("GET", RESTRICTION, PAGE, id, lists),
    Entry::new("GET", BY_OPERATION, PAGE, id, lists),
    Entry::new("GET", OPERATION, PAGE, operation, lists),
    Entry::new("GET", USER, PAGE, operation, on_list),
    Entry::new("GET", GROUP, PAGE, group_name, just),
    Entry::new("GET", GROUP_ID, PAGE, group_id, just),
    Entry::new("PUT", USER, PAGE, operation, on_list),
    Entry::new("PUT", GROUP, PAGE, group_name, just),
    Entry::new("PUT", GROUP_ID, PAGE, group_id, just),
    Entry::new("DELETE", USER, PAGE, operation, on_list),
    Entry::new("DELETE", GROUP, PAGE, group_name, just),
    Entry::new("DELETE", GROUP_ID, PAGE, group_id, just),
    Entry::new("POST", RESTRICTION, PAGE, id, restrict),
    Entry::new("PUT", RESTRICTION, PAGE, id, restrict),
    Entry::new("DELETE", RESTRICTION, PAGE, id, just),
    Entry::new("POST", FILES, PAGE, id, upload),
    Entry::new("PUT", FILES, PAGE, id, upload),
    Entry::new("PUT", FILE, PAGE, file, describe),
    Entry::new("POST", DATA, PAGE, file, |_, _| {
        vec![way("").file("new.txt", b"new words")]
    }),
    Entry::new("DELETE", ONE, CONTENT, id, |_, _| {
        vec![way("?status=draft"), way("?status=trashed"), way("")]
    }),
];

fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}

/// Returns the id of the thing, whatever its kind.
pub(super) fn id(aim: &Aim) -> Vec<String> {
    vec![match aim.kind {
        Kind::Attachment => format!("att{}", aim.attachment),
        Kind::Comment => aim.comment.clone(),
        _ => aim.page.clone(),
    }]
}

fn file(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone(), format!("att{}", aim.attachment)]
}

fn file_name(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone(), aim.file.clone()]
}

fn operation(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone(), "read".into()]
}

fn group_name(aim: &Aim) -> Vec<String> {
    vec![aim.page.clone(), "read".into(), "confluence-users".into()]
}

fn group_id(aim: &Aim) -> Vec<String> {
    vec![
        aim.page.clone(),
        "update".into(),
        "0000000000000000000000ff".into(),
    ]
}

pub(super) fn just(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

pub(super) fn children(_: &Aim, _: &Near) -> Vec<Ask> {
    let all = format!("?expand={EXPAND}");
    vec![
        way(""),
        way(all),
        way("?limit=1"),
        way("?start=1&limit=1"),
        way("?limit=0"),
    ]
}

fn lists(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![
        way(""),
        way("?expand=restrictions.user,restrictions.group,content"),
    ]
}

fn on_list(_: &Aim, near: &Near) -> Vec<Ask> {
    vec![way(format!("?accountId={}", near.account))]
}

fn list(aim: &Aim, _: &Near) -> Vec<Ask> {
    let (key, title) = (segment(&aim.key), segment(&aim.title));
    let everything = format!("?spaceKey={key}&expand={EXPAND}&limit=250");
    vec![
        way(""),
        way(format!("?spaceKey={key}")),
        way(everything),
        way(format!("?spaceKey={key}&title={title}")),
        way(format!("?title={title}&status=any")),
        way(format!("?type=blogpost&spaceKey={key}")),
        way("?type=blogpost&postingDay=2026-01-05"),
        way(format!("?spaceKey={key}&status=trashed")),
        way(format!("?spaceKey={key}&status=draft")),
        way("?status=draft,current&orderby=title&limit=100&expand=body.storage"),
        way("?type=blogpost&status=draft&expand=body.view,version"),
        way("?status=archived"),
        way("?limit=2"),
        way("?start=2&limit=2"),
        way("?limit=1&type=blogpost"),
        way("?orderby=title&limit=5"),
    ]
}

fn words(text: &str) -> Value {
    json!({"storage": {"value": format!("<p>{text}</p>"), "representation": "storage"}})
}

fn create(aim: &Aim, near: &Near) -> Vec<Ask> {
    let page = |title: &str, key: &str, below: &str| {
        let mut page = json!({
            "type": "page", "title": title, "space": {"key": key}, "body": words("new words"),
        });
        if !below.is_empty() {
            page["ancestors"] = json!([{"id": below}]);
        }
        page
    };
    let comment = json!({
        "type": "comment", "container": {"id": aim.page, "type": "page"}, "body": words("well said"),
    });
    let mut blog = page("A new post", &aim.key, "");
    blog["type"] = json!("blogpost");
    let mut asks = vec![
        way("").json(&page("A new page", &aim.key, &aim.page)),
        way("").json(&blog),
        way("").json(&page("Another new page", &near.page.key, &aim.page)),
        way("").json(&comment),
    ];
    if !aim.comment.is_empty() {
        let mut answer = comment;
        answer["ancestors"] = json!([{"id": aim.comment}]);
        asks.push(way("").json(&answer));
        let mut crossed = answer;
        crossed["container"]["id"] = json!(near.page.page);
        asks.push(way("").json(&crossed));
    }
    asks
}

fn update(aim: &Aim, near: &Near) -> Vec<Ask> {
    let kind = match aim.kind {
        Kind::BlogPost => "blogpost",
        Kind::Folder => "folder",
        Kind::Comment => "comment",
        _ => "page",
    };
    let new = |number: u32| {
        json!({
            "type": kind, "title": "A title of its own", "body": words("newer words"),
            "version": {"number": number, "message": "why not"},
        })
    };
    let mut below = new(2);
    below["ancestors"] = json!([{"id": near.other.page}]);
    let mut restored = new(2);
    restored["status"] = json!("current");
    let mut draft = new(1);
    draft["status"] = json!("draft");
    vec![
        way("").json(&draft),
        way("?status=draft").json(&new(2)),
        way("").json(&new(1)),
        way("").json(&new(2)),
        way("").json(&new(4)),
        way("").json(&below),
        way("").json(&restored),
    ]
}

fn check(_: &Aim, near: &Near) -> Vec<Ask> {
    let of = |identifier: &str, operation: &str| {
        let subject = json!({"type": "user", "identifier": identifier});
        way("").json(&json!({"subject": subject, "operation": operation}))
    };
    vec![
        of("anonymous", "read"),
        of(&near.account, "read"),
        of(&near.account, "update"),
        of("0000000000000000000000ff", "read"),
        way("").json(&json!({
            "subject": {"type": "group", "identifier": near.group}, "operation": "read",
        })),
    ]
}

fn restrict(_: &Aim, near: &Near) -> Vec<Ask> {
    let listed = json!([{
        "operation": "update",
        "restrictions": {"user": [{"accountId": near.account}], "group": []},
    }]);
    vec![
        way("").json(&listed),
        way("").json(&json!({"results": listed})),
    ]
}

fn describe(aim: &Aim, near: &Near) -> Vec<Ask> {
    let say = |number: u32| {
        json!({
            "type": "attachment", "id": format!("att{}", aim.attachment), "version": {"number": number},
        })
    };
    let mut renamed = say(1);
    renamed["title"] = json!("Another name.txt");
    renamed["metadata"] = json!({"mediaType": "text/csv", "comment": "another remark"});
    let mut moved = say(1);
    moved["container"] = json!({"id": near.other.page, "type": "page"});
    let mut picture = say(2);
    picture["metadata"] = json!({"mediaType": "image/png"});
    vec![
        way("").json(&say(7)),
        way("").json(&renamed),
        way("").json(&picture),
        way("").json(&moved),
    ]
}

fn upload(aim: &Aim, _: &Near) -> Vec<Ask> {
    let file = if aim.file.is_empty() {
        "file.txt"
    } else {
        &aim.file
    };
    vec![
        way("").file(file, b"new words"),
        way("").file("other.txt", b"more words"),
    ]
}
