//! Every link in a response is served to the person who got it.
//!
//! Starting from a few addresses, every address in a REST response and in a page is followed as the
//! same person, and so are those in the responses to that.

use narthex_served::table::segment;
use narthex_served::{Actor, Told, Who, World};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The most addresses that are followed as one person.
const MAX_FOLLOWED: usize = 3_000;

/// Returns the addresses to start from.
fn entrances(world: &World) -> Vec<String> {
    let all =
        "content.space,content.version,content.history,content.ancestors,content.children.page";
    let mut paths: Vec<String> = [
        "/wiki",
        "/account",
        "/wiki/admin",
        "/wiki/drafts",
        "/wiki/search?text=words",
        "/wiki/rest/api/content?limit=50",
        "/wiki/rest/api/content?limit=50&type=blogpost&expand=space,history,version,container,children.comment",
        "/wiki/rest/api/space?limit=50&expand=icon,description.plain,homepage,permissions",
        "/wiki/rest/api/group",
        "/wiki/rest/api/user/current?expand=personalSpace,operations",
        "/wiki/rest/api/search/user?cql=type%3Duser&limit=3",
        "/wiki/rest/api/search?cql=type%20in%20(page,comment,attachment,space)&limit=3",
        "/wiki/rest/api/content/search?cql=type%3Dpage&limit=2",
        "/wiki/rest/api/longtask",
        "/wiki/rest/api/template/page",
        "/wiki/rest/api/template/blueprint",
        "/wiki/rest/api/audit",
        "/wiki/rest/api/settings/systemInfo",
        "/wiki/api/v2/pages?limit=7",
        "/wiki/api/v2/blogposts?limit=3",
        "/wiki/api/v2/spaces?limit=3&include-icon=true",
        "/wiki/api/v2/attachments?limit=3",
        "/wiki/api/v2/footer-comments?limit=3",
        "/wiki/api/v2/inline-comments?limit=3",
        "/wiki/api/v2/tasks?limit=2",
        "/wiki/api/v2/labels?limit=2",
        "/wiki/api/v2/space-roles",
    ]
    .map(str::to_owned)
    .into();
    paths.push(format!(
        "/wiki/rest/api/search?cql=type%3Dpage&limit=2&expand={all}"
    ));
    for aim in &world.aims {
        if !aim.page.is_empty() && aim.attachment.is_empty() && aim.comment.is_empty() {
            paths.push(format!("/wiki/rest/api/content/{}?status=any", aim.page));
            paths.push(format!("/wiki/rest/api/content/{}?expand=space,container,children.page,children.comment,children.attachment,restrictions.read,metadata.labels", aim.page));
            paths.push(format!("/wiki/api/v2/pages/{}?include-labels=true&include-properties=true&include-operations=true&include-likes=true&include-versions=true", aim.page));
            paths.push(format!("/wiki/api/v2/folders/{}", aim.page));
            paths.push(format!(
                "/wiki/api/v2/pages/{}/attachments?limit=1",
                aim.page
            ));
            paths.push(format!("/wiki/api/v2/pages/{}/versions?limit=1", aim.page));
            paths.push(format!(
                "/wiki/rest/api/content/{}/child/attachment?limit=1",
                aim.page
            ));
            paths.push(format!("/wiki/pages/viewpage.action?pageId={}", aim.page));
        }
        if !aim.key.is_empty() {
            paths.push(format!("/wiki/rest/api/space/{}", segment(&aim.key)));
            paths.push(format!("/wiki/spaces/{}/permissions", segment(&aim.key)));
        }
    }
    paths
}

/// Returns the links in a REST response, as paths from the root of the host.
fn told_in_json(value: &Value, within: &str, links: &mut Vec<String>) {
    const LINKS: [&str; 12] = [
        "webui",
        "editui",
        "tinyui",
        "download",
        "thumbnail",
        "self",
        "next",
        "prev",
        "url",
        "displayUrl",
        "path",
        "apiDownloadLink",
    ];
    const V2: [&str; 2] = ["webuiLink", "downloadLink"];
    match value {
        Value::Array(all) => {
            for value in all {
                told_in_json(value, within, links);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) => {
                        let is_link = within == "_expandable"
                            || LINKS.contains(&name.as_str())
                            || V2.contains(&name.as_str());
                        if is_link && !text.is_empty() {
                            links.push(from_base(text));
                        }
                    }
                    value => told_in_json(value, name, links),
                }
            }
        }
        _ => {}
    }
}

/// Returns a link, relative to the address of Confluence or absolute, as a path.
fn from_base(link: &str) -> String {
    let path = link.strip_prefix("http://wiki.test").unwrap_or(link);
    match path.starts_with("/wiki") || !path.starts_with('/') {
        true => path.to_owned(),
        false => format!("/wiki{path}"),
    }
}

/// Returns the addresses of links, pictures and forms in a page, as paths from the root.
fn told_in_page(html: &str, here: &str) -> Vec<String> {
    let mut links = Vec::new();
    for attribute in [" href=\"", " src=\"", " action=\""] {
        for found in html.split(attribute).skip(1) {
            let link = found.split('"').next().unwrap_or_default();
            let link = link.replace("&amp;", "&").replace("&#38;", "&");
            let path = here.split('?').next().unwrap_or_default();
            match link.split('#').next().unwrap_or_default() {
                "" => {}
                link if link.starts_with('?') => links.push(format!("{path}{link}")),
                link if link.starts_with('/') => links.push(link.to_owned()),
                // Links to other hosts and mail addresses are skipped.
                _ => {}
            }
        }
    }
    links
}

/// Returns the addresses in a response.
fn told(path: &str, answer: &Told) -> Vec<String> {
    let mut links = Vec::new();
    let kind = answer.header("content-type").unwrap_or_default();
    if let Some(location) = answer.header("location") {
        links.push(location.to_owned());
    } else if kind.starts_with("application/json") {
        told_in_json(&answer.json(), "", &mut links);
    } else if kind.starts_with("text/html") {
        links = told_in_page(&answer.text(), path);
    }
    links
}

/// Returns whether a response shows that the address is served: that of a form, which only takes
/// POST, names the methods it takes.
fn is_served(answer: &Told) -> bool {
    answer.status < 400 || answer.status == 405
}

/// Follows all links as an actor. Returns the failures, and how many links were followed.
async fn follow(world: &World, actor: &Actor) -> (BTreeMap<String, String>, usize) {
    let mut failed = BTreeMap::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut next: VecDeque<(String, Option<String>)> = VecDeque::new();
    for path in entrances(world) {
        next.push_back((path, None));
    }
    let mut followed = 0;
    while let Some((path, teller)) = next.pop_front() {
        if followed >= MAX_FOLLOWED || !seen.insert(path.clone()) || leaves(&path) {
            continue;
        }
        let answer = world.served.get(actor, &path).await;
        if let Some(teller) = &teller {
            followed += 1;
            if !is_served(&answer) {
                let why = format!("{} by {teller}", answer.status);
                failed
                    .entry(shape(&path))
                    .or_insert(format!("{path}: {why}"));
            }
        }
        if answer.status < 400 {
            let links = told(&path, &answer).into_iter();
            next.extend(links.map(|link| (link, Some(path.clone()))));
        }
    }
    (failed, followed)
}

/// Returns whether following an address would end the actor's session.
fn leaves(path: &str) -> bool {
    path.starts_with("/logout")
}

/// Returns an address without its variable parts, so that one fault is reported once.
fn shape(path: &str) -> String {
    path.chars().filter(|c| !c.is_ascii_digit()).collect()
}

async fn every_link_is_served(seed: u64, who: Who) {
    let world = World::new(seed).await;
    let actor = match who {
        Who::Nobody => Actor::Anonymous,
        who => world.session(who).await,
    };
    let (failed, followed) = follow(&world, &actor).await;
    let shown: Vec<_> = failed.values().collect();
    assert!(
        failed.is_empty(),
        "{} is told what isn't served: {shown:#?}",
        who.name()
    );
    assert!(
        followed > 60,
        "{} followed only {followed} links",
        who.name()
    );
}

macro_rules! every_link_is_served {
    ($(async fn $name:ident => $who:ident;)*) => {$(
        #[tokio::test]
        async fn $name() {
            every_link_is_served(441, Who::$who).await;
        }
    )*};
}

every_link_is_served! {
    async fn every_link_that_an_administrator_is_told_is_served => Ada;
    async fn every_link_that_an_administrator_without_a_licence_is_told_is_served => Sid;
    async fn every_link_that_the_licensed_are_told_is_served => Lena;
    async fn every_link_that_an_administrator_of_the_space_is_told_is_served => Sam;
    async fn every_link_that_a_guest_is_told_is_served => Gus;
    async fn every_link_that_the_unlicensed_are_told_is_served => Una;
    async fn every_link_that_a_customer_is_told_is_served => Carla;
    async fn every_link_that_nobody_is_told_is_served => Nobody;
}

#[test]
fn links_are_found_in_answers_and_in_pages() {
    let answer = serde_json::json!({"results": [{"_links": {"tinyui": "/x/a", "base": "http://wiki.test/wiki"},
        "_expandable": {"space": "/rest/api/space/A", "body": ""}, "profilePicture": {"path": "/wiki/aa-avatar/default"},
        "title": "/no/link"}], "_links": {"next": "/wiki/api/v2/pages?cursor=1", "self": "http://wiki.test/wiki/rest/api/content"}});
    let mut links = Vec::new();
    told_in_json(&answer, "", &mut links);
    links.sort();
    let expected = [
        "/wiki/aa-avatar/default",
        "/wiki/api/v2/pages?cursor=1",
        "/wiki/rest/api/content",
        "/wiki/rest/api/space/A",
        "/wiki/x/a",
    ];
    assert_eq!(links, expected);
    let page = "<a href=\"/wiki/a?b=1&amp;c=2#d\">x</a><img src=\"/p.png\"><a href=\"#here\">y</a>\
        <form action=\"?do=1\"></form><a href=\"https://example.org/\">z</a>";
    let expected = ["/wiki/a?b=1&c=2", "/p.png", "/here?do=1"];
    assert_eq!(told_in_page(page, "/here?x=1"), expected);
}
