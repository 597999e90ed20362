//! Pages in storage format that a client reads in the Atlassian document format and writes back
//! unchanged.

use http::Method;
use narthex_served::{Ask, Who, World};
use serde_json::{Value, json};

/// Links of every kind: to things that exist, to things that don't, and to things that only Olga
/// sees.
const LINKS: [&str; 9] = [
    "<ac:link><ri:page ri:content-title=\"Guide\" /><ac:link-body>the guide</ac:link-body></ac:link>",
    "<ac:link ac:anchor=\"The part\"><ri:page ri:space-key=\"DOCS\" ri:content-title=\"Guide\" /></ac:link>",
    "<ac:link><ri:page ri:content-title=\"Known plans\" /><ac:link-body>the <strong>plans</strong></ac:link-body></ac:link>",
    "<ac:link><ri:page ri:content-title=\"Never planned\" /></ac:link>",
    "<ac:link><ri:attachment ri:filename=\"missing.pdf\" /></ac:link>",
    "<ac:link><ri:space ri:space-key=\"DOCS\" /></ac:link>",
    "<ac:link ac:anchor=\"Here\"><ac:link-body>below</ac:link-body></ac:link>",
    "<ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"Guide\" /></ac:link>",
    "<ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"Never planned\" /></ac:link>",
];

async fn read(world: &World, who: Who, page: &str, form: &str) -> String {
    let path = format!("/wiki/api/v2/pages/{page}?body-format={form}");
    let told = world
        .served
        .expect(200, &world.actor(who), &Ask::get(path))
        .await;
    told.json()["body"][form]["value"]
        .as_str()
        .expect("a text")
        .to_owned()
}

#[tokio::test]
async fn an_unchanged_write_of_what_was_read_as_adf_keeps_what_every_link_points_at() {
    let world = World::new(91).await;
    let storage: String = LINKS
        .iter()
        .map(|link| format!("<p>See {link}.</p>"))
        .collect();
    let page = json!({"type": "page", "title": "Links", "space": {"key": "DOCS"}, "body": {"storage": {"representation": "storage", "value": storage}}});
    let ask = Ask::post("/wiki/rest/api/content", &page);
    let made = world
        .served
        .expect(200, &world.actor(Who::Ada), &ask)
        .await
        .json();
    let page = made["id"].as_str().expect("an id").to_owned();
    let plans = world.aim("Known plans").page.clone();
    for (version, who) in [(2, Who::Ada), (3, Who::Olga), (4, Who::Ada)] {
        let adf = read(&world, who, &page, "atlas_doc_format").await;
        assert_eq!(
            adf.contains(&plans),
            world.aim("Known plans").seen_by(who),
            "{adf}"
        );
        let body = json!({"representation": "atlas_doc_format", "value": adf});
        let edit = json!({"id": page, "status": "current", "title": "Links", "body": body, "version": {"number": version}});
        let ask = Ask::new(Method::PUT, format!("/wiki/api/v2/pages/{page}")).json(&edit);
        world.served.expect(200, &world.actor(who), &ask).await;
        assert_eq!(
            read(&world, Who::Ada, &page, "storage").await,
            storage,
            "by {}",
            who.name()
        );
        // What one writer saw is shown to nobody else.
        for reader in [Who::Ada, Who::Lena, Who::Una] {
            for form in ["atlas_doc_format", "storage", "view"] {
                let told = read(&world, reader, &page, form).await;
                let sees = world.aim("Known plans").seen_by(reader);
                assert!(
                    sees || !told.contains(&plans),
                    "{form} to {}: {told}",
                    reader.name()
                );
            }
        }
    }
}

#[tokio::test]
async fn a_link_by_an_id_is_named_to_the_readers_who_see_its_page_and_to_no_others() {
    let world = World::new(94).await;
    let plans = world.aim("Known plans");
    let storage = format!(
        "<p>See <ac:link><ri:content-entity ri:content-id=\"{}\" /></ac:link>.</p>",
        plans.page
    );
    let page = json!({"type": "page", "title": "By id", "space": {"key": "DOCS"}, "body": {"storage": {"representation": "storage", "value": storage}}});
    let ask = Ask::post("/wiki/rest/api/content", &page);
    let ada = world.actor(Who::Ada);
    let made = world.served.expect(200, &ada, &ask).await.json();
    let page = made["id"].as_str().expect("an id").to_owned();
    for version in [2, 3] {
        for who in [Who::Ada, Who::Olga, Who::Lena, Who::Una] {
            let adf = read(&world, who, &page, "atlas_doc_format").await;
            let named = adf.contains("\"text\":\"Known plans\"");
            let unnamed = adf.contains("\"text\":\"a page\"");
            assert_eq!(named, plans.seen_by(who), "{}: {adf}", who.name());
            assert_eq!(named, !unnamed, "{}: {adf}", who.name());
            assert_eq!(adf.contains("Known plans"), named, "{adf}");
        }
        assert_eq!(read(&world, Who::Ada, &page, "storage").await, storage);
        // Then the page is in the document format, as somebody who sees the target wrote it.
        let adf = read(&world, Who::Olga, &page, "atlas_doc_format").await;
        assert!(adf.contains("Known plans"), "{adf}");
        let body = json!({"representation": "atlas_doc_format", "value": adf});
        let edit = json!({"id": page, "status": "current", "title": "By id", "body": body, "version": {"number": version}});
        let ask = Ask::new(Method::PUT, format!("/wiki/api/v2/pages/{page}")).json(&edit);
        world
            .served
            .expect(200, &world.actor(Who::Olga), &ask)
            .await;
    }
}

#[tokio::test]
async fn words_that_are_edited_out_of_a_block_leave_its_stored_json_too() {
    let world = World::new(92).await;
    let ada = world.actor(Who::Ada);
    let marked =
        json!({"type": "text", "text": "the secret word", "marks": [{"type": "aMarkOfTomorrow"}]});
    let adf = json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [marked]}]});
    let page = json!({"type": "page", "title": "Sent", "space": {"key": "DOCS"}, "body": {"atlas_doc_format": {"representation": "atlas_doc_format", "value": adf.to_string()}}});
    let ask = Ask::post("/wiki/rest/api/content", &page);
    let made = world.served.expect(200, &ada, &ask).await.json();
    let page = made["id"].as_str().expect("an id").to_owned();
    let storage = read(&world, Who::Ada, &page, "storage").await;
    assert!(storage.contains("aMarkOfTomorrow"), "{storage}");
    let write = |version: u32, storage: &str| {
        let body = json!({"representation": "storage", "value": storage});
        let edit = json!({"id": page, "status": "current", "title": "Sent", "body": body, "version": {"number": version}});
        Ask::new(Method::PUT, format!("/wiki/api/v2/pages/{page}")).json(&edit)
    };
    world.served.expect(200, &ada, &write(2, &storage)).await;
    assert_eq!(read(&world, Who::Ada, &page, "storage").await, storage);
    let edited = storage.replace("<p>the secret word</p>", "<p>another word</p>");
    world.served.expect(200, &ada, &write(3, &edited)).await;
    for form in ["storage", "view", "atlas_doc_format"] {
        let told = read(&world, Who::Ada, &page, form).await;
        assert!(
            told.contains("another word") && !told.contains("secret"),
            "{form}: {told}"
        );
    }
    let told: Value =
        serde_json::from_str(&read(&world, Who::Ada, &page, "atlas_doc_format").await)
            .expect("ADF is JSON");
    assert_eq!(told["content"][0]["content"][0]["text"], "another word");
}

#[tokio::test]
async fn a_page_as_long_and_as_deep_as_storage_format_allows_is_taken_back_as_adf() {
    let world = World::new(93).await;
    let ada = world.actor(Who::Ada);
    let line = "<p>Some words, and <strong>more</strong> of them.</p>";
    let lists = format!(
        "{}<p>deep</p>{}",
        "<ul><li>".repeat(120),
        "</li></ul>".repeat(120)
    );
    let storage = line.repeat(1_800_000 / line.len()) + &lists;
    let page = json!({"type": "page", "title": "Long", "space": {"key": "DOCS"}, "body": {"storage": {"representation": "storage", "value": storage}}});
    let ask = Ask::post("/wiki/rest/api/content", &page);
    let made = world.served.expect(200, &ada, &ask).await.json();
    let page = made["id"].as_str().expect("an id").to_owned();
    let adf = read(&world, Who::Ada, &page, "atlas_doc_format").await;
    assert!(adf.len() > 5 << 20, "{} bytes", adf.len());
    let body = json!({"representation": "atlas_doc_format", "value": adf});
    let edit = json!({"id": page, "status": "current", "title": "Long", "body": body, "version": {"number": 2}});
    let ask = Ask::new(Method::PUT, format!("/wiki/api/v2/pages/{page}")).json(&edit);
    world.served.expect(200, &ada, &ask).await;
    assert_eq!(read(&world, Who::Ada, &page, "storage").await, storage);
    assert_eq!(read(&world, Who::Ada, &page, "atlas_doc_format").await, adf);
}
