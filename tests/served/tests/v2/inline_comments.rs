//! Inline comments over v2.

use http::Method;
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::account::Access;

async fn page(stage: &Stage, who: &Caller) -> String {
    stage.space(who, "DOCS").await;
    let body = r#"{"type":"page","title":"Guide","space":{"key":"DOCS"},
        "body":{"storage":{"value":"<p>press the <b>red</b> button, then the green button</p>","representation":"storage"}}}"#;
    let made = stage.post(who, "/wiki/rest/api/content", body).await;
    made.json()["id"].as_str().unwrap().to_owned()
}

fn about(page: &str, words: &str, count: u32, index: u32) -> String {
    format!(
        r#"{{"pageId":"{page}","body":{{"representation":"storage","value":"<p>why?</p>"}},
           "inlineCommentProperties":{{"textSelection":"{words}","textSelectionMatchCount":{count},"textSelectionMatchIndex":{index}}}}}"#
    )
}

#[tokio::test]
async fn a_thread_at_a_passage_is_answered_resolved_reopened_and_left_dangling() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let page = page(&stage, &root).await;
    let all = "/wiki/api/v2/inline-comments";
    let made = stage
        .post(&root, all, &about(&page, "the red button", 1, 0))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let thread = made.json();
    let id = thread["id"].as_str().unwrap();
    let path = format!("{all}/{id}");
    assert_eq!(made.header("location").unwrap(), path.as_str());
    assert_eq!(thread["resolutionStatus"], "open");
    assert_eq!(
        thread["properties"]["inlineOriginalSelection"],
        "the red button"
    );
    assert_eq!(
        thread["properties"]["inlineMarkerRef"]
            .as_str()
            .unwrap()
            .len(),
        36
    );
    for (words, count, index) in [
        ("blue", 1, 0),
        ("button", 2, 2),
        ("button", 9, 5),
        ("", 1, 0),
    ] {
        let refused = stage
            .post(&root, all, &about(&page, words, count, index))
            .await;
        assert_eq!(refused.status, 400, "{words}: {}", refused.text());
    }
    let answer = format!(
        r#"{{"parentCommentId":"{id}","body":{{"representation":"storage","value":"<p>so</p>"}}}}"#
    );
    let answered = stage.post(&root, all, &answer).await;
    assert_eq!(answered.status, 201, "{}", answered.text());
    let answered = answered.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        stage
            .post(&root, "/wiki/api/v2/footer-comments", &answer)
            .await
            .status,
        404
    );

    let set = |number: u32, resolved: bool| {
        format!(r#"{{"version":{{"number":{number}}},"resolved":{resolved}}}"#)
    };
    let resolved = stage.json(&root, Method::PUT, &path, &set(2, true)).await;
    assert_eq!(resolved.status, 200, "{}", resolved.text());
    let resolved = resolved.json();
    assert_eq!(resolved["resolutionStatus"], "resolved");
    assert_eq!(resolved["resolutionLastModifierId"], root.account.as_str());
    let child = format!("{all}/{answered}");
    assert_eq!(
        stage.get(&root, &child).await.json()["resolutionStatus"],
        "resolved"
    );
    let alone = stage.json(&root, Method::PUT, &child, &set(2, false)).await;
    assert_eq!(alone.status, 400, "{}", alone.text());
    let of_page = format!("/wiki/api/v2/pages/{page}/inline-comments");
    let count = async |status: &str| {
        let path = format!("{of_page}?resolution-status={status}");
        let list = stage.get(&root, &path).await.json();
        list["results"].as_array().unwrap().len()
    };
    assert_eq!((count("resolved").await, count("open").await), (1, 0));
    let reopened = stage
        .json(&root, Method::PUT, &path, &set(3, false))
        .await
        .json();
    assert_eq!(reopened["resolutionStatus"], "reopened");
    let same = stage
        .json(&root, Method::PUT, &path, &set(4, false))
        .await
        .json();
    assert_eq!(same["version"]["number"], 3);

    let edit = |number: u32, text: &str| {
        format!(
            r#"{{"id":"{page}","status":"current","title":"Guide","version":{{"number":{number}}},
               "body":{{"representation":"storage","value":"<p>{text}</p>"}}}}"#
        )
    };
    let of = format!("/wiki/api/v2/pages/{page}");
    let edited = stage
        .json(&root, Method::PUT, &of, &edit(2, "press nothing"))
        .await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    assert_eq!((count("dangling").await, count("reopened").await), (1, 0));
    let refused = stage.json(&root, Method::PUT, &path, &set(4, true)).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    let back = edit(3, "press the red button");
    assert_eq!(stage.json(&root, Method::PUT, &of, &back).await.status, 200);
    assert_eq!((count("dangling").await, count("open").await), (0, 1));
}

#[tokio::test]
async fn whoever_may_comment_and_not_edit_comments_inline_and_the_text_stays_as_it_is() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let page = page(&stage, &root).await;
    let list = format!(
        r#"[{{"operation":"update","restrictions":{{"user":[{{"accountId":"{}"}}],"group":[]}}}}]"#,
        root.account
    );
    let restrict = format!("/wiki/rest/api/content/{page}/restriction");
    assert_eq!(
        stage
            .json(&root, Method::PUT, &restrict, &list)
            .await
            .status,
        200
    );
    let all = "/wiki/api/v2/inline-comments";
    let made = stage
        .post(&lena, all, &about(&page, "green button", 1, 0))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let of = format!("/wiki/api/v2/pages/{page}?body-format=storage");
    let text = stage.get(&root, &of).await.json();
    assert_eq!(text["version"]["number"], 1);
    assert!(
        !text["body"]["storage"]["value"]
            .as_str()
            .unwrap()
            .contains("marker")
    );
    let path = format!("{all}/{id}");
    assert_eq!(
        stage.json(&lena, Method::DELETE, &path, "").await.status,
        404
    );
    assert_eq!(
        stage.json(&root, Method::DELETE, &path, "").await.status,
        204
    );
    assert_eq!(stage.get(&lena, &path).await.status, 404);
}

#[tokio::test]
async fn the_first_api_tells_the_passage_of_an_inline_comment_where_it_is_asked_for() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let page = page(&stage, &root).await;
    let all = "/wiki/api/v2/inline-comments";
    let words = "the red button";
    let made = stage
        .post(&root, all, &about(&page, words, 1, 0))
        .await
        .json();
    let (id, reference) = (&made["id"], &made["properties"]["inlineMarkerRef"]);
    let id = id.as_str().unwrap();
    let asked = "expand=extensions.inlineProperties,extensions.resolution";
    let content = "/wiki/rest/api/content";
    for path in [
        format!("{content}/{page}/child/comment?location=inline&{asked}"),
        format!("{content}/{page}/descendant/comment?{asked}"),
        format!("{content}/{id}?{asked}"),
    ] {
        let answer = stage.get(&root, &path).await.json();
        let results = answer["results"].as_array();
        let comment = results.map_or(&answer, |results| &results[0]);
        let extensions = &comment["extensions"];
        assert_eq!(extensions["location"], "inline", "{path}");
        assert_eq!(extensions["resolution"]["status"], "open");
        let properties = &extensions["inlineProperties"];
        assert_eq!(properties["originalSelection"], words);
        assert_eq!(&properties["markerRef"], reference);
    }
    let lean = stage.get(&root, &format!("{content}/{id}")).await.json();
    assert!(lean["extensions"].get("inlineProperties").is_none());
}

#[tokio::test]
async fn the_passages_of_inline_comments_are_marked_where_a_body_is_shown() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let page = page(&stage, &root).await;
    let all = "/wiki/api/v2/inline-comments";
    let made = stage
        .post(&root, all, &about(&page, "button", 2, 1))
        .await
        .json();
    let gone = stage
        .post(&root, all, &about(&page, "red", 1, 0))
        .await
        .json();
    let gone_path = format!("{all}/{}", gone["id"].as_str().unwrap());
    let body = async |form: &str| {
        let path = format!("/wiki/rest/api/content/{page}?expand=body.{form}");
        let page = stage.get(&root, &path).await.json();
        page["body"][form]["value"].as_str().unwrap().to_owned()
    };
    let kept = "<p>press the <b>red</b> button, then the green button</p>";
    let mark = |reference: &serde_json::Value, words: &str| {
        let reference = reference.as_str().unwrap();
        format!(
            "<span class=\"nx-comment-mark inline-comment-marker\" data-ref=\"{reference}\">{words}</span>"
        )
    };
    let second = mark(&made["properties"]["inlineMarkerRef"], "button");
    let first = mark(&gone["properties"]["inlineMarkerRef"], "red");
    for form in ["view", "export_view", "styled_view"] {
        let shown = body(form).await;
        assert!(
            shown.contains(&format!("then the green {second}</p>")),
            "{shown}"
        );
        assert!(shown.contains(&first), "{shown}");
        assert_eq!(shown.matches("data-ref").count(), 2, "{shown}");
    }
    assert_eq!(body("storage").await, kept);
    assert!(!body("anonymous_export_view").await.contains("data-ref"));
    assert!(!body("editor").await.contains("data-ref"));

    // A thread that is resolved keeps its mark; one that is deleted leaves none.
    let resolve = r#"{"version":{"number":2},"resolved":true}"#;
    let path = format!("{all}/{}", made["id"].as_str().unwrap());
    let resolved = stage.json(&root, Method::PUT, &path, resolve).await;
    assert_eq!(resolved.status, 200, "{}", resolved.text());
    stage.json(&root, Method::DELETE, &gone_path, "").await;
    let shown = body("view").await;
    assert!(shown.contains(&second), "{shown}");
    assert_eq!(shown.matches("data-ref").count(), 1, "{shown}");
}
