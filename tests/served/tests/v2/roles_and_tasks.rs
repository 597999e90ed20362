//! Roles of spaces and tasks over v2.

use http::Method;
use narthex_served::Stage;
use narthex_site::account::Access;
use serde_json::{Value, json};

#[tokio::test]
async fn a_role_that_is_given_to_authenticated_users_is_the_call_by_another_door() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let space = stage.space(&root, "DOCS").await["id"].to_string();
    let roles = stage
        .get(&lena, "/wiki/api/v2/space-roles?limit=2")
        .await
        .json();
    assert_eq!(roles["results"][0]["name"], "Viewer");
    assert_eq!(roles["results"][0]["type"], "SYSTEM");
    assert!(roles["_links"]["next"].is_string());
    let viewer = roles["results"][0]["id"].as_str().unwrap();
    let collaborator = roles["results"][1]["id"].as_str().unwrap();
    let open = "/wiki/api/v2/space-roles?principal-type=ACCESS_CLASS&principal-id=anonymous-users";
    let open = stage.get(&lena, open).await.json();
    assert_eq!(open["results"].as_array().unwrap().len(), 1);

    let path = format!("/wiki/api/v2/spaces/{space}/role-assignments");
    let give = |class: &str, role: &str| {
        json!([{"principal": {"principalType": "ACCESS_CLASS", "principalId": class}, "roleId": role}])
            .to_string()
    };
    let refused = stage
        .post(&lena, &path, &give("authenticated-users", viewer))
        .await;
    assert_eq!(refused.status, 404);
    assert!(refused.text().contains("administer"), "{}", refused.text());
    let more = stage
        .post(&root, &path, &give("authenticated-users", collaborator))
        .await;
    assert_eq!(more.status, 400, "{}", more.text());
    let given = stage
        .post(&root, &path, &give("authenticated-users", viewer))
        .await;
    assert_eq!(given.status, 200, "{}", given.text());
    let class = |list: &Value| {
        let results = list["results"].as_array().unwrap().clone();
        results
            .into_iter()
            .any(|it| it["principal"]["principalId"] == "authenticated-users")
    };
    assert!(class(&given.json()));
    let facts = "/wiki/rest/knowledge-base/1.0/permissions/space?spaceKey=DOCS";
    let facts = stage.get(&root, facts).await.json();
    assert_eq!(
        facts["spacePermissions"]["unlicensedViewPermissionEnabled"],
        true
    );
    let one = format!(
        "{path}?principal-type=ACCESS_CLASS&principal-id=authenticated-users&role-id={viewer}"
    );
    assert_eq!(
        stage.get(&lena, &one).await.json()["results"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let una = stage.person("una", Access::None).await;
    let jsm = narthex_site::switch::SetSwitches {
        jsm_access: Some(true),
        ..narthex_site::switch::SetSwitches::default()
    };
    stage
        .site
        .set_switches(&narthex_access::Credential::Operator, jsm)
        .await
        .unwrap();
    let empty = stage.get(&una, &path).await;
    assert_eq!(
        (
            empty.status,
            empty.json()["results"].as_array().unwrap().len()
        ),
        (200, 0)
    );

    let new = r#"{"name":"Commenters","description":"","spacePermissions":["read/space","create/comment","export/space"]}"#;
    assert_eq!(
        stage
            .post(&lena, "/wiki/api/v2/space-roles", new)
            .await
            .status,
        404
    );
    let made = stage.post(&root, "/wiki/api/v2/space-roles", new).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json()["type"], "CUSTOM");
    let one = format!(
        "/wiki/api/v2/space-roles/{}",
        made.json()["id"].as_str().unwrap()
    );
    assert_eq!(stage.get(&lena, &one).await.json()["name"], "Commenters");
}

#[tokio::test]
async fn a_task_is_found_done_and_found_as_done() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let text = "<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>incomplete</ac:task-status>\
        <ac:task-body>call them</ac:task-body></ac:task></ac:task-list>";
    let new = json!({
        "type": "page", "title": "To do", "space": {"key": "DOCS"},
        "body": {"storage": {"value": text, "representation": "storage"}},
    });
    let made = stage
        .post(&root, "/wiki/rest/api/content", &new.to_string())
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    let page = made.json()["id"].as_str().unwrap().to_owned();
    let find = format!("/wiki/api/v2/tasks?page-id={page}&body-format=storage");
    let found = stage.get(&root, &find).await.json();
    let task = &found["results"][0];
    assert_eq!(task["body"]["storage"]["value"], "call them");
    assert_eq!(
        (&task["status"], &task["localId"]),
        (&json!("incomplete"), &json!("7"))
    );
    let path = format!("/wiki/api/v2/tasks/{}", task["id"].as_str().unwrap());
    let done = stage
        .json(&root, Method::PUT, &path, r#"{"status":"complete"}"#)
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(done.json()["completedBy"], root.account.as_str());
    for (status, count) in [("complete", 1), ("incomplete", 0)] {
        let list = stage
            .get(&root, &format!("{find}&status={status}"))
            .await
            .json();
        assert_eq!(list["results"].as_array().unwrap().len(), count, "{status}");
    }
    let mine = format!(
        "/wiki/api/v2/tasks?completed-by={}&due-at-to=1",
        root.account
    );
    assert!(
        stage.get(&root, &mine).await.json()["results"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_space_is_made_with_roles_or_with_the_access_of_another() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let docs = stage.space(&root, "DOCS").await["id"].to_string();
    let role = |who: &Value, id: &str| json!({"principal": who, "roleId": id});
    let user = |account: &str| json!({"principalType": "USER", "principalId": account});
    let make = |key: &str, more: Value| {
        let mut new = json!({"key": key, "name": key});
        for (name, value) in more.as_object().unwrap() {
            new[name] = value.clone();
        }
        new.to_string()
    };
    let (me, her) = (user(&root.account), user(&lena.account));
    let roles = json!({"roleAssignments": [role(&me, "4"), role(&her, "1")]});
    let made = stage
        .post(&root, "/wiki/api/v2/spaces", &make("ROLES", roles))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let path = format!(
        "/wiki/api/v2/spaces/{}/role-assignments",
        made.json()["id"].as_str().unwrap()
    );
    let assigned = stage.get(&lena, &path).await.json();
    assert_eq!(assigned["results"].as_array().unwrap().len(), 2);
    let nobody = json!({"roleAssignments": [role(&her, "1")]});
    let refused = stage
        .post(&root, "/wiki/api/v2/spaces", &make("NONE", nobody))
        .await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    let copy = json!({"copySpaceAccessConfiguration": docs});
    let made = stage
        .post(&root, "/wiki/api/v2/spaces", &make("COPY", copy))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let path = format!(
        "/wiki/api/v2/spaces/{}/role-assignments",
        made.json()["id"].as_str().unwrap()
    );
    let assigned = stage.get(&lena, &path).await.json();
    let classes = assigned["results"].as_array().unwrap();
    assert!(
        classes
            .iter()
            .any(|it| it["principal"]["principalId"] == "all-licensed-users"),
        "{assigned}"
    );
}
