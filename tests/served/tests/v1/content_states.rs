//! The states of many pages in one request, and the long task that says what became of each.

use http::Method;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

const STATES: &str = "/wiki/rest/api/content-states";

fn set(ids: &[&str], status: &str) -> Ask {
    let body = json!({"ids": ids, "contentState": {"name": "Halfway", "color": "#57D9A3"}});
    Ask::new(Method::PUT, format!("{STATES}?status={status}")).json(&body)
}

fn remove(ids: &[&str]) -> Ask {
    let path = format!("{STATES}/delete?status=current");
    Ask::post(path, &json!({"ids": ids}))
}

fn task(id: &str) -> Ask {
    Ask::get(format!("{STATES}/task/{id}"))
}

async fn asked(world: &World, actor: &Actor, ask: &Ask) -> (String, Value) {
    let told = world.served.expect(200, actor, ask).await.json();
    let id = told["asyncId"].as_str().expect("an id").to_owned();
    let outcome = world.served.expect(200, actor, &task(&id)).await.json();
    (id, outcome)
}

/// Returns the name of a page's state, and the number of its version.
async fn state(world: &World, page: &str) -> (Value, u64) {
    let olga = world.actor(Who::Olga);
    let path = format!("/wiki/rest/api/content/{page}");
    let state = world.served.get(&olga, &format!("{path}/state")).await;
    let content = world.served.get(&olga, &path).await.json();
    let number = content["version"]["number"].as_u64().expect("a number");
    (state.json()["contentState"]["name"].clone(), number)
}

/// Makes a page of DOCS that only Ada may edit.
async fn closed_to_editing(world: &World) -> String {
    let ada = world.actor(Who::Ada);
    let new = json!({
        "type": "page", "title": "Mine to edit", "space": {"key": "DOCS"},
        "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
    });
    let post = Ask::post("/wiki/rest/api/content", &new);
    let page = world.served.expect(200, &ada, &post).await.json();
    let page = page["id"].as_str().expect("an id").to_owned();
    let list = json!([{"operation": "update", "restrictions":
        {"user": [{"accountId": world.account(Who::Ada).to_string()}], "group": []}}]);
    let put = Ask::new(
        Method::PUT,
        format!("/wiki/rest/api/content/{page}/restriction"),
    );
    world.served.expect(200, &ada, &put.json(&list)).await;
    page
}

#[tokio::test]
async fn many_pages_get_a_state_and_lose_it() {
    let world = World::new(131).await;
    let olga = world.actor(Who::Olga);
    let (guide, install) = (
        world.aim("Guide").page.clone(),
        world.aim("Install").page.clone(),
    );
    let (_, before) = state(&world, &guide).await;
    let both = [guide.as_str(), install.as_str(), guide.as_str()];
    let (id, outcome) = asked(&world, &olga, &set(&both, "current")).await;
    let expected =
        json!({"set": [guide, install], "failed": [], "percentage": 100, "success": true});
    assert_eq!(outcome, expected);
    assert_eq!(state(&world, &guide).await, (json!("Halfway"), before + 1));
    assert_eq!(state(&world, &install).await.0, "Halfway");
    // One state of the caller's own was made for both.
    let own = world.served.get(&olga, STATES).await.json();
    assert_eq!(own.as_array().map(Vec::len), Some(1), "{own}");
    let told = world
        .served
        .get(&olga, &format!("/wiki/rest/api/longtask/{id}"))
        .await
        .json();
    assert_eq!(
        (&told["name"]["key"], &told["successful"]),
        (&json!("page.status.set"), &json!(true))
    );

    // Setting the present state succeeds, and makes no version.
    let (_, outcome) = asked(&world, &olga, &set(&both, "current")).await;
    assert_eq!(outcome, expected);
    assert_eq!(state(&world, &guide).await.1, before + 1);

    let (_, outcome) = asked(&world, &olga, &remove(&both)).await;
    assert_eq!(outcome["success"], true);
    assert_eq!(state(&world, &guide).await, (Value::Null, before + 2));

    // A draft's state makes no version, and isn't the page's.
    asked(&world, &olga, &set(&[&guide], "draft")).await;
    assert_eq!(state(&world, &guide).await, (Value::Null, before + 2));
}

#[tokio::test]
async fn a_page_that_may_not_be_edited_is_passed_over_and_a_hidden_one_stops_all() {
    let world = World::new(132).await;
    let (served, lena, olga) = (
        &world.served,
        world.actor(Who::Lena),
        world.actor(Who::Olga),
    );
    let guide = world.aim("Guide").page.clone();
    let closed = closed_to_editing(&world).await;
    let before = state(&world, &guide).await;
    let secret = world.aim("Secret to do").page.clone();
    for gone in [secret.as_str(), "4503599627370497", "none"] {
        for ask in [set(&[&guide, gone], "current"), remove(&[&guide, gone])] {
            assert_eq!(served.ask(&lena, &ask).await.status, 404, "{ask}");
        }
    }
    let only_closed = set(&[&closed], "current");
    assert_eq!(served.ask(&olga, &only_closed).await.status, 403);
    assert_eq!(state(&world, &guide).await, before);

    let (id, outcome) = asked(&world, &olga, &set(&[&closed, &guide], "current")).await;
    assert_eq!(
        (&outcome["set"], &outcome["success"]),
        (&json!([guide]), &json!(false))
    );
    assert_eq!(outcome["failed"][0]["contentId"], closed);
    let why = outcome["failed"][0]["failureReason"].as_str().expect("why");
    assert!(why.contains("restricted"), "{why}");
    assert_eq!(outcome["message"], "1 of 2 were left unchanged");

    // A task is shown to the person who started it, and to site administrators (law 6.6).
    for (who, status) in [
        (Who::Olga, 200),
        (Who::Ada, 200),
        (Who::Lena, 404),
        (Who::Nobody, 401),
    ] {
        let told = served.ask(&world.actor(who), &task(&id)).await;
        assert_eq!(told.status, status, "{}", who.name());
    }
    let other = world.aim("Deleting GONE").task.clone();
    assert_eq!(served.ask(&olga, &task(&other)).await.status, 404);
    // It reveals no more of a page than the page does.
    let list = json!([{"operation": "read", "restrictions":
        {"user": [{"accountId": world.account(Who::Ada).to_string()}], "group": []}}]);
    let put = Ask::new(
        Method::PUT,
        format!("/wiki/rest/api/content/{closed}/restriction"),
    );
    served
        .expect(200, &world.actor(Who::Ada), &put.json(&list))
        .await;
    let told = served.expect(200, &olga, &task(&id)).await.json();
    assert_eq!(
        (&told["failed"], &told["set"]),
        (&json!([]), &json!([guide]))
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let world = World::new(133).await;
    let (served, olga) = (&world.served, world.actor(Who::Olga));
    let guide = world.aim("Guide").page.clone();
    let many: Vec<String> = (1..=301).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let state = |state: Value| {
        Ask::new(Method::PUT, format!("{STATES}?status=current"))
            .json(&json!({"ids": [guide], "contentState": state}))
    };
    let no_status = Ask::post(format!("{STATES}/delete"), &json!({"ids": [guide]}));
    for (ask, word) in [
        (set(&[], "current"), "ids"),
        (set(&many, "current"), "300"),
        (set(&[&guide], "archived"), "status"),
        (no_status, "status"),
        (state(Value::Null), "contentState"),
        (state(json!({"id": 99})), "content state"),
        (state(json!({"name": "x", "color": "red"})), "color"),
        (remove(&[]), "ids"),
    ] {
        let told = served.ask(&olga, &ask).await;
        assert_eq!(told.status, 400, "{ask}: {}", told.text());
        assert!(told.text().contains(word), "{ask}: {}", told.text());
    }
    let nobody = Actor::Anonymous;
    assert_eq!(
        served.ask(&nobody, &set(&[&guide], "current")).await.status,
        401
    );
    let una = world.actor(Who::Una);
    assert_eq!(
        served.ask(&una, &set(&[&guide], "current")).await.status,
        403
    );
}
