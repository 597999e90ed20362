//! Converting bodies: from every format into every format, as the caller sees them (A08).

use narthex_served::served::MINUTE;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

const AT_ONCE: &str = "/wiki/rest/api/contentbody/convert";
const LATER: &str = "/wiki/rest/api/contentbody/convert/async";

#[tokio::test]
async fn every_form_that_is_taken_is_converted_into_every_form_that_is_answered() {
    let world = World::new(81).await;
    let una = world.actor(Who::Una);
    let adf = r#"{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"words"}]}]}"#;
    for (written, value) in [
        ("storage", "<p>words</p>"),
        ("editor", "<p>words</p>"),
        ("editor2", "<p>words</p>"),
        ("view", "<p>words</p>"),
        ("wiki", "words"),
        ("markdown", "words"),
        ("plain", "words"),
        ("atlas_doc_format", adf),
    ] {
        for to in [
            "storage",
            "view",
            "export_view",
            "styled_view",
            "anonymous_export_view",
            "editor",
            "editor2",
            "atlas_doc_format",
        ] {
            let ask = Ask::post(
                format!("{AT_ONCE}/{to}"),
                &json!({"representation": written, "value": value}),
            );
            let told = world.served.expect(200, &una, &ask).await.json();
            assert_eq!(told["representation"], to);
            let text = told["value"].as_str().expect("a text");
            match to {
                "atlas_doc_format" => assert_eq!(text, adf, "{written}"),
                "styled_view" => assert!(text.contains("<p>words</p></body></html>"), "{text}"),
                _ => assert_eq!(text, "<p>words</p>", "{written} to {to}"),
            }
        }
    }
    for (to, body) in [
        ("wiki", json!({"representation": "storage", "value": "x"})),
        (
            "nothing",
            json!({"representation": "storage", "value": "x"}),
        ),
        ("view", json!({"representation": "nothing", "value": "x"})),
        ("view", json!({"representation": "storage"})),
        (
            "view",
            json!({"representation": "atlas_doc_format", "value": "x"}),
        ),
    ] {
        world
            .served
            .expect(400, &una, &Ask::post(format!("{AT_ONCE}/{to}"), &body))
            .await;
    }
}

fn including() -> Value {
    let value = "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link><ri:page ri:content-title=\"Known plans\" /></ac:link></ac:parameter></ac:structured-macro>";
    json!({"representation": "storage", "value": value})
}

/// A conversion shows nobody more than a page with the same text would.
#[tokio::test]
async fn a_conversion_includes_for_each_reader_what_that_one_sees() {
    let world = World::new(82).await;
    let guide = world.aim("Guide").page.clone();
    for who in Who::active() {
        let sees = world.aim("Known plans").seen_by(who);
        for context in [
            format!("contentIdContext={guide}"),
            "spaceKeyContext=docs".to_owned(),
        ] {
            let ask = Ask::post(format!("{AT_ONCE}/view?{context}"), &including());
            let told = world
                .served
                .expect(200, &world.actor(who), &ask)
                .await
                .text();
            assert_eq!(
                told.contains("hidden words"),
                sees,
                "to {}: {told}",
                who.name()
            );
        }
        // Without a context, a title names nothing.
        let ask = Ask::post(format!("{AT_ONCE}/view"), &including());
        let told = world
            .served
            .expect(200, &world.actor(who), &ask)
            .await
            .text();
        assert!(!told.contains("hidden words"), "to {}: {told}", who.name());
    }
}

async fn kept(world: &World, actor: &Actor) -> String {
    let guide = world.aim("Guide").page.clone();
    let ask = Ask::post(
        format!("{LATER}/view?contentIdContext={guide}"),
        &including(),
    );
    let told = world.served.expect(200, actor, &ask).await.json();
    told["asyncId"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_conversion_that_is_asked_for_later_is_its_askers_alone_and_made_anew() {
    let world = World::new(83).await;
    let served = &world.served;
    let (olga, ada) = (world.actor(Who::Olga), world.actor(Who::Ada));
    let id = kept(&world, &olga).await;
    let path = format!("{LATER}/{id}");
    let told = served.expect(200, &olga, &Ask::get(&*path)).await.json();
    assert_eq!(told["status"], "COMPLETED");
    assert_eq!(told["renderTaskId"], id.as_str());
    assert!(
        told["value"]
            .as_str()
            .expect("a text")
            .contains("hidden words")
    );

    let never = format!("{LATER}/{}", "0".repeat(id.len()));
    let missing = served.expect(404, &ada, &Ask::get(never)).await;
    let others = served.expect(404, &ada, &Ask::get(&*path)).await;
    assert_eq!(others.text(), missing.text());
    served
        .expect(401, &Actor::Anonymous, &Ask::get(&*path))
        .await;
    let many = Ask::get(format!("{LATER}/bulk/tasks?ids={id}"));
    assert_eq!(
        served.expect(200, &ada, &many).await.json()[0]["status"],
        "FAILED"
    );
    assert_eq!(
        served.expect(200, &olga, &many).await.json()[0]["status"],
        "COMPLETED"
    );

    // The included page is closed to the caller: the next response doesn't contain it.
    let plans = world.aim("Known plans").page.clone();
    let trash = Ask::new(
        http::Method::DELETE,
        format!("/wiki/rest/api/content/{plans}"),
    );
    served.expect(204, &olga, &trash).await;
    let told = served.expect(200, &olga, &Ask::get(&*path)).await.text();
    assert!(!told.contains("hidden words"), "{told}");

    served.pass(5 * MINUTE);
    served.expect(404, &olga, &Ask::get(&*path)).await;
}

#[tokio::test]
async fn conversions_are_kept_in_a_number_that_is_bounded() {
    let world = World::new(84).await;
    let una = world.actor(Who::Una);
    let first = kept(&world, &una).await;
    world.served.pass(1);
    for _ in 0..60 {
        kept(&world, &una).await;
    }
    world
        .served
        .expect(404, &una, &Ask::get(format!("{LATER}/{first}")))
        .await;
    let inputs: Vec<Value> = (0..11)
        .map(|_| json!({"to": "view", "body": including()}))
        .collect();
    let many = Ask::post(
        format!("{LATER}/bulk/tasks"),
        &json!({"conversionInputs": inputs}),
    );
    world.served.expect(400, &una, &many).await;
}
