//! Inline tasks of v1: the tasks that v2 has, under other names.

use http::Method;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

const SEARCH: &str = "/wiki/rest/api/inlinetasks/search";

fn one(id: &str) -> String {
    format!("/wiki/rest/api/inlinetasks/{id}")
}

fn set(id: &str, status: &str) -> Ask {
    Ask::new(Method::PUT, one(id)).json(&json!({"status": status}))
}

async fn ids(world: &World, actor: &Actor, query: &str) -> Vec<String> {
    let ask = Ask::get(format!("{SEARCH}?{query}"));
    let found = world.served.expect(200, actor, &ask).await.json();
    let results = found["results"].as_array().expect("results");
    assert_eq!(found["size"], results.len());
    results
        .iter()
        .map(|task| task["globalId"].to_string())
        .collect()
}

fn number(id: &str) -> Value {
    Value::from(id.parse::<u64>().expect("a number"))
}

#[tokio::test]
async fn a_task_is_told_found_and_done() {
    let world = World::new(121).await;
    let served = &world.served;
    let olga = world.actor(Who::Olga);
    let account = world.account(Who::Olga).to_string();
    let aim = world.aim("To do").clone();
    let told = served.get(&olga, &one(&aim.to_do)).await.json();
    assert_eq!(told["globalId"], number(&aim.to_do));
    assert_eq!(told["contentId"], number(&aim.page));
    assert_eq!(
        (&told["id"], &told["status"]),
        (&json!(1), &json!("incomplete"))
    );
    assert_eq!(told["creator"], account);
    assert!(told["createDate"].as_i64().is_some_and(|at| at > 0));
    assert_eq!(told["completeUser"], Value::Null);
    let here = format!("pageId={}", aim.page);
    let this = vec![aim.to_do.clone()];
    assert_eq!(ids(&world, &olga, &here).await, this);
    for all in ["spaceKey=DOCS,NOSUCH", "limit=100", "status=incomplete"] {
        assert!(ids(&world, &olga, all).await.contains(&aim.to_do), "{all}");
    }
    for none in [
        "status=complete".to_owned(),
        "duedateFrom=0".to_owned(),
        "completedateTo=99999999999999".to_owned(),
        "createdateTo=1".to_owned(),
        "spaceKey=NOSUCH".to_owned(),
        format!("assignee={account}"),
        format!("completedUser={account}"),
        "limit=0".to_owned(),
    ] {
        let found = ids(&world, &olga, &format!("{here}&{none}")).await;
        assert!(found.is_empty(), "{none}: {found:?}");
    }
    let first = served.get(&olga, &format!("{SEARCH}?limit=1")).await.json();
    let next = first["_links"]["next"].as_str().expect("more");
    let rest = served.get(&olga, &format!("/wiki{next}")).await.json();
    assert_ne!(
        first["results"][0]["globalId"],
        rest["results"][0]["globalId"]
    );

    let done = served
        .expect(200, &olga, &set(&aim.to_do, "complete"))
        .await;
    assert_eq!(done.json()["completeUser"], account);
    let by = format!("{here}&status=complete&completedUser={account}&completedateFrom=1");
    assert_eq!(ids(&world, &olga, &by).await, this);
    let v2 = format!("/wiki/api/v2/tasks/{}", aim.to_do);
    assert_eq!(served.get(&olga, &v2).await.json()["status"], "complete");

    for wrong in [
        "status=done",
        "creator=me",
        "createdateTo=soon",
        "pageId=x",
        "limit=-1",
    ] {
        let told = served.get(&olga, &format!("{SEARCH}?{wrong}")).await;
        assert_eq!(told.status, 400, "{wrong}: {}", told.text());
    }
    assert_eq!(
        served.ask(&olga, &set(&aim.to_do, "begun")).await.status,
        400
    );
}

/// Who wrote a task, who did it and when belongs to the page's past (law 2.24), and no filter
/// reveals it (A04).
#[tokio::test]
async fn through_an_open_channel_a_task_is_shown_without_its_past() {
    let world = World::new(122).await;
    let served = &world.served;
    let (olga, una) = (world.actor(Who::Olga), world.actor(Who::Una));
    let aim = world.aim("To do").clone();
    served
        .expect(200, &olga, &set(&aim.to_do, "complete"))
        .await;
    let told = served.get(&una, &one(&aim.to_do)).await.json();
    assert_eq!(told["status"], "complete");
    assert_eq!(
        (&told["creator"], &told["createDate"]),
        (&json!(""), &json!(0))
    );
    for of_the_past in ["completeUser", "completeDate", "updateDate"] {
        assert_eq!(told[of_the_past], Value::Null, "{of_the_past}");
    }
    let here = format!("pageId={}", aim.page);
    let account = world.account(Who::Olga);
    assert_eq!(ids(&world, &una, &here).await.len(), 1);
    for filter in [
        format!("creator={account}"),
        format!("completedUser={account}"),
        "createdateFrom=0".to_owned(),
        "completedateFrom=0".to_owned(),
    ] {
        let found = ids(&world, &una, &format!("{here}&{filter}")).await;
        assert!(found.is_empty(), "{filter}: {found:?}");
    }
    assert_eq!(
        served
            .ask(&una, &set(&aim.to_do, "incomplete"))
            .await
            .status,
        403
    );
    let nobody = Actor::Anonymous;
    assert_eq!(
        served
            .ask(&nobody, &set(&aim.to_do, "incomplete"))
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn the_task_of_a_hidden_page_is_missing() {
    let world = World::new(123).await;
    let lena = world.actor(Who::Lena);
    let secret = world.aim("Secret to do").clone();
    for ask in [Ask::get(one(&secret.to_do)), set(&secret.to_do, "complete")] {
        assert_eq!(world.served.ask(&lena, &ask).await.status, 404, "{ask}");
    }
    for query in [
        format!("pageId={}", secret.page),
        "spaceKey=CLOSED".to_owned(),
    ] {
        let found = ids(&world, &lena, &query).await;
        assert!(found.is_empty(), "{query}: {found:?}");
    }
    assert!(
        !ids(&world, &lena, "limit=250")
            .await
            .contains(&secret.to_do)
    );
}

/// In ADF documents, tasks have local ids within their page, and no numbers.
#[tokio::test]
async fn a_task_without_a_number_is_numbered_as_on_the_site() {
    let world = World::new(124).await;
    let olga = world.actor(Who::Olga);
    let text = json!({"type": "text", "text": "Oil the hinges"});
    let item = json!({"type": "taskItem", "attrs": {"localId": "a-b", "state": "TODO"}, "content": [text]});
    let list = json!({"type": "taskList", "attrs": {"localId": "c-d"}, "content": [item]});
    let document = json!({"type": "doc", "version": 1, "content": [list]});
    let new = json!({
        "spaceId": world.aim("DOCS").space, "title": "Hinges",
        "body": {"representation": "atlas_doc_format", "value": document.to_string()},
    });
    let post = Ask::post("/wiki/api/v2/pages", &new);
    let page = world.served.expect(200, &olga, &post).await.json();
    let page = page["id"].as_str().expect("an id");
    let ask = Ask::get(format!("{SEARCH}?pageId={page}"));
    let found = world.served.expect(200, &olga, &ask).await.json();
    let task = &found["results"][0];
    assert_eq!(task["id"], task["globalId"]);
    assert_eq!(task["body"], "Oil the hinges");
}
