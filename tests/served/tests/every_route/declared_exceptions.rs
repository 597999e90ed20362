//! The declared exceptions of law 7.4: which facts about hidden things may be learnt, by whom, and
//! nothing more.

use narthex_served::compare::first_difference;
use narthex_served::world::CANARY;
use narthex_served::{Ask, Kind, Told, Who, World};
use serde_json::{Value, json};

fn space(key: &str) -> Ask {
    Ask::post(
        "/wiki/rest/api/space",
        &json!({"key": key, "name": "A new one"}),
    )
}

#[tokio::test]
async fn a_taken_key_is_told_to_who_may_create_spaces_and_to_nobody_else() {
    let world = World::new(71).await;
    for taken in ["CLOSED", "closed", "GONE"] {
        let told = world
            .served
            .ask(&world.actor(Who::Lena), &space(taken))
            .await;
        assert!(
            matches!(told.status, 400 | 409),
            "{taken}: {} {}",
            told.status,
            told.text()
        );
        // Its name, home page and owner are not part of the exception.
        for word in ["Space CLOSED", "Olga", &world.aim("home of CLOSED").page] {
            assert!(!told.text().contains(word), "{}", told.text());
        }
    }
    for who in [Who::Gus, Who::Uma, Who::Una, Who::Carla, Who::Nobody] {
        let actor = world.actor(who);
        let taken = world.served.ask(&actor, &space("CLOSED")).await;
        let free = world.served.ask(&actor, &space("FREEKY")).await;
        assert!(taken.status >= 400);
        let blind = |told: &Told, key: &str| told.whole().replace(key, "<key>");
        assert_eq!(
            first_difference(&blind(&taken, "CLOSED"), &blind(&free, "FREEKY")),
            None
        );
    }
}

#[tokio::test]
async fn a_taken_group_name_is_told_to_site_administration_and_to_nobody_else() {
    let world = World::new(72).await;
    let group = |name: &str| Ask::post("/wiki/rest/api/group", &json!({"name": name}));
    let told = world
        .served
        .ask(&world.actor(Who::Sid), &group("WRITERS"))
        .await;
    assert!(
        matches!(told.status, 400 | 409),
        "{} {}",
        told.status,
        told.text()
    );
    for who in Who::active().filter(|who| !matches!(who, Who::Ada | Who::Sid)) {
        let actor = world.actor(who);
        let taken = world.served.ask(&actor, &group("writers")).await;
        let free = world.served.ask(&actor, &group("fresher")).await;
        assert!(taken.status >= 400, "{}", who.name());
        assert_eq!(
            first_difference(&taken.whole(), &free.whole()),
            None,
            "{}",
            who.name()
        );
    }
}

/// Makes a rehearsal about a space whose administrator is on no list.
fn rehearsal(on: bool, query: &str) -> Ask {
    Ask::post(
        format!("/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview{query}"),
        &json!({"enablePermission": on, "spaceKey": "DOCS"}),
    )
}

#[tokio::test]
async fn the_number_of_restricted_pages_is_told_to_the_spaces_administrators_as_one_number() {
    let mut numbers = Vec::new();
    for secrets in [1, 2, 3] {
        let world = World::watched(73, Who::Sam, secrets).await;
        let sam = world.actor(Who::Sam);
        world.served.expect(200, &sam, &rehearsal(false, "")).await;
        let mut everybody = rehearsal(false, "");
        everybody.path = everybody.path.replace("unlicensedview", "anonymousView");
        world.served.expect(200, &sam, &everybody).await;
        let told = world
            .served
            .expect(200, &sam, &rehearsal(true, "?dryRun=true"))
            .await;
        assert!(!told.text().contains(CANARY), "{}", told.text());
        let mut facts = told.json();
        let exposure = facts["exposure"].as_object_mut().expect("an exposure");
        let number = exposure
            .remove("restrictedPagesThatStayClosed")
            .unwrap_or_default();
        assert!(number.as_u64() > Some(0), "{number}");
        exposure.remove("restrictedPagesThatOpenToListed");
        // Apart from these numbers the worlds are equal.
        numbers.push((number, facts));
    }
    let facts: Vec<&Value> = numbers.iter().map(|(_, facts)| facts).collect();
    assert!(
        facts.windows(2).all(|pair| pair[0] == pair[1]),
        "{facts:#?}"
    );
    let world = World::new(74).await;
    for who in [Who::Lena, Who::Gus, Who::Una] {
        let told = world
            .served
            .ask(&world.actor(who), &rehearsal(true, "?dryRun=true"))
            .await;
        assert_eq!(told.status, 403, "{}", who.name());
        assert!(!told.text().contains("restricted"), "{}", told.text());
    }
}

#[tokio::test]
async fn the_spaces_administrators_know_which_pages_are_restricted_and_no_title() {
    for secrets in [1, 2] {
        let world = World::watched(76, Who::Sam, secrets).await;
        let sam = world.actor(Who::Sam);
        let told = world
            .served
            .get(&sam, "/wiki/spaces/DOCS/permissions")
            .await;
        assert_eq!(told.status, 200);
        assert!(
            told.text().contains(&world.aim("Secret").page),
            "{}",
            told.text()
        );
        assert!(!told.text().contains(CANARY), "{}", told.text());
        for (name, status) in [
            ("Secret", 403),
            ("Sketch", 404),
            ("Below secret", 404),
            ("Vault", 404),
        ] {
            let check = json!({"subject": {"type": "user", "identifier": "anonymous"}, "operation": "read"});
            let path = format!(
                "/wiki/rest/api/content/{}/permission/check",
                world.aim(name).page
            );
            let told = world.served.ask(&sam, &Ask::post(path, &check)).await;
            assert_eq!(told.status, status, "{name}: {}", told.text());
            assert!(!told.text().contains(CANARY), "{}", told.text());
        }
    }
}

#[tokio::test]
async fn site_administration_reads_what_was_done_and_no_title_and_no_text() {
    let world = World::watched(77, Who::Sid, 1).await;
    let sid = world.actor(Who::Sid);
    for path in ["/wiki/rest/api/audit?limit=250", "/wiki/admin/audit"] {
        let told = world.served.get(&sid, path).await;
        assert_eq!(told.status, 200, "{path}");
        for aim in world.aims.iter().filter(|aim| !aim.seen_by(Who::Sid)) {
            let of_page = matches!(aim.kind, Kind::Page | Kind::BlogPost | Kind::Folder)
                && !aim.name.starts_with("home");
            assert!(
                !of_page || !told.text().contains(&aim.title),
                "{path} tells of {}",
                aim.name
            );
        }
        for words in [
            "first words",
            "a comment",
            "what the file says",
            "what changed",
        ] {
            assert!(!told.text().contains(words), "{path}");
        }
    }
}

#[tokio::test]
async fn a_hidden_title_may_be_taken_again() {
    let world = World::new(75).await;
    let page = |title: &str| {
        Ask::post(
            "/wiki/rest/api/content",
            &json!({
                "type": "page", "title": title, "space": {"key": "DOCS"},
                "body": {"storage": {"value": "<p>mine</p>", "representation": "storage"}},
            }),
        )
    };
    let lena = world.actor(Who::Lena);
    let title = |name: &str| world.aim(name).title.clone();
    for hidden in [
        "Secret",
        "Below secret",
        "Sketch",
        "Thrown away",
        "Shared with Uma",
        "Went away",
    ] {
        let told = world.served.ask(&lena, &page(&title(hidden))).await;
        assert_eq!(told.status, 200, "{hidden}: {}", told.text());
    }
    let told = world.served.ask(&lena, &page(&title("Guide"))).await;
    assert_eq!(told.status, 400);
    assert!(
        told.text().contains("title already exists"),
        "{}",
        told.text()
    );
    // The name leads each person to what that person sees, the oldest first.
    let path = "/wiki/rest/api/content?spaceKey=DOCS&title=Secret";
    let mine = world.served.get(&lena, path).await.json();
    assert_ne!(mine["results"][0]["id"], world.aim("Secret").page.as_str());
    let hers = world.served.get(&world.actor(Who::Olga), path).await.json();
    assert_eq!(hers["results"][0]["id"], world.aim("Secret").page.as_str());
}
