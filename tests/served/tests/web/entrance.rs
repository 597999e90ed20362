//! Log-in, log-out, one-time links, first set-up.

use narthex_access::Credential;
use narthex_served::Stage;
use narthex_served::stage::{PASSWORD, email};
use narthex_server::Config;
use narthex_site::account::Access;
use narthex_site::secret::Secret;
use narthex_store::Entropy;

#[tokio::test]
async fn who_logs_in_gets_a_session_of_its_own_and_goes_on_to_where_it_came_from() {
    let stage = Stage::for_browsers().await;
    let mut browser = stage.browser();
    let asked = browser.get("/account").await;
    assert_eq!(asked.status, 401);
    assert!(asked.text().contains(r#"name="return" value="/account""#));
    assert!(asked.header("www-authenticate").is_none());

    let fields = [
        ("email", "ROOT@example.org"),
        ("password", PASSWORD),
        ("return", "/account?a=b"),
    ];
    let reply = browser.post("/login", &fields).await;
    assert_eq!(reply.location(), "/account?a=b");
    let cookie = reply.header("set-cookie").unwrap();
    for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=1209600"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert_eq!(browser.get("/account").await.status, 200);
    // People who are logged in already are sent on.
    let again = browser.get("/login?return=/wiki/create-space").await;
    assert_eq!(again.location(), "/wiki/create-space");
}

#[tokio::test]
async fn after_log_in_no_other_site_is_gone_to() {
    let stage = Stage::for_browsers().await;
    for target in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "//root@evil.example/",
        "javascript:alert(1)",
    ] {
        let mut browser = stage.browser();
        let fields = [
            ("email", "root@example.org"),
            ("password", PASSWORD),
            ("return", target),
        ];
        let reply = browser.post("/login", &fields).await;
        assert_eq!(reply.location(), "/wiki", "{target:?}");
        let encoded: String = form_urlencoded::byte_serialize(target.as_bytes()).collect();
        let path = format!("/login?return={encoded}");
        let page = stage.browser().get(&path).await;
        assert!(
            page.text().contains(r#"name="return" value="/wiki""#),
            "{target:?}"
        );
    }
}

#[tokio::test]
async fn a_session_that_somebody_else_chose_is_not_kept() {
    let stage = Stage::for_browsers().await;
    let mut browser = stage.browser_of("root").await;
    let old = browser.clone();
    browser.log_in("root").await;
    assert_ne!(browser.session(), old.session());
    assert_eq!(old.clone().get("/account").await.status, 401);
    assert_eq!(browser.get("/account").await.status, 200);
}

#[tokio::test]
async fn whatever_is_wrong_with_a_log_in_it_is_told_in_the_same_words() {
    let stage = Stage::for_browsers().await;
    let gone = stage.add("gone", Access::None).await;
    let deactivated = stage.site.deactivate_account(&Credential::Operator, gone);
    deactivated.await.unwrap();
    let mut texts = Vec::new();
    for (who, password) in [
        ("root@example.org", "wrong horse battery"),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD),
    ] {
        let reply = stage.browser().log_in_with(who, password).await;
        assert_eq!(reply.status, 401, "{who}");
        assert!(reply.header("set-cookie").is_none());
        assert!(!reply.text().contains(password));
        texts.push(reply.text().replace(who, "WHO"));
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "{texts:?}");
}

#[tokio::test]
async fn a_guesser_is_made_to_wait_and_told_how_long() {
    let stage = Stage::for_browsers().await;
    let mut browser = stage.browser();
    for _ in 0..10 {
        let reply = browser.log_in_with("root@example.org", "wrong horse").await;
        assert_eq!(reply.status, 401);
    }
    let reply = browser.log_in("root").await;
    assert_eq!(reply.status, 429);
    let wait: u64 = reply.header("retry-after").unwrap().parse().unwrap();
    assert!(
        reply
            .text()
            .contains(&format!("Try again in {wait} second"))
    );
    assert_eq!(browser.session(), None);
}

#[tokio::test]
async fn no_other_site_logs_anybody_in_or_out() {
    let stage = Stage::for_browsers().await;
    let fields = [("email", "root@example.org"), ("password", PASSWORD)];
    for origin in [
        None,
        Some("null"),
        Some("http://evil.example"),
        Some("https://localhost"),
    ] {
        let mut browser = stage.browser();
        let reply = browser.post_from(origin, "/login", &fields).await;
        assert_eq!(reply.status, 403, "{origin:?}");
        assert_eq!(browser.session(), None);

        let mut browser = stage.browser_of("root").await;
        let reply = browser.post_from(origin, "/logout", &[]).await;
        assert_eq!(reply.status, 403, "{origin:?}");
        assert_eq!(browser.get("/account").await.status, 200);
    }
}

#[tokio::test]
async fn only_a_post_logs_out_and_then_the_session_is_over() {
    let stage = Stage::for_browsers().await;
    let mut browser = stage.browser_of("root").await;
    assert_eq!(browser.get("/logout").await.location(), "/wiki");
    let mut kept = browser.clone();
    assert_eq!(browser.post("/logout", &[]).await.location(), "/logout");
    assert_eq!(browser.session(), None);
    assert!(browser.get("/logout").await.text().contains("Logged out"));
    assert_eq!(kept.get("/account").await.status, 401);
    // A stale cookie doesn't prevent logging in.
    let mut stale = stage.browser_of("root").await;
    let copy = stale.clone();
    stale.post("/logout", &[]).await;
    assert_eq!(
        copy.clone().post("/logout", &[]).await.location(),
        "/logout"
    );
    assert_eq!(copy.clone().get("/login").await.status, 200);
    assert_eq!(copy.clone().log_in("root").await.location(), "/wiki");
}

#[tokio::test]
async fn a_session_stops_with_its_account_and_a_customers_is_nobody_here() {
    let stage = Stage::for_browsers().await;
    let ute = stage.add("ute", Access::None).await;
    let mut browser = stage.browser_of("ute").await;
    assert_eq!(browser.get("/account").await.status, 200);
    let deactivated = stage.site.deactivate_account(&Credential::Operator, ute);
    deactivated.await.unwrap();
    assert_eq!(browser.get("/account").await.status, 401);

    stage.add("carl", Access::Customer).await;
    let mut customer = stage.browser();
    let refused = customer.log_in("carl").await;
    assert_eq!(refused.status, 403);
    assert!(
        refused
            .text()
            .contains("Your password is right, but your account is for the help centre only")
    );
    assert!(refused.text().contains("You are not logged in."));
    assert!(customer.session().is_none());
    assert_eq!(customer.get("/account").await.status, 401);
    let wrong = customer
        .log_in_with(&email("carl"), "not the password")
        .await;
    assert_eq!(
        wrong.status, 401,
        "what kind of account it is needs the password"
    );
    assert!(!wrong.text().contains("help centre"));
}

#[tokio::test]
async fn a_one_time_link_sets_a_password_once_and_looking_at_it_uses_nothing_up() {
    let stage = Stage::for_browsers().await;
    let ute = stage.add("ute", Access::None).await;
    let made = stage.site.create_one_time_link(&Credential::Operator, ute);
    let path = format!("/link/{}", made.await.unwrap().reveal());
    let mut browser = stage.browser();
    for _ in 0..2 {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("ute@example.org"));
        assert!(!page.text().contains("return=/link") && !page.text().contains("return=%2Flink"));
    }
    let new = "another horse battery";
    for (one, two) in [("tiny pw", "tiny pw"), (new, "something else entirely")] {
        let fields = [("password", one), ("password_again", two)];
        let reply = browser.post(&path, &fields).await;
        assert_eq!(reply.status, 400);
        assert!(!reply.text().contains(one) && !reply.text().contains(two));
    }
    let fields = [("password", new), ("password_again", new)];
    let set = browser.post(&path, &fields).await;
    assert_eq!(set.location(), "/wiki");
    let home = browser.get("/wiki").await.text();
    assert!(home.contains("Your password is set, and you are logged in."));
    assert_eq!(browser.get("/account").await.status, 200);
    assert_eq!(browser.post(&path, &fields).await.status, 404);
    let used = browser.get(&path).await;
    let never = browser.get("/link/never").await;
    assert_eq!((used.status, &used.text()), (404, &never.text()));
    assert_eq!(stage.browser().log_in("ute").await.status, 401);
    let logged_in = stage.browser().log_in_with(&email("ute"), new).await;
    assert_eq!(logged_in.location(), "/wiki");
}

#[tokio::test]
async fn set_up_is_there_for_who_has_the_secret_and_closes_for_good() {
    let secret = Secret::random(&Entropy::seeded(9));
    let config = Config {
        set_up: Some(secret.clone()),
        ..Config::default()
    };
    let stage = Stage::untouched(config).await;
    let mut browser = stage.browser();
    for path in ["/setup", "/setup?token=", "/setup?token=guess"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
        assert_eq!(browser.post(path, &[]).await.status, 404, "{path}");
    }
    let path = format!("/setup?token={}", secret.reveal());
    assert_eq!(browser.get(&path).await.status, 200);

    let fields = |name, email, password| {
        [
            ("name", name),
            ("email", email),
            ("password", password),
            ("password_again", PASSWORD),
        ]
    };
    for (wrong, beside) in [
        (fields("", "ana@example.org", PASSWORD), "name-error"),
        (fields("Ana", "ana", PASSWORD), "email-error"),
        (fields("Ana", "ana@example.org", "short"), "password-error"),
        (
            fields("Ana", "ana@example.org", "correct horse bakery"),
            "password-again-error",
        ),
    ] {
        let reply = browser.post(&path, &wrong).await;
        assert_eq!(reply.status, 400);
        assert!(
            reply.text().contains(&format!("id=\"{beside}\"")),
            "{beside}"
        );
        assert!(!reply.text().contains(PASSWORD));
    }
    let right = fields("Ana", "ana@example.org", PASSWORD);
    let foreign = browser.post_from(Some("http://evil.example"), &path, &right);
    assert_eq!(foreign.await.status, 403);
    assert!(!stage.site.is_set_up().await.unwrap());

    let done = browser.post(&path, &right).await;
    assert_eq!(done.location(), "/wiki");
    assert!(
        browser
            .get("/wiki")
            .await
            .text()
            .contains("you administer it")
    );
    assert_eq!(browser.get("/wiki/admin/accounts").await.status, 200);
    assert_eq!(browser.get(&path).await.status, 404);
    assert_eq!(browser.post(&path, &right).await.status, 404);
}

#[tokio::test]
async fn a_notice_is_shown_once_to_the_person_who_acted_and_to_nobody_by_a_link() {
    let stage = Stage::for_browsers().await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let mut lena = stage.browser_of("lena").await;
    let fields = [("name", "Handbook"), ("key", "HANDBOOK")];
    let made = root.post("/wiki/create-space", &fields).await;
    let path = made.location().to_owned();
    let copied = root.cookie("narthex_notice");

    assert!(!lena.get(&path).await.text().contains("class=\"notice"));
    let told = root.get(&path).await.text();
    assert!(told.contains("The space is created, and you administer it."));
    assert!(!root.get(&path).await.text().contains("class=\"notice"));

    // A notice is valid for the session that it was made for, and for no other.
    lena.set_cookie("narthex_notice", &copied.unwrap());
    assert!(!lena.get(&path).await.text().contains("class=\"notice"));
    for query in ["?notice=set-up", "?notice=%3Cb%3Esend+money%3C%2Fb%3E"] {
        for browser in [&mut root, &mut stage.browser()] {
            let page = browser.get(&format!("/wiki{query}")).await.text();
            assert!(!page.contains("send money") && !page.contains("class=\"notice"));
        }
    }
}

#[tokio::test]
async fn a_site_that_is_not_set_up_says_so_and_its_founder_is_shown_the_first_steps() {
    let stage = Stage::untouched(Config::default()).await;
    let mut browser = stage.browser();
    for path in ["/wiki", "/login"] {
        let page = browser.get(path).await.text();
        assert!(page.contains("set-up address"), "{path}: {page}");
    }
    let guess = [
        ("email", "a@example.com"),
        ("password", "some guess of mine"),
    ];
    let tried = browser.post("/login", &guess).await;
    assert_eq!(tried.status, 401);
    assert!(tried.text().contains("set-up address"), "{}", tried.text());
    let stage = Stage::for_browsers().await;
    let page = stage.browser().get("/login").await.text();
    assert!(!page.contains("set-up address"));
    let tried = stage.browser().post("/login", &guess).await;
    assert_eq!(tried.status, 401);
    assert!(!tried.text().contains("set-up address"), "{}", tried.text());
    let mut root = stage.browser_of("root").await;
    let home = root.get("/wiki").await.text();
    assert!(home.contains("Create your first space") && home.contains("/wiki/create-space"));
    let fields = [("name", "Handbook"), ("key", "HANDBOOK")];
    let made = root.post("/wiki/create-space", &fields).await;
    let overview = root.get(made.location()).await.text();
    assert!(overview.contains("Write this home page"), "{overview}");
}
