//! The tree over v1: descendants, moving, archiving, deleting with all descendants.

use http::Method;
use narthex_access::{Credential, Operation, Principal};
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::account::Access;
use serde_json::{Value, json};

fn titles(list: &Value) -> Vec<&str> {
    let results = list["results"].as_array().unwrap().iter();
    results.map(|it| it["title"].as_str().unwrap()).collect()
}

/// Makes Guide with Install (with On Linux) and Use below it, and returns their ids.
async fn guide(stage: &Stage, who: &Caller) -> [String; 4] {
    stage.space(who, "DOCS").await;
    let guide = stage.page(who, "DOCS", "Guide").await;
    let install = stage.page_below(who, &guide, "Install").await;
    let linux = stage.page_below(who, &install, "On Linux").await;
    let usage = stage.page_below(who, &guide, "Use").await;
    [guide, install, linux, usage]
}

/// Lets a caller delete, archive and restrict in DOCS.
async fn writer(stage: &Stage, who: &Caller) {
    let operations = [
        Operation::Read,
        Operation::DeletePage,
        Operation::ArchivePage,
        Operation::Restrict,
    ];
    for operation in operations {
        let to = Principal::Account(who.account.parse().unwrap());
        stage
            .site
            .grant(&Credential::Operator, "DOCS".into(), to, operation)
            .await
            .unwrap();
    }
}

/// Returns the outcome of a long task, as a caller sees it.
async fn task(stage: &Stage, who: &Caller, accepted: &Value) -> (u16, Value) {
    let status = accepted["links"]["status"].as_str().unwrap();
    let reply = stage.get(who, &format!("/wiki{status}")).await;
    (reply.status, reply.json())
}

#[tokio::test]
async fn what_is_below_is_listed_by_type_and_level_in_its_order() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let [guide, install, ..] = guide(&stage, &root).await;
    let path = format!("/wiki/rest/api/content/{guide}");
    let list = async |below: &str| stage.get(&root, &format!("{path}{below}")).await;

    let all = list("/descendant/page").await.json();
    assert_eq!(titles(&all), ["Install", "On Linux", "Use"]);
    let direct = list("/descendant/page?depth=root").await.json();
    assert_eq!(titles(&direct), ["Install", "Use"]);
    assert_eq!(titles(&direct), titles(&list("/child/page").await.json()));
    let paged = list("/descendant/page?limit=1&start=1").await.json();
    assert_eq!(titles(&paged), ["On Linux"]);
    assert!(
        paged["_links"]["next"]
            .as_str()
            .unwrap()
            .contains("start=2")
    );
    let none = list("/descendant/page?limit=0").await.json();
    assert_eq!(
        (none["size"].as_u64(), none["limit"].as_u64()),
        (Some(0), Some(0))
    );
    assert_eq!(list("/descendant/page?depth=0").await.status, 400);
    assert_eq!(list("/child/folder").await.json()["size"], 0);
    assert_eq!(list("/child/nonsense").await.status, 400);

    let say = |text: &str, answering: Option<&str>| {
        let mut comment = json!({
            "type": "comment", "container": {"id": guide},
            "body": {"storage": {"value": format!("<p>{text}</p>")}},
        });
        if let Some(above) = answering {
            comment["ancestors"] = json!([{"id": above}]);
        }
        comment.to_string()
    };
    let said = stage
        .post(&root, "/wiki/rest/api/content", &say("one", None))
        .await
        .json();
    let said = said["id"].as_str().unwrap();
    let answer = stage
        .post(&root, "/wiki/rest/api/content", &say("two", Some(said)))
        .await
        .json();
    assert_eq!(answer["ancestors"][0]["id"], said);
    assert_eq!(list("/child/comment").await.json()["size"], 1);
    assert_eq!(list("/child/comment?depth=all").await.json()["size"], 2);
    assert_eq!(
        list("/child/comment?location=inline").await.json()["size"],
        0
    );
    assert_eq!(list("/descendant/comment").await.json()["size"], 2);
    let answers = format!("/wiki/rest/api/content/{said}/child/comment");
    let answers = stage.get(&root, &answers).await.json();
    assert_eq!(answers["results"][0]["id"], answer["id"]);

    let expand = "?expand=children.page,children.comment,descendants.page,childTypes.all,ancestors";
    let page = list(expand).await.json();
    assert_eq!(titles(&page["children"]["page"]), ["Install", "Use"]);
    assert_eq!(page["children"]["comment"]["size"], 1);
    assert!(page["children"]["_expandable"]["attachment"].is_string());
    assert_eq!(page["descendants"]["page"]["size"], 3);
    assert_eq!(page["childTypes"]["page"]["value"], true);
    assert_eq!(page["childTypes"]["attachment"]["value"], false);
    for left_out in [
        "body",
        "metadata",
        "operations",
        "restrictions",
        "container",
    ] {
        assert!(page["_expandable"][left_out].is_string(), "{left_out}");
    }
    let map = list("/child?expand=page").await.json();
    assert_eq!(titles(&map["page"]), ["Install", "Use"]);
    assert_eq!(
        map["_expandable"]["comment"],
        format!("/rest/api/content/{guide}/child/comment")
    );
    let install = stage
        .get(&root, &format!("/wiki/rest/api/content/{install}/child"))
        .await
        .json();
    assert!(install["_expandable"]["page"].is_string());
}

#[tokio::test]
async fn a_page_is_moved_beside_and_below_others_by_both_doors() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let [guide, install, linux, usage] = guide(&stage, &root).await;
    let children = format!("/wiki/rest/api/content/{guide}/child/page");
    let put = async |path: String| stage.json(&root, Method::PUT, &path, "").await;
    let moved = put(format!(
        "/wiki/rest/api/content/{linux}/move/before/{install}"
    ))
    .await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(moved.json(), json!({"pageId": linux}));
    let now = stage.get(&root, &children).await.json();
    assert_eq!(titles(&now), ["On Linux", "Install", "Use"]);

    let action = format!(
        "/wiki/pages/movepage.action?spaceKey=DOCS&pageId={linux}&targetId={usage}&position=below"
    );
    let moved = stage.post(&root, &action, "").await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(moved.json()["page"]["id"], linux);
    let now = stage.get(&root, &children).await.json();
    assert_eq!(titles(&now), ["Install", "Use", "On Linux"]);
    let titled =
        format!("/wiki/pages/movepage.action?spaceKey=DOCS&pageId={linux}&targetTitle=Install");
    assert_eq!(stage.post(&root, &titled, "").await.status, 200);
    let now = stage.get(&root, &children).await.json();
    assert_eq!(titles(&now), ["Install", "Use"]);

    for (path, status) in [
        (format!("{linux}/move/into/{usage}"), 400),
        (format!("{install}/move/append/{linux}"), 400),
        (format!("{linux}/move/append/77"), 404),
        (format!("77/move/append/{linux}"), 404),
    ] {
        let refused = put(format!("/wiki/rest/api/content/{path}")).await;
        assert_eq!(refused.status, status, "{path}: {}", refused.text());
    }
}

#[tokio::test]
async fn pages_are_archived_all_or_none_and_the_task_is_its_starters_own() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let [_, install, linux, usage] = guide(&stage, &root).await;
    writer(&stage, &lena).await;
    stage.restrict(&root, &usage, &root).await;
    let archive = |ids: &[&str]| {
        let pages: Vec<Value> = ids
            .iter()
            .map(|id| json!({"id": id.parse::<u64>().unwrap()}))
            .collect();
        json!({"pages": pages}).to_string()
    };
    let path = "/wiki/rest/api/content/archive";
    // One of them is hidden, or never existed: nothing is done, and the words are the same.
    let hidden = stage.post(&lena, path, &archive(&[&linux, &usage])).await;
    let missing = stage.post(&lena, path, &archive(&[&linux, "77"])).await;
    assert_eq!((hidden.status, &hidden.text()), (400, &missing.text()));
    let live = stage
        .get(&lena, &format!("/wiki/rest/api/content/{linux}"))
        .await;
    assert_eq!(live.json()["status"], "current");

    let done = stage.post(&lena, path, &archive(&[&linux, &install])).await;
    assert_eq!(done.status, 202, "{}", done.text());
    let (status, how) = task(&stage, &lena, &done.json()).await;
    assert_eq!(status, 200);
    assert_eq!(how["finished"], true);
    assert_eq!(how["successful"], true);
    assert_eq!(how["percentageComplete"], 100);
    assert_eq!(how["name"]["key"], "page.archive");
    let live = stage
        .get(&lena, &format!("/wiki/rest/api/content/{linux}"))
        .await;
    assert_eq!(live.json()["status"], "archived");
    assert_eq!(
        stage.post(&lena, path, &archive(&[&linux])).await.status,
        400
    );

    let gus = stage.person("gus", Access::Confluence).await;
    let (theirs, text) = task(&stage, &gus, &done.json()).await;
    let never = stage.get(&gus, "/wiki/rest/api/longtask/77").await;
    assert_eq!((theirs, &text), (404, &never.json()));
    assert_eq!(task(&stage, &root, &done.json()).await.0, 200);
    let all = async |who: &Caller| stage.get(who, "/wiki/rest/api/longtask").await;
    assert_eq!(all(&gus).await.json()["size"], 0);
    assert_eq!(all(&lena).await.json()["size"], 1);
    assert_eq!(all(&root).await.json()["size"], 1);
    assert_eq!(all(&narthex_served::stage::nobody()).await.status, 401);
}

#[tokio::test]
async fn deleting_a_tree_leaves_what_is_hidden_below_as_closed_as_it_was() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    let [guide, install, linux, usage] = guide(&stage, &root).await;
    let secret = stage.page_below(&root, &linux, "Secret").await;
    writer(&stage, &lena).await;
    stage.restrict(&root, &secret, &root).await;
    let path = |id: &str| format!("/wiki/rest/api/content/{id}");

    let done = stage
        .json(
            &lena,
            Method::DELETE,
            &format!("{}/pageTree", path(&guide)),
            "",
        )
        .await;
    assert_eq!(done.status, 202, "{}", done.text());
    let (_, how) = task(&stage, &lena, &done.json()).await;
    // Pages that are hidden from her are not counted.
    assert_eq!(how["messages"][0]["translation"], "4 pages");
    for id in [&guide, &install, &linux, &usage] {
        let trashed = format!("{}?status=trashed", path(id));
        assert_eq!(stage.get(&root, &trashed).await.status, 200, "{id}");
        assert_eq!(stage.get(&lena, &path(id)).await.status, 404);
    }
    let kept = format!("{}?expand=ancestors", path(&secret));
    let kept = stage.get(&root, &kept).await.json();
    assert_eq!(kept["status"], "current");
    assert_eq!(kept["ancestors"].as_array().unwrap().len(), 1);
    assert_eq!(stage.get(&lena, &path(&secret)).await.status, 404);
    let again = stage
        .json(
            &lena,
            Method::DELETE,
            &format!("{}/pageTree", path(&guide)),
            "",
        )
        .await;
    assert_eq!(again.status, 404, "{}", again.text());

    // The restrictions of those between stay on the pages that are left.
    let outer = stage.page(&root, "DOCS", "Outer").await;
    let inner = stage.page_below(&root, &outer, "Inner").await;
    let archived = stage.page_below(&root, &inner, "Archived").await;
    let archive = json!({"pages": [{"id": archived}]}).to_string();
    let archive = stage
        .post(&root, "/wiki/rest/api/content/archive", &archive)
        .await;
    assert_eq!(archive.status, 202, "{}", archive.text());
    stage.restrict(&root, &outer, &root).await;
    let done = stage
        .json(
            &root,
            Method::DELETE,
            &format!("{}/pageTree", path(&outer)),
            "",
        )
        .await;
    assert_eq!(done.status, 202, "{}", done.text());
    assert_eq!(stage.get(&root, &path(&archived)).await.status, 200);
    assert_eq!(stage.get(&lena, &path(&archived)).await.status, 404);
}

/// Restores a page over one version of the API, and returns the status.
async fn restore(stage: &Stage, who: &Caller, id: &str, version: &str) -> u16 {
    let view = stage.view(who).await;
    let title = view.page(id.parse().unwrap()).unwrap().row().title.clone();
    let (path, body) = match version {
        "v1" => (
            format!("/wiki/rest/api/content/{id}"),
            json!({
                "type": "page", "title": &*title, "status": "current", "version": {"number": 2},
            }),
        ),
        _ => (
            format!("/wiki/api/v2/pages/{id}"),
            json!({
                "id": id, "title": &*title, "status": "current", "version": {"number": 2},
                "body": {"representation": "storage", "value": "<p>It is back.</p>"},
            }),
        ),
    };
    let reply = stage.json(who, Method::PUT, &path, &body.to_string()).await;
    reply.status
}

/// Attack class A32.
#[tokio::test]
async fn what_comes_back_out_of_a_deleted_tree_is_as_closed_as_it_was() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let path = |id: &str| format!("/wiki/rest/api/content/{id}");
    let status = async |who: &Caller, path: String| stage.get(who, &path).await.status;
    let delete = async |path: String| {
        let gone = stage.json(&root, Method::DELETE, &path, "").await;
        assert!((200..300).contains(&gone.status), "{path}: {}", gone.text());
    };

    for version in ["v1", "v2"] {
        for purged in [false, true] {
            let outer = stage.page(&root, "DOCS", "Outer").await;
            let inner = stage.page_below(&root, &outer, "Inner").await;
            let leaf = stage.page_below(&root, &inner, "Leaf").await;
            let remark = json!({
                "type": "comment", "container": {"id": leaf},
                "body": {"storage": {"value": "<p>secret</p>", "representation": "storage"}},
            });
            let remark = stage
                .post(&root, "/wiki/rest/api/content", &remark.to_string())
                .await
                .json();
            let remark = remark["id"].as_str().unwrap();
            stage.restrict(&root, &outer, &root).await;
            assert_eq!(status(&lena, path(&leaf)).await, 404);

            delete(format!("{}/pageTree", path(&outer))).await;
            if purged {
                delete(format!("{}?status=trashed", path(&outer))).await;
            }
            for id in [&leaf, &inner] {
                assert_eq!(restore(&stage, &root, id, version).await, 200);
                assert_eq!(status(&root, path(id)).await, 200);
                assert_eq!(status(&lena, path(id)).await, 404);
                assert_eq!(
                    status(&narthex_served::stage::nobody(), path(id)).await,
                    404
                );
            }
            assert_eq!(status(&root, path(remark)).await, 200);
            assert_eq!(status(&lena, path(remark)).await, 404);

            // A permission to restrict the page is needed to lift it, and nothing else lifts it.
            delete(format!("{}/restriction", path(&leaf))).await;
            assert_eq!(status(&lena, path(&leaf)).await, 200);
            assert_eq!(status(&lena, path(&inner)).await, 404);
            for id in [&leaf, &inner] {
                delete(path(id)).await;
                delete(format!("{}?status=trashed", path(id))).await;
            }
            if !purged {
                assert_eq!(restore(&stage, &root, &outer, version).await, 200);
                assert_eq!(status(&lena, path(&outer)).await, 404);
                delete(path(&outer)).await;
            }
        }
    }
}

/// Attack class A32.
#[tokio::test]
async fn what_comes_back_from_below_an_archived_page_is_as_closed_as_it_was() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let path = |id: &str| format!("/wiki/rest/api/content/{id}");
    let outer = stage.page(&root, "DOCS", "Outer").await;
    let leaf = stage.page_below(&root, &outer, "Leaf").await;
    stage.restrict(&root, &outer, &root).await;
    let gone = stage.json(&root, Method::DELETE, &path(&leaf), "").await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    let archive = json!({"pages": [{"id": outer}]}).to_string();
    let archive = stage
        .post(&root, "/wiki/rest/api/content/archive", &archive)
        .await;
    assert_eq!(archive.status, 202, "{}", archive.text());
    assert_eq!(restore(&stage, &root, &leaf, "v1").await, 200);
    assert_eq!(stage.get(&root, &path(&leaf)).await.status, 200);
    assert_eq!(stage.get(&lena, &path(&leaf)).await.status, 404);
}
