//! The former versions of pages over v1.

use http::Method;
use narthex_access::Credential;
use narthex_served::Stage;
use narthex_served::stage::{Caller, nobody};
use narthex_site::account::Access;
use narthex_site::switch::{SetSpaceSwitch, SetSwitches, SpaceSwitch};
use serde_json::json;

/// Makes a page with three versions, and returns the path of its content.
async fn three_versions(stage: &Stage, who: &Caller) -> String {
    stage.space(who, "DOCS").await;
    let id = stage.page(who, "DOCS", "Guide").await;
    let path = format!("/wiki/rest/api/content/{id}");
    for number in [2, 3] {
        let edit = json!({
            "version": {"number": number, "message": format!("change {number}")},
            "title": format!("Guide {number}"), "type": "page",
            "body": {"storage": {"value": format!("<p>words {number}</p>")}},
        });
        let reply = stage.json(who, Method::PUT, &path, &edit.to_string()).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    path
}

#[tokio::test]
async fn a_former_version_is_read_with_its_title_text_and_neighbours() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let path = three_versions(&stage, &root).await;
    let expand = "expand=body.storage,body.view,version,history.previousVersion,history.nextVersion,\
        history.lastUpdated";
    let second = stage
        .get(
            &root,
            &format!("{path}?status=historical&version=2&{expand}"),
        )
        .await;
    assert_eq!(second.status, 200, "{}", second.text());
    let second = second.json();
    assert_eq!(second["status"], "historical");
    assert_eq!(second["title"], "Guide 2");
    assert_eq!(second["body"]["storage"]["value"], "<p>words 2</p>");
    assert!(
        second["body"]["view"]["value"]
            .as_str()
            .unwrap()
            .contains("words 2")
    );
    assert_eq!(second["version"]["message"], "change 2");
    assert_eq!(second["history"]["latest"], false);
    assert_eq!(second["history"]["previousVersion"]["number"], 1);
    assert_eq!(second["history"]["nextVersion"]["number"], 3);
    assert_eq!(second["history"]["lastUpdated"]["number"], 3);

    let current = stage.get(&root, &format!("{path}?version=3")).await.json();
    assert_eq!(current["status"], "current");
    for beyond in ["version=4", "version=4000000000"] {
        let reply = stage.get(&root, &format!("{path}?{beyond}")).await;
        assert_eq!(reply.status, 404, "{beyond}");
    }
    assert_eq!(
        stage.get(&root, &format!("{path}?version=x")).await.status,
        400
    );

    let list = stage
        .get(&root, &format!("{path}/version?expand=content&limit=2"))
        .await
        .json();
    assert_eq!(list["results"][0]["number"], 3);
    assert_eq!(list["results"][1]["content"]["title"], "Guide 2");
    let next = list["_links"]["next"].as_str().unwrap();
    let rest = stage.get(&root, &format!("/wiki{next}")).await.json();
    assert_eq!(rest["results"][0]["number"], 1);
    assert_eq!(rest["size"], 1);
    let first = stage.get(&root, &format!("{path}/version/1")).await.json();
    assert_eq!(first["by"]["accountId"], root.account.as_str());
}

#[tokio::test]
async fn a_former_version_is_restored_as_a_new_one_and_deleting_one_leaves_no_hole() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let path = three_versions(&stage, &root).await;
    let versions = format!("{path}/version");
    let restore = |number: u32, title: bool| {
        json!({"operationKey": "restore", "params":
            {"versionNumber": number, "message": "back", "restoreTitle": title}})
        .to_string()
    };
    let restored = stage.post(&root, &versions, &restore(1, true)).await;
    assert_eq!(restored.status, 200, "{}", restored.text());
    let restored = restored.json();
    assert_eq!(restored["number"], 4);
    assert_eq!(restored["message"], "back");
    assert_eq!(restored["content"]["title"], "Guide");
    let page = stage
        .get(&root, &format!("{path}?expand=body.storage,version"))
        .await
        .json();
    assert_eq!(page["body"]["storage"]["value"], "<p>Guide says</p>");
    for (number, why) in [(4, "current"), (9, "no version")] {
        let refused = stage.post(&root, &versions, &restore(number, false)).await;
        assert_eq!(refused.status, 400);
        assert!(refused.text().contains(why), "{}", refused.text());
    }

    let delete = |number: u32| format!("{versions}/{number}");
    let current = stage.json(&root, Method::DELETE, &delete(4), "").await;
    assert_eq!(current.status, 400);
    let gone = stage.json(&root, Method::DELETE, &delete(2), "").await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    let list = stage.get(&root, &versions).await.json();
    let numbers = list["results"].as_array().unwrap().iter();
    let numbers: Vec<u64> = numbers.map(|v| v["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [3, 2, 1]);
    assert_eq!(list["results"][1]["message"], "change 3");
    let page = stage
        .get(&root, &format!("{path}?expand=body.storage,version"))
        .await
        .json();
    assert_eq!(page["version"]["number"], 3);
    assert_eq!(page["body"]["storage"]["value"], "<p>Guide says</p>");
    // The next edit continues from the present number.
    let edit = json!({"version": {"number": 4}, "type": "page", "title": "Guide"});
    let edited = stage
        .json(&root, Method::PUT, &path, &edit.to_string())
        .await;
    assert_eq!(edited.status, 200, "{}", edited.text());
}

#[tokio::test]
async fn open_access_shows_no_version_and_restores_and_deletes_none() {
    let stage = Stage::new().await;
    let (root, una) = (stage.root().await, stage.person("una", Access::None).await);
    let path = three_versions(&stage, &root).await;
    let operator = Credential::Operator;
    let on = SetSwitches {
        jsm_access: Some(true),
        anonymous_access: Some(true),
        ..SetSwitches::default()
    };
    stage.site.set_switches(&operator, on).await.unwrap();
    for switch in [SpaceSwitch::UnlicensedView, SpaceSwitch::AnonymousView] {
        let open = SetSpaceSwitch {
            space_key: "DOCS".into(),
            switch,
            on: true,
        };
        stage
            .site
            .set_space_switches(&operator, vec![open])
            .await
            .unwrap();
    }
    for who in [&una, &nobody()] {
        assert_eq!(stage.get(who, &path).await.status, 200);
        for past in ["?version=1", "?version=2", "/version", "/version/2"] {
            let reply = stage.get(who, &format!("{path}{past}")).await;
            assert_eq!(reply.status, 403, "{past}: {}", reply.text());
            assert!(!reply.text().contains("words 2"));
        }
        let history = stage
            .get(
                who,
                &format!("{path}/history?expand=contributors,lastUpdated"),
            )
            .await;
        assert_eq!(history.status, 200);
        assert!(!history.text().contains("publishers") && !history.text().contains("change 3"));
    }
    let restore = r#"{"operationKey":"restore","params":{"versionNumber":1,"message":""}}"#;
    let restored = stage.post(&una, &format!("{path}/version"), restore).await;
    assert_eq!(restored.status, 403, "{}", restored.text());
    let deleted = stage
        .json(&una, Method::DELETE, &format!("{path}/version/1"), "")
        .await;
    assert_eq!(deleted.status, 403, "{}", deleted.text());
}

#[tokio::test]
async fn a_comment_is_read_as_it_was_in_a_former_version() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let say = |text: &str| {
        json!({
            "type": "comment", "container": {"id": page}, "version": {"number": 2},
            "body": {"storage": {"value": format!("<p>{text}</p>")}},
        })
        .to_string()
    };
    let made = stage
        .post(&root, "/wiki/rest/api/content", &say("one"))
        .await
        .json();
    let path = format!("/wiki/rest/api/content/{}", made["id"].as_str().unwrap());
    let edited = stage.json(&root, Method::PUT, &path, &say("two")).await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    let first = stage
        .get(
            &root,
            &format!("{path}?version=1&expand=body.storage,version"),
        )
        .await
        .json();
    assert_eq!(first["status"], "historical");
    assert_eq!(first["body"]["storage"]["value"], "<p>one</p>");
    assert_eq!(first["version"]["number"], 1);
    let list = stage.get(&root, &format!("{path}/version")).await.json();
    assert_eq!(
        (&list["size"], &list["results"][0]["number"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        stage.get(&root, &format!("{path}?version=3")).await.status,
        404
    );
}
