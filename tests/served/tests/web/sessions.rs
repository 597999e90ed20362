//! Sessions, tokens and their ends; requests that another site makes a browser
//! send (A44, A47, A48, A51).

use narthex_access::{Credential, Scopes};
use narthex_served::{Actor, Ask, Who, World};
use narthex_site::token::NewToken;
use serde_json::json;

const CALL: &str = "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview";
const CURRENT: &str = "/wiki/rest/api/user/current";

fn call(on: bool) -> Ask {
    Ask::post(CALL, &json!({"enablePermission": on, "spaceKey": "TEAM"}))
}

async fn token(world: &World, who: Who, scopes: &str) -> Actor {
    let new = NewToken {
        label: scopes.to_owned(),
        life: 60 * 60_000,
        scopes: Scopes::from_words(scopes).expect("scopes"),
    };
    let made = world
        .served
        .site
        .create_token_for(&Credential::Operator, world.account(who), new)
        .await;
    let secret = made.expect("the operator makes tokens").secret;
    Actor::Bearer(secret.reveal().to_owned())
}

#[tokio::test]
async fn a_cookie_changes_nothing_unless_a_page_of_the_site_sent_the_request() {
    let world = World::new(61).await;
    let cookie = world.session(Who::Ada).await;
    let Actor::Cookie(secret) = &cookie else {
        panic!("a session is a cookie")
    };
    let bare = call(true).with("cookie", &format!("narthex_session={secret}"));
    let foreign = [
        bare.clone(),
        bare.clone().with("sec-fetch-site", "cross-site"),
        bare.clone().with("sec-fetch-site", "same-site"),
        bare.clone().with("sec-fetch-site", "none"),
        bare.clone().with("origin", "https://evil.example"),
        bare.clone().with("origin", "null"),
        bare.clone().with("origin", "http://wiki.test.evil.example"),
        bare.clone()
            .with("sec-fetch-site", "cross-site")
            .with("origin", "http://wiki.test"),
        bare.clone().with("referer", "http://wiki.test/wiki"),
        bare.clone().with("x-atlassian-token", "no-check"),
        bare.clone().typed("text/plain", bare.body.clone()),
    ];
    for ask in &foreign {
        let told = world.served.send(ask).await;
        assert_eq!(told.status, 403, "{:?}", ask.headers);
        assert!(told.header("access-control-allow-origin").is_none());
    }
    let facts = world
        .served
        .site
        .space_switches(&Credential::Operator, "TEAM")
        .await;
    assert!(
        !facts.expect("facts").unlicensed_view,
        "nothing was changed"
    );
    for ask in [
        bare.clone().with("sec-fetch-site", "same-origin"),
        bare.with("origin", "http://wiki.test"),
    ] {
        let told = world.served.send(&ask).await;
        assert_eq!(told.status, 200, "{}", told.text());
        assert!(told.header("access-control-allow-origin").is_none());
    }
    // A token is in no browser: it needs no such proof.
    let told = world
        .served
        .send(&world.actor(Who::Ada).signs(call(false)))
        .await;
    assert_eq!(told.status, 200);
}

#[tokio::test]
async fn reading_has_no_effect() {
    let world = World::new(62).await;
    let cookie = world.session(Who::Ada).await;
    for path in [
        format!("{CALL}?enablePermission=true&spaceKey=TEAM"),
        format!(
            "/wiki/rest/api/content/{}?_method=DELETE",
            world.aim("Plan").page
        ),
    ] {
        world.served.get(&cookie, &path).await;
    }
    let facts = world
        .served
        .site
        .space_switches(&Credential::Operator, "TEAM")
        .await;
    assert!(!facts.expect("facts").unlicensed_view);
}

#[tokio::test]
async fn a_deactivated_account_is_out_at_once_by_session_and_by_token() {
    let world = World::new(63).await;
    let (cookie, token) = (world.session(Who::Lena).await, world.actor(Who::Lena));
    let page = format!("/wiki/rest/api/content/{}", world.aim("Guide").page);
    for actor in [&cookie, &token] {
        assert_eq!(world.served.get(actor, CURRENT).await.status, 200);
    }
    let (site, lena) = (&world.served.site, world.account(Who::Lena));
    site.deactivate_account(&Credential::Operator, lena)
        .await
        .expect("deactivated");
    for actor in [&cookie, &token] {
        for path in [CURRENT, &page] {
            assert_eq!(world.served.get(actor, path).await.status, 401, "{path}");
        }
    }
    site.reactivate_account(&Credential::Operator, lena)
        .await
        .expect("reactivated");
    let told = world.served.get(&cookie, CURRENT).await;
    assert_eq!(told.status, 401, "a session that has ended begins no more");
}

#[tokio::test]
async fn a_licence_that_is_lost_is_lost_for_the_open_session_too() {
    let world = World::new(64).await;
    let cookie = world.session(Who::Lena).await;
    let plan = format!("/wiki/rest/api/content/{}", world.aim("Plan").page);
    assert_eq!(world.served.get(&cookie, &plan).await.status, 200);
    let (site, lena) = (&world.served.site, world.account(Who::Lena));
    let none = narthex_site::account::Access::None;
    site.set_account_access(&Credential::Operator, lena, none)
        .await
        .expect("set");
    assert_eq!(world.served.get(&cookie, &plan).await.status, 404);
    assert_eq!(
        world.served.get(&cookie, CURRENT).await.status,
        403,
        "may not use Confluence"
    );
    let welcome = format!("/wiki/rest/api/content/{}", world.aim("Welcome").page);
    assert_eq!(
        world.served.get(&cookie, &welcome).await.status,
        200,
        "open to every active account"
    );
    let off = narthex_site::switch::SetSwitches {
        jsm_access: Some(false),
        ..Default::default()
    };
    site.set_switches(&Credential::Operator, off)
        .await
        .expect("set");
    assert_eq!(world.served.get(&cookie, &welcome).await.status, 404);
}

#[tokio::test]
async fn logging_out_ends_the_session_and_everywhere_ends_all() {
    let world = World::new(65).await;
    let (one, two, three) = (
        world.session(Who::Lena).await,
        world.session(Who::Lena).await,
        world.session(Who::Lena).await,
    );
    let credential = |actor: &Actor| match actor {
        Actor::Cookie(secret) => Credential::Session {
            hash: narthex_site::secret::hash(secret),
        },
        other => panic!("{other:?} is no session"),
    };
    world
        .served
        .site
        .log_out(&credential(&one))
        .await
        .expect("logged out");
    assert_eq!(world.served.get(&one, CURRENT).await.status, 401);
    assert_eq!(world.served.get(&two, CURRENT).await.status, 200);
    world
        .served
        .site
        .log_out_everywhere(&credential(&two))
        .await
        .expect("logged out");
    for actor in [&two, &three] {
        let told = world.served.get(actor, CURRENT).await;
        assert_eq!(told.status, 401);
        let cleared = told.header("set-cookie").unwrap_or_default();
        assert!(
            cleared.contains("Max-Age=0"),
            "a stale cookie is taken back: {cleared}"
        );
    }
    assert_eq!(
        world
            .served
            .get(&world.actor(Who::Lena), CURRENT)
            .await
            .status,
        200,
        "tokens stay"
    );
}

#[tokio::test]
async fn a_token_reaches_as_far_as_its_scopes() {
    let world = World::new(66).await;
    let served = &world.served;
    let write = Ask::post(
        "/wiki/rest/api/content",
        &json!({
            "type": "page", "title": "By a token", "space": {"key": "DOCS"},
            "body": {"storage": {"value": "<p>x</p>"}},
        }),
    );
    let mut table = String::new();
    for scopes in [
        "read",
        "write",
        "administer",
        "read write",
        "read administer",
        "read write administer",
    ] {
        let actor = token(&world, Who::Ada, scopes).await;
        let page = format!("/wiki/rest/api/content/{}", world.aim("Plan").page);
        let read = served.get(&actor, &page).await.status;
        let wrote = served.ask(&actor, &write).await;
        if wrote.status == 200 {
            let id = wrote.json()["id"].as_str().expect("an id").to_owned();
            let gone = Ask::new(http::Method::DELETE, format!("/wiki/rest/api/content/{id}"));
            served.ask(&world.actor(Who::Ada), &gone).await;
        }
        let called = served.ask(&actor, &call(true)).await.status;
        served.ask(&world.actor(Who::Ada), &call(false)).await;
        let audit = served.get(&actor, "/wiki/rest/api/audit").await.status;
        table.push_str(&format!(
            "{scopes:<24} read {read} write {} call {called} audit {audit}\n",
            wrote.status
        ));
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_with_its_revocation() {
    let world = World::new(67).await;
    let short = token(&world, Who::Lena, "read").await;
    assert_eq!(world.served.get(&short, CURRENT).await.status, 200);
    world.served.pass(61 * 60_000);
    assert_eq!(world.served.get(&short, CURRENT).await.status, 401);
    let again = token(&world, Who::Lena, "read").await;
    let Actor::Bearer(secret) = &again else {
        panic!("a token")
    };
    let (site, lena) = (&world.served.site, world.account(Who::Lena));
    let tokens = site
        .tokens(&Credential::Operator, lena)
        .await
        .expect("tokens");
    let row = tokens
        .iter()
        .find(|row| row.row.hash == narthex_site::secret::hash(secret))
        .expect("the token");
    site.revoke_token(&Credential::Operator, row.row.id)
        .await
        .expect("revoked");
    assert_eq!(world.served.get(&again, CURRENT).await.status, 401);
}

#[tokio::test]
async fn basic_and_bearer_are_one_token_and_the_address_must_be_its_owners() {
    let world = World::new(68).await;
    let Actor::Token { email, secret } = world.actor(Who::Lena) else {
        panic!("a token")
    };
    let token = |email: &str| Actor::Token {
        email: email.into(),
        secret: secret.clone(),
    };
    assert_eq!(
        world
            .served
            .get(&Actor::Bearer(secret.clone()), CURRENT)
            .await
            .status,
        200
    );
    assert_eq!(
        world
            .served
            .get(&token(&email.to_uppercase()), CURRENT)
            .await
            .status,
        200
    );
    for wrong in ["ada@example.org", "", "nobody@example.org"] {
        assert_eq!(
            world.served.get(&token(wrong), CURRENT).await.status,
            401,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn guessing_a_token_is_slowed_for_who_guesses_and_not_for_its_owner() {
    let world = World::new(69).await;
    let guess = |n: u32| Actor::Token {
        email: "ada@example.org".into(),
        secret: format!("guess {n}"),
    };
    let mut told = Vec::new();
    for n in 0..15 {
        told.push(world.served.get(&guess(n), CURRENT).await.status);
    }
    assert_eq!(told[..10], [401; 10]);
    assert_eq!(told[10..], [429; 5]);
    let waits = world.served.get(&guess(99), CURRENT).await;
    assert!(waits.header("retry-after").is_some());
    // The owner's session is unaffected by the guesses of others.
    let cookie = world.session(Who::Ada).await;
    assert_eq!(world.served.get(&cookie, CURRENT).await.status, 200);
    world.served.pass(10 * 60_000);
    assert_eq!(
        world
            .served
            .get(&world.actor(Who::Ada), CURRENT)
            .await
            .status,
        200
    );
}
