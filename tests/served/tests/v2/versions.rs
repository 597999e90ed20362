//! Versions, operations, comments and attachments over v2.

use axum::body::Body;
use http::{Method, Request};
use narthex_access::Credential;
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::account::Access;
use narthex_site::switch::{SetSpaceSwitch, SetSwitches, SpaceSwitch};

/// Makes a site whose space every active account may view.
async fn open_space(stage: &Stage, root: &Caller) -> String {
    let id = stage.space(root, "DOCS").await["id"].to_string();
    let switches = SetSwitches {
        jsm_access: Some(true),
        ..SetSwitches::default()
    };
    let set = stage
        .site
        .set_switches(&Credential::Operator, switches)
        .await;
    set.unwrap();
    let wanted = SetSpaceSwitch {
        space_key: "DOCS".into(),
        switch: SpaceSwitch::UnlicensedView,
        on: true,
    };
    let set = stage
        .site
        .set_space_switches(&Credential::Operator, vec![wanted]);
    set.await.unwrap();
    id
}

async fn edited(stage: &Stage, who: &Caller, id: &str, number: u32) {
    let path = format!("/wiki/api/v2/pages/{id}");
    let edit = format!(
        r#"{{"id":"{id}","status":"current","title":"Title {number}","version":{{"number":{number},"message":"why {number}"}},
           "body":{{"representation":"storage","value":"<p>text {number}</p>"}}}}"#
    );
    let done = stage.json(who, Method::PUT, &path, &edit).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

#[tokio::test]
async fn the_past_of_a_page_is_read_by_own_and_refused_by_name_to_who_came_through_an_open_door() {
    let stage = Stage::new().await;
    let (root, una) = (stage.root().await, stage.person("una", Access::None).await);
    open_space(&stage, &root).await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    edited(&stage, &root, &id, 2).await;
    edited(&stage, &root, &id, 3).await;
    let page = format!("/wiki/api/v2/pages/{id}");

    let path = format!("{page}/versions?limit=2&body-format=storage");
    let list = stage.get(&root, &path).await.json();
    assert_eq!(list["results"][0]["number"], 3);
    assert_eq!(list["results"][1]["message"], "why 2");
    assert_eq!(list["results"][1]["page"]["title"], "Title 2");
    assert_eq!(
        list["results"][1]["page"]["body"]["storage"]["value"],
        "<p>text 2</p>"
    );
    let next = list["_links"]["next"].as_str().unwrap();
    let last = stage.get(&root, next).await.json();
    assert_eq!(last["results"][0]["number"], 1);
    assert!(last["_links"]["next"].is_null());
    let oldest = stage
        .get(&root, &format!("{page}/versions?sort=modified-date"))
        .await
        .json();
    assert_eq!(oldest["results"][0]["number"], 1);

    let second = stage.get(&root, &format!("{page}/versions/2")).await.json();
    assert_eq!(
        (&second["prevVersion"], &second["nextVersion"]),
        (&1.into(), &3.into())
    );
    assert_eq!(second["authorId"], root.account.as_str());
    assert_eq!(
        stage.get(&root, &format!("{page}/versions/4")).await.status,
        404
    );
    let former = format!(
        "{page}?version=1&body-format=storage&include-versions=true&include-operations=true"
    );
    let former = stage.get(&root, &former).await.json();
    assert_eq!(
        (&former["title"], &former["status"]),
        (&"Guide".into(), &"historical".into())
    );
    assert_eq!(former["body"]["storage"]["value"], "<p>Guide says</p>");
    assert_eq!(former["versions"]["results"].as_array().unwrap().len(), 3);
    assert_eq!(former["versions"]["meta"]["hasMore"], false);
    let verbs = former["operations"]["results"].as_array().unwrap();
    assert!(
        verbs
            .iter()
            .any(|it| it["operation"] == "update" && it["targetType"] == "page")
    );

    assert_eq!(stage.get(&una, &page).await.json()["version"]["number"], 3);
    let current = stage
        .get(&una, &format!("{page}?version=3&include-versions=true"))
        .await
        .json();
    assert!(
        current["versions"]["results"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    for past in ["versions", "versions/1", "versions/9"] {
        let refused = stage.get(&una, &format!("{page}/{past}")).await;
        assert_eq!(refused.status, 404);
        assert!(
            refused.text().contains("a permission of your own"),
            "{}",
            refused.text()
        );
    }
    let refused = stage.get(&una, &format!("{page}?version=1")).await;
    assert!(
        refused.text().contains("a permission of your own"),
        "{}",
        refused.text()
    );
    let may = stage.get(&una, &format!("{page}/operations")).await.json();
    let may = may["operations"].as_array().unwrap();
    assert!(
        may.iter()
            .all(|it| it["operation"] == "read" || it["operation"] == "export"),
        "{may:?}"
    );
    let without = stage
        .get(&root, &format!("{page}?include-version=false"))
        .await
        .json();
    assert!(without.get("version").is_none());
}

#[tokio::test]
async fn all_comments_are_listed_and_each_keeps_its_versions() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let mut ids = Vec::new();
    for n in 1..=3 {
        let say = format!(
            r#"{{"pageId":"{page}","body":{{"representation":"storage","value":"<p>said {n}</p>"}}}}"#
        );
        let said = stage
            .post(&root, "/wiki/api/v2/footer-comments", &say)
            .await
            .json();
        ids.push(said["id"].as_str().unwrap().to_owned());
    }
    let comment = format!("/wiki/api/v2/footer-comments/{}", ids[0]);
    let edit =
        r#"{"version":{"number":2},"body":{"representation":"storage","value":"<p>oh</p>"}}"#;
    assert_eq!(
        stage.json(&root, Method::PUT, &comment, edit).await.status,
        200
    );

    let all = stage
        .get(&root, "/wiki/api/v2/footer-comments?limit=2")
        .await
        .json();
    let more = stage
        .get(&root, all["_links"]["next"].as_str().unwrap())
        .await
        .json();
    let both = [&all, &more].map(|list| list["results"].as_array().unwrap().len());
    assert_eq!(both, [2, 1]);
    let versions = format!("{comment}/versions?body-format=storage");
    let versions = stage.get(&root, &versions).await.json();
    assert_eq!(
        versions["results"][1]["comment"]["body"]["storage"]["value"],
        "<p>said 1</p>"
    );
    let first = stage
        .get(&root, &format!("{comment}?version=1&body-format=storage"))
        .await
        .json();
    assert_eq!(first["body"]["storage"]["value"], "<p>said 1</p>");
    assert_eq!(
        stage.json(&root, Method::DELETE, &comment, "").await.status,
        204
    );
    for gone in ["", "/versions", "/operations", "/children"] {
        assert_eq!(
            stage.get(&root, &format!("{comment}{gone}")).await.status,
            404
        );
    }
    let of_page = format!("/wiki/api/v2/pages/{page}/footer-comments?sort=-created-date");
    let live = stage.get(&root, &of_page).await.json();
    assert_eq!(live["results"].as_array().unwrap().len(), 2);
    let trashed = stage
        .get(&root, &format!("{of_page}&status=trashed"))
        .await
        .json();
    assert_eq!(trashed["results"][0]["id"], ids[0].as_str());
    assert_eq!(trashed["results"][0]["status"], "trashed");
    let inline = stage
        .get(&root, &format!("/wiki/api/v2/inline-comments/{}", ids[1]))
        .await;
    assert_eq!(inline.status, 404);
}

#[tokio::test]
async fn attachments_are_found_by_name_type_and_status_and_purged_from_the_trash() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let upload = async |name: &str, method: Method| {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/plain\r\n\r\nbytes\r\n--x\r\n\
             Content-Disposition: form-data; name=\"comment\"\r\n\r\nremark\r\n--x--\r\n"
        );
        let request = Request::builder()
            .method(method)
            .uri(format!("/wiki/rest/api/content/{page}/child/attachment"))
            .header("content-type", "multipart/form-data; boundary=x")
            .header("x-atlassian-token", "no-check");
        let request = request.body(Body::from(body)).unwrap();
        let reply = stage.send(&root, request).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()["results"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let a = upload("a.txt", Method::POST).await;
    let b = upload("b.txt", Method::POST).await;
    upload("a.txt", Method::PUT).await;

    let named = |path: &str| format!("/wiki/api/v2/{path}");
    let all = stage
        .get(&root, &named("attachments?sort=-created-date&limit=1"))
        .await
        .json();
    let next = all["_links"]["next"].as_str().unwrap();
    assert_eq!(
        stage.get(&root, next).await.json()["results"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let found = stage
        .get(
            &root,
            &named("attachments?filename=a.txt&mediaType=text/plain"),
        )
        .await
        .json();
    assert_eq!(found["results"][0]["id"], a.as_str());
    assert_eq!(found["results"][0]["version"]["number"], 2);
    let versions = stage
        .get(&root, &named(&format!("attachments/{a}/versions")))
        .await
        .json();
    assert_eq!(versions["results"][1]["attachment"]["id"], a.as_str());
    let first = stage
        .get(&root, &named(&format!("attachments/{a}?version=1")))
        .await
        .json();
    assert_eq!(first["status"], "historical");
    assert!(
        first["downloadLink"]
            .as_str()
            .unwrap()
            .ends_with("?version=1")
    );

    let file = named(&format!("attachments/{b}"));
    let early = stage
        .json(&root, Method::DELETE, &format!("{file}?purge=true"), "")
        .await;
    assert_eq!(early.status, 400, "{}", early.text());
    assert_eq!(
        stage.json(&root, Method::DELETE, &file, "").await.status,
        204
    );
    let trash = named(&format!("pages/{page}/attachments?status=trashed"));
    let trashed = stage.get(&root, &trash).await.json();
    assert_eq!(trashed["results"][0]["id"], b.as_str());
    let purged = stage
        .json(&root, Method::DELETE, &format!("{file}?purge=true"), "")
        .await;
    assert_eq!(purged.status, 204, "{}", purged.text());
    let trashed = stage.get(&root, &trash).await.json();
    assert!(trashed["results"].as_array().unwrap().is_empty());
}
