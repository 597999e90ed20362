//! A word in a request that would make a change less or a list shorter takes effect or is refused:
//! a draft is never published and a private space is never open because nobody read that word.

use http::Method;
use narthex_served::{Actor, Ask, Told, Who, World};
use serde_json::{Value, json};

const V1: &str = "/wiki/rest/api/content";
const PAGES: &str = "/wiki/api/v2/pages";

/// Sends a request that must be refused by this name.
async fn refused(world: &World, ask: &Ask, name: &str) -> Told {
    let told = world.served.ask(&world.actor(Who::Ada), ask).await;
    assert_eq!(told.status, 400, "{ask}: {}", told.text());
    assert!(told.text().contains(name), "{ask}: {}", told.text());
    told
}

/// Returns the site's content as a person who sees all of it gets it.
async fn all(world: &World) -> Value {
    let ada = world.actor(Who::Ada);
    let lists = [
        "/wiki/api/v2/pages?limit=250&status=current,archived,trashed",
        "/wiki/api/v2/blogposts?limit=250&status=current,trashed",
        "/wiki/api/v2/spaces?limit=250",
    ];
    let mut all = Vec::new();
    for path in lists {
        let told = world.served.get(&ada, path).await;
        assert_eq!(told.status, 200, "{path}");
        all.push(told.json()["results"].clone());
    }
    assert!(
        all.iter()
            .all(|list| list.as_array().is_some_and(|list| !list.is_empty()))
    );
    Value::Array(all)
}

#[tokio::test]
async fn every_change_reads_or_refuses_the_parameters_that_make_it_less() {
    let world = World::new(251).await;
    let before = all(&world).await;
    let names = [
        "status",
        "draft",
        "private",
        "purge",
        "trashed",
        "operation",
    ];
    let (mut refusals, mut reads) = (0, 0);
    for route in narthex_server::routes() {
        if route.method == Method::GET || route.door().is_none() {
            continue;
        }
        let parts = route
            .template
            .split('/')
            .map(|part| match part.starts_with('{') {
                true => "1",
                false => part,
            });
        let path = parts.collect::<Vec<_>>().join("/");
        for name in names {
            if route.narrowed_by.contains(&name) {
                reads += 1;
                continue;
            }
            let ask = Ask::new(route.method.clone(), format!("{path}?{name}=true"));
            refused(&world, &ask.json(&json!({})), name).await;
            refusals += 1;
        }
    }
    assert!(
        refusals > 500 && reads >= 14,
        "{refusals} refused, {reads} read"
    );
    assert_eq!(all(&world).await, before);
}

#[tokio::test]
async fn a_draft_that_is_to_be_discarded_in_the_words_of_the_other_version_leaves_the_page() {
    let world = World::new(252).await;
    let before = all(&world).await;
    for (name, kind) in [("Guide", "pages"), ("News", "blogposts")] {
        let id = &world.aim(name).page;
        let delete = |path: String| Ask::new(Method::DELETE, path);
        for word in ["draft", "trashed", "archived", "anything"] {
            refused(
                &world,
                &delete(format!("/wiki/api/v2/{kind}/{id}?status={word}")),
                "status",
            )
            .await;
        }
        refused(&world, &delete(format!("{V1}/{id}?draft=true")), "draft").await;
        refused(&world, &delete(format!("{V1}/{id}?purge=true")), "purge").await;
        refused(
            &world,
            &delete(format!("{V1}/{id}/pageTree?status=draft")),
            "status",
        )
        .await;
        refused(
            &world,
            &delete(format!("{V1}/{id}/restriction?operation=update")),
            "operation",
        )
        .await;
    }
    assert_eq!(all(&world).await, before);
}

/// Returns bodies of new content, each with a word that restricts who may see it.
fn new_content(world: &World) -> Vec<(Ask, &'static str)> {
    let (space, key) = (
        world.aim("DOCS").space.clone(),
        world.aim("DOCS").key.clone(),
    );
    let stored = json!({"representation": "storage", "value": "<p>x</p>"});
    let v2 = json!({"spaceId": space, "title": "Narrow", "body": stored});
    let v1 = |kind: &str| json!({"type": kind, "title": "Narrow", "space": {"key": key}, "body": {"storage": stored}});
    let with = |body: &Value, name: &str, value: Value| {
        let mut body = body.clone();
        body[name] = value;
        body
    };
    let listed = json!({"read": {"operation": "read", "restrictions": {
        "user": {"results": [{"type": "known", "accountId": "1"}]}, "group": {"results": []}}}});
    let mut asks = vec![
        (Ask::post(format!("{PAGES}?status=draft"), &v2), "status"),
        (
            Ask::post("/wiki/api/v2/blogposts?status=draft", &v2),
            "status",
        ),
        (
            Ask::post(
                format!("{PAGES}?is-private=true"),
                &with(&v2, "isPrivate", true.into()),
            ),
            "isPrivate",
        ),
        (
            Ask::post(PAGES, &with(&v2, "private", true.into())),
            "private",
        ),
        (
            Ask::post(PAGES, &with(&v2, "restrictions", listed.clone())),
            "restrictions",
        ),
        (
            Ask::post(
                "/wiki/api/v2/folders?private=true",
                &json!({"spaceId": space, "title": "Narrow"}),
            ),
            "private",
        ),
    ];
    for kind in ["page", "blogpost"] {
        asks.extend([
            (
                Ask::post(format!("{V1}?private=true"), &v1(kind)),
                "private",
            ),
            (Ask::post(format!("{V1}?draft=true"), &v1(kind)), "draft"),
            (
                Ask::post(V1, &with(&v1(kind), "draft", true.into())),
                "draft",
            ),
            (
                Ask::post(V1, &with(&v1(kind), "restrictions", listed.clone())),
                "restrictions",
            ),
        ]);
    }
    asks
}

#[tokio::test]
async fn new_content_that_is_to_be_less_open_is_so_or_is_not_made() {
    let world = World::new(253).await;
    let before = all(&world).await;
    for (ask, name) in new_content(&world) {
        refused(&world, &ask, name).await;
    }
    assert_eq!(all(&world).await, before);
    // Where the word is understood it takes effect, and a word for what happens anyway is accepted.
    let ada = world.actor(Who::Ada);
    let space = &world.aim("DOCS").space;
    let body = json!({"representation": "storage", "value": "<p>x</p>"});
    let plain =
        json!({"spaceId": space, "title": "Plain", "body": body, "private": false, "draft": null});
    let plain = world
        .served
        .expect(200, &ada, &Ask::post(PAGES, &plain))
        .await
        .json();
    let secret = json!({"spaceId": space, "title": "Secret", "body": body});
    let secret = Ask::post(format!("{PAGES}?private=true"), &secret);
    let secret = world.served.expect(200, &ada, &secret).await.json();
    let seen = async |page: &Value| {
        let path = format!("{PAGES}/{}", page["id"].as_str().expect("an id"));
        world.served.get(&Actor::Anonymous, &path).await.status
    };
    assert_eq!((seen(&plain).await, seen(&secret).await), (200, 404));
}

#[tokio::test]
async fn an_update_that_is_to_be_a_draft_or_restricted_changes_nothing() {
    let world = World::new(254).await;
    let before = all(&world).await;
    let id = &world.aim("Guide").page;
    let stored = json!({"representation": "storage", "value": "<p>half</p>"});
    let v2 = json!({"id": id, "status": "current", "title": "Guide", "version": {"number": 2}, "body": stored});
    let v1 = json!({"type": "page", "title": "Guide", "version": {"number": 2}, "body": {"storage": stored}});
    let put = |path: String, body: &Value| Ask::new(Method::PUT, path).json(body);
    refused(
        &world,
        &put(format!("{PAGES}/{id}?status=draft"), &v2),
        "status",
    )
    .await;
    refused(
        &world,
        &put(format!("{PAGES}/{id}?private=true"), &v2),
        "private",
    )
    .await;
    refused(&world, &put(format!("{V1}/{id}?draft=true"), &v1), "draft").await;
    let mut listed = v1.clone();
    listed["restrictions"] = json!({"read": {"restrictions": {"user": [{"accountId": "1"}]}}});
    refused(&world, &put(format!("{V1}/{id}"), &listed), "restrictions").await;
    assert_eq!(all(&world).await, before);
}

#[tokio::test]
async fn a_new_space_whose_access_is_said_as_the_other_version_says_it_is_not_made() {
    let world = World::new(255).await;
    let before = all(&world).await;
    let (v1, v2) = ("/wiki/rest/api/space", "/wiki/api/v2/spaces");
    let me = world.account(Who::Ada).to_string();
    let role = json!([{"principal": {"principalType": "USER", "principalId": me}, "roleId": "4"}]);
    for (path, member, value) in [
        (v1, "createPrivateSpace", json!(true)),
        (v1, "roleAssignments", role),
        (v1, "copySpaceAccessConfiguration", json!(1)),
        (v2, "permissions", json!([])),
        (v1, "private", json!(true)),
        (v2, "private", json!(true)),
        (v1, "status", json!("archived")),
        (v2, "status", json!("archived")),
    ] {
        let mut space = json!({"key": "NARROW", "name": "Narrow"});
        space[member] = value;
        refused(&world, &Ask::post(path, &space), member).await;
    }
    refused(
        &world,
        &Ask::post(
            format!("{v1}?private=true"),
            &json!({"key": "NARROW", "name": "n"}),
        ),
        "private",
    )
    .await;
    assert_eq!(all(&world).await, before);
}

#[tokio::test]
async fn a_filter_that_is_empty_does_not_list_everything() {
    let world = World::new(256).await;
    let ada = world.actor(Who::Ada);
    for path in [
        format!("{PAGES}?id="),
        format!("{PAGES}?space-id="),
        format!("{PAGES}?status="),
        "/wiki/api/v2/tasks?status=".to_owned(),
        "/wiki/api/v2/labels?label-id=".to_owned(),
        "/wiki/api/v2/spaces?ids=".to_owned(),
        "/wiki/rest/api/space?type=".to_owned(),
        format!("{V1}?type=blogpost&postingDay="),
    ] {
        let told = world.served.get(&ada, &path).await;
        assert_eq!(told.status, 400, "{path}: {}", told.text());
        assert!(told.text().contains("is empty"), "{path}: {}", told.text());
        let named = path.split(['?', '&']).next_back().unwrap_or_default();
        let without = path
            .replace(&format!("?{named}"), "?")
            .replace(&format!("&{named}"), "");
        assert_eq!(
            world.served.get(&ada, &without).await.status,
            200,
            "{without}"
        );
    }
}
