//! Copying pages over v1: a copy takes only what the copier sees.

use axum::body::Body;
use http::{Method, Request};
use narthex_access::{Credential, Operation, Principal};
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::account::Access;
use serde_json::{Value, json};

async fn attach(stage: &Stage, who: &Caller, page: &str, file: &str, text: &str) -> String {
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\
         Content-Type: text/plain\r\n\r\n{text}\r\n--x--\r\n"
    );
    let request = Request::builder()
        .method(Method::PUT)
        .uri(format!("/wiki/rest/api/content/{page}/child/attachment"))
        .header("content-type", "multipart/form-data; boundary=x")
        .header("x-atlassian-token", "no-check")
        .body(Body::from(form))
        .unwrap();
    let made = stage.send(who, request).await;
    assert_eq!(made.status, 200, "{}", made.text());
    made.json()["results"][0]["id"].as_str().unwrap().to_owned()
}

async fn files(stage: &Stage, who: &Caller, page: &str) -> Value {
    let path = format!("/wiki/rest/api/content/{page}/child/attachment?expand=version");
    stage.get(who, &path).await.json()["results"].clone()
}

#[tokio::test]
async fn a_page_is_copied_with_its_files_and_lists_where_that_is_asked_for() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    stage.space(&root, "BOOKS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    attach(&stage, &root, &page, "a.txt", "first").await;
    attach(&stage, &root, &page, "a.txt", "second").await;
    stage.restrict(&root, &page, &root).await;
    let labels = format!("/wiki/rest/api/content/{page}/label");
    let labels = stage
        .post(
            &root,
            &labels,
            r#"[{"name":"howto"},{"prefix":"my","name":"favourite"}]"#,
        )
        .await;
    assert_eq!(labels.status, 200, "{}", labels.text());
    let path = format!("/wiki/rest/api/content/{page}/copy");
    let copy = |kind: &str, value: &str, all: bool, title: Option<&str>| {
        let mut copy = json!({
            "destination": {"type": kind, "value": value},
            "copyAttachments": all, "copyPermissions": all, "copyLabels": all,
        });
        if let Some(title) = title {
            copy["pageTitle"] = json!(title);
        }
        copy.to_string()
    };

    let made = stage
        .post(
            &root,
            &format!("{path}?expand=body.storage,restrictions.read,space,version"),
            &copy("space", "BOOKS", true, None),
        )
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    let made = made.json();
    assert_eq!(made["title"], "Guide");
    assert_eq!(made["space"]["key"], "BOOKS");
    assert_eq!(made["version"]["number"], 1);
    assert_eq!(made["body"]["storage"]["value"], "<p>Guide says</p>");
    let listed = &made["restrictions"]["read"]["restrictions"]["user"];
    assert_eq!(listed["results"][0]["accountId"], root.account.as_str());
    let copied = made["id"].as_str().unwrap();
    let labels = format!("/wiki/rest/api/content/{copied}/label");
    let labels = stage.get(&root, &labels).await.json();
    assert_eq!(
        (&labels["size"], &labels["results"][0]["name"]),
        (&json!(1), &json!("howto"))
    );
    let there = files(&stage, &root, copied).await;
    assert_eq!(there[0]["title"], "a.txt");
    assert_eq!(there[0]["version"]["number"], 1);
    let download = format!("/wiki/download/attachments/{copied}/a.txt");
    assert_eq!(stage.get(&root, &download).await.text(), "second");

    // The bytes stay as long as one of the two names them.
    for purge in ["", "?status=trashed"] {
        let gone = format!("/wiki/rest/api/content/{page}{purge}");
        let gone = stage.json(&root, Method::DELETE, &gone, "").await;
        assert_eq!(gone.status, 204, "{}", gone.text());
    }
    stage.site.store().sweep_blobs(0).await.unwrap();
    assert_eq!(stage.get(&root, &download).await.text(), "second");

    let path = format!("/wiki/rest/api/content/{copied}/copy");
    let same = stage
        .post(&root, &path, &copy("space", "BOOKS", false, None))
        .await;
    assert_eq!(same.status, 400);
    assert!(
        same.text().contains("title already exists"),
        "{}",
        same.text()
    );
    let below = stage
        .post(
            &root,
            &path,
            &copy("parent_page", copied, false, Some("Second")),
        )
        .await
        .json();
    assert_eq!(
        files(&stage, &root, below["id"].as_str().unwrap()).await,
        json!([])
    );
    let target = stage.page(&root, "DOCS", "Target").await;
    let into = copy("existing_page", &target, false, Some("Taken over"));
    let into = stage.post(&root, &path, &into).await;
    assert_eq!(into.status, 200, "{}", into.text());
    let into = into.json();
    assert_eq!(
        (&into["id"], &into["version"]["number"]),
        (&json!(target), &json!(2))
    );
    assert_eq!(into["title"], "Taken over");
    for (kind, value, status) in [
        ("parent_page", "77", 404),
        ("parent_page", "x", 404),
        ("space", "NONE", 404),
        ("moon", "1", 400),
    ] {
        let refused = stage
            .post(&root, &path, &copy(kind, value, false, Some("New")))
            .await;
        assert_eq!(refused.status, status, "{kind} {value}: {}", refused.text());
    }
}

#[tokio::test]
async fn a_page_that_is_copied_into_keeps_its_title_unless_another_is_sent() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    stage.space(&root, "BOOKS").await;
    let source = stage.page(&root, "DOCS", "Source").await;
    let path = format!("/wiki/rest/api/content/{source}/copy?expand=body.storage");
    for key in ["DOCS", "BOOKS"] {
        let target = stage.page(&root, key, "Target").await;
        let to = json!({"type": "existing_page", "value": target});
        let copy = json!({"destination": to});
        let copied = stage.post(&root, &path, &copy.to_string()).await;
        assert_eq!(copied.status, 200, "{key}: {}", copied.text());
        let copied = copied.json();
        assert_eq!(
            (&copied["id"], &copied["title"]),
            (&json!(target), &json!("Target"))
        );
        assert_eq!(copied["body"]["storage"]["value"], "<p>Source says</p>");

        let copy = json!({
            "destination": to, "pageTitle": "Renamed",
            "body": {"storage": {"value": "<p>New</p>", "representation": "storage"}},
        });
        let copied = stage.post(&root, &path, &copy.to_string()).await;
        assert_eq!(copied.status, 200, "{key}: {}", copied.text());
        let copied = copied.json();
        assert_eq!(
            (&copied["id"], &copied["title"]),
            (&json!(target), &json!("Renamed"))
        );
        assert_eq!(copied["body"]["storage"]["value"], "<p>New</p>");
    }
}

#[tokio::test]
async fn a_tree_is_copied_without_what_the_copier_does_not_see() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let guide = stage.page(&root, "DOCS", "Guide").await;
    let install = stage.page_below(&root, &guide, "Install").await;
    stage.page_below(&root, &install, "On Linux").await;
    let secret = stage.page_below(&root, &guide, "Secret").await;
    stage.page_below(&root, &secret, "Below secret").await;
    stage.restrict(&root, &secret, &root).await;
    let target = stage.page(&root, "DOCS", "Target").await;
    let path = format!("/wiki/rest/api/content/{guide}/pagehierarchy/copy");
    let copy = |below: &str, prefix: &str| {
        json!({
            "destinationPageId": below, "copyAttachments": true,
            "titleOptions": {"prefix": prefix, "search": "Install", "replace": "Set up"},
        })
        .to_string()
    };
    // A title that is taken stops the whole copy before anything is made.
    let clash = stage.post(&lena, &path, &copy(&target, "")).await;
    assert_eq!(clash.status, 400, "{}", clash.text());

    let done = stage.post(&lena, &path, &copy(&target, "New ")).await;
    assert_eq!(done.status, 202, "{}", done.text());
    let status = done.json()["links"]["status"].as_str().unwrap().to_owned();
    let how = stage.get(&lena, &format!("/wiki{status}")).await.json();
    assert_eq!(how["successful"], true);
    assert_eq!(how["messages"][0]["translation"], "3 pages");
    let made = how["additionalDetails"]["destinationId"].as_str().unwrap();
    let made = format!("/wiki/rest/api/content/{made}");
    assert_eq!(stage.get(&lena, &made).await.json()["title"], "New Guide");
    // People who see everything don't find a copy of anything hidden either.
    for who in [&lena, &root] {
        let below = stage
            .get(who, &format!("{made}/descendant/page"))
            .await
            .json();
        let titles = below["results"].as_array().unwrap().iter();
        let titles: Vec<_> = titles.map(|page| page["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["New Set up", "New On Linux"]);
    }
    // Copied into itself, it contains only what existed when the copy began.
    let inner = stage.post(&lena, &path, &copy(&guide, "Inner ")).await;
    assert_eq!(inner.status, 202, "{}", inner.text());
    let all = format!("/wiki/rest/api/content/{guide}/descendant/page");
    assert_eq!(stage.get(&lena, &all).await.json()["size"], 5);
}

#[tokio::test]
async fn what_is_hidden_is_copied_by_nobody_and_nowhere() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let secret = stage.page(&root, "DOCS", "Secret").await;
    stage.restrict(&root, &secret, &root).await;
    let open = stage.page(&root, "DOCS", "Open").await;
    let to = |value: &str| {
        let to = json!({"type": "parent_page", "value": value});
        json!({"destination": to, "pageTitle": "Mine", "destinationPageId": value}).to_string()
    };
    for way in ["copy", "pagehierarchy/copy"] {
        for (from, below) in [(&secret, &open), (&open, &secret)] {
            let path = format!("/wiki/rest/api/content/{from}/{way}");
            let hidden = stage.post(&lena, &path, &to(below)).await;
            let path = path.replace(secret.as_str(), "77");
            let below = below.replace(secret.as_str(), "77");
            let missing = stage.post(&lena, &path, &to(&below)).await;
            assert_eq!(
                (hidden.status, hidden.text()),
                (404, missing.text()),
                "{way}"
            );
        }
    }
    // Files and restrictions are only copied by people who may make them at the new position.
    let file = json!({
        "destination": {"type": "parent_page", "value": open}, "pageTitle": "With a file",
        "copyPermissions": true,
    });
    stage.space(&root, "TEAM").await;
    let page = stage.page(&root, "TEAM", "Plan").await;
    for operation in [Operation::Read, Operation::Restrict] {
        let list = Principal::Account(lena.account.parse().unwrap());
        stage
            .site
            .grant(&Credential::Operator, "TEAM".into(), list, operation)
            .await
            .unwrap();
    }
    stage.restrict(&lena, &page, &lena).await;
    let path = format!("/wiki/rest/api/content/{page}/copy");
    let refused = stage.post(&lena, &path, &file.to_string()).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    let gone = "/wiki/rest/api/content?spaceKey=DOCS&title=With%20a%20file";
    assert_eq!(stage.get(&root, gone).await.json()["size"], 0);
}
