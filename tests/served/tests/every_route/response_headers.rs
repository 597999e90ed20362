//! What others may cache of a response, and the rules that it gives to browsers (A13, A41, A71).

use narthex_served::table::{Near, table};
use narthex_served::{Actor, Ask, Who, World};

#[tokio::test]
async fn no_answer_may_be_kept_for_somebody_else() {
    let world = World::new(101).await;
    let near = Near::of(&world);
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        for ask in entry.asks(world.example(entry.about), &near) {
            for actor in [Actor::Anonymous, world.actor(Who::Lena)] {
                let told = world.served.ask(&actor, &ask).await;
                let kept = told.header("cache-control").unwrap_or_default();
                let ours = ["/assets/", "/wiki/aa-avatar/"];
                let ours = ours.iter().any(|place| entry.template.starts_with(place));
                assert!(
                    ours || kept.contains("no-store") || kept.contains("private"),
                    "{ask}: {kept}"
                );
                assert_eq!(
                    told.header("x-content-type-options"),
                    Some("nosniff"),
                    "{ask}"
                );
                assert!(
                    told.header("access-control-allow-origin").is_none(),
                    "{ask}"
                );
                assert!(
                    ours || told.header("x-robots-tag").is_some(),
                    "{ask}: indexing is off"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_tag_of_an_answer_opens_nothing_that_was_closed_meanwhile() {
    let world = World::new(102).await;
    let (una, guide) = (world.actor(Who::Una), world.aim("Welcome"));
    let path = format!("/wiki/download/attachments/{}/{}", guide.page, guide.file);
    let told = world.served.get(&una, &path).await;
    assert_eq!(told.status, 200);
    let tag = told.header("etag").expect("a file has a tag").to_owned();
    let again = Ask::get(&path).with("if-none-match", &tag);
    assert_eq!(world.served.ask(&una, &again).await.status, 304);
    let close = serde_json::json!({"enablePermission": false, "spaceKey": "OPEN"});
    let close = Ask::post(
        "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview",
        &close,
    );
    world
        .served
        .expect(200, &world.actor(Who::Ada), &close)
        .await;
    for tag in [&*tag, "*", "\"x\""] {
        let told = world
            .served
            .ask(&una, &Ask::get(&path).with("if-none-match", tag))
            .await;
        assert_eq!(told.status, 404, "{tag}");
    }
}

#[tokio::test]
async fn moving_a_page_takes_what_is_hidden_below_along_and_tells_nothing_of_it() {
    let world = World::new(103).await;
    let (served, lena) = (&world.served, world.actor(Who::Ada));
    let (guide, secret) = (world.aim("Guide"), world.aim("Secret in guide"));
    let path = format!("/wiki/rest/api/content/{}", secret.page);
    assert_eq!(served.get(&lena, &path).await.status, 404);
    let moved = format!(
        "/wiki/pages/movepage.action?pageId={}&targetId={}&position=append",
        guide.page,
        world.aim("Plan").page
    );
    let told = served
        .ask(&lena, &Ask::new(http::Method::POST, moved).form(&[]))
        .await;
    assert!(told.status < 400, "{} {}", told.status, told.text());
    assert!(!told.text().contains("Secret"), "{}", told.text());
    // It is still hidden, and was moved: its author reads it in the other space.
    for who in Who::active().filter(|who| *who != Who::Olga) {
        assert_eq!(
            served.get(&world.actor(who), &path).await.status,
            404,
            "{}",
            who.name()
        );
    }
    let hers = served
        .get(&world.actor(Who::Olga), &format!("{path}?expand=space"))
        .await;
    assert_eq!(hers.json()["space"]["key"], "TEAM", "{}", hers.text());
    // What everybody saw is now seen only by people who see the other space.
    let told = served
        .get(
            &world.actor(Who::Una),
            &format!("/wiki/rest/api/content/{}", guide.page),
        )
        .await;
    assert_eq!(told.status, 404);
}
