//! The switches of the site and of a space, grants, and restricted pages.

use axum::body::Body;
use http::Request;
use narthex_access::{AccessClass, Credential, Operation, Principal};
use narthex_served::browser::Browser;
use narthex_served::{Stage, Told};
use narthex_site::account::Access;
use narthex_site::page::{NewBody, NewPage, Representation, WhichSpace};
use narthex_site::place::Parent;
use narthex_site::switch::{SetSwitches, SpaceSwitch};

const GLOBAL: &str = "/wiki/admin/permissions/global";
const DOCS: &str = "/wiki/spaces/DOCS/permissions";

fn turn<'a>(change: &'a str, to: &'a str) -> [(&'a str, &'a str); 3] {
    [("change", change), ("to", to), ("confirmed", "yes")]
}

/// Returns the facts of a space as the call of law 5.2 returns them.
async fn by_rest(browser: &mut Browser, key: &str) -> String {
    let path = "/wiki/rest/knowledge-base/1.0/permissions/space?spaceKey=";
    let reply = browser.get(&format!("{path}{key}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.text()
}

#[tokio::test]
async fn a_confirmation_shows_the_exposure_and_changes_nothing() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage
        .switch_space("DOCS", SpaceSwitch::UnlicensedView, true)
        .await;
    let mut root = stage.browser_of("root").await;
    let before = stage.entries().await;

    let page = root
        .get(&format!("{GLOBAL}?tab=jsm&change=jsm_access&to=on"))
        .await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Accounts without Confluence access"));
    assert!(page.text().contains("+1"), "{}", page.text());
    let page = root
        .get(&format!("{DOCS}?change=unlicensed_view&to=off"))
        .await;
    assert_eq!(page.status, 200);
    assert!(
        page.text()
            .contains("This doesn’t change what anybody can see")
    );
    // A form that nobody has confirmed changes nothing either.
    for (path, fields) in [
        (GLOBAL, [("change", "jsm_access"), ("to", "on")]),
        (DOCS, [("change", "unlicensed_view"), ("to", "off")]),
    ] {
        let reply = root.post(path, &fields).await;
        assert_eq!(reply.status, 200);
        assert!(reply.text().contains(r#"name="confirmed" value="yes""#));
    }
    assert_eq!(stage.entries().await, before);
    let facts = stage.space_switches("DOCS").await;
    assert!(facts.unlicensed_view && !facts.jsm_access);
    // A switch that already has the value needs no confirmation.
    let so = root
        .get(&format!("{GLOBAL}?change=jsm_access&to=off"))
        .await;
    assert_eq!(so.location(), format!("{GLOBAL}?tab=jsm"));
    let so = root
        .get(&format!("{DOCS}?change=unlicensed_view&to=on"))
        .await;
    assert_eq!(so.location(), DOCS);
}

#[tokio::test]
async fn a_switch_is_the_same_fact_by_the_page_and_by_the_api() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;

    let done = root.post(GLOBAL, &turn("jsm_access", "on")).await;
    assert_eq!(done.location(), format!("{GLOBAL}?tab=jsm"));
    let done = root.post(DOCS, &turn("unlicensed_view", "on")).await;
    assert_eq!(done.location(), DOCS);
    let facts = by_rest(&mut root, "DOCS").await;
    assert!(facts.contains(r#""unlicensedViewPermissionEnabled":true"#));
    assert!(facts.contains(r#""unlicensedAuthenticatedAccessEnabled":true"#));

    let call = r#"{"enablePermission":false,"spaceKey":"DOCS"}"#;
    let path = "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview";
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("origin", "http://localhost");
    let closed: Told = root.send(request, Body::from(call)).await;
    assert_eq!(closed.status, 200);
    let page = root.get(DOCS).await;
    assert!(
        page.text()
            .contains("Turn on…<span class=\"unseen\"> Any active user")
    );
    // It was set once by each route, so there is one entry each.
    let log = root.get("/wiki/admin/audit").await.text();
    assert_eq!(log.matches("Unlicensed view of a space").count(), 2);
}

#[tokio::test]
async fn an_account_without_a_licence_reads_the_space_once_both_switches_are_on() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("ute", Access::None).await;
    let mut root = stage.browser_of("root").await;
    let mut ute = stage.browser_of("ute").await;
    let missing = ute.get("/wiki/spaces/NONE").await;
    assert_eq!(missing.status, 404);
    let hidden = ute.get("/wiki/spaces/DOCS").await;
    assert_eq!(
        (hidden.status, &hidden.text()),
        (missing.status, &missing.text())
    );

    root.post(DOCS, &turn("unlicensed_view", "on")).await;
    assert_eq!(ute.get("/wiki/spaces/DOCS").await.text(), missing.text());
    root.post(GLOBAL, &turn("jsm_access", "on")).await;
    let open = ute.get("/wiki/spaces/DOCS").await;
    assert_eq!(open.status, 200);
    assert!(open.text().contains("The DOCS space"));
    // She reads the space, and doesn't see its permissions.
    assert_eq!(ute.get(DOCS).await.status, 403);
    root.post(DOCS, &turn("unlicensed_view", "off")).await;
    assert_eq!(ute.get("/wiki/spaces/DOCS").await.text(), missing.text());
}

#[tokio::test]
async fn the_pages_refuse_in_the_order_of_the_law() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    stage.add("ute", Access::None).await;
    let mut lena = stage.browser_of("lena").await;
    let mut ute = stage.browser_of("ute").await;
    let mut nobody = stage.browser();
    for path in [
        GLOBAL,
        "/wiki/admin/accounts",
        "/wiki/admin/groups",
        "/wiki/admin/spaces",
        "/wiki/admin/audit",
    ] {
        assert_eq!(nobody.get(path).await.status, 401, "{path}");
        assert_eq!(lena.get(path).await.status, 403, "{path}");
        assert_eq!(ute.get(path).await.status, 403, "{path}");
    }
    assert_eq!(
        lena.post(GLOBAL, &turn("jsm_access", "on")).await.status,
        403
    );
    // People who see a space without administering it can view its permissions.
    let page = lena.get(DOCS).await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("Turn on…"));
    assert!(!page.text().contains("Restricted pages") || !page.text().contains("take-over"));
    assert_eq!(
        lena.post(DOCS, &turn("unlicensed_view", "on")).await.status,
        403
    );
    let confirm = lena
        .get(&format!("{DOCS}?change=unlicensed_view&to=on"))
        .await;
    assert_eq!(confirm.status, 403);
    // A space that a person doesn't see is like one that never existed.
    for browser in [&mut ute, &mut nobody] {
        let hidden = browser.get(DOCS).await;
        let missing = browser.get("/wiki/spaces/NONE/permissions").await;
        assert_eq!(hidden.status, 404);
        assert_eq!(hidden.text().replace("DOCS", "NONE"), missing.text());
        let hidden = browser.post(DOCS, &turn("unlicensed_view", "on")).await;
        let missing = browser.post("/wiki/spaces/NONE/permissions", &[]).await;
        assert_eq!(hidden.status, 404);
        assert_eq!(hidden.text().replace("DOCS", "NONE"), missing.text());
    }
    assert!(!stage.space_switches("DOCS").await.unlicensed_view);
}

#[tokio::test]
async fn no_other_site_turns_a_switch() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    for origin in [None, Some("http://evil.example"), Some("null")] {
        for (path, change) in [(GLOBAL, "jsm_access"), (DOCS, "unlicensed_view")] {
            let reply = root.post_from(origin, path, &turn(change, "on")).await;
            assert_eq!(reply.status, 403);
            assert!(reply.text().contains("This form came from somewhere else"));
        }
    }
    let facts = stage.space_switches("DOCS").await;
    assert!(!facts.unlicensed_view && !facts.jsm_access);
}

#[tokio::test]
async fn anonymous_view_waits_for_the_site_and_goes_with_it() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let confirm = root
        .get(&format!("{DOCS}?change=anonymous_view&to=on"))
        .await;
    assert_eq!(confirm.status, 409);
    assert!(
        confirm
            .text()
            .contains("Anonymous access is off for this site")
    );
    let set = root.post(DOCS, &turn("anonymous_view", "on")).await;
    assert_eq!(set.status, 409);

    root.post(GLOBAL, &turn("anonymous_access", "on")).await;
    root.post(DOCS, &turn("anonymous_view", "on")).await;
    assert_eq!(stage.browser().get("/wiki/spaces/DOCS").await.status, 200);
    let confirm = root
        .get(&format!("{GLOBAL}?change=anonymous_access&to=off"))
        .await;
    assert!(
        confirm
            .text()
            .contains("The anonymous grants of 1 space are removed")
    );
    root.post(GLOBAL, &turn("anonymous_access", "off")).await;
    assert_eq!(stage.browser().get("/wiki/spaces/DOCS").await.status, 404);
    assert!(!stage.space_switches("DOCS").await.anonymous_view);
}

#[tokio::test]
async fn the_older_rule_is_told_where_it_holds() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage
        .switch(SetSwitches {
            enforce_anonymous: Some(false),
            ..SetSwitches::default()
        })
        .await;
    stage
        .switch_space("DOCS", SpaceSwitch::AnonymousView, true)
        .await;
    let mut root = stage.browser_of("root").await;
    let page = root.get(DOCS).await;
    assert!(page.text().contains("Partly in effect"));
    assert!(page.text().contains("by the older rule"));
    let tab = root.get(&format!("{GLOBAL}?tab=anonymous")).await;
    assert!(tab.text().contains("The older rule is in effect"));
}

#[tokio::test]
async fn permissions_are_granted_together_and_removed_together() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let lena = stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let wrong = [
        ("do", "grant"),
        ("to", "account"),
        ("principal", "ben@example.org"),
        ("permission", "create/page"),
    ];
    let reply = root.post(DOCS, &wrong).await;
    assert_eq!(reply.status, 400);
    assert!(
        reply
            .text()
            .contains("There is no active account with this e-mail address.")
    );
    assert!(reply.text().contains("ben@example.org"));
    let nothing = [
        ("do", "grant"),
        ("to", "account"),
        ("principal", "lena@example.org"),
    ];
    assert!(
        root.post(DOCS, &nothing)
            .await
            .text()
            .contains("Choose at least one.")
    );

    let right = [
        ("do", "grant"),
        ("to", "account"),
        ("principal", "Lena@example.org"),
        ("permission", "delete/page"),
        ("permission", "administer/space"),
    ];
    assert_eq!(root.confirm(DOCS, &right).await.location(), DOCS);
    let mut browser = stage.browser_of("lena").await;
    assert!(browser.get(DOCS).await.text().contains("Turn on…"));
    let id = lena.to_string();
    let remove = [
        ("do", "remove"),
        ("principal_kind", "account"),
        ("principal_id", id.as_str()),
    ];
    root.confirm(DOCS, &remove).await;
    assert!(!browser.get(DOCS).await.text().contains("Turn on…"));
    // The last administrator stays.
    let root_id = root.get(DOCS).await.text();
    let (_, after) = root_id
        .split_once(r#"name="principal_id" value=""#)
        .unwrap();
    let of_class = after.starts_with("all-licensed-users");
    assert!(of_class, "classes stand first");
}

#[tokio::test]
async fn granting_to_anonymous_never_opens_the_space() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage
        .switch(SetSwitches {
            anonymous_access: Some(true),
            ..SetSwitches::default()
        })
        .await;
    let mut root = stage.browser_of("root").await;
    let class = format!("class:{}", AccessClass::AnonymousUsers);
    for permission in [Operation::Read, Operation::CreateComment] {
        let fields = [
            ("do", "grant"),
            ("to", class.as_str()),
            ("permission", permission.word()),
        ];
        assert_eq!(root.post(DOCS, &fields).await.status, 400);
        assert!(!stage.space_switches("DOCS").await.anonymous_view);
    }
    stage
        .switch_space("DOCS", SpaceSwitch::AnonymousView, true)
        .await;
    let fields = [
        ("do", "grant"),
        ("to", class.as_str()),
        ("permission", "create/comment"),
    ];
    assert_eq!(root.post(DOCS, &fields).await.location(), DOCS);
    // Removing the grants in the table leaves the switch as it is.
    let fields = [
        ("do", "remove"),
        ("principal_kind", "class"),
        ("principal_id", AccessClass::AnonymousUsers.word()),
    ];
    assert_eq!(root.confirm(DOCS, &fields).await.location(), DOCS);
    assert!(stage.space_switches("DOCS").await.anonymous_view);
}

#[tokio::test]
async fn an_administrator_takes_over_a_page_that_it_knows_by_its_id_alone() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let lena = stage.add("lena", Access::Confluence).await;
    for operation in [Operation::Read, Operation::Restrict] {
        let to = Principal::Account(lena);
        let given = stage
            .site
            .grant(&Credential::Operator, "DOCS".into(), to, operation);
        given.await.unwrap();
    }
    let mut browser = stage.browser_of("lena").await;
    let fields = [
        ("title", "Her plans"),
        ("body", "<p>secret</p>"),
        ("parent", ""),
        ("do", "publish"),
    ];
    let made = browser
        .post("/wiki/pages/create?spaceKey=DOCS", &fields)
        .await;
    let location = made.location().to_owned();
    let id = location.split('/').nth(5).unwrap().to_owned();
    let restrict = [
        ("view_mode", "listed"),
        ("view_add", "lena@example.org"),
        ("edit_mode", "open"),
    ];
    let path = format!("/wiki/pages/restrictions?pageId={id}");
    assert_eq!(browser.post(&path, &restrict).await.status, 303);

    let mut root = stage.browser_of("root").await;
    assert_eq!(root.get(&location).await.status, 404);
    let page = root.get(DOCS).await.text();
    assert!(page.contains(&id) && !page.contains("Her plans"));
    let asked = root.post(DOCS, &[("do", "take-over"), ("page", &id)]).await;
    assert!(asked.status == 200 && asked.text().contains("Take the restriction over"));
    assert_eq!(root.get(&location).await.status, 404);
    let taken = root
        .confirm(DOCS, &[("do", "take-over"), ("page", &id)])
        .await;
    assert_eq!(taken.location(), DOCS);
    assert!(root.get(&location).await.text().contains("secret"));
    assert!(
        root.get("/wiki/admin/audit")
            .await
            .text()
            .contains("Restriction of a page taken over")
    );
}

#[tokio::test]
async fn the_exposure_of_a_space_names_only_what_the_asker_sees() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let lena = stage.add("lena", Access::Confluence).await;
    let new = NewPage {
        space: WhichSpace::Key("DOCS".into()),
        parent: Parent::Home,
        kind: narthex_access::PageKind::Page,
        draft: true,
        title: "A draft of nobody".into(),
        body: NewBody {
            representation: Representation::Storage,
            text: "<p />".into(),
        },
        created_at: None,
    };
    let token = narthex_site::token::NewToken {
        label: "t".into(),
        life: 86_400_000,
        scopes: narthex_access::Scopes::ALL,
    };
    let made = stage
        .site
        .create_token_for(&Credential::Operator, lena, token)
        .await
        .unwrap();
    let credential = Credential::Token {
        email: None,
        hash: made.secret.hash(),
    };
    stage.site.create_page(&credential, new).await.unwrap();
    stage
        .switch(SetSwitches {
            jsm_access: Some(true),
            ..SetSwitches::default()
        })
        .await;
    let mut root = stage.browser_of("root").await;
    let page = root
        .get(&format!("{DOCS}?change=unlicensed_view&to=on"))
        .await
        .text();
    assert!(page.contains("<cite>The DOCS space</cite>"), "{page}");
    assert!(!page.contains("A draft of nobody"));
}
