//! What a page includes, lists and links is decided for each reader, to any depth (A07), and costs
//! no more than a page may.

use narthex_served::{Ask, Kind, Who, World};
use serde_json::json;
use std::time::{Duration, Instant};

const SHOWN: [&str; 4] = ["view", "export_view", "styled_view", "editor"];

fn path(world: &World, name: &str, form: &str) -> String {
    let aim = world.aim(name);
    let id = match aim.kind {
        Kind::Comment => &aim.comment,
        _ => &aim.page,
    };
    format!("/wiki/rest/api/content/{id}?expand=body.{form}")
}

#[tokio::test]
async fn what_a_page_quotes_is_decided_for_each_reader() {
    let world = World::new(71).await;
    for name in ["Hub", "Overview", "Digest", "Quoting comment", "In ADF"] {
        for who in Who::active() {
            let actor = world.actor(who);
            for form in SHOWN {
                let ask = Ask::get(path(&world, name, form));
                let told = world.served.expect(200, &actor, &ask).await.json();
                let html = told["body"][form]["value"].as_str().expect("a text");
                let shown = html.contains("hidden words") || html.contains("Below known plans");
                // The format for editors contains the macros themselves.
                let sees = world.aim("Known plans").seen_by(who) && form != "editor";
                assert_eq!(shown, sees, "{name} as {form} to {}: {html}", who.name());
                let leads_there = html.contains(&world.aim("Known plans").page);
                assert!(
                    !leads_there || world.aim("Known plans").seen_by(who),
                    "{name} to {}: {html}",
                    who.name()
                );
            }
            let ask = Ask::get(path(&world, name, "anonymous_export_view"));
            let told = world.served.expect(200, &actor, &ask).await.text();
            assert!(!told.contains("hidden words"), "{name} to {}", who.name());
        }
    }
}

#[tokio::test]
async fn a_link_to_what_is_hidden_is_a_link_to_what_is_not_there() {
    let world = World::new(72).await;
    let link = |title: &str| {
        format!(
            "<p><ac:link><ri:page ri:content-title=\"{title}\" /><ac:link-body>x</ac:link-body></ac:link></p>"
        )
    };
    let both = |one: &str, other: &str| {
        let value = format!("{}{}", link(one), link(other));
        json!({"representation": "storage", "value": value})
    };
    for to in ["view", "export_view", "atlas_doc_format"] {
        let address = format!("/wiki/rest/api/contentbody/convert/{to}?spaceKeyContext=DOCS");
        let ask = Ask::post(address, &both("Known plans", "Never planned"));
        for who in Who::active().filter(|who| *who != Who::Olga) {
            let told = world
                .served
                .expect(200, &world.actor(who), &ask)
                .await
                .json();
            // The author's own text is the only difference.
            let value = told["value"].as_str().expect("a text");
            let value = value.replace("Never planned", "Known plans");
            let (start, end) = match to {
                "atlas_doc_format" => (value.find('[').unwrap_or(0) + 1, value.len() - 2),
                _ => (0, value.len()),
            };
            let inside = &value[start..end];
            let half = inside.len() / 2;
            let (one, other) = (&inside[..half], inside[half..].trim_start_matches(','));
            assert_eq!(one, other, "{to} to {}: {value}", who.name());
        }
        let told = world
            .served
            .expect(200, &world.actor(Who::Olga), &ask)
            .await
            .text();
        assert!(told.contains(&world.aim("Known plans").page), "{told}");
    }
}

/// Pages that include each other many times over would grow without limit.
#[tokio::test]
async fn alone_includes_are_bounded_however_often_pages_include_each_other() {
    let world = World::new(73).await;
    let ada = world.actor(Who::Ada);
    let include = |n: usize| {
        format!(
            "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link><ri:page ri:content-title=\"Level {n}\" /></ac:link></ac:parameter></ac:structured-macro>"
        )
    };
    let list = "<ac:structured-macro ac:name=\"recently-updated\" /><ac:structured-macro ac:name=\"pagetree\" />";
    let mut last = String::new();
    for level in 0..12_usize {
        let below = level.checked_sub(1).map(&include).unwrap_or_default();
        let body = format!(
            "<p>{}</p>{}",
            "words ".repeat(1_000),
            (below + list).repeat(60)
        );
        let page = json!({"type": "page", "title": format!("Level {level}"), "space": {"key": "DOCS"}, "body": {"storage": {"value": body}}});
        let ask = Ask::post("/wiki/rest/api/content", &page);
        last = world.served.expect(200, &ada, &ask).await.json()["id"]
            .as_str()
            .expect("an id")
            .to_owned();
    }
    let begun = Instant::now();
    let ask = Ask::get(format!("/wiki/rest/api/content/{last}?expand=body.view"));
    let told = world.served.expect(200, &ada, &ask).await;
    assert!(told.body.len() < 16 << 20, "{} bytes", told.body.len());
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
    assert!(
        told.text()
            .contains("isn\u{2019}t there, or isn\u{2019}t shared with you")
    );
}
