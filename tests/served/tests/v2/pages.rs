//! Spaces, pages and comments over v2.

use http::Method;
use narthex_served::Stage;
use narthex_served::stage::{Caller, nobody};
use narthex_site::account::Access;
use serde_json::json;

#[tokio::test]
async fn a_page_is_made_listed_in_pages_changed_and_deleted() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let made = stage
        .post(
            &root,
            "/wiki/api/v2/spaces/",
            r#"{"key":"DOCS","name":"Docs"}"#,
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let space = made.json();
    let id = space["id"].as_str().unwrap();
    for title in ["One", "Two", "Three"] {
        let body = format!(
            r#"{{"spaceId":"{id}","status":"current","title":"{title}",
               "body":{{"representation":"storage","value":"<p>{title}</p>"}}}}"#
        );
        let page = stage.post(&root, "/wiki/api/v2/pages", &body).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        assert_eq!(page["parentId"], space["homepageId"]);
        assert_eq!(page["parentType"], "page");
        assert_eq!(page["authorId"], root.account.as_str());
        assert_eq!(page["body"]["storage"]["value"], format!("<p>{title}</p>"));
    }
    let mut path = format!("/wiki/api/v2/pages?space-id={id}&limit=2");
    let mut titles = Vec::new();
    loop {
        let reply = stage.get(&root, &path).await;
        let link = reply.header("link").unwrap().to_owned();
        let list = reply.json();
        let results = list["results"].as_array().unwrap();
        titles.extend(
            results
                .iter()
                .map(|page| page["title"].as_str().unwrap().to_owned()),
        );
        match list["_links"]["next"].as_str() {
            Some(next) => {
                assert!(next.starts_with("/wiki/api/v2/pages?"));
                assert!(link.contains("rel=\"next\""));
                path = next.to_owned();
            }
            None => break,
        }
    }
    titles.sort();
    assert_eq!(titles.len(), 4, "{titles:?}");
    let sorted = format!("/wiki/api/v2/spaces/{id}/pages?sort=-title&limit=2");
    let sorted = stage.get(&root, &sorted).await.json();
    assert_eq!(sorted["results"][0]["title"], "Two");

    let found = stage
        .get(&root, "/wiki/api/v2/pages?title=two&body-format=view")
        .await
        .json();
    let page = found["results"][0].clone();
    assert_eq!(page["body"]["view"]["value"], "<p>Two</p>");
    let path = format!("/wiki/api/v2/pages/{}", page["id"].as_str().unwrap());
    let edit = format!(
        r#"{{"id":{},"status":"current","title":"Second","version":{{"number":2,"message":"m"}},
           "body":{{"storage":{{"representation":"storage","value":"<p>2</p>"}}}}}}"#,
        page["id"]
    );
    let edited = stage.json(&root, Method::PUT, &path, &edit).await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    assert_eq!(edited.json()["version"]["message"], "m");
    assert_eq!(
        stage.json(&root, Method::PUT, &path, &edit).await.status,
        409
    );
    assert_eq!(
        stage.json(&root, Method::DELETE, &path, "").await.status,
        204
    );
    assert_eq!(stage.get(&root, &path).await.status, 404);
    let again = stage.get(&root, &path.replace("pages", "blogposts")).await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn a_refused_action_is_404_that_names_the_right_and_a_hidden_page_one_that_names_nothing() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let path = format!("/wiki/api/v2/pages/{id}");
    let refused = stage.json(&lena, Method::DELETE, &path, "").await;
    assert_eq!(refused.status, 404);
    assert!(
        refused.json()["errors"][0]["detail"]
            .as_str()
            .unwrap()
            .contains("delete")
    );
    let missing = stage.get(&lena, "/wiki/api/v2/pages/1").await;
    assert_eq!(
        missing.text(),
        r#"{"errors":[{"status":404,"code":"NOT_FOUND","title":"Not Found","detail":null}]}"#
    );
    assert_eq!(stage.get(&nobody(), &path).await.text(), missing.text());
}

#[tokio::test]
async fn the_permissions_of_a_space_are_shown_through_own_and_an_empty_list_elsewhere() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await;
    let path = format!("/wiki/api/v2/spaces/{}/permissions?limit=250", space["id"]);
    let list = stage.get(&root, &path).await.json();
    let rows = list["results"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["principal"]["type"] == "role"
        && row["principal"]["id"] == "all-licensed-users"
        && row["operation"]["key"] == "read"
        && row["operation"]["targetType"] == "space"));
    assert_eq!(stage.get(&nobody(), &path).await.status, 404);
    let known = stage
        .get(&root, "/wiki/api/v2/space-permissions?limit=3")
        .await
        .json();
    assert_eq!(known["results"].as_array().unwrap().len(), 3);
    assert!(known["_links"]["next"].is_string());
}

#[tokio::test]
async fn comments_make_threads() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let say = |members: &str| {
        format!(r#"{{{members},"body":{{"representation":"storage","value":"<p>hm</p>"}}}}"#)
    };
    let first = say(&format!(r#""pageId":"{page}""#));
    let first = stage
        .post(&root, "/wiki/api/v2/footer-comments", &first)
        .await;
    assert_eq!(first.status, 201, "{}", first.text());
    let first = first.json();
    let id = first["id"].as_str().unwrap();
    let answer = say(&format!(r#""parentCommentId":"{id}""#));
    let answer = stage
        .post(&root, "/wiki/api/v2/footer-comments", &answer)
        .await
        .json();
    assert_eq!(answer["parentCommentId"], id);
    let threads = stage
        .get(&root, &format!("/wiki/api/v2/pages/{page}/footer-comments"))
        .await
        .json();
    assert_eq!(threads["results"].as_array().unwrap().len(), 1);
    let path = format!("/wiki/api/v2/footer-comments/{id}");
    let answers = stage.get(&root, &format!("{path}/children")).await.json();
    assert_eq!(answers["results"][0]["id"], answer["id"]);
    let edit = r#"{"version":{"number":2},"body":{"storage":{"value":"<p>oh</p>"}}}"#;
    assert_eq!(
        stage.json(&root, Method::PUT, &path, edit).await.json()["version"]["number"],
        2
    );
    assert_eq!(
        stage.json(&root, Method::DELETE, &path, "").await.status,
        204
    );
    assert_eq!(stage.get(&root, &path).await.status, 404);
}

/// Makes a comment over v2, and returns its id.
async fn say(stage: &Stage, who: &Caller, path: &str, members: serde_json::Value) -> String {
    let mut comment = members;
    comment["body"] = json!({"representation": "storage", "value": "<p>hm</p>"});
    let made = stage.post(who, path, &comment.to_string()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn answers_to_a_comment_that_is_deleted_go_up_and_both_versions_of_the_api_list_them() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let post = json!({
        "type": "blogpost", "title": "News", "space": {"key": "DOCS"},
        "body": {"storage": {"value": "<p>News says</p>", "representation": "storage"}},
    });
    let post = stage
        .post(&root, "/wiki/rest/api/content", &post.to_string())
        .await;
    let post = post.json()["id"].as_str().unwrap().to_owned();
    let passage = json!({
        "textSelection": "says", "textSelectionMatchCount": 1, "textSelectionMatchIndex": 0,
    });
    let cases = [
        ("footer", "pages", json!({"pageId": page})),
        ("footer", "blogposts", json!({"blogPostId": post})),
        (
            "inline",
            "pages",
            json!({"pageId": page, "inlineCommentProperties": passage}),
        ),
        (
            "inline",
            "blogposts",
            json!({"blogPostId": post, "inlineCommentProperties": passage}),
        ),
    ];
    for (place, kind, first) in cases {
        let comments = format!("/wiki/api/v2/{place}-comments");
        let on = if kind == "pages" { &page } else { &post };
        let first = say(&stage, &root, &comments, first).await;
        let below = async |parent: &str| {
            say(&stage, &root, &comments, json!({"parentCommentId": parent})).await
        };
        let second = below(&first).await;
        let third = below(&second).await;
        let fourth = below(&third).await;
        let other = below(&first).await;

        let ids = async |path: String| {
            let list = stage.get(&root, &path).await.json();
            let results = list["results"].as_array().unwrap().iter();
            let mut ids: Vec<String> = results
                .map(|it| it["id"].as_str().unwrap().to_owned())
                .collect();
            ids.sort();
            ids
        };
        let threads = async || {
            let second_version = ids(format!("/wiki/api/v2/{kind}/{on}/{place}-comments")).await;
            let first_version =
                format!("/wiki/rest/api/content/{on}/child/comment?location={place}");
            assert_eq!(ids(first_version).await, second_version);
            second_version
        };
        let sorted = |of: &[&String]| {
            let mut ids: Vec<String> = of.iter().map(|id| (*id).clone()).collect();
            ids.sort();
            ids
        };
        let delete = async |id: &str| {
            let gone = stage
                .json(&root, Method::DELETE, &format!("{comments}/{id}"), "")
                .await;
            assert_eq!(gone.status, 204, "{}", gone.text());
        };
        let parent = async |id: &str| {
            let comment = stage.get(&root, &format!("{comments}/{id}")).await.json();
            let v1 = format!("/wiki/rest/api/content/{id}?expand=ancestors");
            let v1 = stage.get(&root, &v1).await.json();
            let nearest = v1["ancestors"].as_array().unwrap().last().cloned();
            let nearest = nearest.map(|above| above["id"].clone());
            let parent = comment.get("parentCommentId").cloned();
            assert_eq!(parent.clone().filter(|it| !it.is_null()), nearest);
            parent.and_then(|it| it.as_str().map(str::to_owned))
        };

        assert_eq!(threads().await, sorted(&[&first]));
        // Deleting in the middle of a thread moves the replies up by one.
        delete(&third).await;
        assert_eq!(parent(&fourth).await.as_ref(), Some(&second));
        assert_eq!(
            ids(format!("{comments}/{second}/children")).await,
            sorted(&[&fourth])
        );
        // Deleting at its beginning: each reply begins a thread, with its own replies below it.
        delete(&first).await;
        assert_eq!(threads().await, sorted(&[&second, &other]));
        assert_eq!(parent(&second).await, None);
        assert_eq!(parent(&fourth).await.as_ref(), Some(&second));
        assert_eq!(
            ids(format!("{comments}/{second}/children")).await,
            sorted(&[&fourth])
        );
        if place == "inline" {
            let comment = stage
                .get(&root, &format!("{comments}/{second}"))
                .await
                .json();
            assert_eq!(comment["properties"]["inlineOriginalSelection"], "says");
            let resolve = json!({"version": {"number": 2}, "resolved": true}).to_string();
            let path = format!("{comments}/{second}");
            let resolved = stage.json(&root, Method::PUT, &path, &resolve).await;
            assert_eq!(resolved.status, 200, "{}", resolved.text());
        }
        for id in [&second, &other, &fourth] {
            delete(id).await;
        }
        assert_eq!(threads().await, Vec::<String>::new());
    }
}
