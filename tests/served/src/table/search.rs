//! The routes of search: what is hidden must be neither found, nor counted, nor ordered by, nor
//! scored by (A01, A02, A03, A04).

use super::{Entry, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};

const ALL: &str = "/wiki/rest/api/search";
const CONTENT: &str = "/wiki/rest/api/content/search";
const USER: &str = "/wiki/rest/api/search/user";
const PAGE: &str = "/wiki/search";

const ABOUT: &[Kind] = &[
    Kind::Space,
    Kind::Page,
    Kind::BlogPost,
    Kind::Folder,
    Kind::Attachment,
    Kind::Comment,
];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("GET", ALL, ABOUT, nothing, |aim, near| {
        let mut asks: Vec<Ask> = queries(aim).iter().map(|cql| ask(cql, "")).collect();
        if aim.name != "Guide" {
            return asks;
        }
        asks.extend(general().iter().map(|cql| ask(cql, "")));
        let who = &near.account;
        for cql in [
            format!("creator = \"{who}\" or mention = \"{who}\""),
            format!("creator != \"{who}\" order by id desc"),
            format!("contributor in (\"{who}\", currentUser()) or watcher = currentUser()"),
        ] {
            asks.push(ask(&cql, ""));
        }
        for rest in [
            "&limit=0",
            "&limit=1",
            "&limit=2&start=1",
            "&excerpt=indexed&includeArchivedSpaces=true",
            "&excerpt=none&expand=content.space,content.version,content.history,content.body.view",
        ] {
            asks.push(ask("text ~ \"guide OR secret OR say* OR space\"", rest));
        }
        let context = segment(&format!(
            "{{\"spaceKey\":\"{}\",\"contentId\":\"{}\",\"contentStatuses\":[\"current\",\"archived\"]}}",
            plain(&aim.key),
            plain(&aim.page)
        ));
        let here = "space = currentSpace() or ancestor = currentContent() or text ~ guide";
        asks.push(ask(here, &format!("&cqlcontext={context}")));
        asks
    }),
    Entry::new("GET", CONTENT, ABOUT, nothing, |aim, _| {
        let mut asks: Vec<Ask> = queries(aim).iter().map(|cql| ask(cql, "")).collect();
        asks.truncate(3);
        if aim.name == "Guide" {
            asks.push(ask(
                "type = page order by title",
                "&limit=2&expand=ancestors,version",
            ));
            asks.push(ask("text ~ \"gui*\"", "&limit=0"));
        }
        asks
    }),
    Entry::new("GET", USER, &[Kind::Account], nothing, |aim, _| {
        vec![
            ask(&format!("user = \"{}\"", plain(&aim.account)), ""),
            ask("type = user", "&limit=1&sitePermissionTypeFilter=all"),
            ask(
                "user.fullname ~ \"zqx*\" or type = user",
                "&sitePermissionTypeFilter=externalCollaborator",
            ),
        ]
    }),
    Entry::new("GET", PAGE, ABOUT, nothing, |aim, _| {
        let title = segment(&plain(&aim.title));
        vec![
            way(""),
            way(format!("?q=%22{title}%22")),
            way(format!("?q=guide&space={}", segment(&plain(&aim.key)))),
            way("?q=guide+OR+secret+OR+zqx*&start=1"),
            way("?q=*"),
        ]
    }),
];

/// Returns queries for one thing by everything that names it.
fn queries(aim: &Aim) -> Vec<String> {
    let (id, page, key) = (own(aim), plain(&aim.page), plain(&aim.key));
    vec![
        format!("id = \"{id}\" or content = \"att{id}\""),
        format!("title = \"{}\"", plain(&aim.title)),
        format!(
            "title ~ \"\\\"{}\\\"\" order by lastmodified desc, title",
            plain(&aim.title)
        ),
        format!("text ~ \"{}\"", plain(&aim.file)),
        format!("ancestor = \"{page}\" or parent = \"{page}\" or container = \"{page}\""),
        format!("space = \"{key}\" order by created, id"),
        format!("space != \"{key}\" and type = page order by space, type"),
        format!(
            "text !~ \"\\\"{}\\\"\" and type in (comment, attachment)",
            plain(&aim.title)
        ),
    ]
}

/// Returns queries for everything.
fn general() -> [&'static str; 10] {
    [
        "text ~ \"guide\"",
        "text ~ \"zqxcan*\"",
        "text ~ \"secret -zqx*\"",
        "siteSearch ~ \"the OR of OR say\" order by created desc",
        "type in (page, blogpost) order by title desc",
        "type = comment or type = attachment order by lastmodified",
        "type = space or space.title ~ \"space\" or space.type = personal",
        "label = \"zqx\" or label != \"zqx\" order by type, title",
        "created < now() and lastmodified > now(\"-90d\")",
        "text ~ \"zqxcanery~2\" or macro = toc",
    ]
}

fn own(aim: &Aim) -> String {
    let id = match aim.kind {
        Kind::Attachment => &aim.attachment,
        Kind::Comment => &aim.comment,
        Kind::Space => &aim.space,
        _ => &aim.page,
    };
    plain(id).trim_start_matches("att").to_owned()
}

/// Removes the characters from a text that would end its quotes.
fn plain(text: &str) -> String {
    text.replace(['"', '\\'], " ")
}

fn ask(cql: &str, rest: &str) -> Ask {
    way(format!("?cql={}{rest}", segment(cql)))
}

fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}
