//! What a page says after a change of access must be what holds: each form is filled in by a real
//! browser, and the sentence on the page is compared with what each tier can read.

use crate::story::Story;
use narthex_served::Who;

#[tokio::test]
async fn a_name_typed_while_the_choice_stays_on_everyone_restricts_the_page() {
    let story = Story::begin().await;
    let page = story.page();
    assert!(story.readers("Install").await.contains(&"Nobody"));
    for scripts in [true, false] {
        page.run_scripts(scripts).await;
        let name = if scripts { "Install" } else { "On Linux" };
        story.open(&story.restrictions(name)).await;
        assert_eq!(
            page.evaluate("document.querySelector('[name=view_mode]:checked').value")
                .await,
            "open"
        );
        page.type_into("#view-add", story.world.email(Who::Lena))
            .await;
        page.click("main form button.primary").await;
        assert_eq!(
            story.now().await,
            "Right now: Only you and Lena can view this page."
        );
        assert_eq!(story.readers(name).await, ["Ada", "Lena"]);
    }
}

#[tokio::test]
async fn a_name_typed_for_editing_while_the_choice_stays_on_everyone_restricts_editing() {
    let story = Story::begin().await;
    let page = story.page();
    story.open(&story.restrictions("Guide")).await;
    page.type_into("#edit-add", story.world.email(Who::Sam))
        .await;
    page.click("main form button.primary").await;
    assert_eq!(
        story.now().await,
        "Right now: Anyone on the internet can view this page."
    );
    let edit = format!("/wiki/pages/edit?pageId={}", story.world.aim("Guide").page);
    let mut editing = Vec::new();
    for who in Who::active() {
        let told = story.world.served.get(&story.world.actor(who), &edit).await;
        if told.status == 200 {
            editing.push(who.name());
        }
    }
    assert_eq!(editing, ["Ada", "Sam"]);
    assert!(story.readers("Guide").await.contains(&"Nobody"));
}

#[tokio::test]
async fn a_name_that_nobody_has_is_refused_at_its_field_and_nothing_is_saved() {
    let story = Story::begin().await;
    let page = story.page();
    story.open(&story.restrictions("Guide")).await;
    page.type_into("#view-add", "nobody@example.net").await;
    page.click("main form button.primary").await;
    assert!(
        page.text("#view-add-error")
            .await
            .contains("nobody@example.net")
    );
    assert!(story.readers("Guide").await.contains(&"Nobody"));
}

#[tokio::test]
async fn lifting_a_restriction_shows_who_gains_before_it_opens() {
    let story = Story::begin().await;
    let page = story.page();
    story.open(&story.restrictions("Install")).await;
    page.type_into("#view-add", story.world.email(Who::Lena))
        .await;
    page.click("main form button.primary").await;

    page.click("[name=view_mode][value=open]").await;
    page.click("main form button.primary").await;
    // The confirmation is shown: nothing is open yet.
    assert!(page.text("main").await.contains("Anyone on the internet"));
    assert_eq!(story.readers("Install").await, ["Ada", "Lena"]);
    page.click("main form button.primary").await;
    assert_eq!(
        story.now().await,
        "Right now: Anyone on the internet can view this page."
    );
    assert!(story.readers("Install").await.contains(&"Nobody"));
}

#[tokio::test]
async fn closing_a_space_that_stays_public_says_so_and_offers_to_close_both() {
    let story = Story::begin().await;
    let page = story.page();
    let permissions = story.permissions("DOCS");
    story
        .open(&format!("{permissions}?change=unlicensed_view&to=off"))
        .await;
    assert!(
        page.text(".caution")
            .await
            .contains("stays open to anyone on the internet")
    );
    // One switch is turned off: the page says what is still open.
    page.click("main form button:not(.primary)").await;
    assert!(
        story
            .now()
            .await
            .contains("Anyone on the internet can read")
    );
    let readers = story.readers("Guide").await;
    assert!(readers.contains(&"Una") && readers.contains(&"Nobody"));
    assert!(!page.text("main").await.contains("This lets nobody in.\n"));

    story
        .open(&format!("{permissions}?change=anonymous_view&to=off"))
        .await;
    page.click("main form button.primary").await;
    assert!(
        story
            .now()
            .await
            .starts_with("Right now: Everyone with Confluence access can read")
    );
    assert_eq!(story.readers("Guide").await, ["Ada", "Olga", "Lena", "Sam"]);
}

#[tokio::test]
async fn both_are_closed_in_one_go() {
    let story = Story::begin().await;
    let page = story.page();
    let permissions = story.permissions("DOCS");
    story
        .open(&format!("{permissions}?change=unlicensed_view&to=off"))
        .await;
    page.click("button[name=both]").await;
    assert!(
        story
            .now()
            .await
            .starts_with("Right now: Everyone with Confluence access can read")
    );
    assert_eq!(story.readers("Guide").await, ["Ada", "Olga", "Lena", "Sam"]);
}

#[tokio::test]
async fn opening_a_space_says_how_far_it_is_open() {
    let story = Story::begin().await;
    let page = story.page();
    let permissions = story.permissions("TEAM");
    story
        .open(&format!("{permissions}?change=unlicensed_view&to=on"))
        .await;
    page.click("main form button.primary").await;
    let now = story.now().await;
    assert!(
        now.starts_with("Right now: All 8 active accounts can read"),
        "{now}"
    );
    let space = format!("/wiki/spaces/{}", story.world.aim("TEAM").key);
    for who in Who::active() {
        let told = story
            .world
            .served
            .get(&story.world.actor(who), &space)
            .await;
        let reads = !matches!(who, Who::Nobody | Who::Carla);
        assert_eq!(told.status == 200, reads, "{}", who.name());
    }
}

#[tokio::test]
async fn removing_a_grant_asks_first_and_says_who_is_left() {
    let story = Story::begin().await;
    let page = story.page();
    story.open(&story.permissions("TEAM")).await;
    page.click("input[name=principal_id][value=all-licensed-users] ~ button")
        .await;
    assert!(page.text(".people-changed").await.contains("Lena"));
    let space = format!("/wiki/spaces/{}", story.world.aim("TEAM").key);
    let lena = story.world.actor(Who::Lena);
    assert_eq!(story.world.served.get(&lena, &space).await.status, 200);
    page.click("main form button.danger").await;
    let mut readers = 0;
    for who in Who::active() {
        let actor = story.world.actor(who);
        readers += u32::from(story.world.served.get(&actor, &space).await.status == 200);
    }
    let now = story.now().await;
    assert!(
        now.starts_with(&format!("Right now: Only {readers} of 8 active accounts")),
        "{now}"
    );
    assert_eq!(story.world.served.get(&lena, &space).await.status, 404);
    assert_eq!(
        story
            .world
            .served
            .get(&story.world.actor(Who::Ada), &space)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn granting_shows_who_gains_before_it_opens() {
    let story = Story::begin().await;
    let page = story.page();
    let guest_space = format!("/wiki/spaces/{}", story.world.aim("GUESTS").key);
    let lena = story.world.actor(Who::Lena);
    story.open(&story.permissions("GUESTS")).await;
    page.choose("#to", "class:all-licensed-users").await;
    page.click("section.panel button.primary").await;
    assert!(page.text(".people-changed").await.contains("Lena"));
    assert_eq!(
        story.world.served.get(&lena, &guest_space).await.status,
        404
    );
    page.click("main form button.primary").await;
    assert!(
        story
            .now()
            .await
            .starts_with("Right now: Everyone with Confluence access can read")
    );
    assert_eq!(
        story.world.served.get(&lena, &guest_space).await.status,
        200
    );
    let una = story.world.actor(Who::Una);
    assert_eq!(story.world.served.get(&una, &guest_space).await.status, 404);
}

#[tokio::test]
async fn a_guest_without_a_space_is_refused_and_one_with_a_space_reads_it() {
    let story = Story::begin().await;
    let page = story.page();
    let account = format!("/wiki/admin/accounts/{}", story.world.account(Who::Una));
    page.run_scripts(false).await;
    story.open(&account).await;
    let shown = "getComputedStyle(document.querySelector('.guest-space')).display";
    assert_eq!(page.evaluate(shown).await, "none");
    page.choose("#confluence", "guest").await;
    assert_ne!(page.evaluate(shown).await, "none");
    page.click("form.panel button.primary").await;
    assert!(page.text("#space-error").await.contains("Choose the space"));

    page.choose("#confluence", "guest").await;
    page.choose("#space", &story.world.aim("GUESTS").key).await;
    page.click("form.panel button.primary").await;
    assert!(page.text(".people-changed").await.contains("Una gain"));
    let space = format!("/wiki/spaces/{}", story.world.aim("GUESTS").key);
    let una = story.world.actor(Who::Una);
    assert_eq!(story.world.served.get(&una, &space).await.status, 404);
    page.click("main form button.primary").await;
    assert_eq!(story.world.served.get(&una, &space).await.status, 200);
}

#[tokio::test]
async fn deleting_a_group_that_gives_the_licence_needs_its_name() {
    let story = Story::begin().await;
    let page = story.page();
    story.open("/wiki/admin/groups").await;
    let users = "[...document.querySelectorAll('main table a')].find(a => a.textContent === 'confluence-users').getAttribute('href')";
    let group = page.evaluate(users).await;
    story.open(group.as_str().unwrap_or_default()).await;
    page.click("button.danger").await;
    let told = page.text(".people-changed").await;
    assert!(told.contains("Lena") && told.contains("licence"), "{told}");
    page.type_into("#typed", "something else").await;
    page.click("main form button.danger").await;
    assert!(page.text("#typed-error").await.contains("confluence-users"));
    let space = format!("/wiki/spaces/{}", story.world.aim("TEAM").key);
    let lena = story.world.actor(Who::Lena);
    assert_eq!(story.world.served.get(&lena, &space).await.status, 200);
    page.type_into("#typed", "confluence-users").await;
    page.click("main form button.danger").await;
    assert_eq!(page.text("h1").await, "Groups");
    assert_eq!(story.world.served.get(&lena, &space).await.status, 404);
}

#[tokio::test]
async fn deactivating_an_account_asks_first() {
    let story = Story::begin().await;
    let page = story.page();
    story
        .open(&format!(
            "/wiki/admin/accounts/{}",
            story.world.account(Who::Lena)
        ))
        .await;
    page.click("input[name=do][value=deactivate] ~ button")
        .await;
    let told = page.text("main").await;
    assert!(told.contains("Deactivate the account of Lena?"), "{told}");
    assert!(story.readers("Guide").await.contains(&"Lena"));
    page.click("main form button.danger").await;
    assert!(page.text(".banner").await.contains("Deactivated"));
    let lena = story.world.actor(Who::Lena);
    assert_eq!(
        story
            .world
            .served
            .get(&lena, "/wiki/rest/api/user/current")
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn turning_a_switch_of_the_site_says_what_the_internet_can_read() {
    let story = Story::begin().await;
    let page = story.page();
    let global = "/wiki/admin/permissions/global?tab=anonymous";
    story.open(global).await;
    assert_eq!(
        story.now().await,
        "Right now: Anyone on the internet can view 1 space, without logging in."
    );
    assert!(story.readers("Guide").await.contains(&"Nobody"));
    page.click("section[aria-labelledby=anonymous-access] a.button")
        .await;
    page.click("main form button.primary").await;
    assert_eq!(
        story.now().await,
        "Right now: The internet sees nothing here, and no space can be opened to it."
    );
    let notice = page.text(".notice").await;
    assert!(
        notice.starts_with("Anonymous access is off. The internet sees nothing"),
        "{notice}"
    );
    assert!(!story.readers("Guide").await.contains(&"Nobody"));
    assert!(story.readers("Guide").await.contains(&"Una"));

    story.open("/wiki/admin/permissions/global?tab=jsm").await;
    assert!(
        story
            .now()
            .await
            .starts_with("Right now: Every active account can view 3 spaces: 8 in all, 3 of them")
    );
    page.click("section[aria-labelledby=jsm-access] a.button")
        .await;
    page.click("main form button.primary").await;
    let notice = page.text(".notice").await;
    assert!(
        notice.starts_with("JSM access is off. This lets nobody in"),
        "{notice}"
    );
    assert_eq!(story.readers("Guide").await, ["Ada", "Olga", "Lena", "Sam"]);
}
