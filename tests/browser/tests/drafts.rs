//! The reader's own drafts: they are found again where they were left.

use crate::story::Story;
use narthex_served::{Ask, Who};

/// Writes a page and saves it as a draft.
async fn begin_a_page(story: &Story, title: &str) {
    let key = &story.world.aim("DOCS").key;
    story
        .open(&format!("/wiki/pages/create?spaceKey={key}"))
        .await;
    story.page().type_into("#title", title).await;
    story.page().type_into("#body", "<p>First words</p>").await;
    story.page().click("button[value=draft]").await;
}

#[tokio::test]
async fn a_draft_that_was_left_is_found_from_home_continued_and_published() {
    let story = Story::begin().await;
    let page = story.page();
    begin_a_page(&story, "Half a thought").await;
    assert!(page.text(".banner").await.contains("Draft: only you"));
    assert!(!page.has("#nx-comment").await, "a draft has a comment box");

    story.open("/wiki").await;
    page.click(".drafts .lines a").await;
    assert_eq!(
        page.evaluate("document.querySelector('#title').value")
            .await,
        "Half a thought"
    );
    page.type_into("#body", "<p>and more</p>").await;
    page.click("button[value=publish]").await;
    let text = page.text("main").await;
    assert!(
        text.contains("First words") && text.contains("and more"),
        "{text}"
    );
    assert!(page.has("#nx-comment").await);
    story.open("/wiki").await;
    assert!(!page.has(".drafts").await);
}

#[tokio::test]
async fn a_draft_is_discarded_from_the_list_of_drafts_and_nobody_else_sees_it_there() {
    let story = Story::begin().await;
    let page = story.page();
    begin_a_page(&story, "Thrown away soon").await;
    // The sidebar of the space leads to the list.
    assert_eq!(
        page.texts(".side-links a")
            .await
            .first()
            .map(String::as_str),
        Some("Your drafts (1)")
    );
    page.click(".side-links a").await;
    assert_eq!(page.text("h1").await, "Drafts");
    assert!(page.text("tbody").await.contains("Thrown away soon"));
    let lena = story.world.session(Who::Lena).await;
    let hers = story.world.served.get(&lena, "/wiki/drafts").await.text();
    assert!(hers.contains("You have no drafts") && !hers.contains("Thrown away soon"));

    page.click("details.purge summary").await;
    page.click("details.purge button").await;
    let text = page.text("main").await;
    assert!(text.contains("The draft is discarded."), "{text}");
    assert!(text.contains("You have no drafts"), "{text}");
}

#[tokio::test]
async fn a_draft_over_a_published_page_is_in_the_list_and_discarding_it_leaves_the_page() {
    let story = Story::begin().await;
    let page = story.page();
    let guide = story.world.aim("Guide");
    story
        .open(&format!("/wiki/pages/edit?pageId={}", guide.page))
        .await;
    page.type_into("#title", " anew").await;
    page.click("button[value=draft]").await;
    assert!(
        page.text(".banner")
            .await
            .contains("You have a draft of this page")
    );
    assert_eq!(page.text("h1").await, guide.title);

    story.open("/wiki/drafts").await;
    let line = page.text("tbody tr").await;
    assert!(
        line.contains("anew") && line.contains("A published page"),
        "{line}"
    );
    page.click(".act a.button").await;
    assert_eq!(
        page.evaluate("document.querySelector('#title').value")
            .await,
        format!("{} anew", guide.title)
    );
    story.open("/wiki/drafts").await;
    page.click("details.purge summary").await;
    page.click("details.purge button").await;
    assert!(page.text("main").await.contains("You have no drafts"));
    let path = format!("/wiki/spaces/{}/pages/{}", guide.key, guide.page);
    let told = story
        .world
        .served
        .get(&story.world.actor(Who::Ada), &path)
        .await;
    assert_eq!(told.status, 200);
}

#[tokio::test]
async fn nobody_discards_the_draft_of_somebody_else() {
    let story = Story::begin().await;
    begin_a_page(&story, "Mine").await;
    let address = story.page().address().await;
    let id = address.split('/').find(|part| part.parse::<u64>().is_ok());
    let id = id.expect("the address of a page has its id");
    let lena = story.world.session(Who::Lena).await;
    let discard = |id: &str| {
        Ask::new(http::Method::POST, "/wiki/drafts").form(&[("do", "discard"), ("page", id)])
    };
    let theirs = story.world.served.ask(&lena, &discard(id)).await;
    assert_eq!(theirs.status, 404);
    story.open("/wiki/drafts").await;
    assert!(story.page().text("tbody").await.contains("Mine"));
}
