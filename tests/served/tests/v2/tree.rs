//! The page tree, lists and their cursors over v2.

use http::Method;
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::account::Access;
use serde_json::Value;

/// Returns the values of a member over all pages of a list, and how many pages it took.
async fn read(stage: &Stage, who: &Caller, path: &str, member: &str) -> (Vec<String>, usize) {
    let (mut values, mut pages) = (Vec::new(), 0);
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let reply = stage.get(who, &path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        let list = reply.json();
        let results = list["results"].as_array().unwrap();
        values.extend(
            results
                .iter()
                .map(|it| it[member].as_str().unwrap().to_owned()),
        );
        next = list["_links"]["next"].as_str().map(str::to_owned);
        pages += 1;
    }
    (values, pages)
}

async fn below(stage: &Stage, who: &Caller, space: &str, parent: &str, title: &str) -> String {
    let body = format!(r#"{{"spaceId":"{space}","title":"{title}","parentId":"{parent}"}}"#);
    let made = stage.post(who, "/wiki/api/v2/pages", &body).await;
    assert_eq!(made.status, 200, "{}", made.text());
    made.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_tree_is_read_from_any_page_without_what_is_hidden() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let space = stage.space(&root, "DOCS").await["id"].to_string();
    let top = stage.page(&root, "DOCS", "Top").await;
    let a = below(&stage, &root, &space, &top, "A").await;
    let b = below(&stage, &root, &space, &top, "B").await;
    let hidden = below(&stage, &root, &space, &top, "Hidden").await;
    let c = below(&stage, &root, &space, &top, "C").await;
    let a1 = below(&stage, &root, &space, &a, "A1").await;
    below(&stage, &root, &space, &hidden, "Below hidden").await;
    let restrict = format!("/wiki/rest/api/content/{hidden}/restriction");
    let list = format!(
        r#"[{{"operation":"read","restrictions":{{"user":[{{"accountId":"{}"}}],"group":[]}}}}]"#,
        root.account
    );
    let restricted = stage.json(&root, Method::PUT, &restrict, &list).await;
    assert_eq!(restricted.status, 200, "{}", restricted.text());

    let page = format!("/wiki/api/v2/pages/{top}");
    let (titles, pages) = read(&stage, &lena, &format!("{page}/children?limit=1"), "title").await;
    assert_eq!(
        (titles, pages),
        (vec!["A".into(), "B".into(), "C".into()], 3)
    );
    let children = stage
        .get(&lena, &format!("{page}/direct-children"))
        .await
        .json();
    assert_eq!(children["results"][2]["type"], "page");
    assert_eq!(children["results"][2]["childPosition"], 2);
    let backwards = format!("{page}/direct-children?sort=-child-position&limit=2");
    let (titles, _) = read(&stage, &lena, &backwards, "title").await;
    assert_eq!(titles, ["C", "B", "A"]);
    let mut by_id = vec![a.clone(), b.clone(), c.clone()];
    by_id.sort_by_key(|id| id.parse::<u64>().unwrap());
    let (ids, _) = read(
        &stage,
        &lena,
        &format!("{page}/children?sort=id&limit=2"),
        "id",
    )
    .await;
    assert_eq!(ids, by_id);

    let all = format!("{page}/descendants?limit=2");
    let (titles, pages) = read(&stage, &lena, &all, "title").await;
    assert_eq!(
        (titles, pages),
        (vec!["A".into(), "A1".into(), "B".into(), "C".into()], 2)
    );
    let shallow = stage
        .get(&lena, &format!("{page}/descendants?depth=1"))
        .await
        .json();
    assert_eq!(shallow["results"].as_array().unwrap().len(), 3);
    assert_eq!(shallow["results"][0]["parentId"], top.as_str());
    assert_eq!(shallow["results"][0]["depth"], 1);
    let (ids, _) = read(
        &stage,
        &lena,
        &format!("/wiki/api/v2/pages/{a1}/ancestors"),
        "id",
    )
    .await;
    assert_eq!(ids.last(), Some(&a));
    let nearest = format!("/wiki/api/v2/pages/{a1}/ancestors?limit=1");
    assert_eq!(read(&stage, &lena, &nearest, "id").await.0, [a]);
    for wrong in [
        "descendants?depth=11",
        "children?limit=0",
        "children?sort=size",
    ] {
        assert_eq!(
            stage.get(&lena, &format!("{page}/{wrong}")).await.status,
            400,
            "{wrong}"
        );
    }
    let hidden = stage
        .get(&lena, &format!("/wiki/api/v2/pages/{hidden}/children"))
        .await;
    assert_eq!(
        hidden.text(),
        stage
            .get(&lena, "/wiki/api/v2/pages/1/children")
            .await
            .text()
    );
}

#[tokio::test]
async fn a_list_goes_on_where_it_was_while_pages_come_and_go() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await["id"].to_string();
    let mut made = Vec::new();
    for title in ["B", "D", "F", "H"] {
        made.push(stage.page(&root, "DOCS", title).await);
    }
    let path = format!("/wiki/api/v2/spaces/{space}/pages?sort=title&limit=2");
    let first = stage.get(&root, &path).await.json();
    assert_eq!(first["results"][1]["title"], "D");
    let next = first["_links"]["next"].as_str().unwrap().to_owned();
    stage.page(&root, "DOCS", "A").await;
    stage.page(&root, "DOCS", "E").await;
    for gone in &made[..2] {
        let path = format!("/wiki/api/v2/pages/{gone}");
        assert_eq!(
            stage.json(&root, Method::DELETE, &path, "").await.status,
            204
        );
    }
    let (titles, _) = read(&stage, &root, &next, "title").await;
    assert_eq!(titles, ["E", "F", "H", "The DOCS space"]);
}

#[tokio::test]
async fn a_private_page_is_its_makers_alone_from_the_first_moment() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let space = stage.space(&root, "DOCS").await["id"].to_string();
    let body = format!(r#"{{"spaceId":"{space}","title":"Mine"}}"#);
    let made = stage
        .post(&root, "/wiki/api/v2/pages?private=true", &body)
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/wiki/api/v2/pages/{id}");
    assert_eq!(stage.get(&root, &path).await.status, 200);
    assert_eq!(stage.get(&lena, &path).await.status, 404);
    let lists = format!("/wiki/rest/api/content/{id}/restriction/byOperation");
    let lists = stage.get(&root, &lists).await.json();
    for kind in ["read", "update"] {
        let users = &lists[kind]["restrictions"]["user"]["results"];
        assert_eq!(users[0]["accountId"], root.account.as_str(), "{lists}");
    }
    // People who may not restrict in the space can't close a page either (law 2a.9).
    let refused = stage
        .post(&lena, "/wiki/api/v2/blogposts?private=true", &body)
        .await;
    assert_eq!(refused.status, 404);
    assert!(
        refused.text().contains("restrict_content"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn a_page_is_renamed_without_a_version_number() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let id = stage.page(&root, "DOCS", "Guide").await;
    let path = format!("/wiki/api/v2/pages/{id}/title");
    let named = |status: &str, title: &str| format!(r#"{{"status":"{status}","title":"{title}"}}"#);
    let renamed = stage
        .json(&root, Method::PUT, &path, &named("current", "Manual"))
        .await;
    assert_eq!(renamed.status, 200, "{}", renamed.text());
    let page = renamed.json();
    assert_eq!(page["title"], "Manual");
    assert_eq!(page["version"]["number"], 2);
    let draft = stage
        .json(&root, Method::PUT, &path, &named("draft", "Other"))
        .await;
    assert_eq!(draft.status, 400, "{}", draft.text());
    let taken = stage
        .json(
            &root,
            Method::PUT,
            &path,
            &named("current", "The DOCS space"),
        )
        .await;
    assert!(
        taken.text().contains("title already exists"),
        "{}",
        taken.text()
    );
}

#[tokio::test]
async fn ids_are_told_apart_by_who_sees_them() {
    let stage = Stage::new().await;
    let (root, una) = (stage.root().await, stage.person("una", Access::None).await);
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let say = format!(
        r#"{{"pageId":"{page}","body":{{"representation":"storage","value":"<p>hm</p>"}}}}"#
    );
    let said = stage
        .post(&root, "/wiki/api/v2/footer-comments", &say)
        .await
        .json();
    let said = said["id"].as_str().unwrap();
    let ask = format!(r#"{{"contentIds":["{page}",{said},"1","att1","x"]}}"#);
    let path = "/wiki/api/v2/content/convert-ids-to-types";
    let types: Value = stage.post(&root, path, &ask).await.json();
    assert_eq!(types["results"][&page], "page");
    assert_eq!(types["results"][said], "footer-comment");
    let hidden = stage.post(&una, path, &ask).await.json();
    assert_eq!(hidden["results"], serde_json::json!({}));
}

#[tokio::test]
async fn whether_an_address_has_access_is_told_to_site_administration_alone() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.person("una", Access::None).await;
    let path = "/wiki/api/v2/user/access/check-access-by-email";
    let ask = r#"{"emails":["lena@example.org","una@example.org","new@example.org","x"]}"#;
    let told = stage.post(&root, path, ask).await.json();
    let without = serde_json::json!(["una@example.org", "new@example.org"]);
    assert_eq!(told["emailsWithoutAccess"], without);
    assert_eq!(told["invalidEmails"], serde_json::json!(["x"]));
    assert_eq!(stage.post(&lena, path, ask).await.status, 404);
    let bulk = format!(
        r#"{{"accountIds":["{}","1","{}"]}}"#,
        root.account, lena.account
    );
    let users = stage
        .post(&lena, "/wiki/api/v2/users-bulk", &bulk)
        .await
        .json();
    assert_eq!(users["results"][0]["email"], "root@example.org");
    assert_eq!(users["results"][1]["accountId"], lena.account.as_str());
    assert_eq!(users["results"].as_array().unwrap().len(), 2);
}
