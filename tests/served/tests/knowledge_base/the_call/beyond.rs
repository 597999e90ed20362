//! Beyond the call: who may make it, rehearsing it, many at once, the other routes that set the
//! same fact (laws 4.1, 5.9 and 5.10).

use super::{SPACE, SPACES, call, facts, log, printed};
use narthex_served::{Ask, Told, Who, World};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::Duration;

/// Who may make the call where: the right is one, whatever the route (law 4.1).
#[tokio::test]
async fn who_may_make_the_call_where() {
    let world = World::new(28).await;
    let spaces = [
        "DOCS", "TEAM", "OPEN", "GUESTS", "CLOSED", "OLD", "GONE", "LENA",
    ];
    let mut table = format!("{:<8}", "");
    for space in spaces {
        let _ = write!(table, "{space:>8}");
    }
    table.push('\n');
    for who in Who::ALL {
        let _ = write!(table, "{:<8}", who.name());
        for space in spaces {
            let key = world.aim(space).key.clone();
            // The limit on wrong credentials is tested elsewhere.
            world.served.ticks.advance(Duration::from_secs(120));
            // Setting what is set already changes nothing.
            let on = space != "GONE" && facts(&world, &key).await.0;
            let told = world
                .served
                .ask(&world.actor(who), &call("unlicensedview", &key, on))
                .await;
            let read = world
                .served
                .get(&world.actor(who), &format!("{SPACE}?spaceKey={key}"))
                .await;
            assert_eq!(
                told.status,
                read.status,
                "{} reads and sets {space} by one right",
                who.name()
            );
            let _ = write!(table, "{:>8}", told.status);
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn a_rehearsal_tells_who_gains_what_and_changes_nothing() {
    let world = World::new(29).await;
    let ada = world.actor(Who::Ada);
    let before = log(&world).await.len();
    let rehearse = |switch: &str, key: &str, on: bool| Ask {
        path: format!("{SPACE}/{switch}?dryRun=true"),
        ..call(switch, key, on)
    };
    let pretty = |told: Told| serde_json::to_string_pretty(&told.json()).expect("JSON");
    let told = world
        .served
        .ask(&ada, &rehearse("unlicensedview", "TEAM", true))
        .await;
    insta::assert_snapshot!("opening_TEAM_to_the_unlicensed", pretty(told));
    let told = world
        .served
        .ask(&ada, &rehearse("anonymousView", "DOCS", false))
        .await;
    insta::assert_snapshot!("closing_DOCS_to_everybody", pretty(told));
    let told = world
        .served
        .ask(&ada, &rehearse("unlicensedview", "DOCS", false))
        .await;
    insta::assert_snapshot!("closing_DOCS_to_the_unlicensed", pretty(told));
    assert_eq!(facts(&world, "TEAM").await, (false, false));
    assert_eq!(facts(&world, "DOCS").await, (true, true));
    assert_eq!(log(&world).await.len(), before);
}

#[tokio::test]
async fn many_at_once_are_all_or_nothing() {
    let world = World::new(30).await;
    let (served, sam) = (&world.served, world.actor(Who::Sam));
    let one = |key: &str, on: bool| json!({"spaceKey": key, "unlicensedView": on});
    let many = |spaces: &[Value]| Ask::post(SPACES, &json!({"spaces": spaces}));
    // One invisible key, at whatever position: 404, the same as for one that never existed.
    let mut answers = Vec::new();
    for bad in ["CLOSED", "NEVERW"] {
        for spaces in [
            [one("DOCS", false), one(bad, true)],
            [one(bad, true), one("DOCS", false)],
        ] {
            let told = served.ask(&sam, &many(&spaces)).await;
            assert_eq!(told.status, 404);
            answers.push(told.whole().replace(bad, "<key>"));
        }
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    assert_eq!(
        served
            .ask(&sam, &many(&[one("DOCS", false), one("TEAM", true)]))
            .await
            .status,
        403
    );
    // Absent takes precedence over forbidden, and reveals neither.
    assert_eq!(
        served
            .ask(&sam, &many(&[one("TEAM", true), one("CLOSED", true)]))
            .await
            .status,
        404
    );
    assert_eq!(facts(&world, "DOCS").await, (true, true));
    let ada = world.actor(Who::Ada);
    let both = [
        one("docs", false),
        json!({"spaceKey": "TEAM", "unlicensedView": true, "anonymousView": true}),
    ];
    let told = served.ask(&ada, &many(&both)).await;
    assert_eq!(told.status, 200);
    let expected = format!(
        "{{\"results\":[{},{}]}}",
        printed("DOCS", false, true, (true, true)),
        printed("TEAM", true, true, (true, true))
    );
    assert_eq!(told.text(), expected);
    // All facts at once, of the spaces that somebody administers.
    let told = served.get(&sam, SPACES).await;
    let keys: Vec<_> = told.json()["results"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|space| space["spacePermissions"]["spaceKey"].to_string())
        .collect();
    assert_eq!(keys, ["\"DOCS\""]);
}

#[tokio::test]
async fn the_same_fact_is_read_and_set_at_the_doors_of_space_permissions() {
    let world = World::new(31).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    served
        .expect(200, &ada, &call("unlicensedview", "TEAM", true))
        .await;
    let anonymous = json!({
        "subject": {"type": "user", "identifier": "anonymous"},
        "operation": {"key": "read", "target": "space"},
    });
    served
        .expect(
            200,
            &ada,
            &Ask::post("/wiki/rest/api/space/TEAM/permission", &anonymous),
        )
        .await;
    assert_eq!(facts(&world, "TEAM").await, (true, true));
    let told = served
        .get(&ada, "/wiki/rest/api/space/TEAM?expand=permissions")
        .await;
    let permissions = told.json()["permissions"].clone();
    for flag in ["unlicensedAccess", "anonymousAccess"] {
        let row = permissions
            .as_array()
            .expect("a list")
            .iter()
            .find(|row| row[flag] == true);
        let id = row.unwrap_or_else(|| panic!("no row with {flag}: {permissions:#}"))["id"].clone();
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let path = format!("/wiki/rest/api/space/TEAM/permission/{id}");
        let told = served
            .ask(&ada, &Ask::new(http::Method::DELETE, path))
            .await;
        assert_eq!(told.status, 204, "{}", told.text());
    }
    assert_eq!(facts(&world, "TEAM").await, (false, false));
    let kinds: Vec<String> = log(&world)
        .await
        .iter()
        .take(4)
        .map(|entry| entry["summary"].to_string())
        .collect();
    assert_eq!(
        (&kinds[0], &kinds[1]),
        (&kinds[2], &kinds[3]),
        "every door leaves the same entries: {kinds:#?}"
    );
}
