//! `expand`: the parts that an operation of v1 expands by default, and that requested ones replace
//! these.

use axum::body::Body;
use http::{Method, Request};
use narthex_served::Stage;
use narthex_served::stage::Caller;
use serde_json::Value;

const V1: &str = "/wiki/rest/api";

async fn get(stage: &Stage, who: &Caller, path: &str) -> Value {
    let reply = stage.get(who, &format!("{V1}{path}")).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}

/// Returns the parts of an object that are expanded.
fn expanded(object: &Value) -> Vec<&str> {
    let parts = [
        "space",
        "history",
        "version",
        "ancestors",
        "container",
        "body",
        "content",
    ];
    let is_there = |part: &&str| {
        let is_there = object.get(part).is_some();
        let is_left = object["_expandable"].get(part).is_some();
        assert!(!(is_there && is_left), "{part} is there and left out");
        is_there
    };
    parts.into_iter().filter(is_there).collect()
}

async fn attach(stage: &Stage, who: &Caller, page: &str, query: &str) -> Value {
    let form = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\
                hello\r\n--B--\r\n";
    let request = Request::put(format!("{V1}/content/{page}/child/attachment{query}"))
        .header("content-type", "multipart/form-data; boundary=B")
        .header("x-atlassian-token", "no-check")
        .body(Body::from(form))
        .unwrap();
    let reply = stage.send(who, request).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["results"][0].clone()
}

#[tokio::test]
async fn what_is_asked_for_replaces_the_defaults_of_reading_content() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let defaults = ["space", "history", "version"];

    let one = get(&stage, &root, &format!("/content/{id}")).await;
    assert_eq!(expanded(&one), defaults);
    let list = get(&stage, &root, "/content?spaceKey=DOCS&title=Guide").await;
    assert_eq!(expanded(&list["results"][0]), defaults);

    let searched = "/content/search?cql=title=Guide&expand=body.view";
    let below = "/space/DOCS/content/page?expand=body.view";
    for path in [
        format!("/content/{id}?expand=body.view"),
        "/content?spaceKey=DOCS&title=Guide&expand=body.view".to_owned(),
        searched.to_owned(),
        below.to_owned(),
    ] {
        let answer = get(&stage, &root, &path).await;
        let results = answer["results"].as_array();
        let object = results.map_or(&answer, |results| results.last().unwrap());
        assert_eq!(expanded(object), ["body"], "{path}");
        let space = &object["_expandable"]["space"];
        assert_eq!(space, "/rest/api/space/DOCS", "{path}");
    }
    let found = get(&stage, &root, "/search?cql=title=Guide").await;
    let content = &found["results"][0]["content"];
    assert_eq!(content["_expandable"]["space"], "/rest/api/space/DOCS");
    assert_eq!(expanded(content), [""; 0]);
}

#[tokio::test]
async fn what_is_asked_for_replaces_the_defaults_of_writing_content() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let defaults = [
        "space",
        "history",
        "version",
        "ancestors",
        "container",
        "body",
    ];
    let write = async |method: Method, path: &str, body: &str| {
        let reply = stage
            .json(&root, method, &format!("{V1}{path}"), body)
            .await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    };
    let new =
        |title: &str| format!(r#"{{"type":"page","title":"{title}","space":{{"key":"DOCS"}}}}"#);
    let made = write(Method::POST, "/content", &new("One")).await;
    assert_eq!(expanded(&made), defaults);
    let lean = write(Method::POST, "/content?expand=version", &new("Two")).await;
    assert_eq!(expanded(&lean), ["version"]);
    assert_eq!(lean["_expandable"]["space"], "/rest/api/space/DOCS");

    let path = format!("/content/{}", made["id"].as_str().unwrap());
    let edit = |n: u32| format!(r#"{{"type":"page","title":"One","version":{{"number":{n}}}}}"#);
    assert_eq!(
        expanded(&write(Method::PUT, &path, &edit(2)).await),
        defaults
    );
    let lean = write(Method::PUT, &format!("{path}?expand=space"), &edit(3)).await;
    assert_eq!(expanded(&lean), ["space"]);

    let home = r#"{"destination":{"type":"space","value":"DOCS"},"pageTitle":"Three"}"#;
    let copied = write(Method::POST, &format!("{path}/copy?expand=ancestors"), home).await;
    assert_eq!(expanded(&copied), ["ancestors"]);
    let comment = format!(
        r#"{{"type":"comment","container":{{"id":"{}","type":"page"}},
           "body":{{"storage":{{"value":"<p>c</p>","representation":"storage"}}}}}}"#,
        made["id"].as_str().unwrap()
    );
    let lean = write(Method::POST, "/content?expand=version", &comment).await;
    assert_eq!(expanded(&lean), ["version"]);
    assert_eq!(lean["_expandable"]["space"], "/rest/api/space/DOCS");
}

#[tokio::test]
async fn what_is_asked_for_replaces_the_defaults_of_versions_properties_and_history() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let edit = r#"{"type":"page","title":"Guide","version":{"number":2}}"#;
    let path = format!("{V1}/content/{id}");
    stage.json(&root, Method::PUT, &path, edit).await;
    let property = r#"{"key":"colour","value":"red"}"#;
    stage
        .post(&root, &format!("{path}/property"), property)
        .await;
    let of_space = format!("{V1}/space/DOCS/property");
    stage.post(&root, &of_space, property).await;

    let versions = get(&stage, &root, &format!("/content/{id}/version")).await;
    assert_eq!(versions["results"][1]["content"]["status"], "historical");
    let lean = format!("/content/{id}/version?expand=collaborators");
    let lean = get(&stage, &root, &lean).await;
    assert_eq!(expanded(&lean["results"][1]), [""; 0]);
    assert!(lean["results"][1].get("collaborators").is_some());
    let one = get(&stage, &root, &format!("/content/{id}/version/1")).await;
    assert_eq!(one["content"]["id"], id.as_str());
    let one = format!("/content/{id}/version/1?expand=collaborators");
    assert_eq!(expanded(&get(&stage, &root, &one).await), [""; 0]);

    for (path, of) in [
        (format!("/content/{id}/property"), "content"),
        ("/space/DOCS/property".to_owned(), "space"),
    ] {
        let list = get(&stage, &root, &path).await;
        assert_eq!(expanded(&list["results"][0]), ["version"], "{path}");
        let one = get(&stage, &root, &format!("{path}/colour")).await;
        assert_eq!(expanded(&one), ["version"], "{path}");
        let asked = format!("{path}/colour?expand={of}");
        let one = get(&stage, &root, &asked).await;
        assert_eq!(expanded(&one), [of], "{asked}");
        assert_eq!(one["_expandable"]["version"], "");
        assert_eq!(one["value"], "red");
    }

    let history = get(&stage, &root, &format!("/content/{id}/history")).await;
    assert_eq!(history["lastUpdated"]["number"], 2);
    let lean = format!("/content/{id}/history?expand=previousVersion");
    let lean = get(&stage, &root, &lean).await;
    assert!(lean.get("lastUpdated").is_none());
    assert_eq!(lean["previousVersion"]["number"], 1);
}

#[tokio::test]
async fn what_is_asked_for_replaces_the_defaults_of_restrictions() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    stage.restrict(&root, &id, &root).await;
    let lists = format!("/content/{id}/restriction");

    let both = get(&stage, &root, &format!("{lists}/byOperation")).await;
    for operation in ["read", "update"] {
        let restrictions = &both[operation]["restrictions"];
        assert!(restrictions["user"]["results"].is_array());
        assert!(restrictions["group"]["results"].is_array());
    }
    let users = format!("{lists}/byOperation/read?expand=restrictions.user");
    let users = get(&stage, &root, &users).await;
    let listed = &users["restrictions"]["user"]["results"];
    assert_eq!(listed[0]["accountId"], root.account.as_str());
    assert_eq!(users["restrictions"]["_expandable"]["group"], "");
    let content = get(&stage, &root, &format!("{lists}?expand=content")).await;
    let read = &content["results"][0];
    assert_eq!(read["content"]["id"], id.as_str());
    assert!(read["restrictions"].get("user").is_none());

    let paged = format!("{lists}/byOperation/read?start=1&limit=5");
    let paged = get(&stage, &root, &paged).await;
    let users = &paged["restrictions"]["user"];
    assert_eq!((&users["start"], &users["limit"]), (&1.into(), &5.into()));
    assert_eq!(users["size"], 0);
}

#[tokio::test]
async fn what_is_asked_for_replaces_the_defaults_of_attachments_and_templates() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let uploaded = attach(&stage, &root, &id, "").await;
    assert_eq!(expanded(&uploaded), ["version", "container"]);
    let lean = attach(&stage, &root, &id, "?expand=space").await;
    assert_eq!(expanded(&lean), ["space"]);

    let list = format!("/content/{id}/child/attachment");
    let all = get(&stage, &root, &list).await;
    let first = &all["results"][0];
    assert_eq!(first["metadata"]["labels"]["size"], 0);
    assert_eq!(all["limit"], 25);
    let lean = get(&stage, &root, &format!("{list}?expand=version")).await;
    let first = &lean["results"][0];
    assert_eq!(expanded(first), ["version"]);
    // The media type of the file is still returned.
    assert_eq!(first["metadata"]["mediaType"], "text/plain");
    assert!(first["metadata"].get("labels").is_none());
    assert_eq!(first["_expandable"]["space"], "/rest/api/space/DOCS");

    let template = r#"{"name":"T","templateType":"page","body":{"storage":{"value":"<p>t</p>",
        "representation":"storage"}},"space":{"key":"DOCS"}}"#;
    let path = format!("{V1}/template");
    let template = stage.post(&root, &path, template).await.json();
    let path = format!("/template/{}", template["templateId"].as_str().unwrap());
    let whole = get(&stage, &root, &path).await;
    assert!(whole["body"]["storage"]["value"].is_string());
    let lean = get(&stage, &root, &format!("{path}?expand=space")).await;
    assert!(lean.get("body").is_none());
}
