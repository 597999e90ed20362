//! The trash of a space: pages, attachments and comments.

use super::writing::new_page;
use narthex_access::CommentId;
use narthex_served::Stage;
use narthex_site::account::Access;
use narthex_site::comment::NewComment;
use narthex_site::page::{NewBody, Representation};

#[tokio::test]
async fn the_trash_lists_restores_and_purges_for_administrators_of_the_space_alone() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let mut lena = stage.browser_of("lena").await;
    let trash = "/wiki/spaces/DOCS/trash";
    assert!(
        root.get(trash)
            .await
            .text()
            .contains("Nothing is in the trash")
    );
    let (path, id) = new_page(&mut root, "Old & odd").await;
    let restore = [("do", "restore"), ("page", id.as_str())];
    let purge = [("do", "purge"), ("page", id.as_str())];
    // A page that isn't in the trash is neither restored nor deleted from there.
    for fields in [&restore, &purge] {
        assert_eq!(root.post(trash, fields).await.status, 400);
    }
    assert_eq!(root.get(&path).await.status, 200);

    let delete = format!("/wiki/pages/delete?pageId={id}");
    root.post(&delete, &[("confirmed", "yes")]).await.location();
    let listed = root.get(trash).await.text();
    assert!(listed.contains("Old &#38; odd"), "{listed}");
    assert!(
        root.get(&path)
            .await
            .text()
            .contains("href=\"/wiki/spaces/DOCS/trash\"")
    );
    assert_eq!(lena.get(trash).await.status, 403);
    assert_eq!(lena.post(trash, &restore).await.status, 403);
    assert_eq!(stage.browser().get(trash).await.status, 404);
    assert_eq!(lena.get(&path).await.status, 404);

    let restored = root.post(trash, &restore).await;
    assert!(restored.location().contains(&id));
    assert_eq!(lena.get(&path).await.status, 200);

    root.post(&delete, &[("confirmed", "yes")]).await.location();
    assert_eq!(root.post(trash, &purge).await.location(), trash);
    assert_eq!(root.get(&path).await.status, 404);
    assert_eq!(root.post(trash, &purge).await.status, 404);
}

#[tokio::test]
async fn a_deleted_comment_is_listed_by_its_words_restored_and_purged() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let mut lena = stage.browser_of("lena").await;
    let (path, id) = new_page(&mut root, "Guide").await;
    let new = NewComment {
        page: id.parse().unwrap(),
        parent: None,
        body: NewBody {
            representation: Representation::Storage,
            text: "<p>Channel 12 &amp; not 14</p>".into(),
        },
    };
    let comment: CommentId = stage
        .site
        .create_comment(&lena.credential(), new)
        .await
        .unwrap();
    let number = comment.to_string();
    let trash = "/wiki/spaces/DOCS/trash";
    let restore = [("do", "restore"), ("comment", number.as_str())];
    let purge = [("do", "purge"), ("comment", number.as_str())];
    for fields in [&restore, &purge] {
        assert_eq!(root.post(trash, fields).await.status, 400);
    }
    assert!(lena.get(&path).await.text().contains("Channel 12"));

    let by = root.credential();
    stage.site.trash_comment(&by, comment).await.unwrap();
    assert!(!lena.get(&path).await.text().contains("Channel 12"));
    let listed = root.get(trash).await.text();
    assert!(listed.contains("Channel 12 &#38; not 14"), "{listed}");
    assert!(listed.contains(">Guide</a>") && listed.contains("Comment"));
    assert_eq!(lena.post(trash, &restore).await.status, 403);

    let restored = root.post(trash, &restore).await;
    assert!(restored.location().contains(&id));
    assert!(lena.get(&path).await.text().contains("Channel 12"));

    stage.site.trash_comment(&by, comment).await.unwrap();
    assert_eq!(root.post(trash, &purge).await.location(), trash);
    assert!(!root.get(trash).await.text().contains("Channel 12"));
    assert_eq!(root.post(trash, &restore).await.status, 404);
}
