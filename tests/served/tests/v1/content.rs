//! Pages, comments, files and restrictions over v1.

use axum::body::Body;
use http::{Method, Request};
use narthex_access::Credential;
use narthex_served::Stage;
use narthex_served::stage::nobody;
use narthex_site::account::Access;
use narthex_site::switch::SetSwitches;
use serde_json::json;

#[tokio::test]
async fn a_page_is_made_read_changed_trashed_restored_and_purged() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await;
    assert!(space["id"].is_u64());
    assert_eq!(space["homepage"]["type"], "page");
    let id = stage.page(&root, "DOCS", "Guide").await;
    let path = format!("/wiki/rest/api/content/{id}");

    let page = stage
        .get(
            &root,
            &format!("{path}/?expand=body.storage,ancestors,space,version"),
        )
        .await
        .json();
    assert_eq!(page["id"], id.as_str());
    assert_eq!(page["space"]["key"], "DOCS");
    assert_eq!(page["version"]["number"], 1);
    assert_eq!(page["version"]["by"]["accountId"], root.account.as_str());
    assert_eq!(page["body"]["storage"]["value"], "<p>Guide says</p>");
    assert_eq!(page["ancestors"][0]["id"], space["homepage"]["id"]);
    assert_eq!(page["_links"]["base"], "http://localhost/wiki");
    assert!(
        page["_links"]["webui"]
            .as_str()
            .unwrap()
            .starts_with("/spaces/DOCS/pages/")
    );

    let edit = r#"{"version":{"number":2,"message":"better"},"type":"page","title":"Guide 2",
        "body":{"storage":{"value":"<p>new</p>","representation":"storage"}}}"#;
    let edited = stage.json(&root, Method::PUT, &path, edit).await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    assert_eq!(edited.json()["version"]["message"], "better");
    assert_eq!(
        stage.json(&root, Method::PUT, &path, edit).await.status,
        409
    );

    let find = "/wiki/rest/api/content?spaceKey=docs&title=guide%202&expand=space";
    let found = stage.get(&root, find).await.json();
    assert_eq!(found["results"][0]["id"], id.as_str());

    let twice = r#"{"type":"page","title":"Guide 2","space":{"key":"DOCS"}}"#;
    let twice = stage.post(&root, "/wiki/rest/api/content", twice).await;
    assert_eq!(twice.status, 400);
    assert!(
        twice.text().contains("title already exists"),
        "{}",
        twice.text()
    );

    assert_eq!(
        stage.json(&root, Method::DELETE, &path, "").await.status,
        204
    );
    assert_eq!(stage.get(&root, &path).await.status, 404);
    assert_eq!(
        stage
            .get(&root, &format!("{path}?status=trashed"))
            .await
            .status,
        200
    );
    let restore = r#"{"version":{"number":3},"status":"current"}"#;
    assert_eq!(
        stage.json(&root, Method::PUT, &path, restore).await.status,
        200
    );
    assert_eq!(
        stage.json(&root, Method::DELETE, &path, "").await.status,
        204
    );
    let purge = stage
        .json(&root, Method::DELETE, &format!("{path}?status=trashed"), "")
        .await;
    assert_eq!(purge.status, 204, "{}", purge.text());
    assert_eq!(
        stage.get(&root, &format!("{path}?status=any")).await.status,
        404
    );
}

#[tokio::test]
async fn a_restricted_page_and_what_hangs_on_it_is_not_there_for_who_is_not_listed() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Plan").await;
    let path = format!("/wiki/rest/api/content/{id}");
    let list = format!(
        r#"[{{"operation":"read","restrictions":{{"user":[{{"type":"known","accountId":"{}"}}]}}}}]"#,
        root.account
    );
    let set = stage
        .json(&root, Method::PUT, &format!("{path}/restriction"), &list)
        .await;
    assert_eq!(set.status, 200, "{}", set.text());
    assert!(set.json()["restrictionsHash"].is_string());
    let missing = stage.get(&lena, "/wiki/rest/api/content/77").await;
    for below in [
        "",
        "/restriction",
        "/restriction/byOperation",
        "/child/comment",
        "/child/attachment",
    ] {
        let hidden = stage.get(&lena, &format!("{path}{below}")).await;
        assert_eq!(
            (hidden.status, &hidden.text()),
            (404, &missing.text()),
            "{below}"
        );
    }
    assert!(
        !stage
            .get(&lena, "/wiki/rest/api/content?limit=250")
            .await
            .text()
            .contains("Plan")
    );

    let user = format!(
        "{path}/restriction/byOperation/read/user?accountId={}",
        lena.account
    );
    assert_eq!(stage.get(&root, &user).await.status, 404);
    assert_eq!(stage.json(&root, Method::PUT, &user, "").await.status, 200);
    assert_eq!(stage.get(&lena, &path).await.status, 200);
    let both = stage
        .get(&lena, &format!("{path}/restriction/byOperation"))
        .await
        .json();
    assert_eq!(both["read"]["restrictions"]["user"]["size"], 2);
    assert_eq!(both["update"]["restrictions"]["group"]["size"], 0);
    assert_eq!(
        stage.json(&root, Method::DELETE, &user, "").await.status,
        200
    );
    assert_eq!(stage.get(&lena, &path).await.status, 404);
    let lifted = stage
        .json(&root, Method::DELETE, &format!("{path}/restriction"), "")
        .await;
    assert_eq!(lifted.status, 200);
    assert_eq!(stage.get(&lena, &path).await.status, 200);
}

#[tokio::test]
async fn only_an_explicit_empty_list_lifts_a_restriction() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Plan").await;
    let page = format!("/wiki/rest/api/content/{id}");
    let path = format!("{page}/restriction");
    let me = json!({"type": "known", "accountId": root.account});
    let sent = |restrictions: serde_json::Value| json!([{"operation": "read", "restrictions": restrictions}]);
    let set = async |method: Method, body: serde_json::Value| {
        let reply = stage.json(&root, method, &path, &body.to_string()).await;
        reply.status
    };
    assert_eq!(set(Method::PUT, sent(json!({"user": [me]}))).await, 200);
    assert_eq!(stage.get(&lena, &page).await.status, 404);

    let no_list = [
        json!({}),
        json!(null),
        json!({"users": [me]}),
        json!({"users": [me], "group": []}),
        json!({"user": [me], "groups": []}),
        json!({"User": []}),
        json!({"user": null, "group": null}),
        json!({"user": null}),
        json!({"user": {}}),
        json!({"user": {"results": null}}),
        json!({"user": {"size": 0}}),
        json!({"user": ""}),
        json!({"user": false, "group": []}),
        json!({"_expandable": {"user": "", "group": ""}}),
    ];
    for restrictions in no_list {
        for method in [Method::PUT, Method::POST] {
            for body in [
                sent(restrictions.clone()),
                json!({"results": sent(restrictions.clone())}),
            ] {
                let status = set(method.clone(), body).await;
                assert_eq!(status, 400, "{method} {restrictions}");
            }
        }
        assert_eq!(stage.get(&lena, &page).await.status, 404, "{restrictions}");
    }
    for nothing in [json!([]), json!({"results": []})] {
        assert_eq!(set(Method::PUT, nothing).await, 200);
        assert_eq!(stage.get(&lena, &page).await.status, 404);
    }
    assert_eq!(set(Method::POST, sent(json!({"user": []}))).await, 200);
    assert_eq!(stage.get(&lena, &page).await.status, 404);

    // The response can be sent back, and leaves the restriction as it is.
    let read = stage.get(&root, &path).await.json();
    assert_eq!(set(Method::PUT, read).await, 200);
    assert_eq!(stage.get(&lena, &page).await.status, 404);
    for empty in [
        json!({"user": []}),
        json!({"user": {"results": []}, "group": null}),
        json!({"group": []}),
    ] {
        assert_eq!(set(Method::PUT, sent(json!({"user": [me]}))).await, 200);
        assert_eq!(stage.get(&lena, &page).await.status, 404);
        assert_eq!(set(Method::PUT, sent(empty.clone())).await, 200);
        assert_eq!(stage.get(&lena, &page).await.status, 200, "{empty}");
    }
}

#[tokio::test]
async fn a_file_is_attached_listed_downloaded_given_a_new_version_and_deleted() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let path = format!("/wiki/rest/api/content/{id}/child/attachment");
    let upload = |method: Method, path: &str| {
        let form = "--x\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\nfirst\r\n\
            --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.html\"\r\n\
            Content-Type: text/html\r\n\r\n<b>hi</b>\r\n--x--\r\n";
        let request = Request::builder().method(method).uri(path);
        let request = request.header("content-type", "multipart/form-data; boundary=x");
        request
            .header("x-atlassian-token", "nocheck")
            .body(Body::from(form))
            .unwrap()
    };
    let made = stage.send(&root, upload(Method::POST, &path)).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let made = made.json();
    let attachment = made["results"][0]["id"].as_str().unwrap().to_owned();
    assert!(attachment.starts_with("att"));
    let again = stage.send(&root, upload(Method::POST, &path)).await;
    assert_eq!(again.status, 400);
    assert!(again.text().contains("same file name"), "{}", again.text());
    let version = stage
        .send(
            &root,
            upload(Method::POST, &format!("{path}/{attachment}/data")),
        )
        .await;
    assert_eq!(version.json()["version"]["number"], 2, "{}", version.text());

    let file = stage
        .get(&root, &format!("{path}/{attachment}/download"))
        .await;
    assert_eq!((file.status, file.text().as_str()), (200, "<b>hi</b>"));
    assert!(
        file.header("content-disposition")
            .unwrap()
            .starts_with("attachment;")
    );
    assert_eq!(file.header("x-content-type-options").unwrap(), "nosniff");
    let by_name = format!("/wiki/download/attachments/{id}/a%20b.html");
    let unchanged = Request::get(&by_name).header("if-none-match", file.header("etag").unwrap());
    let unchanged = stage
        .send(&root, unchanged.body(Body::empty()).unwrap())
        .await;
    assert_eq!((unchanged.status, unchanged.text().as_str()), (304, ""));
    let part = Request::get(&by_name)
        .header("range", "bytes=3-4")
        .body(Body::empty())
        .unwrap();
    let part = stage.send(&root, part).await;
    assert_eq!((part.status, part.text().as_str()), (206, "hi"));
    assert_eq!(stage.get(&nobody(), &by_name).await.status, 404);

    let file = format!("/wiki/rest/api/content/{attachment}");
    assert_eq!(
        stage.json(&root, Method::DELETE, &file, "").await.status,
        204
    );
    assert_eq!(stage.get(&root, &path).await.json()["size"], 0);
}

#[tokio::test]
async fn through_an_open_channel_one_sees_the_current_version_and_nothing_of_the_past() {
    let stage = Stage::new().await;
    let (root, ute) = (stage.root().await, stage.person("ute", Access::None).await);
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let edit = r#"{"version":{"number":2,"message":"a secret remark"},"title":"Guide",
        "body":{"storage":{"value":"<p>new</p>"}}}"#;
    let path = format!("/wiki/rest/api/content/{id}");
    assert_eq!(
        stage.json(&root, Method::PUT, &path, edit).await.status,
        200
    );
    let on = SetSwitches {
        jsm_access: Some(true),
        ..SetSwitches::default()
    };
    stage
        .site
        .set_switches(&Credential::Operator, on)
        .await
        .unwrap();
    stage
        .post(
            &root,
            "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview",
            r#"{"enablePermission":true,"spaceKey":"DOCS"}"#,
        )
        .await;
    let all = "expand=history.lastUpdated,history.contributors,version,space.permissions,restrictions.read";
    let seen = stage.get(&ute, &format!("{path}?{all}")).await;
    assert_eq!(seen.status, 200);
    assert!(!seen.text().contains("secret remark"));
    let seen = seen.json();
    assert_eq!(seen["version"]["number"], 2);
    assert_eq!(seen["version"]["by"]["type"], "unknown");
    assert!(seen["history"]["contributors"].is_null());
    assert_eq!(seen["space"]["permissions"], serde_json::json!([]));
    let permissions = stage
        .get(&root, "/wiki/rest/api/space/DOCS?expand=permissions")
        .await
        .json();
    let rows = permissions["permissions"].as_array().unwrap();
    let open: Vec<_> = rows
        .iter()
        .filter(|row| row["unlicensedAccess"] == true)
        .collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["operation"]["operation"], "read");
    let row = format!("/wiki/rest/api/space/DOCS/permission/{}", open[0]["id"]);
    assert_eq!(
        stage.json(&root, Method::DELETE, &row, "").await.status,
        204
    );
    assert_eq!(stage.get(&ute, &path).await.status, 404);
}

#[tokio::test]
async fn comments_are_written_answered_and_resolved() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let body = format!(
        r#"{{"type":"comment","container":{{"id":"{page}","type":"page"}},
           "body":{{"storage":{{"value":"<p>well</p>","representation":"storage"}}}}}}"#
    );
    let made = stage.post(&root, "/wiki/rest/api/content", &body).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let made = made.json();
    assert_eq!(made["type"], "comment");
    let list = format!("/wiki/rest/api/content/{page}/child/comment?expand=body.view,version");
    let list = stage.get(&root, &list).await.json();
    assert_eq!(list["results"][0]["id"], made["id"]);
    assert_eq!(list["results"][0]["body"]["view"]["value"], "<p>well</p>");
}

#[tokio::test]
async fn an_administrator_learns_why_somebody_may_not() {
    let stage = Stage::new().await;
    let (root, ute) = (stage.root().await, stage.person("ute", Access::None).await);
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let path = format!("/wiki/rest/api/content/{page}/permission/check");
    let ask = |identifier: &str, operation: &str| {
        format!(
            r#"{{"subject":{{"type":"user","identifier":"{identifier}"}},"operation":"{operation}"}}"#
        )
    };
    let own = stage
        .post(&root, &path, &ask(&root.account, "update"))
        .await;
    assert_eq!(own.json()["hasPermission"], true, "{}", own.text());
    for whom in [ute.account.as_str(), "anonymous"] {
        let other = stage.post(&root, &path, &ask(whom, "read")).await.json();
        assert_eq!(other["hasPermission"], false);
        assert_eq!(other["errors"][0]["key"], "no-channel");
    }
    let hidden = stage.post(&ute, &path, &ask(&ute.account, "read")).await;
    assert_eq!(hidden.status, 404);
}

#[tokio::test]
async fn a_head_request_is_a_get_without_its_body() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let request = Request::head("/wiki/rest/api/space")
        .body(Body::empty())
        .unwrap();
    let head = stage.send(&root, request).await;
    assert_eq!((head.status, head.text().as_str()), (200, ""));
    let get = stage.get(&root, "/wiki/rest/api/space").await;
    assert_eq!(
        head.header("content-length").unwrap(),
        get.text().len().to_string()
    );
}
