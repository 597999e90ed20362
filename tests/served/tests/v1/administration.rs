//! The audit log, people and the site over v1.

use http::Method;
use narthex_access::Credential;
use narthex_served::Stage;
use narthex_served::stage::nobody;
use narthex_site::account::Access;
use narthex_site::group::NewGroup;
use serde_json::json;

#[tokio::test]
async fn the_audit_log_is_exported_and_kept_as_long_as_site_administration_says() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let export = "/wiki/rest/api/audit/export";
    let told = stage.get(&root, export).await;
    assert_eq!(told.status, 200, "{}", told.text());
    assert_eq!(
        told.header("content-type").unwrap(),
        "text/csv; charset=utf-8"
    );
    assert!(told.text().starts_with("Date,Author,"));
    assert!(
        told.text().contains("\"space.created\",\"DOCS\""),
        "{}",
        told.text()
    );
    let some = stage
        .get(&root, &format!("{export}?searchString=space.created"))
        .await;
    assert_eq!(some.text().lines().count(), 2);

    let kept = "/wiki/rest/api/audit/retention";
    let forever = json!({"number": 1, "units": "FOREVER"});
    assert_eq!(stage.get(&root, kept).await.json(), forever);
    let year = json!({"number": 1, "units": "YEARS"});
    let set = stage
        .json(&root, Method::PUT, kept, &year.to_string())
        .await;
    assert_eq!((set.status, set.json()), (200, year.clone()));
    let log = stage
        .get(&root, "/wiki/rest/api/audit?searchString=audit.retention")
        .await
        .json();
    assert_eq!(log["results"][0]["changedValues"][0]["newValue"], "1 YEARS");
    for wrong in [
        r#"{"number":0,"units":"DAYS"}"#,
        r#"{"number":101,"units":"YEARS"}"#,
        r#"{"number":1,"units":"ERAS"}"#,
        r#"{"number":1}"#,
    ] {
        let refused = stage.json(&root, Method::PUT, kept, wrong).await;
        assert_eq!(refused.status, 400, "{wrong}");
    }
    assert_eq!(stage.get(&root, kept).await.json(), year);
    stage.site.remove_old_entries().await.unwrap();
    assert_eq!(stage.get(&root, export).await.status, 200);

    for path in [export, kept] {
        assert_eq!(stage.get(&lena, path).await.status, 403);
        assert_eq!(stage.get(&nobody(), path).await.status, 401);
    }
    let set = stage
        .json(&lena, Method::PUT, kept, &forever.to_string())
        .await;
    assert_eq!(set.status, 403);
}

#[tokio::test]
async fn people_are_looked_up_by_many_ids_and_a_group_is_asked_about_as_its_members() {
    let stage = Stage::new().await;
    let (root, lena, una) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
        stage.person("una", Access::None).await,
    );
    let bulk = format!(
        "/wiki/rest/api/user/bulk?accountId={}&accountId={}&accountId=0000000000000000000000ff",
        lena.account, una.account
    );
    let both = stage.get(&lena, &bulk).await.json();
    assert_eq!(both["size"], 2);
    assert_eq!(both["results"][1]["email"], "una@example.org");
    // People who may not see profiles see their own.
    let own = stage.get(&una, &bulk).await.json();
    assert_eq!(own["size"], 1);
    assert_eq!(own["results"][0]["accountId"], una.account.as_str());
    let email = format!("/wiki/rest/api/user/email?accountId={}", lena.account);
    assert_eq!(
        stage.get(&root, &email).await.json(),
        json!({"accountId": lena.account, "email": "lena@example.org"})
    );
    assert_eq!(stage.get(&una, &email).await.status, 404);
    let groups = format!("/wiki/rest/api/user/memberof?accountId={}", lena.account);
    let groups_of = stage.get(&root, &groups).await;
    assert_eq!(groups_of.status, 200, "{}", groups_of.text());
    assert_eq!(groups_of.json()["results"][0]["type"], "group");
    assert_eq!(stage.get(&una, &groups).await.status, 403);

    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Plan").await;
    let new = NewGroup {
        name: "writers".into(),
        confluence: narthex_access::ConfluenceAccess::None,
        service_desk: false,
    };
    let group = stage
        .site
        .create_group(&Credential::Operator, new)
        .await
        .unwrap();
    let path = format!("/wiki/rest/api/content/{page}/permission/check");
    let ask = |operation: &str| {
        let subject = json!({"type": "group", "identifier": group.to_string()});
        json!({"subject": subject, "operation": operation}).to_string()
    };
    // A permission that all licensed users have, the group's members have.
    let read = stage.post(&root, &path, &ask("read")).await;
    assert_eq!(read.json()["hasPermission"], true, "{}", read.text());
    let delete = stage.post(&root, &path, &ask("delete")).await.json();
    assert_eq!(delete["hasPermission"], false);
    assert_eq!(delete["errors"][0]["key"], "missing-permission");
    stage.restrict(&root, &page, &root).await;
    let closed = stage.post(&root, &path, &ask("read")).await.json();
    assert_eq!(closed["errors"][0]["key"], "restricted");
    let list =
        format!("/wiki/rest/api/content/{page}/restriction/byOperation/read/byGroupId/{group}");
    let listed = stage.json(&root, Method::PUT, &list, "").await;
    assert_eq!(listed.status, 200, "{}", listed.text());
    let open = stage.post(&root, &path, &ask("read")).await.json();
    assert_eq!(open["hasPermission"], true);
    // Only administrators may ask about others.
    let other = stage.page(&root, "DOCS", "Other").await;
    let path = format!("/wiki/rest/api/content/{other}/permission/check");
    assert_eq!(stage.post(&lena, &path, &ask("read")).await.status, 403);
}

#[tokio::test]
async fn the_content_of_a_space_is_listed_by_type_and_level() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let guide = stage.page(&root, "DOCS", "Guide").await;
    stage.page_below(&root, &guide, "Install").await;
    let blog = r#"{"type":"blogpost","title":"News","space":{"key":"DOCS"}}"#;
    let blog = stage.post(&root, "/wiki/rest/api/content", blog).await;
    assert_eq!(blog.status, 200, "{}", blog.text());
    let path = "/wiki/rest/api/space/DOCS/content";
    let all = stage.get(&root, &format!("{path}?limit=2")).await.json();
    assert_eq!(all["page"]["size"], 2);
    assert_eq!(
        all["page"]["_links"]["next"],
        "/rest/api/space/DOCS/content/page?limit=2&start=2"
    );
    assert_eq!(all["blogpost"]["results"][0]["title"], "News");
    let top = stage
        .get(&root, &format!("{path}/page?depth=root"))
        .await
        .json();
    assert_eq!(top["size"], 1);
    assert_eq!(
        stage.get(&root, &format!("{path}/folder")).await.json()["size"],
        0
    );
    assert_eq!(stage.get(&root, &format!("{path}/moon")).await.status, 404);
    let settings = stage.get(&root, "/wiki/rest/api/space/docs/settings").await;
    assert_eq!(settings.json()["spaceKey"], "DOCS");
    assert_eq!(
        stage
            .get(&nobody(), "/wiki/rest/api/space/DOCS/settings")
            .await
            .status,
        404
    );
    let info = stage.get(&root, "/wiki/rest/api/settings/systemInfo").await;
    assert_eq!(info.json()["cloudId"].as_str().unwrap().len(), 32);
    let gone = stage
        .json(&root, Method::DELETE, "/wiki/rest/api/space/DOCS", "")
        .await;
    assert_eq!(gone.status, 202);
    let status = gone.json()["links"]["status"].as_str().unwrap().to_owned();
    let how = stage.get(&root, &format!("/wiki{status}")).await.json();
    assert_eq!(
        (&how["successful"], &how["name"]["key"]),
        (&json!(true), &json!("space.delete"))
    );
    let again = stage
        .json(&root, Method::DELETE, "/wiki/rest/api/space/DOCS", "")
        .await;
    assert_eq!(again.status, 404);
}
