//! The call that the project exists for (law 5): its bytes, its refusals and their order, what it
//! leaves alone.

mod beyond;

use narthex_access::Credential;
use narthex_served::{Actor, Ask, Who, World};
use narthex_server::Config;
use narthex_server::request::rates::RateLimits;
use narthex_site::switch::SetSwitches;
use narthex_testdb::TestDatabase;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::num::NonZeroU32;

const SPACE: &str = "/wiki/rest/knowledge-base/1.0/permissions/space";
const SPACES: &str = "/wiki/rest/knowledge-base/1.0/permissions/spaces";

fn call(switch: &str, key: &str, on: bool) -> Ask {
    Ask::post(
        format!("{SPACE}/{switch}"),
        &json!({"enablePermission": on, "spaceKey": key}),
    )
}

/// Returns the response that law 5.2 prints, with these facts.
fn printed(key: &str, unlicensed: bool, anonymous: bool, site: (bool, bool)) -> String {
    format!(
        "{{\"spacePermissions\":{{\"spaceKey\":\"{key}\",\"unlicensedViewPermissionEnabled\":{unlicensed},\
         \"anonymousViewPermissionEnabled\":{anonymous}}},\"globalPermissions\":\
         {{\"unlicensedAuthenticatedAccessEnabled\":{},\"anonymousAccessEnabled\":{}}}}}",
        site.0, site.1
    )
}

async fn set(world: &World, switches: SetSwitches) {
    let set = world
        .served
        .site
        .set_switches(&Credential::Operator, switches)
        .await;
    set.expect("the operator sets switches");
}

/// Returns the whole audit log.
async fn log(world: &World) -> Vec<Value> {
    let mut whole = Vec::new();
    loop {
        let page = format!("/wiki/rest/api/audit?limit=250&start={}", whole.len());
        let told = world.served.get(&world.actor(Who::Ada), &page).await;
        assert_eq!(told.status, 200, "{}", told.text());
        let page = told.json()["results"].as_array().expect("a list").clone();
        if page.is_empty() {
            return whole;
        }
        whole.extend(page);
    }
}

/// Returns the facts of a space, by the operation itself.
async fn facts(world: &World, key: &str) -> (bool, bool) {
    let facts = world
        .served
        .site
        .space_switches(&Credential::Operator, key)
        .await;
    let facts = facts.expect("the operator reads switches");
    (facts.unlicensed_view, facts.anonymous_view)
}

#[tokio::test]
async fn the_answer_is_printed_as_the_law_prints_it() {
    let world = World::new(21).await;
    let ada = world.actor(Who::Ada);
    for (switch, on, unlicensed, anonymous) in [
        ("unlicensedview", true, true, false),
        ("anonymousView", true, true, true),
        ("unlicensedview", false, false, true),
        ("anonymousView", false, false, false),
    ] {
        let told = world.served.ask(&ada, &call(switch, "TEAM", on)).await;
        assert_eq!(told.status, 200);
        assert_eq!(told.header("content-type"), Some("application/json"));
        assert_eq!(
            told.text(),
            printed("TEAM", unlicensed, anonymous, (true, true))
        );
    }
    // The facts are as set, not as in effect: the site's switches are returned beside them.
    set(
        &world,
        SetSwitches {
            jsm_access: Some(false),
            ..SetSwitches::default()
        },
    )
    .await;
    let told = world
        .served
        .ask(&ada, &call("unlicensedview", "TEAM", true))
        .await;
    assert_eq!(told.text(), printed("TEAM", true, false, (false, true)));
    let told = world
        .served
        .get(&ada, &format!("{SPACE}?spaceKey=team"))
        .await;
    assert_eq!(told.text(), printed("TEAM", true, false, (false, true)));
}

#[tokio::test]
async fn the_last_segment_and_the_key_may_be_in_any_case_and_a_slash_may_end_it() {
    let world = World::new(22).await;
    let ada = world.actor(Who::Ada);
    for switch in [
        "unlicensedview",
        "unlicensedView",
        "UNLICENSEDVIEW",
        "unlicensedview/",
    ] {
        for key in ["TEAM", "team", "TeAm"] {
            let told = world.served.ask(&ada, &call(switch, key, true)).await;
            assert_eq!(
                (told.status, told.text()),
                (200, printed("TEAM", true, false, (true, true))),
                "{switch} {key}"
            );
        }
    }
    for switch in [
        "anonymousView",
        "anonymousview",
        "ANONYMOUSVIEW",
        "anonymousView/",
    ] {
        let told = world.served.ask(&ada, &call(switch, "tEAM", true)).await;
        assert_eq!(
            (told.status, told.text()),
            (200, printed("TEAM", true, true, (true, true))),
            "{switch}"
        );
    }
    let told = world
        .served
        .ask(&ada, &call("everybodyView", "TEAM", true))
        .await;
    assert_eq!(told.status, 404);
}

#[tokio::test]
async fn setting_what_is_set_leaves_no_entry_and_a_change_leaves_one() {
    let world = World::new(23).await;
    let ada = world.actor(Who::Ada);
    let before = log(&world).await.len();
    for _ in 0..3 {
        assert_eq!(
            world
                .served
                .ask(&ada, &call("unlicensedview", "TEAM", true))
                .await
                .status,
            200
        );
    }
    assert_eq!(log(&world).await.len(), before + 1);
    assert_eq!(
        world
            .served
            .ask(&ada, &call("unlicensedview", "DOCS", true))
            .await
            .status,
        200
    );
    assert_eq!(log(&world).await.len(), before + 1);
    assert_eq!(
        world
            .served
            .ask(&ada, &call("unlicensedview", "TEAM", false))
            .await
            .status,
        200
    );
    let log = log(&world).await;
    assert_eq!(log.len(), before + 2);
    insta::assert_snapshot!(serde_json::to_string_pretty(&log[..2]).expect("JSON"));
}

#[tokio::test]
async fn refusals_come_in_the_order_of_the_law() {
    let world = World::new(24).await;
    let served = &world.served;
    let off = SetSwitches {
        anonymous_access: Some(false),
        ..SetSwitches::default()
    };
    set(&world, off).await;
    let (ada, lena) = (world.actor(Who::Ada), world.actor(Who::Lena));
    let wrong = Actor::Token {
        email: "ada@example.org".into(),
        secret: "wrong".into(),
    };
    let path = format!("{SPACE}/anonymousView");
    let body = |key: &str| json!({"enablePermission": true, "spaceKey": key});
    // Every request has all the faults of those after it.
    let untyped = Ask::new(http::Method::POST, &path).typed("text/plain", "no JSON");
    for actor in [&wrong, &Actor::Anonymous] {
        let told = served.ask(actor, &untyped).await;
        assert_eq!(told.status, 401);
        assert_eq!(
            told.header("www-authenticate"),
            Some("Basic realm=\"Narthex\"")
        );
    }
    let told = served.ask(&lena, &untyped).await;
    assert_eq!(told.status, 415);
    assert!(
        told.text().contains("Content-Type: application/json"),
        "{}",
        told.text()
    );
    let bare = Ask {
        headers: Vec::new(),
        ..untyped.clone()
    };
    assert_eq!(served.ask(&lena, &bare).await.status, 415);
    let told = served
        .ask(
            &lena,
            &untyped.typed("application/json", "{\"spaceKey\":\"CLOSED\"}"),
        )
        .await;
    assert_eq!(told.status, 400);
    assert!(told.text().contains("enablePermission"), "{}", told.text());
    for unknown in ["CLOSED", "NEVERWAS"] {
        assert_eq!(
            served
                .ask(&lena, &Ask::post(&path, &body(unknown)))
                .await
                .status,
            404
        );
    }
    assert_eq!(
        served
            .ask(&lena, &Ask::post(&path, &body("TEAM")))
            .await
            .status,
        403
    );
    assert_eq!(
        served
            .ask(&ada, &Ask::post(&path, &body("TEAM")))
            .await
            .status,
        409
    );
    assert_eq!(facts(&world, "TEAM").await, (false, false));
    // Closing is never in conflict.
    assert_eq!(
        served
            .ask(&ada, &call("anonymousView", "TEAM", false))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn too_many_requests_come_before_the_wrong_type_and_after_wrong_credentials() {
    let rate_limits = RateLimits {
        per_account: NonZeroU32::new(1),
        ..RateLimits::default()
    };
    let config = Config {
        rate_limits,
        ..Config::default()
    };
    let world = World::over(TestDatabase::sqlite(), 25, config, None, 0).await;
    let ada = world.actor(Who::Ada);
    let untyped = Ask::new(http::Method::POST, format!("{SPACE}/unlicensedview"));
    assert_eq!(world.served.ask(&ada, &untyped).await.status, 415);
    let told = world.served.ask(&ada, &untyped).await;
    assert_eq!(told.status, 429);
    let wait: u64 = told
        .header("retry-after")
        .and_then(|text| text.parse().ok())
        .expect("seconds");
    assert!((1..=61).contains(&wait), "{wait}");
    let wrong = Actor::Token {
        email: "ada@example.org".into(),
        secret: "wrong".into(),
    };
    assert_eq!(world.served.ask(&wrong, &untyped).await.status, 401);
    // Another caller has a turn of its own.
    assert_eq!(
        world
            .served
            .ask(&world.actor(Who::Lena), &untyped)
            .await
            .status,
        415
    );
    world.served.pass(61_000);
    assert_eq!(world.served.ask(&ada, &untyped).await.status, 415);
}

#[tokio::test]
async fn a_body_that_makes_no_sense_is_refused_by_the_name_of_the_member() {
    let world = World::new(26).await;
    let ada = world.actor(Who::Ada);
    let mut told_all = String::new();
    for body in [
        "",
        "[]",
        "null",
        "{",
        "{}",
        r#"{"spaceKey":"TEAM"}"#,
        r#"{"enablePermission":true}"#,
        r#"{"enablePermission":null,"spaceKey":"TEAM"}"#,
        r#"{"enablePermission":"true","spaceKey":"TEAM"}"#,
        r#"{"enablePermission":1,"spaceKey":"TEAM"}"#,
        r#"{"enablePermission":true,"spaceKey":null}"#,
        r#"{"enablePermission":true,"spaceKey":7}"#,
        r#"{"enablePermission":true,"spaceKey":["TEAM"]}"#,
        r#"{"enablePermission":true,"enablePermission":true,"spaceKey":"TEAM"}"#,
        r#"{"enablePermission":false,"spaceKey":"TEAM","enablePermission":true}"#,
        r#"{"enablePermission":true,"spaceKey":"TEAM","spaceKey":"OPEN"}"#,
    ] {
        let ask = Ask::new(http::Method::POST, format!("{SPACE}/unlicensedview"));
        let told = world
            .served
            .ask(&ada, &ask.typed("application/json", body))
            .await;
        assert_eq!(told.status, 400, "{body}: {}", told.text());
        let _ = writeln!(
            told_all,
            "{body}\n    {}",
            told.json()["message"].as_str().unwrap_or_default()
        );
    }
    insta::assert_snapshot!(told_all);
    assert_eq!(facts(&world, "TEAM").await, (false, false));
    // Unknown members are ignored.
    let more =
        json!({"enablePermission": true, "spaceKey": "TEAM", "tier": "licensed", "x": {"y": []}});
    let told = world
        .served
        .ask(&ada, &Ask::post(format!("{SPACE}/unlicensedview"), &more))
        .await;
    assert_eq!(told.text(), printed("TEAM", true, false, (true, true)));
}

#[tokio::test]
async fn an_error_has_the_body_of_the_first_api() {
    let world = World::new(27).await;
    let told = world
        .served
        .ask(
            &world.actor(Who::Lena),
            &call("unlicensedview", "CLOSED", true),
        )
        .await;
    insta::assert_snapshot!(format!("{}\n{}", told.status, told.text()));
    let told = world
        .served
        .ask(
            &world.actor(Who::Lena),
            &call("unlicensedview", "TEAM", true),
        )
        .await;
    insta::assert_snapshot!(format!("{}\n{}", told.status, told.text()));
}
