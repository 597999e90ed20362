//! The page that says who can see a page, and why: what it says must be what each person can read.

use crate::story::Story;
use narthex_served::Who;

async fn open_from(story: &Story, name: &str) {
    let aim = story.world.aim(name);
    let path = format!("/wiki/spaces/{}/pages/{}", aim.key, aim.page);
    story.open(&path).await;
    story
        .page()
        .click("summary[aria-label='More actions']")
        .await;
    story
        .page()
        .click("details.menu a[href*='/wiki/pages/access']")
        .await;
}

/// Returns the names in the list of accounts, without the links beside them.
async fn named(story: &Story) -> Vec<String> {
    let lines = "[...document.querySelectorAll('section[aria-labelledby=readers] li')]\
                 .map(line => line.firstChild.textContent.trim())";
    let names = story.page().evaluate(lines).await;
    let names = names.as_array().cloned().unwrap_or_default();
    names
        .iter()
        .filter_map(|name| name.as_str().map(Into::into))
        .collect()
}

#[tokio::test]
async fn those_who_are_named_are_those_who_can_read_before_and_after_a_restriction() {
    let story = Story::begin().await;
    let page = story.page();
    for scripts in [true, false] {
        page.run_scripts(scripts).await;
        let name = if scripts { "Install" } else { "Guide" };
        for restricted in [false, true] {
            if restricted {
                story.open(&story.restrictions(name)).await;
                page.type_into("#view-add", story.world.email(Who::Lena))
                    .await;
                page.click("main form button.primary").await;
            }
            open_from(&story, name).await;
            let mut readers = story.readers(name).await;
            let is_public = readers.contains(&"Nobody");
            assert_eq!(is_public, !restricted, "{name}: {readers:?}");
            // Customers of the help desk read what anonymous visitors read, and aren't accounts of
            // the wiki.
            readers.retain(|reader| !["Nobody", "Carla"].contains(reader));
            readers.sort_unstable();
            assert_eq!(named(&story).await, readers, "{name}");
            let now = match restricted {
                false => "Right now: Anyone on the internet can view this page.",
                true => "Right now: Only you and Lena can view this page.",
            };
            assert_eq!(story.now().await, now);
        }
    }
}

#[tokio::test]
async fn why_somebody_sees_a_page_or_does_not_is_told_rule_by_rule() {
    let story = Story::begin().await;
    let page = story.page();
    story.open(&story.restrictions("Install")).await;
    page.type_into("#view-add", story.world.email(Who::Lena))
        .await;
    page.click("main form button.primary").await;

    for (who, sees) in [(Who::Lena, true), (Who::Sam, false)] {
        open_from(&story, "Install").await;
        page.type_into("#about", story.world.email(who)).await;
        page.click("form.filter button").await;
        let answer = page.text("#answer").await;
        assert!(answer.contains(who.name()), "{answer}");
        assert_eq!(answer.contains("doesn't see"), !sees, "{answer}");
        let failing = page.texts("ol.rules li.fails").await;
        assert_eq!(failing.is_empty(), sees, "{failing:?}");
        assert!(!page.texts("ol.rules li.holds").await.is_empty());
        assert_eq!(story.readers("Install").await.contains(&who.name()), sees);
    }
    open_from(&story, "Install").await;
    page.click("a[href$='about=anonymous']").await;
    assert!(!page.texts("ol.rules li.fails").await.is_empty());
    assert!(!story.readers("Install").await.contains(&"Nobody"));
}

#[tokio::test]
async fn an_address_that_nobody_has_is_refused_at_its_field() {
    let story = Story::begin().await;
    let page = story.page();
    open_from(&story, "Guide").await;
    page.type_into("#about", "nobody@example.net").await;
    page.click("form.filter button").await;
    assert_eq!(
        page.text("#about-error").await,
        "No active account has this e-mail address."
    );
    assert!(!page.has("#answer").await);
}

#[tokio::test]
async fn people_who_do_not_administer_the_space_ask_about_nobody_else() {
    let story = Story::begin().await;
    let page = story.page();
    story.hand_to(Who::Lena).await;
    open_from(&story, "Guide").await;
    assert!(!page.has("#about").await);
    page.click("a[href$='about=me']").await;
    assert!(!page.texts("ol.rules li.holds").await.is_empty());
    assert!(page.texts("ol.rules li.fails").await.is_empty());
    let aim = story.world.aim("Guide");
    let about = story.world.email(Who::Sam);
    story
        .open(&format!(
            "/wiki/pages/access?pageId={}&about={about}",
            aim.page
        ))
        .await;
    assert!(!page.has("#answer").await);
}
