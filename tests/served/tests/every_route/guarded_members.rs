//! A member of a body that says who is to see something, where it is to stand, or that it isn't to
//! be done, takes effect or is refused: the two versions of the API use different words, and a page
//! whose parent is ignored stands in the open.

use http::Method;
use narthex_served::table::{Near, table};
use narthex_served::{Actor, Ask, Told, Who, World};
use serde_json::{Value, json};

const V1: &str = "/wiki/rest/api/content";
const V2: &str = "/wiki/api/v2";

/// Each guarded member, with a value that would matter.
fn members() -> Vec<(&'static str, Value)> {
    let who = json!({"read": {"restrictions": {"user": [{"accountId": "1"}]}}});
    vec![
        ("private", json!(true)),
        ("isPrivate", json!(true)),
        ("createPrivateSpace", json!(true)),
        ("draft", json!(true)),
        ("status", json!("draft")),
        ("restrictions", who),
        ("permissions", json!([])),
        ("roleAssignments", json!([])),
        ("copySpaceAccessConfiguration", json!(1)),
        ("space", json!({"key": "TEAM"})),
        ("spaceId", json!("7")),
        ("spaceKey", json!("TEAM")),
        ("ancestors", json!([{"id": "7"}])),
        ("parentId", json!("7")),
        ("container", json!({"id": "7"})),
        ("pageId", json!("7")),
        ("parentCommentId", json!("7")),
        ("inlineCommentProperties", json!({"textSelection": "a"})),
        ("dryRun", json!(true)),
        ("operation", json!("read")),
        ("resolved", json!(true)),
    ]
}

fn is_rest(template: &str) -> bool {
    template.starts_with("/wiki/rest/") || template.starts_with("/wiki/api/v2/")
}

#[tokio::test]
async fn every_change_reads_or_refuses_the_members_that_say_who_sees_it_and_where_it_stands() {
    let world = World::new(261).await;
    let (near, ada) = (Near::of(&world), world.actor(Who::Ada));
    let routes = narthex_server::routes();
    let (mut refused, mut read) = (0, 0);
    for entry in table() {
        let aim = world.example(entry.about);
        let is_change = matches!(entry.method, "POST" | "PUT");
        if !is_change || !is_rest(entry.template) {
            continue;
        }
        let route = routes
            .iter()
            .find(|route| route.template == entry.template && route.method == *entry.method);
        let reads = route.expect("the route of an entry").members;
        for ask in entry.asks(aim, &near) {
            let Ok(Value::Object(body)) = serde_json::from_slice(&ask.body) else {
                continue;
            };
            for (member, value) in members() {
                if reads.contains(&member) {
                    read += 1;
                    continue;
                }
                let mut body = body.clone();
                body.insert(member.to_owned(), value);
                let ask = ask.clone().json(&Value::Object(body));
                let told = world.served.ask(&ada, &ask).await;
                assert!(told.status >= 400, "{ask}: {} {}", told.status, told.text());
                // Something else may be wrong with the request, so that it is refused for that.
                refused += usize::from(told.status == 400 && told.text().contains(member));
            }
        }
    }
    assert!(
        refused > 500 && read > 20,
        "{refused} refused by the member's name, {read} read"
    );
}

/// Sends a request that must be refused by this name.
async fn refuse(world: &World, ask: &Ask, name: &str) -> Told {
    let told = world.served.ask(&world.actor(Who::Ada), ask).await;
    assert_eq!(told.status, 400, "{ask}: {}", told.text());
    assert!(told.text().contains(name), "{ask}: {}", told.text());
    told
}

fn put(path: String, body: &Value) -> Ask {
    Ask::new(Method::PUT, path).json(body)
}

#[tokio::test]
async fn what_repeats_where_content_stands_must_be_right() {
    let world = World::new(262).await;
    let ada = world.actor(Who::Ada);
    let (guide, other) = (world.aim("Guide"), world.aim("Plan"));
    let stored = json!({"storage": {"value": "<p>x</p>", "representation": "storage"}});
    // A page's container is its space, and never the page that it is to stand below.
    let mut page =
        json!({"type": "page", "title": "New", "space": {"key": guide.key}, "body": stored});
    page["container"] = json!({"id": guide.page, "type": "page"});
    refuse(&world, &Ask::post(V1, &page), "container").await;
    page["container"] = json!({"id": guide.space, "key": guide.key});
    let made = world.served.expect(200, &ada, &Ask::post(V1, &page)).await;
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let mut edit =
        json!({"type": "page", "title": "New", "version": {"number": 2}, "body": stored});
    edit["container"] = json!({"id": other.space});
    refuse(&world, &put(format!("{V1}/{id}"), &edit), "container").await;
    edit["container"] = json!({"id": guide.space});
    world
        .served
        .expect(200, &ada, &put(format!("{V1}/{id}"), &edit))
        .await;

    // A comment stays on its page, below what it replies to, and where it is.
    let comment =
        json!({"type": "comment", "container": {"id": id, "type": "page"}, "body": stored});
    for (member, value) in [
        ("space", json!({"key": other.key})),
        ("extensions", json!({"location": "inline"})),
        (
            "extensions",
            json!({"inlineProperties": {"originalSelection": "x"}}),
        ),
    ] {
        let mut wrong = comment.clone();
        wrong[member] = value;
        refuse(&world, &Ask::post(V1, &wrong), member).await;
    }
    let comment = world
        .served
        .expect(200, &ada, &Ask::post(V1, &comment))
        .await;
    let comment = comment.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("{V1}/{comment}");
    let edit = json!({"type": "comment", "version": {"number": 2}, "body": stored});
    for (member, value) in [
        ("container", json!({"id": guide.page})),
        ("ancestors", json!([{"id": "7"}])),
        ("extensions", json!({"location": "inline"})),
        ("extensions", json!({"resolution": {"status": "resolved"}})),
    ] {
        let mut wrong = edit.clone();
        wrong[member] = value;
        refuse(&world, &put(path.clone(), &wrong), member).await;
    }
    let mut same = edit.clone();
    same["container"] = json!({"id": id, "type": "page"});
    same["ancestors"] = json!([]);
    same["extensions"] = json!({"location": "footer", "resolution": {"status": "open"}});
    world.served.expect(200, &ada, &put(path, &same)).await;
    let path = format!("{V2}/footer-comments/{comment}");
    let body = json!({"representation": "storage", "value": "<p>y</p>"});
    let mut edit = json!({"version": {"number": 3}, "body": body, "pageId": guide.page});
    refuse(&world, &put(path.clone(), &edit), "pageId").await;
    edit["pageId"] = json!(id);
    world.served.expect(200, &ada, &put(path, &edit)).await;
}

#[tokio::test]
async fn a_draft_is_published_as_what_it_is_and_where_it_is() {
    let world = World::new(263).await;
    let ada = world.actor(Who::Ada);
    let guide = world.aim("Guide");
    let body = json!({"representation": "storage", "value": "<p>x</p>"});
    let draft = json!({"spaceId": guide.space, "status": "draft", "title": "Begun", "body": body});
    let draft = Ask::post(format!("{V2}/pages"), &draft);
    let draft = world.served.expect(200, &ada, &draft).await.json()["id"].clone();
    let publish = json!({
        "id": draft, "type": "page", "status": "current", "title": "Begun", "space": {"key": guide.key},
    });
    for (member, value) in [
        ("space", json!({"key": "TEAM"})),
        ("type", json!("blogpost")),
    ] {
        let mut wrong = publish.clone();
        wrong[member] = value;
        refuse(&world, &Ask::post(V1, &wrong), member).await;
    }
    let again = json!({"id": draft, "spaceId": guide.space, "title": "Begun", "body": body});
    refuse(&world, &Ask::post(format!("{V2}/pages"), &again), "id").await;
    world
        .served
        .expect(200, &ada, &Ask::post(V1, &publish))
        .await;
}

#[tokio::test]
async fn a_restriction_is_not_lifted_by_a_request_that_names_somebody() {
    let world = World::new(264).await;
    let ada = world.actor(Who::Ada);
    let page = &world.aim("To do").page;
    let me = world.account(Who::Ada).to_string();
    let list = json!([{"operation": "read", "restrictions": {"user": [{"accountId": me}]}}]);
    let path = format!("{V1}/{page}/restriction");
    world
        .served
        .expect(200, &ada, &put(path.clone(), &list))
        .await;
    let lift = |query: &str| Ask::new(Method::DELETE, format!("{path}{query}"));
    for (query, name) in [
        (format!("?accountId={me}"), "accountId"),
        ("?user=x".into(), "user"),
        ("?groupId=1".into(), "groupId"),
        ("?operationKey=update".into(), "operationKey"),
        ("?operation-key=update".into(), "operationKey"),
    ] {
        refuse(&world, &lift(&query), name).await;
    }
    refuse(
        &world,
        &lift("").json(&json!([{"operation": "update"}])),
        "body",
    )
    .await;
    let trash = Ask::new(Method::DELETE, format!("{V1}/{page}")).json(&json!({"status": "draft"}));
    refuse(&world, &trash, "body").await;
    let seen = async || {
        world
            .served
            .get(&Actor::Anonymous, &format!("{V1}/{page}"))
            .await
            .status
    };
    assert_eq!(seen().await, 404);
    world
        .served
        .expect(200, &ada, &lift("").json(&json!({})))
        .await;
    assert_eq!(seen().await, 200);
}

#[tokio::test]
async fn a_parameter_of_a_change_that_is_sent_twice_is_refused() {
    let world = World::new(265).await;
    let page = &world.aim("To do").page;
    for (method, path, name) in [
        (
            Method::DELETE,
            format!("{V1}/{page}/label?name=a&name=b"),
            "name",
        ),
        (
            Method::DELETE,
            format!("{V1}/{page}/restriction/byOperation/read/user?accountId=1&accountId=2"),
            "accountId",
        ),
        (
            Method::POST,
            format!("/wiki/rest/api/user/watch/content/{page}?accountId="),
            "accountId",
        ),
    ] {
        refuse(&world, &Ask::new(method, path).json(&json!({})), name).await;
    }
}

#[tokio::test]
async fn a_page_that_is_restored_takes_no_other_place() {
    let world = World::new(266).await;
    let ada = world.actor(Who::Ada);
    let (page, other) = (&world.aim("To do").page, &world.aim("Guide").page);
    let path = format!("{V2}/pages/{page}");
    let was = world.served.get(&ada, &path).await.json();
    world
        .served
        .expect(204, &ada, &Ask::new(Method::DELETE, path.as_str()))
        .await;
    let number = was["version"]["number"].as_u64().expect("a number") + 1;
    let restore = json!({
        "id": page, "status": "current", "title": was["title"], "version": {"number": number},
        "body": {"representation": "storage", "value": "<p>x</p>"},
    });
    for (member, value) in [("parentId", json!(other)), ("title", json!("Another"))] {
        let mut wrong = restore.clone();
        wrong[member] = value;
        refuse(&world, &put(path.clone(), &wrong), member).await;
    }
    let mut same = restore;
    same["parentId"] = was["parentId"].clone();
    world.served.expect(200, &ada, &put(path, &same)).await;
}

#[tokio::test]
async fn a_template_for_a_space_is_never_one_of_the_whole_site() {
    let world = World::new(267).await;
    let stored = json!({"storage": {"value": "<p>x</p>", "representation": "storage"}});
    let template = json!({"name": "t", "templateType": "page", "body": stored});
    let path = "/wiki/rest/api/template";
    for (member, value) in [("spaceKey", json!("TEAM")), ("spaceId", json!("7"))] {
        let mut wrong = template.clone();
        wrong[member] = value;
        refuse(&world, &Ask::post(path, &wrong), member).await;
    }
    refuse(
        &world,
        &Ask::post(format!("{path}?spaceKey=TEAM"), &template),
        "spaceKey",
    )
    .await;
    let ada = world.actor(Who::Ada);
    world
        .served
        .expect(200, &ada, &Ask::post(path, &template))
        .await;
}

#[tokio::test]
async fn words_that_were_taken_out_of_a_page_are_told_by_no_comment_to_the_internet() {
    let world = World::new(268).await;
    let ada = world.actor(Who::Ada);
    let guide = world.aim("Guide");
    let text = |words: &str| json!({"representation": "storage", "value": format!("<p>hello {words} there</p>")});
    let page =
        json!({"spaceId": guide.space, "title": "Draft words", "body": text("SECRETPHRASE")});
    let page = Ask::post(format!("{V2}/pages"), &page);
    let page = world.served.expect(200, &ada, &page).await.json()["id"].clone();
    let id = page.as_str().expect("an id").to_owned();
    let passage = json!({"textSelection": "SECRETPHRASE", "textSelectionMatchCount": 1, "textSelectionMatchIndex": 0});
    let comment =
        json!({"pageId": page, "inlineCommentProperties": passage, "body": text("take this out")});
    let comment = Ask::post(format!("{V2}/inline-comments"), &comment);
    let comment = world.served.expect(201, &ada, &comment).await.json()["id"].clone();
    let comment = comment.as_str().expect("an id").to_owned();
    let paths = [
        format!("{V2}/inline-comments/{comment}"),
        format!("{V2}/pages/{id}/inline-comments"),
        format!("{V1}/{comment}?expand=extensions.inlineProperties"),
    ];
    let tell = async |who: &Actor| {
        let mut telling = 0;
        for path in &paths {
            let told = world.served.get(who, path).await;
            assert_eq!(told.status, 200, "{path}: {}", told.text());
            telling += usize::from(told.text().contains("SECRETPHRASE"));
        }
        telling
    };
    assert_eq!(tell(&Actor::Anonymous).await, paths.len());
    let edit = json!({
        "id": page, "status": "current", "title": "Draft words", "version": {"number": 2}, "body": text(""),
    });
    world
        .served
        .expect(200, &ada, &put(format!("{V2}/pages/{id}"), &edit))
        .await;
    assert_eq!(tell(&Actor::Anonymous).await, 0);
    assert_eq!(tell(&world.actor(Who::Una)).await, 0);
    assert_eq!(tell(&ada).await, paths.len());
}
