//! Requests that may be written in more than one way.

use http::Method;
use narthex_served::stage::Caller;
use narthex_served::{Stage, Told};
use serde_json::json;

const V1: &str = "/wiki/rest/api";
const V2: &str = "/wiki/api/v2";

async fn put(stage: &Stage, who: &Caller, path: &str, body: &serde_json::Value) -> Told {
    stage.json(who, Method::PUT, path, &body.to_string()).await
}

#[tokio::test]
async fn the_number_of_a_version_may_be_text_wherever_one_is_read() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let footer = json!({"pageId": id, "body": {"representation": "storage", "value": "<p>c</p>"}});
    let comment = stage
        .post(&root, &format!("{V2}/footer-comments"), &footer.to_string())
        .await
        .json();
    let comment = comment["id"].as_str().unwrap();
    let property = r#"{"key":"colour","value":"red"}"#;
    let made = stage
        .post(&root, &format!("{V2}/pages/{id}/properties"), property)
        .await
        .json();
    let property = made["id"].as_str().unwrap();
    let body = json!({"representation": "storage", "value": "<p>n</p>"});
    let v1_page = json!({"type": "page", "title": "Guide"});
    let v2_page = json!({"id": id, "status": "current", "title": "Guide", "body": body});
    let cases = [
        (format!("{V1}/content/{id}"), v1_page, [2, 3]),
        (format!("{V2}/pages/{id}"), v2_page, [4, 5]),
        (
            format!("{V2}/footer-comments/{comment}"),
            json!({"body": body}),
            [2, 3],
        ),
        (
            format!("{V1}/content/{comment}"),
            json!({"type": "comment", "body": {"storage": body}}),
            [4, 5],
        ),
        (
            format!("{V2}/pages/{id}/properties/{property}"),
            json!({"key": "colour", "value": "blue"}),
            [2, 3],
        ),
        (
            format!("{V1}/content/{id}/property/colour"),
            json!({"value": "green"}),
            [4, 5],
        ),
    ];
    for (path, sent, [first, second]) in cases {
        let with = |number: serde_json::Value| {
            let mut sent = sent.clone();
            sent["version"] = json!({ "number": number });
            sent
        };
        for garbage in [
            json!("two"),
            json!(""),
            json!("2.0"),
            json!(true),
            json!("-1"),
        ] {
            let reply = put(&stage, &root, &path, &with(garbage.clone())).await;
            assert_eq!(reply.status, 400, "{path} {garbage}: {}", reply.text());
            assert!(reply.text().contains("version.number"), "{}", reply.text());
        }
        for number in [json!(first.to_string()), json!(second)] {
            let reply = put(&stage, &root, &path, &with(number.clone())).await;
            assert_eq!(reply.status, 200, "{path} {number}: {}", reply.text());
            assert_eq!(
                reply.json()["version"]["number"].to_string(),
                number
                    .as_str()
                    .map_or_else(|| number.to_string(), str::to_owned)
            );
        }
    }
    let restore =
        json!({"operationKey": "restore", "params": {"versionNumber": "1", "message": ""}});
    let path = format!("{V1}/content/{id}/version");
    let reply = stage.post(&root, &path, &restore.to_string()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json()["number"], 6);
}

#[tokio::test]
async fn a_blank_separates_labels_of_pages_spaces_and_templates() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let names = |reply: &Told| {
        assert_eq!(reply.status, 200, "{}", reply.text());
        let labels = reply.json();
        let labels = labels["results"].as_array().unwrap().clone();
        let written = |label: &serde_json::Value| {
            let part = |name: &str| label[name].as_str().unwrap().to_owned();
            format!("{}:{}", part("prefix"), part("name"))
        };
        labels.iter().map(written).collect::<Vec<_>>()
    };
    let of_page = format!("{V1}/content/{id}/label");
    let sent = r#"[{"prefix":"global","name":"release notes"},{"name":" how  to "},"x y"]"#;
    let added = stage.post(&root, &of_page, sent).await;
    let expected = ["how", "notes", "release", "to", "x", "y"];
    assert_eq!(names(&added), expected.map(|name| format!("global:{name}")));
    let of_space = format!("{V1}/space/DOCS/label");
    let sent = r#"[{"prefix":"team","name":"blue team"}]"#;
    let added = stage.post(&root, &of_space, sent).await;
    assert_eq!(names(&added), ["team:blue", "team:team"]);
    let nothing = stage.post(&root, &of_page, r#"{"name":"  "}"#).await;
    assert_eq!(nothing.status, 400, "{}", nothing.text());
    let one_is_none = stage.post(&root, &of_page, r#"{"name":"good b?d"}"#).await;
    assert_eq!(one_is_none.status, 400, "{}", one_is_none.text());
    assert_eq!(names(&stage.get(&root, &of_page).await).len(), 6);

    let template = r#"{"name":"T","templateType":"page","labels":[{"prefix":"global","name":"a b"}],
        "body":{"storage":{"value":"","representation":"storage"}},"space":{"key":"DOCS"}}"#;
    let made = stage.post(&root, &format!("{V1}/template"), template).await;
    assert_eq!(
        made.json()["labels"].as_array().unwrap().len(),
        2,
        "{}",
        made.text()
    );
}

#[tokio::test]
async fn a_space_is_made_with_an_alias_instead_of_a_key() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let v1 = format!("{V1}/space");
    let made = stage
        .post(&root, &v1, r#"{"name":"N","alias":"abc"}"#)
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.json()["key"], "abc");
    let private = format!("{V1}/space/_private");
    let made = stage
        .post(&root, &private, r#"{"name":"N","alias":"own"}"#)
        .await;
    assert_eq!(made.json()["key"], "own", "{}", made.text());
    for (path, status) in [(v1.as_str(), 200), ("/wiki/api/v2/spaces", 201)] {
        let (key, same) = (format!("K{status}"), format!("k{status}"));
        let both = format!(r#"{{"name":"N","key":"{key}","alias":"other"}}"#);
        let refused = stage.post(&root, path, &both).await;
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(refused.text().contains("alias"), "{}", refused.text());
        let both = format!(r#"{{"name":"N","key":"{key}","alias":"{same}"}}"#);
        let made = stage.post(&root, path, &both).await;
        assert_eq!(made.status, status, "{}", made.text());
        assert_eq!(made.json()["key"], key.as_str());
        let neither = stage.post(&root, path, r#"{"name":"N"}"#).await;
        assert_eq!(neither.status, 400);
        assert!(neither.text().contains("key"), "{}", neither.text());
    }
}

#[tokio::test]
async fn a_space_is_made_with_the_permissions_that_are_sent() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let access = narthex_site::account::Access::Confluence;
    let (ada, ben) = (
        stage.person("ada", access.clone()).await,
        stage.person("ben", access).await,
    );
    let permission = |operation: &str| {
        json!({
            "subjects": {"user": {"results": [{"type": "known", "accountId": ada.account}], "size": 1}},
            "operation": {"operation": operation, "targetType": if operation == "read" {"space"} else {"page"}},
            "anonymousAccess": false, "unlicensedAccess": false,
        })
    };
    let body = json!({
        "key": "ADAS", "name": "Ada's", "permissions": [permission("create"), permission("read")],
    });
    let made = stage
        .post(&root, &format!("{V1}/space"), &body.to_string())
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    let path = format!("{V1}/space/ADAS");
    assert_eq!(stage.get(&ada, &path).await.status, 200);
    assert_eq!(stage.get(&ben, &path).await.status, 404);
    stage.page(&ada, "ADAS", "Hers").await;
    let unknown = json!({"key": "BAD", "name": "B", "permissions": [permission("fly")]});
    let refused = stage
        .post(&root, &format!("{V1}/space"), &unknown.to_string())
        .await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(
        refused.text().contains("permissions[0].operation"),
        "{}",
        refused.text()
    );
}
