//! Logging in and out by the page (A28, A45, A50, A63).

use narthex_served::{Actor, Ask, Told, Who, World};
use std::time::{Duration, Instant};

fn enter(email: &str, password: &str, return_to: &str) -> Ask {
    let fields = [
        ("email", email),
        ("password", password),
        ("return", return_to),
    ];
    Ask::new(http::Method::POST, "/login").form(&fields)
}

/// Returns the session that a response gives.
fn session(told: &Told) -> Option<Actor> {
    let cookie = told.header("set-cookie")?;
    let (_, value) = cookie.split(';').next()?.split_once('=')?;
    (!value.is_empty()).then(|| Actor::Cookie(value.to_owned()))
}

#[tokio::test]
async fn somebody_without_a_licence_logs_in_reads_and_logs_out() {
    let world = World::new(91).await;
    let (served, welcome) = (&world.served, world.aim("Welcome"));
    let address = format!("/wiki/spaces/OPEN/pages/{}/Welcome", welcome.page);
    let told = served.get(&Actor::Anonymous, &address).await;
    assert_eq!(told.status, 404, "hidden and missing are one");
    assert!(
        told.text().contains("name=\"password\""),
        "with the form to log in: {}",
        told.text()
    );
    let told = served
        .ask(
            &Actor::Anonymous,
            &enter(world.email(Who::Una), world.password, &address),
        )
        .await;
    assert_eq!(
        (told.status, told.header("location")),
        (303, Some(&*address)),
        "{}",
        told.text()
    );
    let cookie = told.header("set-cookie").unwrap_or_default();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let una = session(&told).expect("a session");
    let told = served.get(&una, &address).await;
    assert_eq!(told.status, 200);
    assert!(told.text().contains("words 2"), "{}", told.text());
    let told = served
        .ask(&una, &Ask::new(http::Method::POST, "/logout").form(&[]))
        .await;
    assert!(
        told.header("set-cookie")
            .is_some_and(|cookie| cookie.contains("Max-Age=0"))
    );
    assert_eq!(served.get(&una, &address).await.status, 401);
}

#[tokio::test]
async fn logging_in_never_keeps_the_session_that_the_browser_came_with() {
    let world = World::new(92).await;
    let old = world.session(Who::Una).await;
    let chosen = Actor::Cookie("a-value-that-somebody-else-has-chosen".into());
    for before in [&old, &chosen] {
        let ask = enter(world.email(Who::Una), world.password, "");
        let told = world.served.ask(before, &ask).await;
        assert_eq!(told.status, 303, "{}", told.text());
        let new = session(&told).expect("a session");
        assert_ne!(&new, before);
        let path = format!("/wiki/rest/api/content/{}", world.aim("Welcome").page);
        assert_eq!(world.served.get(&new, &path).await.status, 200);
        assert_eq!(
            world.served.get(before, &path).await.status,
            401,
            "the old one has ended"
        );
    }
}

#[tokio::test]
async fn alone_log_in_says_nothing_of_whether_an_account_is_there() {
    let world = World::new(93).await;
    let mut answers = Vec::new();
    let mut times = Vec::new();
    for email in [
        world.email(Who::Una),
        world.email(Who::Dan),
        "nobody@example.net",
        "una@example.orgx",
    ] {
        let ask = enter(email, "not the right words", "");
        let began = Instant::now();
        let told = world.served.ask(&Actor::Anonymous, &ask).await;
        times.push(began.elapsed());
        answers.push(
            told.whole()
                .replace(email, "<email>")
                .replace(&told.body.len().to_string(), "<length>"),
        );
    }
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:#?}"
    );
    // The work is the same: an unknown account's password costs as much to check as a known one's.
    let (least, most) = (times.iter().min(), times.iter().max());
    let (least, most) = (
        least.copied().unwrap_or_default(),
        most.copied().unwrap_or_default(),
    );
    assert!(least > Duration::from_millis(5), "{times:?}");
    assert!(most < least * 8, "{times:?}");
}

#[tokio::test]
async fn log_in_leads_to_no_other_site() {
    let world = World::new(94).await;
    for target in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "wiki.test@evil.example",
        "/wiki/../../evil",
        " //evil.example",
    ] {
        let ask = enter(world.email(Who::Una), world.password, target);
        let told = world.served.ask(&Actor::Anonymous, &ask).await;
        let location = told.header("location").unwrap_or_default();
        let path = location
            .strip_prefix('/')
            .is_some_and(|rest| !rest.starts_with(['/', '\\']));
        assert!(
            path && !location.contains("evil.example"),
            "{target} leads to {location}"
        );
    }
}

#[tokio::test]
async fn guessing_a_password_is_slowed_for_who_guesses() {
    let world = World::new(95).await;
    let owner = world.session(Who::Una).await;
    let mut told = Vec::new();
    for n in 0..12 {
        let ask = enter(world.email(Who::Una), &format!("guess number {n}"), "");
        told.push(world.served.ask(&Actor::Anonymous, &ask).await.status);
    }
    assert_eq!(told[..10], [401; 10]);
    assert_eq!(told[10..], [429; 2]);
    // The right password is refused from there too; the account itself isn't locked.
    let right = enter(world.email(Who::Una), world.password, "");
    assert_eq!(
        world.served.ask(&Actor::Anonymous, &right).await.status,
        429
    );
    assert_eq!(world.served.get(&owner, "/wiki").await.status, 200);
    world.served.pass(10 * 60_000);
    assert_eq!(
        world.served.ask(&Actor::Anonymous, &right).await.status,
        303
    );
}

#[tokio::test]
async fn a_form_that_another_site_sends_logs_nobody_in_or_out() {
    let world = World::new(96).await;
    let una = world.session(Who::Una).await;
    for (ask, actor) in [
        (
            enter(world.email(Who::Una), world.password, ""),
            Actor::Anonymous,
        ),
        (
            Ask::new(http::Method::POST, "/logout").form(&[]),
            una.clone(),
        ),
    ] {
        let mut foreign = ask;
        foreign.headers.retain(|(name, _)| name != "sec-fetch-site");
        let foreign = foreign
            .with("sec-fetch-site", "cross-site")
            .with("origin", "https://evil.example");
        let told = world.served.ask(&actor, &foreign).await;
        assert_eq!(told.status, 403, "{}", told.text());
        assert!(session(&told).is_none());
    }
    assert_eq!(world.served.get(&una, "/wiki").await.status, 200);
}
