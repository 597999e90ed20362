//! The scene of a page with every kind of content that people can write.

use crate::inspection::Inspection;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use narthex_served::table::segment;
use narthex_served::{Ask, Who, World, must};
use serde_json::{Value, json};

/// The body of the page, in storage format.
const BODY: &str = include_str!("everything.xhtml");

/// A picture of one grey pixel.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

/// Checks it as its author, as a reader and anonymously.
pub(super) async fn play(inspection: &mut Inspection<'_>, world: &World) {
    let ada = world.actor(Who::Ada);
    let home = world.aim("Guide");
    let body = BODY
        .replace("LENA", &world.account(Who::Lena).to_string())
        .replace("KEY", &home.key);
    let page = json!({
        "type": "page", "title": "Everything", "space": { "key": home.key },
        "ancestors": [{ "id": home.page }],
        "body": { "storage": { "value": body, "representation": "storage" } },
        "metadata": { "labels": [{ "prefix": "global", "name": "guide" }] },
    });
    let made = Ask::post("/wiki/rest/api/content", &page);
    let made = world.served.expect(200, &ada, &made).await.json();
    let id = made.get("id").and_then(Value::as_str);
    let id = must(id.ok_or("a new page has no id"));
    let picture = must(STANDARD.decode(PICTURE));
    let upload = Ask::post(
        format!("/wiki/rest/api/content/{id}/child/attachment"),
        &Value::Null,
    );
    world
        .served
        .expect(200, &ada, &upload.file("picture.png", &picture))
        .await;
    for said in ["<p>One comment</p>", "<pre>another, of code</pre>"] {
        let comment = json!({
            "type": "comment", "container": { "id": id, "type": "page" },
            "body": { "storage": { "value": said, "representation": "storage" } },
        });
        let comment = Ask::post("/wiki/rest/api/content", &comment);
        world.served.expect(200, &ada, &comment).await;
    }

    let path = format!("/wiki/spaces/{}/pages/{id}", segment(&home.key));
    for who in [Who::Ada, Who::Una, Who::Nobody] {
        inspection.be(world, who).await;
        inspection.visit(&path, "The end of everything").await;
    }
}
