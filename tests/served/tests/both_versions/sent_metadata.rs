//! Labels and properties that are sent together with their content.

use http::Method;
use narthex_served::stage::{Caller, nobody};
use narthex_served::{Stage, Told};
use narthex_site::account::Access;
use serde_json::{Value, json};

const V1: &str = "/wiki/rest/api";
const V2: &str = "/wiki/api/v2";

async fn labels(stage: &Stage, who: &Caller, id: &str) -> Vec<String> {
    let list = stage.get(who, &format!("{V1}/content/{id}/label")).await;
    let list = list.json();
    let labels = list["results"].as_array().unwrap().iter();
    let written = |label: &Value| {
        let part = |name: &str| label[name].as_str().unwrap().to_owned();
        format!("{}:{}", part("prefix"), part("name"))
    };
    let mut labels: Vec<String> = labels.map(written).collect();
    labels.sort();
    labels
}

async fn property(stage: &Stage, who: &Caller, id: &str, key: &str) -> Value {
    let path = format!("{V1}/content/{id}/property/{key}");
    stage.get(who, &path).await.json()
}

async fn send(stage: &Stage, who: &Caller, method: Method, path: &str, body: &Value) -> Told {
    stage.json(who, method, path, &body.to_string()).await
}

#[tokio::test]
async fn labels_and_properties_are_made_with_pages_blog_posts_and_drafts() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await["id"].to_string();
    let metadata = json!({
        "labels": [{"prefix": "global", "name": "howto"}, {"name": "release notes"}, "my:own"],
        "properties": {
            "content-appearance-published": {"value": "full-width"},
            "editor": {"value": "v2", "version": {"number": "1"}},
        },
    });
    let v1 = |kind: &str, status: &str| {
        json!({"type": kind, "status": status, "title": format!("{kind} {status}"),
               "space": {"key": "DOCS"}, "metadata": metadata})
    };
    let v2 = json!({"spaceId": space, "title": "Second", "metadata": metadata,
                    "body": {"representation": "storage", "value": "<p>x</p>"}});
    let mut made = Vec::new();
    for body in [
        v1("page", "current"),
        v1("page", "draft"),
        v1("blogpost", "current"),
    ] {
        let path = format!("{V1}/content");
        made.push(send(&stage, &root, Method::POST, &path, &body).await);
    }
    for path in ["pages", "blogposts", "pages?private=true"] {
        let mut body = v2.clone();
        body["title"] = path.into();
        let path = format!("{V2}/{path}");
        made.push(send(&stage, &root, Method::POST, &path, &body).await);
    }
    for made in made {
        assert_eq!(made.status, 200, "{}", made.text());
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let found = labels(&stage, &root, &id).await;
        assert_eq!(
            found,
            ["global:howto", "global:notes", "global:release", "my:own"]
        );
        let width = property(&stage, &root, &id, "content-appearance-published").await;
        assert_eq!(width["value"], "full-width");
        assert_eq!(
            property(&stage, &root, &id, "editor").await["version"]["number"],
            1
        );
    }
}

#[tokio::test]
async fn labels_that_are_sent_with_an_update_take_the_place_of_those_that_are_everybodys() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let first = r#"[{"name":"old"},{"name":"kept"},{"prefix":"my","name":"favourite"}]"#;
    stage
        .post(&root, &format!("{V1}/content/{id}/label"), first)
        .await;
    let other = r#"{"key":"other","value":1}"#;
    stage
        .post(&root, &format!("{V1}/content/{id}/property"), other)
        .await;

    let path = format!("{V1}/content/{id}");
    let mut edit = json!({
        "type": "page", "title": "Guide", "version": {"number": 2},
        "metadata": {"labels": [{"name": "kept"}, {"name": "new"}],
                     "properties": {"editor": {"value": {"deep": [1]}}}},
    });
    let edited = send(&stage, &root, Method::PUT, &path, &edit).await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    let expected = ["global:kept", "global:new", "my:favourite"];
    assert_eq!(labels(&stage, &root, &id).await, expected);
    assert_eq!(
        property(&stage, &root, &id, "editor").await["value"]["deep"],
        json!([1])
    );
    assert_eq!(property(&stage, &root, &id, "other").await["value"], 1);

    // Without the member nothing changes; the form in which a response has it is accepted too.
    edit["version"]["number"] = 3.into();
    edit.as_object_mut().unwrap().remove("metadata");
    send(&stage, &root, Method::PUT, &path, &edit).await;
    assert_eq!(labels(&stage, &root, &id).await, expected);
    edit["version"]["number"] = 4.into();
    edit["metadata"] = json!({
        "labels": {"results": [{"prefix": "global", "name": "last", "id": "1"}], "size": 1},
        "properties": {"editor": {"value": "v1"}, "_expandable": {"other": ""}},
        "_expandable": {"likes": ""},
    });
    let edited = send(&stage, &root, Method::PUT, &path, &edit).await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    assert_eq!(
        labels(&stage, &root, &id).await,
        ["global:last", "my:favourite"]
    );
    assert_eq!(
        property(&stage, &root, &id, "editor").await["version"]["number"],
        2
    );

    let v2 = json!({"id": id, "status": "current", "title": "Guide", "version": {"number": 5},
                    "body": {"representation": "storage", "value": "<p>x</p>"},
                    "metadata": {"labels": []}});
    let edited = send(&stage, &root, Method::PUT, &format!("{V2}/pages/{id}"), &v2).await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    assert_eq!(labels(&stage, &root, &id).await, ["my:favourite"]);
}

#[tokio::test]
async fn metadata_that_is_refused_leaves_nothing_behind() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let value = "x".repeat(40_000);
    let many: Vec<String> = (0..600).map(|n| format!("l{n}")).collect();
    let cases = [
        (json!({"labels": [{"name": "a?b"}]}), 400),
        (json!({"labels": [{"prefix": "system", "name": "a"}]}), 400),
        (json!({"labels": 7}), 400),
        (json!({"labels": many}), 400),
        (json!({"properties": {"k": {"valeu": 1}}}), 400),
        (json!({"properties": {"k": {"value": null}}}), 400),
        (json!({"properties": {"": {"value": 1}}}), 400),
        (
            json!({"properties": {"k": {"value": 1, "version": {"number": 7}}}}),
            409,
        ),
        (json!({"properties": {"k": {"value": value}}}), 413),
        (json!({"properties": []}), 400),
        (json!("x"), 400),
    ];
    for (metadata, status) in cases {
        let new = json!({"type": "page", "title": "New", "space": {"key": "DOCS"},
                         "metadata": metadata});
        let refused = send(&stage, &root, Method::POST, &format!("{V1}/content"), &new).await;
        assert_eq!(refused.status, status, "{}", refused.text());
        let edit = json!({"type": "page", "title": "Other", "version": {"number": 2},
                          "metadata": metadata});
        let path = format!("{V1}/content/{id}");
        let refused = send(&stage, &root, Method::PUT, &path, &edit).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    let all = stage
        .get(&root, &format!("{V1}/content?spaceKey=DOCS"))
        .await
        .json();
    assert_eq!(all["size"], 2);
    assert!(labels(&stage, &root, &id).await.is_empty());
    let page = stage.get(&root, &format!("{V1}/content/{id}")).await.json();
    assert_eq!(page["version"]["number"], 1);
}

#[tokio::test]
async fn metadata_of_comments_and_attachments_is_written_as_theirs() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let text = json!({"storage": {"value": "<p>c</p>", "representation": "storage"}});
    let mut comment = json!({"type": "comment", "container": {"id": id, "type": "page"},
        "body": text, "metadata": {"properties": {"mood": {"value": "good"}}}});
    let path = format!("{V1}/content");
    let made = send(&stage, &root, Method::POST, &path, &comment).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let of = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(property(&stage, &root, &of, "mood").await["value"], "good");
    comment["metadata"] = json!({"labels": [{"name": "x"}]});
    let refused = send(&stage, &root, Method::POST, &path, &comment).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(
        refused.text().contains("comments have no labels"),
        "{}",
        refused.text()
    );

    let form = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\
                hello\r\n--B--\r\n";
    let request = http::Request::post(format!("{V1}/content/{id}/child/attachment"))
        .header("content-type", "multipart/form-data; boundary=B")
        .header("x-atlassian-token", "no-check")
        .body(axum::body::Body::from(form))
        .unwrap();
    let file = stage.send(&root, request).await.json()["results"][0]["id"].clone();
    let file = file.as_str().unwrap();
    let update = json!({"id": file, "type": "attachment", "version": {"number": 1},
        "metadata": {"comment": "said", "labels": [{"name": "scan"}],
                     "properties": {"pages": {"value": 3}}}});
    let path = format!("{V1}/content/{id}/child/attachment/{file}");
    let updated = send(&stage, &root, Method::PUT, &path, &update).await;
    assert_eq!(updated.status, 200, "{}", updated.text());
    assert_eq!(labels(&stage, &root, file).await, ["global:scan"]);
    assert_eq!(property(&stage, &root, file, "pages").await["value"], 3);
    assert_eq!(updated.json()["metadata"]["comment"], "said");
}

#[tokio::test]
async fn whoever_may_comment_but_not_edit_sets_no_metadata_of_the_page() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let una = stage.person("una", Access::None).await;
    let edit = json!({"type": "page", "title": "Guide", "version": {"number": 2},
                      "metadata": {"labels": [{"name": "x"}]}});
    let path = format!("{V1}/content/{id}");
    for (who, status) in [(&una, 404), (&nobody(), 401)] {
        let refused = send(&stage, who, Method::PUT, &path, &edit).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    assert!(labels(&stage, &root, &id).await.is_empty());
    // A page in the trash is restored first.
    stage.json(&root, Method::DELETE, &path, "").await;
    let restore = json!({"version": {"number": 2}, "status": "current",
                         "metadata": {"labels": [{"name": "x"}]}});
    let refused = send(&stage, &root, Method::PUT, &path, &restore).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(
        refused.text().contains("when restoring"),
        "{}",
        refused.text()
    );
}
