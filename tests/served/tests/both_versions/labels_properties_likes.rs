//! Labels, properties, likes, watches and states over v1 and v2.

use http::Method;
use narthex_access::{Credential, Object, TaskId, TaskStatus};
use narthex_served::Stage;
use narthex_served::stage::nobody;
use narthex_site::account::Access;

const V1: &str = "/wiki/rest/api";
const V2: &str = "/wiki/api/v2";

#[tokio::test]
async fn labels_are_added_listed_met_and_taken_off() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let labels = format!("{V1}/content/{id}/label");

    let sent = r#"[{"prefix":"global","name":"How-To"},{"name":"printer"},"my:favourite"]"#;
    let added = stage.post(&root, &labels, sent).await;
    assert_eq!(added.status, 200, "{}", added.text());
    let added = added.json();
    let names: Vec<&str> = added["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|label| label["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["favourite", "how-to", "printer"]);
    // An existing label stays, and exists once.
    let again = stage.post(&root, &labels, r#"{"name":"PRINTER"}"#).await;
    assert_eq!(again.json()["size"], 3);

    let listed = stage
        .get(&root, &format!("{V2}/pages/{id}/labels?sort=-name&limit=2"))
        .await;
    let listed = listed.json();
    assert_eq!(listed["results"][0]["name"], "printer");
    let next = listed["_links"]["next"].as_str().unwrap().to_owned();
    let rest = stage.get(&root, &next).await.json();
    assert_eq!(rest["results"][0]["prefix"], "my");
    assert!(rest["_links"]["next"].is_null());

    let label = listed["results"][0]["id"].as_str().unwrap();
    let pages = stage
        .get(&root, &format!("{V2}/labels/{label}/pages"))
        .await
        .json();
    assert_eq!(pages["results"][0]["id"], id.as_str());
    let found = stage
        .get(&root, &format!("{V1}/label?name=printer&type=page"))
        .await
        .json();
    assert_eq!(found["label"]["id"], label);
    assert_eq!(found["associatedContents"]["results"][0]["title"], "Guide");
    let content = format!("{V1}/content/{id}?expand=metadata.labels,metadata.currentuser");
    let content = stage.get(&root, &content).await.json();
    assert_eq!(content["metadata"]["labels"]["size"], 3);
    assert_eq!(
        content["metadata"]["currentuser"]["favourited"]["isFavourite"],
        true
    );

    let wanted = "include-labels=true&include-properties=true&include-likes=true\
                  &include-favorited-by-current-user-status=true";
    let page = stage.get(&root, &format!("{V2}/pages/{id}?{wanted}")).await;
    let page = page.json();
    assert_eq!(page["labels"]["results"][1]["name"], "how-to");
    assert_eq!(page["properties"]["meta"]["hasMore"], false);
    assert_eq!(page["likes"]["results"].as_array().map(Vec::len), Some(0));
    assert_eq!(page["isFavoritedByCurrentUser"], true);

    for gone in ["label/printer", "label?name=how-to", "label?name=never-was"] {
        let path = format!("{V1}/content/{id}/{gone}");
        assert_eq!(
            stage.json(&root, Method::DELETE, &path, "").await.status,
            204,
            "{gone}"
        );
    }
    assert_eq!(stage.get(&root, &labels).await.json()["size"], 1);
    let nowhere = stage
        .get(&root, &format!("{V2}/labels/{label}/pages"))
        .await;
    assert_eq!(nowhere.status, 404);
    for wrong in [r#"{"name":""}"#, r#"{"prefix":"system","name":"x"}"#] {
        assert_eq!(
            stage.post(&root, &labels, wrong).await.status,
            400,
            "{wrong}"
        );
    }
}

/// Attack class A24: a label of a hidden page appears nowhere, and a label that only its owner sees
/// belongs to nobody else.
#[tokio::test]
async fn a_label_of_a_hidden_page_is_not_there() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    stage.space(&root, "DOCS").await;
    let open = stage.page(&root, "DOCS", "Open").await;
    let closed = stage.page(&root, "DOCS", "Closed").await;
    for (page, labels) in [
        (&open, r#"["shared","my:mine"]"#),
        (&closed, r#"["shared","secret"]"#),
    ] {
        let path = format!("{V1}/content/{page}/label");
        assert_eq!(stage.post(&root, &path, labels).await.status, 200);
    }
    stage.restrict(&root, &closed, &root).await;

    let met = stage.get(&lena, &format!("{V2}/labels")).await;
    assert!(met.text().contains("shared"), "{}", met.text());
    for hidden in ["secret", "mine"] {
        assert!(!met.text().contains(hidden), "{}", met.text());
    }
    let shared = stage
        .get(&lena, &format!("{V1}/label?name=shared"))
        .await
        .json();
    assert_eq!(shared["associatedContents"]["size"], 1);
    for name in ["secret", "never-was", "my:mine"] {
        let path = format!("{V1}/label?name={name}");
        assert_eq!(stage.get(&lena, &path).await.status, 404, "{name}");
    }
    let in_space = stage.get(&root, &format!("{V1}/space/DOCS")).await.json();
    let path = format!("{V2}/spaces/{}/content/labels", in_space["id"]);
    let in_space = stage.get(&lena, &path).await.json();
    assert_eq!(in_space["results"].as_array().unwrap().len(), 1);
}

/// Attack class A25: a property reveals no more than the thing that it is on.
#[tokio::test]
async fn properties_are_kept_as_sent_locked_by_version_and_hidden_with_their_page() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let una = stage.person("una", Access::None).await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let all = format!("{V1}/content/{id}/property");
    let value = r#"{"z": 1.0, "a":["é", null]}"#;
    let made = stage
        .post(
            &root,
            &all,
            &format!(r#"{{"key":"notes","value":{value}}}"#),
        )
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert!(
        made.text().contains(value),
        "as it was sent: {}",
        made.text()
    );
    let twice = stage
        .post(&root, &all, r#"{"key":"notes","value":1}"#)
        .await;
    assert_eq!(twice.status, 400);

    let one = format!("{all}/notes");
    let put = |number: u32| format!(r#"{{"value":{number},"version":{{"number":{number}}}}}"#);
    assert_eq!(
        stage.json(&root, Method::PUT, &one, &put(3)).await.status,
        409
    );
    assert_eq!(
        stage.json(&root, Method::PUT, &one, &put(2)).await.status,
        200
    );
    assert_eq!(
        stage.json(&root, Method::PUT, &one, &put(2)).await.status,
        409
    );
    let fresh = format!("{all}/fresh");
    assert_eq!(
        stage.json(&root, Method::PUT, &fresh, &put(2)).await.status,
        404
    );
    assert_eq!(
        stage.json(&root, Method::PUT, &fresh, &put(1)).await.status,
        200
    );
    let long = format!(r#"{{"key":"long","value":"{}"}}"#, "x".repeat(33_000));
    assert_eq!(stage.post(&root, &all, &long).await.status, 413);

    let listed = stage
        .get(&root, &format!("{V2}/pages/{id}/properties?sort=-key"))
        .await
        .json();
    assert_eq!(listed["results"][0]["key"], "notes");
    assert_eq!(listed["results"][0]["version"]["number"], 2);
    let property = listed["results"][0]["id"].as_str().unwrap();
    let other = stage.page(&root, "DOCS", "Other").await;
    let astray = format!("{V2}/pages/{other}/properties/{property}");
    assert_eq!(stage.get(&root, &astray).await.status, 404);
    let content = format!("{V1}/content/{id}?expand=metadata.properties.notes");
    let content = stage.get(&root, &content).await.json();
    assert_eq!(content["metadata"]["properties"]["notes"]["value"], 2);

    // People who don't see the page see nothing of it, and people who see it through an open
    // channel nothing of its past.
    let path = format!("{V2}/pages/{id}/properties/{property}");
    assert_eq!(stage.get(&una, &path).await.status, 404);
    assert_eq!(stage.get(&una, &one).await.status, 404);
    assert_eq!(stage.get(&lena, &path).await.status, 200);
    let forbidden = stage.json(&una, Method::DELETE, &path, "").await;
    assert_eq!(forbidden.status, 404);
    assert_eq!(
        stage.json(&root, Method::DELETE, &path, "").await.status,
        204
    );
    assert_eq!(stage.get(&root, &one).await.status, 404);
}

#[tokio::test]
async fn a_space_has_labels_and_properties_of_its_administrators() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let space = stage.space(&root, "DOCS").await;
    let labels = format!("{V1}/space/docs/label");
    let team = r#"[{"prefix":"team","name":"support"}]"#;
    assert_eq!(stage.post(&lena, &labels, team).await.status, 403);
    assert_eq!(stage.post(&root, &labels, team).await.status, 200);
    let seen = stage
        .get(&lena, &format!("{labels}?prefix=team"))
        .await
        .json();
    assert_eq!(seen["results"][0]["label"], "support");
    let gone = format!("{labels}?name=support&prefix=team");
    assert_eq!(
        stage.json(&root, Method::DELETE, &gone, "").await.status,
        204
    );
    assert_eq!(stage.get(&lena, &labels).await.json()["size"], 0);

    let all = format!("{V2}/spaces/{}/properties", space["id"]);
    let new = r#"{"key":"colours","value":["red"]}"#;
    let refused = stage.post(&lena, &all, new).await;
    assert_eq!(
        refused.status,
        404,
        "with the missing right as detail: {}",
        refused.text()
    );
    assert!(!refused.json()["errors"][0]["detail"].is_null());
    let made = stage.post(&root, &all, new).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json()["createdBy"], root.account.as_str());
    let one = stage
        .get(&lena, &format!("{V1}/space/DOCS/property/colours"))
        .await
        .json();
    assert_eq!(one["value"][0], "red");
}

/// Attack class A20: likes are shown to people who see what is liked, and given by people with a
/// permission of their own.
#[tokio::test]
async fn likes_are_counted_for_who_sees_the_page() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let una = stage.person("una", Access::None).await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let on = Object::Page(id.parse().unwrap());
    let by = |caller: &narthex_served::stage::Caller| caller.credential();
    for caller in [&lena, &root, &lena] {
        stage.site.set_like(&by(caller), on, true).await.unwrap();
    }
    assert!(stage.site.set_like(&by(&una), on, true).await.is_err());
    let count = format!("{V2}/pages/{id}/likes/count");
    assert_eq!(stage.get(&lena, &count).await.json()["count"], 2);
    let users = stage
        .get(&lena, &format!("{V2}/pages/{id}/likes/users"))
        .await;
    for who in [&lena, &root] {
        assert!(users.text().contains(&who.account), "{}", users.text());
    }
    for caller in [&una, &nobody()] {
        assert_eq!(stage.get(caller, &count).await.status, 404);
    }
    stage.site.set_like(&by(&lena), on, false).await.unwrap();
    assert_eq!(stage.get(&lena, &count).await.json()["count"], 1);
}

#[tokio::test]
async fn a_watch_is_ones_own_and_rests_while_the_page_is_hidden() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let una = stage.person("una", Access::None).await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let watch = format!("{V1}/user/watch/content/{id}");
    assert_eq!(stage.get(&lena, &watch).await.json()["watching"], false);
    assert_eq!(stage.post(&lena, &watch, "").await.status, 204);
    assert_eq!(stage.get(&lena, &watch).await.json()["watching"], true);
    assert_eq!(stage.post(&una, &watch, "").await.status, 404);
    assert_eq!(stage.get(&nobody(), &watch).await.status, 401);
    let of_lena = format!("{watch}?accountId={}", lena.account);
    assert_eq!(stage.get(&root, &of_lena).await.json()["watching"], true);
    let of_root = format!("{watch}?accountId={}", root.account);
    assert_eq!(stage.get(&lena, &of_root).await.status, 403);

    let watchers = format!("{V1}/content/{id}/notification/child-created");
    let told = stage.get(&root, &watchers).await.json();
    assert_eq!(
        told["results"][0]["watcher"]["accountId"],
        lena.account.as_str()
    );
    stage.restrict(&root, &id, &root).await;
    assert_eq!(stage.get(&root, &watchers).await.json()["size"], 0);
    let path = format!("{V1}/content/{id}/restriction");
    assert_eq!(
        stage.json(&root, Method::DELETE, &path, "").await.status,
        200
    );
    assert_eq!(stage.get(&root, &watchers).await.json()["size"], 1);

    for path in ["user/watch/space/DOCS", "user/watch/label/news"] {
        let path = format!("{V1}/{path}");
        assert_eq!(stage.post(&lena, &path, "").await.status, 204, "{path}");
        assert_eq!(
            stage.get(&lena, &path).await.json()["watching"],
            true,
            "{path}"
        );
        assert_eq!(
            stage.json(&lena, Method::DELETE, &path, "").await.status,
            204
        );
        assert_eq!(
            stage.get(&lena, &path).await.json()["watching"],
            false,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_content_state_is_a_version_and_what_somebody_made_is_offered_to_them() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let state = format!("{V1}/content/{id}/state");
    assert_eq!(stage.get(&root, &state).await.text(), "{}");
    let put = format!("{state}?status=current");
    let set = stage.json(&root, Method::PUT, &put, r#"{"id":2}"#).await;
    assert_eq!(set.status, 200, "{}", set.text());
    assert_eq!(set.json()["contentState"]["name"], "In progress");
    let page = stage.get(&root, &format!("{V1}/content/{id}")).await.json();
    assert_eq!(page["version"]["number"], 2);
    // Setting the present state makes no version.
    stage.json(&root, Method::PUT, &put, r#"{"id":2}"#).await;
    let own = r##"{"name":"Half done","color":"#FF7452"}"##;
    assert_eq!(stage.json(&root, Method::PUT, &put, own).await.status, 200);
    let page = stage
        .get(
            &root,
            &format!("{V1}/content/{id}?expand=body.storage,version"),
        )
        .await
        .json();
    assert_eq!(page["version"]["number"], 3);
    assert_eq!(page["body"]["storage"]["value"], "<p>Guide says</p>");

    let available = stage.get(&root, &format!("{state}/available")).await.json();
    assert_eq!(available["customContentStates"][0]["color"], "#ff7452");
    assert_eq!(available["spaceContentStates"].as_array().unwrap().len(), 4);
    let custom = available["customContentStates"][0]["id"].clone();
    let offered = stage
        .get(&lena, &format!("{V1}/content-states"))
        .await
        .json();
    assert_eq!(offered.as_array().unwrap().len(), 0);
    let theirs = format!(r#"{{"id":{custom}}}"#);
    assert_eq!(
        stage.json(&lena, Method::PUT, &put, &theirs).await.status,
        400
    );
    let found = format!("{V1}/space/DOCS/state/content?state-id={custom}");
    assert_eq!(
        stage.get(&lena, &found).await.json()["results"][0]["id"],
        id.as_str()
    );
    for wrong in [
        r#"{"id":99}"#,
        r##"{"name":"longer than twenty characters","color":"#ffffff"}"##,
        r#"{"name":"x","color":"red"}"#,
        "{}",
    ] {
        assert_eq!(
            stage.json(&root, Method::PUT, &put, wrong).await.status,
            400,
            "{wrong}"
        );
    }
    assert_eq!(
        stage.json(&root, Method::DELETE, &put, "").await.text(),
        "{}"
    );
    assert_eq!(stage.get(&lena, &found).await.json()["size"], 0);
}

#[tokio::test]
async fn tasks_follow_the_text_and_are_written_into_it() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    stage.space(&root, "DOCS").await;
    let task = |id: u32, status: &str, said: &str| {
        format!(
            "<ac:task><ac:task-id>{id}</ac:task-id><ac:task-status>{status}</ac:task-status>\
             <ac:task-body>{said}</ac:task-body></ac:task>"
        )
    };
    let mention = format!(
        "<ac:link><ri:user ri:account-id=\\\"{}\\\" /></ac:link> <time datetime=\\\"2026-03-01\\\" />",
        lena.account
    );
    let list = format!(
        "<ac:task-list>{}{}</ac:task-list>",
        task(1, "incomplete", &mention),
        task(2, "complete", "Done long ago")
    );
    let new = format!(
        r#"{{"type":"page","title":"To do","space":{{"key":"DOCS"}},
           "body":{{"storage":{{"value":"{list}","representation":"storage"}}}}}}"#
    );
    let made = stage.post(&root, &format!("{V1}/content"), &new).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();

    let view = stage.view(&lena).await;
    let page = id.parse().unwrap();
    let rows = view.tasks_in(page).unwrap();
    assert_eq!(rows.len(), 2);
    let first = rows.iter().find(|row| &*row.local_id == "1").unwrap();
    assert_eq!(first.status, TaskStatus::Incomplete);
    assert_eq!(
        first.assignee.map(|id| id.to_string()),
        Some(lena.account.clone())
    );
    assert_eq!(first.due_at, Some(1_772_323_200_000));
    let first: TaskId = first.id;
    let by = lena.credential();
    stage
        .site
        .set_task_status(&by, first, TaskStatus::Complete)
        .await
        .unwrap();
    stage
        .site
        .set_task_status(&by, first, TaskStatus::Complete)
        .await
        .unwrap();
    let view = stage.view(&lena).await;
    let row = view.task(first).unwrap();
    assert_eq!(row.status, TaskStatus::Complete);
    assert_eq!(
        row.completed_by.map(|id| id.to_string()),
        Some(lena.account.clone())
    );
    let page = stage
        .get(
            &root,
            &format!("{V1}/content/{id}?expand=body.storage,version"),
        )
        .await
        .json();
    assert_eq!(page["version"]["number"], 2);
    let text = page["body"]["storage"]["value"].as_str().unwrap();
    assert!(!text.contains("incomplete"), "{text}");

    let edit = r#"{"version":{"number":3},"type":"page","title":"To do",
        "body":{"storage":{"value":"<p>Nothing</p>","representation":"storage"}}}"#;
    let path = format!("{V1}/content/{id}");
    assert_eq!(
        stage.json(&root, Method::PUT, &path, edit).await.status,
        200
    );
    assert!(stage.view(&lena).await.task(first).is_err());
    assert!(
        stage
            .site
            .set_task_status(&Credential::Nobody, first, TaskStatus::Complete)
            .await
            .is_err()
    );
}
