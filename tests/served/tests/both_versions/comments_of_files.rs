//! Comments belong to pages and blog posts; a file has none.

use narthex_served::{Ask, Who, World};
use serde_json::json;

#[tokio::test]
async fn a_file_has_no_comments_and_a_hidden_one_is_missing() {
    let world = World::new(185).await;
    let (served, una) = (&world.served, world.actor(Who::Una));
    let path = |id: &str| format!("/wiki/api/v2/attachments/{id}/footer-comments");
    let guide = &world.aim("Guide").attachment;
    for id in [guide.clone(), format!("att{guide}")] {
        let told = served.expect(200, &una, &Ask::get(path(&id))).await.json();
        assert_eq!(told["results"], json!([]));
    }
    let hidden = served
        .get(&una, &path(&world.aim("Secret").attachment))
        .await;
    assert_eq!(hidden.status, 404);
    for wrong in [
        "limit=0",
        "sort=size",
        "body-format=pdf",
        "cursor=x",
        "version=x",
    ] {
        let told = served.get(&una, &format!("{}?{wrong}", path(guide))).await;
        assert_eq!(told.status, 400, "{wrong}");
    }
}
