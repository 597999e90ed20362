//! The switch by which search engines are let in, on the page of global permissions.

use narthex_served::Stage;
use narthex_site::account::Access;
use narthex_site::switch::SetSwitches;

const GLOBAL: &str = "/wiki/admin/permissions/global";
const DOCS: &str = "/wiki/spaces/DOCS/permissions";

fn turn<'a>(change: &'a str, to: &'a str) -> [(&'a str, &'a str); 3] {
    [("change", change), ("to", to), ("confirmed", "yes")]
}

#[tokio::test]
async fn search_engines_are_let_in_and_sent_away_by_the_page_of_global_permissions() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let tab = format!("{GLOBAL}?tab=anonymous");
    let shown = root.get(&tab).await.text();
    assert!(shown.contains(r#"<h2 id="indexing">Search engines</h2>"#));
    assert!(shown.contains(r#"href="?tab=anonymous&amp;change=indexing&amp;to=on""#));
    let before = stage.entries().await;

    // A confirmation comes first, and showing it changes nothing.
    let confirm = root.get(&format!("{tab}&change=indexing&to=on")).await;
    assert_eq!(confirm.status, 200);
    assert!(
        confirm
            .text()
            .contains("Let search engines list what anyone can view?")
    );
    assert!(confirm.text().contains(r#"name="confirmed" value="yes""#));
    let unconfirmed = [("change", "indexing"), ("to", "on")];
    assert_eq!(root.post(GLOBAL, &unconfirmed).await.status, 200);
    assert_eq!(stage.entries().await, before);
    let robots = stage.browser().get("/robots.txt").await.text();
    assert!(robots.ends_with("Disallow: /\n"), "{robots}");

    let done = root.post(GLOBAL, &turn("indexing", "on")).await;
    assert_eq!(done.location(), tab);
    let said = root.get(&tab).await.text();
    let nothing = "“Search engines” is on. There is nothing here yet that they can read.";
    assert!(said.contains(nothing), "{said}");
    assert!(said.contains(r#"href="?tab=anonymous&amp;change=indexing&amp;to=off""#));
    assert_eq!(stage.entries().await, before + 1);
    let log = root.get("/wiki/admin/audit").await.text();
    assert!(log.contains("Search engines"), "{log}");
    let robots = stage.browser().get("/robots.txt").await.text();
    assert!(robots.contains("Disallow: /wiki/admin/"), "{robots}");
    // The switch has the value already, and the command line says the same.
    let so = root.get(&format!("{tab}&change=indexing&to=on")).await;
    assert_eq!(so.location(), tab);
    let again = root.post(GLOBAL, &turn("indexing", "on")).await;
    assert_eq!(again.location(), tab);
    stage
        .switch(SetSwitches {
            indexing: Some(true),
            ..SetSwitches::default()
        })
        .await;
    assert_eq!(stage.entries().await, before + 1);

    // The page says what they may list where there is something.
    root.post(GLOBAL, &turn("anonymous_access", "on")).await;
    root.post(DOCS, &turn("anonymous_view", "on")).await;
    let shown = root.get(&tab).await.text();
    let now = "Anyone on the internet can view 1 space, without logging in. Search engines may list these pages.";
    assert!(shown.contains(now), "{shown}");
    let page = stage.browser().get("/wiki/spaces/DOCS").await;
    assert_eq!(page.status, 200);
    assert!(page.header("x-robots-tag").is_none());
    root.post(GLOBAL, &turn("indexing", "off")).await;
    let said = root.get(&tab).await.text();
    let away = "“Search engines” is off. They are asked to stay away from every page of this site.";
    assert!(said.contains(away), "{said}");
    let page = stage.browser().get("/wiki/spaces/DOCS").await;
    assert_eq!(page.header("x-robots-tag").unwrap(), "noindex");
}

/// The switches of the site concern everybody, so only site administrators set them.
#[tokio::test]
async fn nobody_but_site_administration_lets_search_engines_in() {
    let stage = Stage::for_browsers().await;
    stage.add("lena", Access::Confluence).await;
    let mut lena = stage.browser_of("lena").await;
    let before = stage.entries().await;
    let asked = format!("{GLOBAL}?change=indexing&to=on");
    assert_eq!(lena.get(&asked).await.status, 403);
    let sent = lena.post(GLOBAL, &turn("indexing", "on")).await;
    assert_eq!(sent.status, 403);
    assert_eq!(stage.entries().await, before);
}
