//! The own account: tokens, sessions, password.

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use narthex_served::stage::{PASSWORD, email};
use narthex_served::{Stage, Told};
use narthex_site::account::Access;

const CREATE: [(&str, &str); 5] = [
    ("do", "create-token"),
    ("label", "laptop"),
    ("expires_days", "30"),
    ("scope", "read"),
    ("scope", "administer"),
];

/// Returns the secret on the page that shows one.
fn secret(reply: &Told) -> String {
    let page = reply.text();
    let (_, after) = page.split_once(r#"readonly value=""#).unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_is_shown_once_and_opens_pages_too() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    let made = root.post("/account", &CREATE).await;
    let path = made.location().to_owned();
    let carried = root.cookie("narthex_once").unwrap();
    let shown = root.get(&path).await;
    assert_eq!(shown.header("cache-control").unwrap(), "no-store");
    let secret = secret(&shown);
    assert!(secret.starts_with("nx_"));
    // Neither the address nor the cookie shows the secret to people who see only them.
    assert!(!path.contains(&secret) && !carried.contains(&secret));
    let account = root.get("/account").await.text();
    assert!(account.contains("laptop") && !account.contains(&secret));
    assert!(account.contains("read, administer"));

    let pair = STANDARD.encode(format!("root@example.org:{secret}"));
    let by_token = |path: &str| Request::get(path).header("authorization", format!("Basic {pair}"));
    let mut program = stage.browser();
    for path in ["/account", "/wiki/admin/accounts"] {
        let reply = program.send(by_token(path), Body::empty()).await;
        assert_eq!(reply.status, 200, "{path}");
    }
    assert!(account.contains("Never"));
    assert!(!root.get("/account").await.text().contains("Never"));
    // A token makes no tokens and doesn't take the account over.
    for fields in [
        "do=create-token&label=x&expires_days=7&scope=read".to_owned(),
        "do=log-out-everywhere".to_owned(),
        format!(
            "do=change-password&current_password={0}&password=a+new+horse+battery&password_again=a+new+horse+battery",
            PASSWORD.replace(' ', "+")
        ),
    ] {
        let request = Request::post("/account")
            .header("authorization", format!("Basic {pair}"))
            .header("content-type", "application/x-www-form-urlencoded");
        let reply = program.send(request, Body::from(fields.clone())).await;
        assert!([400, 403].contains(&reply.status), "{fields}");
    }
    let (_, after) = account.split_once(r#"name="token" value=""#).unwrap();
    let id = after.split('"').next().unwrap();
    let revoked = root
        .post("/account", &[("do", "revoke-token"), ("token", id)])
        .await;
    assert_eq!(revoked.location(), "/account");
    let reply = program.send(by_token("/account"), Body::empty()).await;
    assert_eq!(reply.status, 401);
}

#[tokio::test]
async fn loading_the_page_of_a_new_token_again_makes_no_second_and_shows_it_no_more() {
    let stage = Stage::for_browsers().await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let path = root.post("/account", &CREATE).await.location().to_owned();
    let carried = root.cookie("narthex_once").unwrap();
    let secret = secret(&root.get(&path).await);
    assert_eq!(root.cookie("narthex_once"), None);
    let again = root.get(&path).await.text();
    assert!(!again.contains(&secret), "{again}");
    assert!(again.contains("was shown once"), "{again}");
    let ending = &secret[secret.len() - 4..];
    assert!(again.contains(&format!("ends in <code>{ending}</code>")));
    // One token was made, and its line in the list has the same last characters.
    let account = root.get("/account").await.text();
    assert_eq!(account.matches(r#"name="token" value=""#).count(), 1);
    assert!(
        account.contains(&format!("</span>{ending}</span>")),
        "{account}"
    );

    // The cookie opens nothing in another session, nor on another page.
    let mut other = stage.browser_of("root").await;
    other.set_cookie("narthex_once", &carried);
    assert!(!other.get(&path).await.text().contains(&secret));
    let mut lena = stage.browser_of("lena").await;
    lena.set_cookie("narthex_once", &carried);
    assert_eq!(lena.get(&path).await.status, 404);
    let another = root.post("/account", &CREATE).await.location().to_owned();
    root.set_cookie("narthex_once", &carried);
    assert!(!root.get(&another).await.text().contains(&secret));
}

#[tokio::test]
async fn a_set_of_scopes_that_serves_a_purpose_is_chosen_by_its_name() {
    let stage = Stage::for_browsers().await;
    stage.new_space("HELP").await;
    let mut root = stage.browser_of("root").await;
    for (preset, scopes) in [
        ("read", "read"),
        ("read-and-write", "read, write"),
        ("open-spaces", "read, administer"),
    ] {
        let new = [
            ("do", "create-token"),
            ("label", "program"),
            ("expires_days", "30"),
            ("preset", preset),
            // Boxes that were ticked before and are hidden since.
            ("scope", "administer"),
        ];
        let path = root.post("/account", &new).await.location().to_owned();
        let shown = root.get(&path).await.text();
        let opens = shown.contains("permissions/space/unlicensedview?dryRun=true");
        assert_eq!(opens, preset == "open-spaces", "{shown}");
        let account = root.get("/account").await.text();
        let line = format!("data-label=\"Scopes\">{scopes}</td>");
        assert!(account.contains(&line), "{preset}: {account}");
        let id = path.rsplit('/').next().unwrap();
        root.post("/account", &[("do", "revoke-token"), ("token", id)])
            .await
            .location();
    }
}

#[tokio::test]
async fn a_form_that_is_refused_comes_back_as_it_was_filled_in() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    let wrong = [
        ("do", "create-token"),
        ("label", "my <b>laptop</b>"),
        ("expires_days", "366"),
    ];
    let reply = root.post("/account", &wrong).await;
    assert_eq!(reply.status, 400);
    assert!(
        reply
            .text()
            .contains(r#"value="my &#60;b&#62;laptop&#60;/b&#62;""#),
        "{}",
        reply.text()
    );
    assert!(reply.text().contains("id=\"expires-days-error\""));
    assert!(reply.text().contains("id=\"scope-error\""));
}

#[tokio::test]
async fn nobody_revokes_the_tokens_of_others() {
    let stage = Stage::for_browsers().await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    root.post("/account", &CREATE).await;
    let account = root.get("/account").await.text();
    let (_, after) = account.split_once(r#"name="token" value=""#).unwrap();
    let id = after.split('"').next().unwrap();
    let mut lena = stage.browser_of("lena").await;
    let theirs = lena
        .post("/account", &[("do", "revoke-token"), ("token", id)])
        .await;
    let none = lena
        .post("/account", &[("do", "revoke-token"), ("token", "1")])
        .await;
    assert_eq!((theirs.status, &theirs.text()), (none.status, &none.text()));
    assert_eq!(theirs.status, 404);
    assert!(root.get("/account").await.text().contains("laptop"));
}

#[tokio::test]
async fn a_new_password_needs_the_current_one_and_ends_the_other_sessions() {
    let stage = Stage::for_browsers().await;
    let mut here = stage.browser_of("root").await;
    let mut there = stage.browser_of("root").await;
    let fields = |current, new, again| {
        [
            ("do", "change-password"),
            ("current_password", current),
            ("password", new),
            ("password_again", again),
        ]
    };
    let new = "a new horse battery";
    for (wrong, beside) in [
        (
            fields("not the one at all", new, new),
            "current-password-error",
        ),
        (fields(PASSWORD, "short", "short"), "password-error"),
        (
            fields(PASSWORD, new, "another one entirely"),
            "password-again-error",
        ),
    ] {
        let reply = here.post("/account", &wrong).await;
        assert_eq!(reply.status, 400);
        assert!(
            reply.text().contains(&format!("id=\"{beside}\"")),
            "{beside}"
        );
        assert!(!reply.text().contains(new) && !reply.text().contains(PASSWORD));
    }
    assert_eq!(there.get("/account").await.status, 200);
    let before = here.session().unwrap().to_owned();
    let done = here.post("/account", &fields(PASSWORD, new, new)).await;
    assert_eq!(done.location(), "/account");
    assert_ne!(here.session().unwrap(), before);
    assert_eq!(here.get("/account").await.status, 200);
    assert_eq!(there.get("/account").await.status, 401);
    assert_eq!(stage.browser().log_in("root").await.status, 401);
    let with_new = stage.browser().log_in_with(&email("root"), new).await;
    assert_eq!(with_new.location(), "/wiki");
}

#[tokio::test]
async fn a_session_that_was_left_open_is_no_way_to_guess_the_password() {
    let stage = Stage::for_browsers().await;
    let mut browser = stage.browser_of("root").await;
    let new = "a new horse battery";
    let guess = [
        ("do", "change-password"),
        ("current_password", "a guess"),
        ("password", new),
        ("password_again", new),
    ];
    for _ in 0..10 {
        assert_eq!(browser.post("/account", &guess).await.status, 400);
    }
    assert_eq!(browser.post("/account", &guess).await.status, 429);
}

#[tokio::test]
async fn logging_out_everywhere_ends_every_session() {
    let stage = Stage::for_browsers().await;
    let mut here = stage.browser_of("root").await;
    let mut there = stage.browser_of("root").await;
    let done = here.post("/account", &[("do", "log-out-everywhere")]).await;
    assert_eq!(done.location(), "/logout");
    assert_eq!(here.session(), None);
    assert_eq!(there.get("/account").await.status, 401);
}
