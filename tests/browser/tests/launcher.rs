//! The prerequisites of the stories: a browser that shows a served site to a person.

use narthex_browser::{Browser, ENTER, Host};
use narthex_served::{Who, World};
use serde_json::json;

#[tokio::test]
async fn a_browser_shows_the_site_to_who_carries_a_session_with_scripts_or_without() {
    let world = World::new(1).await;
    let host = Host::of(&world.served).await;
    let browser = Browser::start().await;
    let page = browser.page();

    page.open(host.url("/wiki/admin/accounts")).await;
    assert!(page.has("form input[type=password]").await);

    page.carry(&host.url("/"), &world.session(Who::Ada).await)
        .await;
    for scripts in [true, false] {
        page.run_scripts(scripts).await;
        page.open(host.url("/wiki/admin/accounts")).await;
        assert_eq!(page.text("h1").await, "Accounts");
    }
    page.run_scripts(true).await;

    page.set_viewport(390, 800).await;
    page.emulate_dark(true).await;
    let seen = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
    assert_eq!(page.evaluate(seen).await, json!([390, true]));

    page.type_into(".top-search input", "guide").await;
    page.press(ENTER).await;
    assert!(page.address().await.contains("text=guide"));
}
