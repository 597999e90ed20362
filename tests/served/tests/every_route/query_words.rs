//! Query parameters: what each of their words means, and which are refused by name.

use axum::body::Body;
use http::Request;
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::account::Access;

const V1: &str = "/wiki/rest/api";
const V2: &str = "/wiki/api/v2";

#[tokio::test]
async fn a_word_that_a_parameter_does_not_take_is_refused_by_name() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await["id"].to_string();
    let id = stage.page(&root, "DOCS", "Guide").await;
    let v1_content = format!("{V1}/content/{id}");
    let v2_page = format!("{V2}/pages/{id}");
    let taken = [
        (
            format!("{V1}/content"),
            "orderby",
            "id|title desc|history.createdDate asc|modified",
        ),
        (format!("{V1}/content"), "trigger", "viewed"),
        (
            format!("{V1}/content"),
            "status",
            "current|deleted|historical|any|draft,trashed",
        ),
        (
            format!("{V1}/content?type=blogpost"),
            "postingDay",
            "2026-11-30",
        ),
        (format!("{V1}/space"), "type", "global|PERSONAL"),
        (format!("{V1}/space"), "status", "current|archived"),
        (v1_content.clone(), "status", "current,trashed|any"),
        (v1_content.clone(), "trigger", "viewed"),
        (v1_content.clone(), "embeddedContentRender", "current"),
        (format!("{v1_content}/child/comment"), "depth", "all|root"),
        (
            format!("{v1_content}/child/comment"),
            "location",
            "inline|footer,resolved",
        ),
        (format!("{v1_content}/child"), "parentVersion", "0|1"),
        (format!("{v1_content}/child/page"), "parentVersion", "0"),
        (
            format!("{v1_content}/descendant/page"),
            "depth",
            "all|root|3",
        ),
        (format!("{V1}/space/DOCS/content"), "depth", "all|root"),
        (format!("{v1_content}/label"), "prefix", "global|my|team"),
        (
            format!("{V1}/search?cql=type=page"),
            "excerpt",
            "none|indexed_unescaped",
        ),
        (
            format!("{V1}/search?cql=type=page"),
            "sitePermissionTypeFilter",
            "all|none",
        ),
        (
            format!("{V1}/search/user?cql=type=user"),
            "sitePermissionTypeFilter",
            "all|none",
        ),
        (
            format!("{V1}/audit/since"),
            "units",
            "NANOS|MICROS|MILLIS|DAYS|DECADES|CENTURIES",
        ),
        (format!("{V1}/group"), "accessType", "user|admin|site-admin"),
        (format!("{V2}/pages"), "sort", "id|-title|modified-date"),
        (
            format!("{V2}/pages"),
            "status",
            "current,archived|deleted|trashed",
        ),
        (format!("{V2}/pages"), "subtype", "page|live"),
        (
            format!("{V2}/pages"),
            "body-format",
            "storage|atlas_doc_format",
        ),
        (v2_page.clone(), "status", "current|archived,current"),
        (v2_page.clone(), "include-collaborators", "true|false"),
        (v2_page.clone(), "include-webresources", "true"),
        (v2_page.clone(), "include-direct-children", "true"),
        (
            format!("{v2_page}/direct-children"),
            "sort",
            "title|-title|child-position|id",
        ),
        (format!("{v2_page}/labels"), "sort", "name|-created-date"),
        (format!("{v2_page}/properties"), "sort", "key|-key"),
        (
            format!("{v2_page}/inline-comments"),
            "resolution-status",
            "open|dangling",
        ),
        (format!("{V2}/spaces"), "type", "global|onboarding"),
        (format!("{V2}/spaces"), "sort", "key|-name"),
        (format!("{V2}/spaces/{space}/pages"), "depth", "all|root"),
        (format!("{V2}/tasks"), "status", "complete|incomplete"),
        (
            format!("{V2}/attachments"),
            "sort",
            "created-date|-modified-date",
        ),
    ];
    for (path, name, words) in taken {
        let joint = if path.contains('?') { '&' } else { '?' };
        let ask = async |value: &str| {
            let value = value.replace(' ', "%20");
            stage
                .get(&root, &format!("{path}{joint}{name}={value}"))
                .await
        };
        for word in words.split('|') {
            let reply = ask(word).await;
            assert_eq!(reply.status, 200, "{path} {name}={word}: {}", reply.text());
        }
        for bogus in ["bogus", "bogus x", "title sideways"] {
            let reply = ask(bogus).await;
            assert_eq!(reply.status, 400, "{path} {name}={bogus}: {}", reply.text());
            assert!(
                reply.text().contains(name),
                "{path} {name}: {}",
                reply.text()
            );
        }
    }
}

#[tokio::test]
async fn a_word_that_a_write_does_not_take_is_refused_and_nothing_changes() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let edit = r#"{"type":"page","title":"Other","version":{"number":2}}"#;
    let path = format!("{V1}/content/{id}?conflictPolicy=bogus");
    let refused = stage.json(&root, http::Method::PUT, &path, edit).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(
        refused.text().contains("conflictPolicy"),
        "{}",
        refused.text()
    );
    let new = r#"{"type":"page","title":"New","space":{"key":"DOCS"}}"#;
    let path = format!("{V1}/content?status=bogus");
    let refused = stage.post(&root, &path, new).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    let form = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\
                hello\r\n--B--\r\n";
    let path = format!("{V1}/content/{id}/child/attachment?status=bogus");
    let request = Request::post(path)
        .header("content-type", "multipart/form-data; boundary=B")
        .header("x-atlassian-token", "no-check")
        .body(Body::from(form))
        .unwrap();
    let refused = stage.send(&root, request).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    let kept = r#"{"name":"Docs","type":"personal"}"#;
    let path = format!("{V1}/space/DOCS");
    let refused = stage.json(&root, http::Method::PUT, &path, kept).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(refused.text().contains("\"type\"") || refused.text().contains("type"));

    let all = stage
        .get(&root, &format!("{V1}/content?spaceKey=DOCS"))
        .await
        .json();
    assert_eq!(all["size"], 2);
    let page = stage.get(&root, &format!("{V1}/content/{id}")).await.json();
    assert_eq!(
        (&page["title"], &page["version"]["number"]),
        (&"Guide".into(), &1.into())
    );
    let files = stage
        .get(&root, &format!("{V1}/content/{id}/child/attachment"))
        .await;
    assert_eq!(files.json()["size"], 0);
}

/// Returns the keys of the spaces in a list, in their order.
async fn keys(stage: &Stage, who: &Caller, path: &str) -> Vec<String> {
    let reply = stage.get(who, path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    let list = reply.json();
    let entries = list["results"].as_array().unwrap().iter();
    let mut keys: Vec<String> = entries
        .map(|space| space["key"].as_str().unwrap().to_owned())
        .collect();
    keys.sort();
    keys
}

/// Attack class A24: filtering spaces by a label finds neither a label of a hidden space nor
/// another person's own label.
#[tokio::test]
async fn spaces_are_found_by_the_labels_that_the_asker_is_told() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    stage.space(&root, "ONE").await;
    stage.space(&root, "TWO").await;
    let hidden = r#"{"key":"HID","name":"Hidden"}"#;
    let hidden = stage
        .post(&root, &format!("{V1}/space/_private"), hidden)
        .await;
    assert_eq!(hidden.status, 200, "{}", hidden.text());
    for (key, labels) in [
        ("ONE", r#"["blue","my:favourite","my:plans"]"#),
        ("HID", r#"["blue","secret","my:favourite"]"#),
    ] {
        let path = format!("{V1}/space/{key}/label");
        let labelled = stage.post(&root, &path, labels).await;
        assert_eq!(labelled.status, 200, "{}", labelled.text());
    }
    let (first, second) = (format!("{V1}/space?"), format!("{V2}/spaces?"));
    let (mine, hers) = (&root.account, &lena.account);
    let nobody_there = "0".repeat(21) + "fff";
    for (who, query, expected) in [
        (&root, format!("{first}label=BLUE"), &["HID", "ONE"][..]),
        (&root, format!("{second}labels=BLUE"), &["HID", "ONE"]),
        (&root, format!("{first}label=secret,plans"), &["HID", "ONE"]),
        (
            &root,
            format!("{second}labels=secret,plans"),
            &["HID", "ONE"],
        ),
        (&root, format!("{first}favourite=true"), &["HID", "ONE"]),
        (
            &root,
            format!("{second}favorited-by={mine}"),
            &["HID", "ONE"],
        ),
        (&root, format!("{second}not-favorited-by={mine}"), &["TWO"]),
        (&lena, format!("{first}label=blue"), &["ONE"]),
        (&lena, format!("{second}labels=blue"), &["ONE"]),
        (&lena, format!("{first}favourite=true"), &[]),
        (&lena, format!("{second}favorited-by={hers}"), &[]),
        (
            &lena,
            format!("{second}not-favorited-by={hers}"),
            &["ONE", "TWO"],
        ),
    ] {
        assert_eq!(keys(&stage, who, &query).await, expected, "{query}");
    }
    // A label that she doesn't see is like one that never existed, and so are the favourites of
    // others.
    for label in ["secret", "plans", "favourite", "never-was"] {
        for query in [
            format!("{first}label={label}"),
            format!("{second}labels={label}"),
        ] {
            assert_eq!(keys(&stage, &lena, &query).await, [""; 0], "{query}");
        }
    }
    for account in [mine, &nobody_there] {
        let query = format!("{second}favorited-by={account}");
        assert_eq!(keys(&stage, &lena, &query).await, [""; 0], "{query}");
        let query = format!("{second}not-favorited-by={account}");
        assert_eq!(keys(&stage, &lena, &query).await, ["ONE", "TWO"], "{query}");
    }
    let query = format!("{second}favorited-by=somebody");
    assert_eq!(stage.get(&lena, &query).await.status, 400);
}

#[tokio::test]
async fn spaces_are_found_by_their_labels_and_as_favourites() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "ONE").await;
    stage.space(&root, "TWO").await;
    let labels = r#"[{"prefix":"team","name":"blue"},{"prefix":"my","name":"favourite"}]"#;
    stage
        .post(&root, &format!("{V1}/space/ONE/label"), labels)
        .await;
    for query in ["label=blue", "label=red,blue", "favourite=true"] {
        let found = stage
            .get(&root, &format!("{V1}/space?{query}"))
            .await
            .json();
        assert_eq!(found["size"], 1, "{query}");
        assert_eq!(found["results"][0]["key"], "ONE", "{query}");
    }
    let all = stage
        .get(&root, &format!("{V1}/space?favourite=false"))
        .await;
    assert_eq!(all.json()["size"], 2);
    let path = format!("{V1}/space?favourite=true&favouriteUserKey=abc");
    let refused = stage.get(&root, &path).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.text().contains("favouriteUserKey"),
        "{}",
        refused.text()
    );
}
