//! Writing pages, restricting and deleting them, comments, spaces.

use narthex_access::{Credential, LabelPrefix, Object, Operation, Principal};
use narthex_served::Stage;
use narthex_served::browser::Browser;
use narthex_site::account::Access;
use narthex_site::label::NewLabel;

pub(crate) async fn new_page(browser: &mut Browser, title: &str) -> (String, String) {
    let fields = [
        ("title", title),
        ("body", "<p>text</p>"),
        ("parent", ""),
        ("do", "publish"),
    ];
    let made = browser
        .post("/wiki/pages/create?spaceKey=DOCS", &fields)
        .await;
    let location = made.location().split('?').next().unwrap().to_owned();
    let id = location.split('/').nth(5).unwrap().to_owned();
    (location, id)
}

#[tokio::test]
async fn a_page_is_written_by_form_and_what_was_typed_is_never_lost() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let form = root.get("/wiki/pages/create?spaceKey=docs").await;
    assert_eq!(form.status, 200);
    let create = "/wiki/pages/create?spaceKey=DOCS";
    for (title, body, parent, beside) in [
        ("", "<p>kept</p>", "", "title-error"),
        ("The DOCS space", "<p>kept</p>", "", "title-error"),
        ("Fine", "<p>kept</p>", "77", "parent-error"),
    ] {
        let fields = [
            ("title", title),
            ("body", body),
            ("parent", parent),
            ("do", "publish"),
        ];
        let reply = root.post(create, &fields).await;
        assert_eq!(reply.status, 400, "{beside}");
        assert!(
            reply.text().contains(&format!("id=\"{beside}\"")),
            "{}",
            reply.text()
        );
        assert!(reply.text().contains("&#60;p&#62;kept&#60;/p&#62;"));
    }
    let (path, id) = new_page(&mut root, "Guide").await;
    let page = root.get(&path).await;
    assert!(page.text().contains("<p>text</p>"));

    let edit = format!("/wiki/pages/edit?pageId={id}");
    let form = root.get(&edit).await.text();
    assert!(form.contains("name=\"version\" value=\"1\"") && form.contains("&#60;p&#62;text"));
    let second = [
        ("title", "Guide"),
        ("body", "<p>second</p>"),
        ("version", "1"),
        ("parent", ""),
        ("do", "publish"),
    ];
    root.post(&edit, &second).await.location();
    // A writer who began from the first version gets a conflict, with everything that was typed.
    let late = [
        ("title", "Guide"),
        ("body", "<p>mine, too late</p>"),
        ("version", "1"),
        ("parent", ""),
        ("do", "publish"),
    ];
    let reply = root.post(&edit, &late).await;
    assert_eq!(reply.status, 409);
    assert!(reply.text().contains("mine, too late") && reply.text().contains("value=\"2\""));
    assert!(root.get(&path).await.text().contains("<p>second</p>"));
}

#[tokio::test]
async fn a_long_text_fits_into_the_form() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let long = format!("<p>{}</p>", "a long text ".repeat(50_000));
    let fields = [
        ("title", "Long"),
        ("body", long.as_str()),
        ("parent", ""),
        ("do", "publish"),
    ];
    let made = root.post("/wiki/pages/create?spaceKey=DOCS", &fields).await;
    let path = made.location().to_owned();
    assert!(root.get(&path).await.text().len() > 500_000);
}

#[tokio::test]
async fn a_draft_is_its_authors_until_it_is_published() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let mut lena = stage.browser_of("lena").await;
    let fields = [
        ("title", "Plan"),
        ("body", "<p>text</p>"),
        ("parent", ""),
        ("do", "draft"),
    ];
    let made = root.post("/wiki/pages/create?spaceKey=DOCS", &fields).await;
    let path = made.location().to_owned();
    let kept = root.get(&path).await.text();
    assert!(kept.contains("Saved as a draft. Only you can see it. You find it under Drafts"));
    let id = path.split('/').nth(5).unwrap();
    assert_eq!(lena.get(&path).await.status, 404);
    let edit = format!("/wiki/pages/edit?pageId={id}");
    let fields = [
        ("title", "Plan"),
        ("body", "<p>more</p>"),
        ("version", "1"),
        ("parent", ""),
        ("do", "draft"),
    ];
    root.post(&edit, &fields).await.location();
    assert_eq!(lena.get(&path).await.status, 404);
    let fields = [
        ("title", "Plan"),
        ("body", "<p>more</p>"),
        ("version", "1"),
        ("parent", ""),
        ("do", "publish"),
    ];
    root.post(&edit, &fields).await.location();
    assert!(lena.get(&path).await.text().contains("<p>more</p>"));
}

#[tokio::test]
async fn a_page_is_moved_by_its_form_and_by_the_old_address() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (_, above) = new_page(&mut root, "Above").await;
    let (path, id) = new_page(&mut root, "Below").await;
    let edit = format!("/wiki/pages/edit?pageId={id}");
    let fields = |version, parent| {
        [
            ("title", "Below"),
            ("body", "<p>text</p>"),
            ("version", version),
            ("parent", parent),
            ("do", "publish"),
        ]
    };
    let crumb = format!("/wiki/spaces/DOCS/pages/{above}/Above\">Above</a></nav>");
    root.post(&edit, &fields("1", above.as_str()))
        .await
        .location();
    assert!(root.get(&path).await.text().contains(&crumb));
    root.post(&edit, &fields("2", "")).await.location();
    assert!(!root.get(&path).await.text().contains(&crumb));

    let action = format!(
        "/wiki/pages/movepage.action?spaceKey=DOCS&pageId={id}&targetId={above}&position=append"
    );
    let foreign = root
        .post_from(Some("http://evil.example"), &action, &[])
        .await;
    assert_eq!(foreign.status, 403);
    let moved = root.post(&action, &[]).await;
    assert_eq!(moved.status, 200);
    assert_eq!(moved.text(), format!(r#"{{"page":{{"id":"{id}"}}}}"#));
    assert!(root.get(&path).await.text().contains(&crumb));
    let nobody = stage.browser().post(&action, &[]).await;
    assert_eq!(nobody.status, 401);
}

#[tokio::test]
async fn deleting_asks_first() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (path, id) = new_page(&mut root, "Old").await;
    let delete = format!("/wiki/pages/delete?pageId={id}");
    assert!(
        root.get(&delete)
            .await
            .text()
            .contains("Move “Old” to the trash?")
    );
    assert_eq!(root.post(&delete, &[]).await.status, 400);
    assert_eq!(root.get(&path).await.status, 200);
    let gone = root.post(&delete, &[("confirmed", "yes")]).await;
    let after = root.get(gone.location()).await.text();
    assert!(after.contains("Moved to the trash."));
    assert!(root.get(&path).await.text().contains("In the trash"));
    assert_eq!(stage.browser().get(&delete).await.status, 404);
}

#[tokio::test]
async fn restrictions_are_set_together_and_lifted_only_by_saying_so() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let mut lena = stage.browser_of("lena").await;
    let (path, id) = new_page(&mut root, "Plan").await;
    assert_eq!(lena.get(&path).await.status, 200);
    let set = format!("/wiki/pages/restrictions?pageId={id}");
    let unknown = [
        ("view_mode", "listed"),
        ("view_add", "root@example.org\r\nnobody-here"),
        ("edit_mode", "open"),
    ];
    let reply = root.post(&set, &unknown).await;
    assert_eq!(reply.status, 400);
    assert!(reply.text().contains("“nobody-here”") && reply.text().contains("root@example.org"));
    assert_eq!(lena.get(&path).await.status, 200);

    // Restricted to nobody in particular, the page stays restricted to the person who did it.
    let mine = [("view_mode", "listed"), ("edit_mode", "open")];
    root.post(&set, &mine).await.location();
    assert_eq!(lena.get(&path).await.status, 404);
    assert!(root.get(&set).await.text().contains("view_keep"));
    // A form that isn't whole lifts nothing.
    assert_eq!(root.post(&set, &[]).await.status, 400);
    assert_eq!(lena.get(&path).await.status, 404);
    let group = [
        ("view_mode", "listed"),
        ("view_add", "confluence-users"),
        ("edit_mode", "listed"),
        ("edit_add", "root@example.org"),
    ];
    root.confirm(&set, &group).await.location();
    assert_eq!(lena.get(&path).await.status, 200);
    assert_eq!(
        lena.get(&format!("/wiki/pages/edit?pageId={id}"))
            .await
            .status,
        403
    );
    let seen = lena.get(&set).await;
    assert_eq!(seen.status, 200);
    assert!(seen.text().contains("confluence-users") && !seen.text().contains("Save restrictions"));
    let open = [("view_mode", "open"), ("edit_mode", "open")];
    assert_eq!(lena.post(&set, &open).await.status, 403);
    root.confirm(&set, &open).await.location();
    assert_eq!(
        lena.get(&format!("/wiki/pages/edit?pageId={id}"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_labels_of_a_page_are_shown_and_lead_to_what_has_them() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (path, id) = new_page(&mut root, "Guide").await;
    new_page(&mut root, "Other").await;
    let label = |prefix, name: &str| NewLabel {
        prefix,
        name: name.into(),
    };
    let on = Object::Page(id.parse().unwrap());
    let labels = vec![
        label(LabelPrefix::Global, "how-to"),
        label(LabelPrefix::My, "later"),
    ];
    let credential = root.credential();
    let added = stage.site.add_labels(&credential, on, labels);
    added.await.unwrap();
    let page = root.get(&path).await.text();
    assert!(
        page.contains("href=\"/wiki/search?text=&#38;label=how-to\""),
        "{page}"
    );
    assert!(!page.contains(">later<"));
    let found = root.get("/wiki/search?text=&label=how-to").await.text();
    assert!(
        found.contains("1 found") && found.contains(">Guide<"),
        "{found}"
    );
    let none = root.get("/wiki/search?text=&label=nothing").await.text();
    assert!(none.contains("Nothing that you can see has this label"));
}

#[tokio::test]
async fn a_comment_is_plain_text() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let mut root = stage.browser_of("root").await;
    let (path, _) = new_page(&mut root, "Guide").await;
    let written = "Hello\r\nworld\r\n\r\n<script>alert(1)</script> & <ac:structured-macro/>";
    let fields = [("do", "comment"), ("comment", written)];
    let done = root.post(&path, &fields).await;
    assert!(done.location().contains("#nx-comment-"));
    let page = root.get(&path).await.text();
    assert!(page.contains("Hello<br") && !page.contains("<script>alert"));
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;ac:structured-macro/&gt;")
    );
    assert_eq!(
        root.post(&path, &[("do", "comment"), ("comment", " ")])
            .await
            .status,
        400
    );
    assert_eq!(root.post(&path, &[("comment", "x")]).await.status, 400);
    let nobody = stage.browser().post(&path, &fields).await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn who_reads_by_open_access_is_offered_nothing_to_change() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("ute", Access::None).await;
    let on = narthex_site::switch::SetSwitches {
        jsm_access: Some(true),
        anonymous_access: Some(true),
        ..Default::default()
    };
    stage.switch(on).await;
    for switch in [
        narthex_site::switch::SpaceSwitch::UnlicensedView,
        narthex_site::switch::SpaceSwitch::AnonymousView,
    ] {
        stage.switch_space("DOCS", switch, true).await;
    }
    let mut root = stage.browser_of("root").await;
    let (path, id) = new_page(&mut root, "Guide").await;
    let mut ute = stage.browser_of("ute").await;
    let mut nobody = stage.browser();
    assert_eq!(ute.get(&path).await.status, 200);
    assert_eq!(nobody.get(&path).await.status, 200);
    for address in [
        format!("/wiki/pages/edit?pageId={id}"),
        format!("/wiki/pages/delete?pageId={id}"),
        "/wiki/pages/create?spaceKey=DOCS".to_owned(),
        "/wiki/create-space".to_owned(),
    ] {
        assert_eq!(ute.get(&address).await.status, 403, "{address}");
        assert_eq!(nobody.get(&address).await.status, 401, "{address}");
        assert_eq!(
            ute.post(&address, &[("confirmed", "yes")]).await.status,
            403,
            "{address}"
        );
        assert_eq!(nobody.post(&address, &[]).await.status, 401, "{address}");
    }
    let comment = [("do", "comment"), ("comment", "x")];
    assert_eq!(ute.post(&path, &comment).await.status, 403);
    assert_eq!(nobody.post(&path, &comment).await.status, 401);
    let granted = stage.site.grant(
        &Credential::Operator,
        "DOCS".into(),
        Principal::Class(narthex_access::AccessClass::AnonymousUsers),
        Operation::CreateComment,
    );
    granted.await.unwrap();
    ute.post(&path, &comment).await.location();
    nobody.post(&path, &comment).await.location();
    assert_eq!(nobody.post_from(None, &path, &comment).await.status, 403);
}

#[tokio::test]
async fn a_space_is_created_by_form() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    for (name, key, beside) in [
        ("", "HANDBOOK", "name-error"),
        ("Handbook", "hand book", "key-error"),
        ("Handbook", "", "key-error"),
    ] {
        let reply = root
            .post("/wiki/create-space", &[("name", name), ("key", key)])
            .await;
        assert_eq!(reply.status, 400);
        assert!(
            reply.text().contains(&format!("id=\"{beside}\"")),
            "{beside}"
        );
    }
    let fields = [("name", "Handbook"), ("key", "HANDBOOK")];
    let made = root.post("/wiki/create-space", &fields).await;
    assert_eq!(made.location(), "/wiki/spaces/HANDBOOK");
    let taken = root.post("/wiki/create-space", &fields).await;
    assert!(taken.text().contains("id=\"key-error\""));
    assert_eq!(root.get("/wiki/spaces/handbook").await.status, 200);
}
