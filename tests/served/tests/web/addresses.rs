//! A page, blog post or folder has one address, whichever API or page names it, and the address
//! leads there.

use narthex_served::Stage;
use narthex_served::stage::Caller;
use serde_json::json;

/// Returns the address as a browser requests it: segments of dots are steps up the path, however
/// they are encoded.
fn as_browsers_request_it(address: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in address.split('/') {
        match segment.to_lowercase().replace("%2e", ".").as_str() {
            "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

/// Makes a page or blog post. Returns its id and the address that v2 names.
async fn made(stage: &Stage, who: &Caller, kind: &str, title: &str) -> (String, String) {
    let space = stage.get(who, "/wiki/rest/api/space/DOCS").await.json();
    let body = json!({
        "spaceId": space["id"].to_string(), "status": "current", "title": title,
        "body": {"representation": "storage", "value": format!("<p>{kind} of words</p>")},
    });
    let path = format!("/wiki/api/v2/{kind}");
    let reply = stage.post(who, &path, &body.to_string()).await;
    assert_eq!(reply.status, 200, "{title:?}: {}", reply.text());
    let made = reply.json();
    let webui = made["_links"]["webui"].as_str().unwrap();
    (
        made["id"].as_str().unwrap().to_owned(),
        format!("/wiki{webui}"),
    )
}

async fn redirected(stage: &Stage, who: &Caller, path: &str) -> String {
    let reply = stage.get(who, path).await;
    assert_eq!(reply.status, 303, "{path}: {}", reply.text());
    let location = reply.header("location");
    location.unwrap().to_owned()
}

#[tokio::test]
async fn every_answer_and_page_tells_one_address_which_browsers_find() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    for kind in ["pages", "blogposts"] {
        for title in [".", "..", "...", "%2e%2E", "a/../b", "Red printer", "é?#+"] {
            let (id, address) = made(&stage, &root, kind, title).await;
            let requested = as_browsers_request_it(&address);
            assert_eq!(requested, address, "{title:?}");
            let read = stage.get(&root, &requested).await;
            assert_eq!(read.status, 200, "{address}");
            assert!(
                read.text().contains(&format!("{kind} of words")),
                "{address}"
            );

            let first = stage
                .get(&root, &format!("/wiki/rest/api/content/{id}"))
                .await
                .json();
            let first = first["_links"]["webui"].as_str().unwrap().to_owned();
            assert_eq!(format!("/wiki{first}"), address);
            let old = format!("/wiki/pages/viewpage.action?pageId={id}");
            assert_eq!(redirected(&stage, &root, &old).await, address);
            for page in [
                "/wiki/spaces/DOCS".to_owned(),
                format!("/wiki/pages/access?pageId={id}"),
                format!("/wiki/pages/restrictions?pageId={id}"),
            ] {
                let shown = stage.get(&root, &page).await;
                assert_eq!(shown.status, 200, "{page}");
                let link = format!("href=\"{address}\"");
                assert!(shown.text().contains(&link), "{page} has no {link}");
            }
            // The newest blog posts are listed only as far as there is room for them.
            let trash = format!("/wiki/rest/api/content/{id}");
            let gone = stage.json(&root, http::Method::DELETE, &trash, "").await;
            assert_eq!(gone.status, 204, "{}", gone.text());
        }
    }
}

#[tokio::test]
async fn a_restricted_blog_post_is_linked_to_at_its_own_address() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let (id, address) = made(&stage, &root, "blogposts", "News").await;
    stage.restrict(&root, &id, &root).await;
    let shown = stage.get(&root, "/wiki/spaces/DOCS/permissions").await;
    let link = format!("href=\"{address}\"");
    assert!(shown.text().contains(&link), "{}", shown.text());
}

#[tokio::test]
async fn addresses_of_blog_posts_that_were_told_before_still_lead_to_them() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let (id, address) = made(&stage, &root, "blogposts", "News").await;
    assert_eq!(
        address,
        format!("/wiki/spaces/DOCS/blog/2026/01/05/{id}/News")
    );
    for old in [
        format!("/wiki/spaces/DOCS/blog/{id}"),
        format!("/wiki/spaces/DOCS/blog/{id}/News"),
        format!("/wiki/spaces/DOCS/blog/{id}/_"),
        format!("/wiki/spaces/DOCS/blog/2026/01/05/{id}"),
        format!("/wiki/spaces/DOCS/pages/{id}"),
        format!("/wiki/spaces/DOCS/pages/{id}/_"),
        format!("/wiki/spaces/DOCS/pages/{id}/"),
    ] {
        let read = stage.get(&root, &old).await;
        assert_eq!(read.status, 200, "{old}");
        assert!(read.text().contains("blogposts of words"), "{old}");
    }
}

#[tokio::test]
async fn a_draft_without_a_title_has_an_address_without_an_empty_segment() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await;
    let body = json!({"spaceId": space["id"].to_string(), "status": "draft"});
    let draft = stage
        .post(&root, "/wiki/api/v2/pages", &body.to_string())
        .await
        .json();
    let id = draft["id"].as_str().unwrap();
    let expected = format!("/spaces/DOCS/pages/{id}");
    assert_eq!(draft["_links"]["webui"], expected.as_str());
    let read = stage.get(&root, &format!("/wiki{expected}")).await;
    assert_eq!(read.status, 200);
}
