//! Personal spaces: each account makes one, by any route, with its own key.

use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

async fn tell(world: &World, status: u16, actor: &Actor, ask: &Ask) -> Value {
    world.served.expect(status, actor, ask).await.json()
}

/// Returns the key of a person's personal space.
fn key(world: &World, who: Who) -> String {
    format!("~{}", world.account(who))
}

#[tokio::test]
async fn a_personal_space_is_made_once_by_either_api_and_told_with_its_owner() {
    let world = World::new(421).await;
    for (who, path, status) in [
        (Who::Ada, "/wiki/rest/api/space", 200),
        (Who::Sam, "/wiki/rest/api/space/_private", 200),
        (Who::Olga, "/wiki/api/v2/spaces", 201),
    ] {
        let actor = world.actor(who);
        let key = key(&world, who);
        let user = format!("/wiki/rest/api/user?accountId={}", world.account(who));
        let expanded = format!("{user}&expand=personalSpace,operations");
        let before = tell(&world, 200, &actor, &Ask::get(&expanded)).await;
        assert!(before.get("personalSpace").is_none(), "{before}");

        let new = Ask::post(path, &json!({"key": key, "name": "My notes"}));
        let made = tell(&world, status, &actor, &new).await;
        assert_eq!(
            (&made["key"], &made["type"]),
            (&json!(key), &json!("personal"))
        );
        let again = tell(&world, 400, &actor, &new).await;
        assert!(again.to_string().contains("one personal space"), "{again}");

        let after = tell(&world, 200, &actor, &Ask::get(&expanded)).await;
        assert_eq!(after["personalSpace"]["key"], *key);
        assert_eq!(after["operations"][0]["operation"], "use");
        let current = Ask::get("/wiki/rest/api/user/current?expand=personalSpace");
        let current = tell(&world, 200, &actor, &current).await;
        assert_eq!(current["personalSpace"]["key"], *key);
        let link = tell(&world, 200, &actor, &Ask::get(&user)).await;
        let link = format!(
            "/wiki{}",
            link["_expandable"]["personalSpace"]
                .as_str()
                .expect("a link")
        );
        assert_eq!(
            tell(&world, 200, &actor, &Ask::get(&link)).await["key"],
            *key
        );
        let bulk = json!({"accountIds": [world.account(who).to_string()]});
        let bulk = Ask::post("/wiki/api/v2/users-bulk", &bulk);
        let bulk = tell(&world, 200, &actor, &bulk).await;
        let id = match &made["id"] {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        };
        assert_eq!(bulk["results"][0]["personalSpaceId"], *id);

        // Publishers write there by the key.
        let page = json!({"type": "page", "title": "Notes", "space": {"key": key},
            "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}}});
        tell(
            &world,
            200,
            &actor,
            &Ask::post("/wiki/rest/api/content", &page),
        )
        .await;
    }
    // People who may not see a private one aren't told of it.
    let sam = format!(
        "/wiki/rest/api/user?accountId={}&expand=personalSpace",
        world.account(Who::Sam)
    );
    let told = tell(&world, 200, &world.actor(Who::Lena), &Ask::get(&sam)).await;
    assert!(told.get("personalSpace").is_none(), "{told}");
    assert!(!told.to_string().contains("/rest/api/space/"), "{told}");
}

#[tokio::test]
async fn nobody_makes_the_personal_space_of_somebody_else_or_without_the_permission() {
    let world = World::new(422).await;
    let lena = key(&world, Who::Lena);
    for (who, key, status) in [
        (Who::Ada, lena.clone(), 400),
        (Who::Sam, "~".to_owned(), 400),
        (Who::Sam, "~somebody".to_owned(), 400),
        (Who::Sid, key(&world, Who::Sid), 403),
        (Who::Una, key(&world, Who::Una), 403),
        (Who::Gus, key(&world, Who::Gus), 403),
        (Who::Nobody, lena, 401),
    ] {
        let new = Ask::post("/wiki/rest/api/space", &json!({"key": key, "name": "N"}));
        tell(&world, status, &world.actor(who), &new).await;
    }
}

#[tokio::test]
async fn the_account_page_offers_a_personal_space_until_there_is_one() {
    let world = World::new(423).await;
    let olga = world.session(Who::Olga).await;
    let offered = "Create my personal space";
    assert!(
        world
            .served
            .get(&olga, "/account")
            .await
            .text()
            .contains(offered)
    );
    let made = Ask::new(http::Method::POST, "/account").form(&[("do", "create-personal-space")]);
    let made = world.served.expect(303, &olga, &made).await;
    let space = format!("/wiki/spaces/{}", key(&world, Who::Olga));
    assert!(
        made.header("location")
            .expect("a location")
            .starts_with(&space)
    );
    let page = world.served.get(&olga, "/account").await.text();
    assert!(page.contains(&format!("href=\"{space}\"")) && !page.contains(offered));
    let una = world.session(Who::Una).await;
    assert!(
        !world
            .served
            .get(&una, "/account")
            .await
            .text()
            .contains(offered)
    );
}
