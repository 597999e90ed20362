//! Forms that lack a field or have one of another form: sent by a script, or from a page that was
//! loaded before the program was changed.

use super::writing::new_page;
use narthex_served::Stage;
use narthex_served::browser::Browser;
use narthex_site::account::Access;

async fn refused(browser: &mut Browser, path: &str, fields: &[(&str, &str)], why: &str) {
    let reply = browser.post(path, fields).await;
    assert_eq!(reply.status, 400, "{path} {fields:?}");
    assert!(
        reply.text().contains(why),
        "{path} {fields:?}: {}",
        reply.text()
    );
}

#[tokio::test]
async fn a_page_is_neither_emptied_nor_moved_nor_overwritten_by_a_form_that_lacks_a_field() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (_, above) = new_page(&mut root, "Above").await;
    let (path, id) = new_page(&mut root, "Below").await;
    let edit = format!("/wiki/pages/edit?pageId={id}");
    let whole = |version| {
        [
            ("title", "Below"),
            ("body", "<p>whole</p>"),
            ("parent", above.as_str()),
            ("version", version),
            ("do", "publish"),
        ]
    };
    root.post(&edit, &whole("1")).await.location();
    for missing in ["title", "body", "parent", "version", "do"] {
        let fields: Vec<_> = whole("2")
            .into_iter()
            .filter(|(name, _)| *name != missing)
            .collect();
        refused(&mut root, &edit, &fields, missing).await;
        let create = "/wiki/pages/create?spaceKey=DOCS";
        if missing != "version" {
            refused(&mut root, create, &fields, missing).await;
        }
    }
    for (name, value) in [("version", "two"), ("do", "keep"), ("do", "")] {
        let mut fields = whole("2");
        for field in &mut fields {
            if field.0 == name {
                field.1 = value;
            }
        }
        refused(&mut root, &edit, &fields, name).await;
    }
    let page = root.get(&path).await.text();
    assert!(
        page.contains("<p>whole</p>") && page.contains(">Above</a></nav>"),
        "{page}"
    );
    // The form as it is loaded is whole.
    root.post(&edit, &whole("2")).await.location();
}

#[tokio::test]
async fn a_field_that_lets_fewer_people_in_is_read_or_the_form_is_refused() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    let space = |more| [("name", "Plans"), ("key", "PLANS"), more];
    for more in [
        ("private", "yes"),
        ("status", "draft"),
        ("restrictions", "me"),
    ] {
        refused(&mut root, "/wiki/create-space", &space(more), more.0).await;
    }
    refused(&mut root, "/wiki/create-space", &[("key", "PLANS")], "name").await;
    assert_eq!(root.get("/wiki/spaces/PLANS").await.status, 404);
    let made = root.post("/wiki/create-space", &[("name", "Plans"), ("key", "PLANS")]);
    assert_eq!(made.await.location(), "/wiki/spaces/PLANS");
}

#[tokio::test]
async fn a_personal_space_is_private_or_refused_whatever_the_word_and_a_token_has_a_known_set() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    for word in ["on", "true", "1", "YES", "no", ""] {
        let fields = [("do", "create-personal-space"), ("private", word)];
        refused(&mut root, "/account", &fields, "private").await;
    }
    let twice = [("do", "purge"), ("do", "restore"), ("page", "1")];
    stage.new_space("DOCS").await;
    refused(&mut root, "/wiki/spaces/DOCS/trash", &twice, "sent twice").await;
    let token = [
        ("do", "create-token"),
        ("label", "typo"),
        ("expires_days", "30"),
        ("preset", "Read"),
        ("scope", "read"),
        ("scope", "write"),
    ];
    refused(&mut root, "/account", &token, "preset").await;
}

#[tokio::test]
async fn nobody_loses_access_by_a_form_that_does_not_say_which() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let lena = stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let account = format!("/wiki/admin/accounts/{lena}");
    for fields in [
        vec![("do", "set-access"), ("confirmed", "yes")],
        vec![
            ("do", "set-access"),
            ("confluence", "user"),
            ("confirmed", "yes"),
        ],
        vec![
            ("do", "set-access"),
            ("confluence", "all"),
            ("service_desk", "none"),
        ],
        vec![("do", "site-administrator"), ("confirmed", "yes")],
    ] {
        refused(&mut root, &account, &fields, "form").await;
    }
    refused(
        &mut root,
        "/wiki/admin/groups",
        &[("name", "pilots")],
        "access",
    )
    .await;
    let add = [("name", "Uwe"), ("email", "uwe@example.org")];
    refused(&mut root, "/wiki/admin/accounts", &add, "access").await;
    let mut lena = stage.browser_of("lena").await;
    assert_eq!(lena.get("/wiki/spaces/DOCS").await.status, 200);
}
