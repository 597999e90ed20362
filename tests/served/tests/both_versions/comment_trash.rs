//! Comments in the trash: listed, read, restored and purged by administrators of the space.

use http::Method;
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::account::Access;
use serde_json::Value;

const V1: &str = "/wiki/rest/api/content";

/// Makes a page, and a comment on it by somebody who doesn't administer the space. Returns their
/// ids in both APIs.
async fn commented(stage: &Stage, root: &Caller, lena: &Caller) -> (String, String) {
    stage.space(root, "DOCS").await;
    let page = stage.page(root, "DOCS", "Guide").await;
    let new = format!(
        r#"{{"pageId":"{page}","body":{{"representation":"storage","value":"<p>a remark</p>"}}}}"#
    );
    let made = stage
        .json(lena, Method::POST, "/wiki/api/v2/footer-comments", &new)
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    (page, id)
}

async fn trashed(stage: &Stage, who: &Caller, page: &str) -> Vec<Value> {
    let path =
        format!("/wiki/api/v2/pages/{page}/footer-comments?status=trashed&body-format=storage");
    let list = stage.get(who, &path).await.json();
    list["results"].as_array().unwrap().clone()
}

fn restore(number: u32) -> String {
    format!(r#"{{"type":"comment","status":"current","version":{{"number":{number}}}}}"#)
}

#[tokio::test]
async fn a_deleted_comment_comes_back_with_its_text_and_goes_for_good_by_an_administrator_alone() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let (page, id) = commented(&stage, &root, &lena).await;
    let one = format!("{V1}/{id}");

    // A live comment is neither restored nor purged.
    let purge = format!("{one}?status=trashed");
    assert_eq!(
        stage.json(&root, Method::DELETE, &purge, "").await.status,
        400
    );
    assert!(trashed(&stage, &root, &page).await.is_empty());
    assert_eq!(
        stage.json(&root, Method::DELETE, &one, "").await.status,
        204
    );

    let listed = trashed(&stage, &root, &page).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["id"], id.as_str());
    assert_eq!(listed[0]["body"]["storage"]["value"], "<p>a remark</p>");
    assert!(trashed(&stage, &lena, &page).await.is_empty());
    let read = stage
        .get(&root, &format!("{one}?status=trashed&expand=operations"))
        .await
        .json();
    assert_eq!(read["status"], "trashed");
    let operations: Vec<_> = read["operations"].as_array().unwrap().iter().collect();
    let may = |verb: &str| operations.iter().any(|it| it["operation"] == verb);
    assert!(
        may("restore") && may("purge") && !may("update"),
        "{operations:?}"
    );

    for (method, path, body) in [
        (Method::PUT, &one, restore(2)),
        (Method::DELETE, &purge, String::new()),
    ] {
        let refused = stage.json(&lena, method.clone(), path, &body).await;
        assert_eq!(refused.status, 404, "{method} {}", refused.text());
    }
    let late = stage.json(&root, Method::PUT, &one, &restore(1)).await;
    assert_eq!(late.status, 409, "{}", late.text());
    let back = stage.json(&root, Method::PUT, &one, &restore(2)).await;
    assert_eq!(back.status, 200, "{}", back.text());
    let read = stage
        .get(&lena, &format!("{one}?expand=body.storage,version"))
        .await
        .json();
    assert_eq!(read["status"], "current");
    assert_eq!(read["version"]["number"], 2);
    assert_eq!(read["body"]["storage"]["value"], "<p>a remark</p>");

    assert_eq!(
        stage.json(&root, Method::DELETE, &one, "").await.status,
        204
    );
    assert_eq!(
        stage.json(&root, Method::DELETE, &purge, "").await.status,
        204
    );
    assert!(trashed(&stage, &root, &page).await.is_empty());
    for (method, path, body) in [
        (Method::GET, format!("{one}?status=any"), String::new()),
        (Method::PUT, one.clone(), restore(3)),
        (Method::DELETE, purge.clone(), String::new()),
    ] {
        let gone = stage.json(&root, method.clone(), &path, &body).await;
        assert_eq!(gone.status, 404, "{method} {}", gone.text());
    }
}

#[tokio::test]
async fn a_comment_is_not_restored_on_a_page_that_is_in_the_trash() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let (page, id) = commented(&stage, &root, &lena).await;
    let (one, of_page) = (format!("{V1}/{id}"), format!("{V1}/{page}"));
    for path in [&one, &of_page] {
        assert_eq!(
            stage.json(&root, Method::DELETE, path, "").await.status,
            204
        );
    }
    let refused = stage.json(&root, Method::PUT, &one, &restore(2)).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(
        refused.text().contains("restore that first"),
        "{}",
        refused.text()
    );
    // The page is restored without its comment, and then the comment is.
    let back = r#"{"type":"page","title":"Guide","status":"current","version":{"number":2}}"#;
    assert_eq!(
        stage.json(&root, Method::PUT, &of_page, back).await.status,
        200
    );
    assert_eq!(stage.get(&lena, &one).await.status, 404);
    assert_eq!(
        stage
            .json(&root, Method::PUT, &one, &restore(2))
            .await
            .status,
        200
    );
    assert_eq!(stage.get(&lena, &one).await.status, 200);
}

#[tokio::test]
async fn a_restored_answer_stands_below_what_its_comment_answered_where_that_is_gone() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let (_, id) = commented(&stage, &root, &lena).await;
    let new = format!(
        r#"{{"parentCommentId":"{id}","body":{{"representation":"storage","value":"<p>an answer</p>"}}}}"#
    );
    let made = stage
        .json(&lena, Method::POST, "/wiki/api/v2/footer-comments", &new)
        .await;
    let answer = made.json()["id"].as_str().unwrap().to_owned();
    let (one, of_answer) = (format!("{V1}/{id}"), format!("{V1}/{answer}"));
    // The reply goes first, and then the comment that it replied to.
    for path in [&of_answer, &one] {
        assert_eq!(
            stage.json(&root, Method::DELETE, path, "").await.status,
            204
        );
    }
    let purge = format!("{one}?status=trashed");
    assert_eq!(
        stage.json(&root, Method::DELETE, &purge, "").await.status,
        204
    );
    let back = stage
        .json(&root, Method::PUT, &of_answer, &restore(2))
        .await;
    assert_eq!(back.status, 200, "{}", back.text());
    let read = stage
        .get(&lena, &format!("/wiki/api/v2/footer-comments/{answer}"))
        .await
        .json();
    assert!(read["parentCommentId"].is_null(), "{read}");
    assert_eq!(read["status"], "current");
}

#[tokio::test]
async fn nothing_is_restored_where_all_is_read_only() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let (page, id) = commented(&stage, &root, &lena).await;
    let one = format!("{V1}/{id}");
    let deleted = stage.json(&root, Method::DELETE, &one, "").await;
    assert_eq!(deleted.status, 204);
    let archive = format!(r#"{{"pages":[{{"id":{page}}}]}}"#);
    let archived = stage.post(&root, &format!("{V1}/archive"), &archive).await;
    assert_eq!(archived.status, 202, "{}", archived.text());
    let refused = stage.json(&root, Method::PUT, &one, &restore(2)).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(refused.text().contains("archived"), "{}", refused.text());
    // Deleting for good changes nothing that is read.
    let purge = format!("{one}?status=trashed");
    let purged = stage.json(&root, Method::DELETE, &purge, "").await;
    assert_eq!(purged.status, 204, "{}", purged.text());
}
