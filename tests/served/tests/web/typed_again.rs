//! What was typed into a form that is refused is shown again, to the person who sent it, and never
//! what another site made the browser send (A51).

use super::writing::new_page;
use narthex_served::Stage;
use narthex_served::browser::Browser;
use narthex_site::account::Access;

/// The text that is typed, and how a page shows it.
const TEXT: &str = "<p>An hour's \"work\"</p>";
const SHOWN: &str = "&#60;p&#62;An hour&#39;s &#34;work&#34;&#60;/p&#62;";
const CREATE: &str = "/wiki/pages/create?spaceKey=DOCS";
const COMMENT: [(&str, &str); 2] = [("do", "comment"), ("comment", TEXT)];

fn page_form<'a>(title: &'a str, wanted: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("title", title),
        ("body", TEXT),
        ("version", "1"),
        ("parent", ""),
        ("message", "the reason"),
        ("do", wanted),
    ]
}

fn long_form(body: &str) -> [(&str, &str); 4] {
    [
        ("title", "Long"),
        ("body", body),
        ("parent", ""),
        ("do", "publish"),
    ]
}

/// Requires an answer that shows what was typed, in a form that is sent to `path`.
async fn offered(browser: &mut Browser, path: &str, fields: &[(&str, &str)], status: u16) {
    let told = browser.post(path, fields).await;
    let html = told.text();
    assert_eq!(told.status, status, "{path}");
    assert!(html.contains(SHOWN), "{path}: {html}");
    let action = path.replace('&', "&#38;");
    assert!(
        html.contains(&format!("method=\"post\" action=\"{action}\"")),
        "{path}: {html}"
    );
    for (name, value) in fields.iter().filter(|(name, _)| *name != "comment") {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}: {html}");
        assert!(*name == "body" || html.contains(value), "{name}: {html}");
    }
    assert!(!html.contains(" readonly"), "{html}");
}

/// Requires an answer that shows what was typed, to be copied.
async fn only_shown(browser: &mut Browser, path: &str, fields: &[(&str, &str)], status: u16) {
    let told = browser.post(path, fields).await;
    let html = told.text();
    assert_eq!(told.status, status, "{path}");
    assert!(
        html.contains(SHOWN) && html.contains(" readonly"),
        "{path}: {html}"
    );
    assert!(
        html.contains("Copy it before you leave") && !html.contains("Send again"),
        "{path}: {html}"
    );
}

#[tokio::test]
async fn what_was_typed_in_a_session_that_has_ended_is_sent_again_after_logging_in() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (path, id) = new_page(&mut root, "Guide").await;
    let edit = format!("/wiki/pages/edit?pageId={id}");
    let new = page_form("Written anew", "publish");
    let changed = page_form("Guide, changed", "publish");
    for (address, fields) in [
        (CREATE, new.as_slice()),
        (edit.as_str(), changed.as_slice()),
        (path.as_str(), COMMENT.as_slice()),
    ] {
        let mut writer = stage.browser_of("root").await;
        let mut other_window = writer.clone();
        other_window.post("/logout", &[]).await;
        // The session has ended, and then its cookie is gone.
        offered(&mut writer, address, fields, 401).await;
        offered(&mut writer, address, fields, 404).await;
        let html = writer.post(address, fields).await.text();
        assert!(
            html.contains("action=\"/login\" target=\"_blank\""),
            "{html}"
        );
        writer.log_in("root").await;
        writer.post(address, fields).await.location();
    }
    let page = root.get(&path).await.text();
    assert!(
        page.contains("An hour") && page.contains("Guide, changed"),
        "{page}"
    );
}

#[tokio::test]
async fn what_was_typed_is_shown_when_its_page_is_in_the_trash_or_restricted_meanwhile() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let mut lena = stage.browser_of("lena").await;
    let page = page_form("Typed title", "publish");
    let (path, id) = new_page(&mut root, "Guide").await;
    let edit = format!("/wiki/pages/edit?pageId={id}");
    let mine = [("view_mode", "listed"), ("edit_mode", "open")];
    let restrictions = format!("/wiki/pages/restrictions?pageId={id}");
    root.post(&restrictions, &mine).await.location();
    only_shown(&mut lena, &edit, &page, 404).await;
    only_shown(&mut lena, &path, &COMMENT, 404).await;

    let delete = format!("/wiki/pages/delete?pageId={id}");
    root.confirm(&delete, &[]).await.location();
    only_shown(&mut root, &edit, &page, 403).await;
    only_shown(&mut root, &path, &COMMENT, 403).await;
}

#[tokio::test]
async fn what_is_shown_again_is_the_same_for_a_hidden_page_and_for_one_that_never_was() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let (_, id) = new_page(&mut root, "Guide").await;
    let mine = [("view_mode", "listed"), ("edit_mode", "open")];
    let restrictions = format!("/wiki/pages/restrictions?pageId={id}");
    root.post(&restrictions, &mine).await.location();
    let page = page_form("Typed title", "publish");
    for mut reader in [stage.browser_of("lena").await, stage.browser()] {
        for (before, fields) in [
            ("/wiki/pages/edit?pageId=", page.as_slice()),
            ("/wiki/spaces/DOCS/pages/", COMMENT.as_slice()),
        ] {
            let mut answers = Vec::new();
            for id in [id.as_str(), "987654321"] {
                let path = format!("{before}{id}");
                let told = reader.post(&path, fields).await;
                let html = told.text().replace(&path, "ADDRESS");
                assert!(html.contains(SHOWN), "{html}");
                answers.push((told.status, html));
            }
            assert_eq!(answers.first(), answers.last());
        }
    }
}

#[tokio::test]
async fn an_empty_comment_is_asked_for_again_on_the_page_that_refuses_it() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (path, _) = new_page(&mut root, "Guide").await;
    let told = root
        .post(&path, &[("do", "comment"), ("comment", " ")])
        .await;
    let html = told.text();
    assert_eq!(told.status, 400);
    assert!(html.contains("The comment is empty."), "{html}");
    assert!(html.contains("name=\"comment\""), "{html}");
    assert!(html.contains(&format!("href=\"{path}\"")), "{html}");
}

#[tokio::test]
async fn a_comment_may_be_as_long_as_the_api_takes_it() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (path, _) = new_page(&mut root, "Guide").await;
    let long = "a long comment ".repeat(20_000);
    let fields = [("do", "comment"), ("comment", long.as_str())];
    root.post(&path, &fields).await.location();
    let longer = "word ".repeat(1_200_000);
    let fields = [("do", "comment"), ("comment", longer.as_str())];
    let told = root.post(&path, &fields).await;
    assert_eq!(told.status, 400);
    assert!(told.text().contains(&longer));
}

#[tokio::test]
async fn a_text_that_is_too_long_to_be_shown_again_is_answered_with_the_limit() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let too_long = "x".repeat(17 << 20);
    let told = root.post(CREATE, &long_form(&too_long)).await;
    assert_eq!(told.status, 413);
    assert!(
        told.text()
            .contains("This site accepts at most 16.7 MB in one request")
    );
    let long = "x".repeat(100_000);
    let told = stage.browser().post(CREATE, &long_form(&long)).await;
    assert_eq!(told.status, 404);
    let html = told.text();
    assert!(html.contains("longer than 65.5 kB"), "{html}");
    assert!(
        html.contains("action=\"/login\" target=\"_blank\""),
        "{html}"
    );
}

#[tokio::test]
async fn what_another_site_or_nobody_typed_is_not_shown() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let page = page_form("Typed title", "publish");
    let writer = stage.browser_of("root").await;
    writer.clone().post("/logout", &[]).await;
    for origin in [Some("https://evil.example"), None] {
        for mut browser in [writer.clone(), stage.browser()] {
            let told = browser.post_from(origin, CREATE, &page).await;
            assert!(matches!(told.status, 401 | 403), "{}", told.status);
            assert!(!told.text().contains("An hour"), "{}", told.text());
        }
    }
    // A draft that is discarded, and a form with nothing in it, aren't kept.
    let discarded = page_form("Typed title", "discard");
    let mut nothing = long_form(" ");
    nothing[0].1 = "";
    for fields in [discarded.as_slice(), nothing.as_slice()] {
        let html = stage.browser().post(CREATE, fields).await.text();
        assert!(!html.contains("What you typed"), "{html}");
        assert!(!html.contains("_blank"), "{html}");
    }
}
