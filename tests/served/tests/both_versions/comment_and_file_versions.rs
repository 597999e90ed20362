//! What is shown of the versions of things, and versions that are deleted.

use http::Method;
use narthex_served::{Actor, Aim, Ask, Who, World};
use narthex_store::blob::sweep::ABANDONED;
use serde_json::{Value, json};

const CONTENT: &str = "/wiki/rest/api/content";

async fn get(world: &World, actor: &Actor, path: &str) -> Value {
    world
        .served
        .expect(200, actor, &Ask::get(path))
        .await
        .json()
}

#[tokio::test]
async fn what_is_said_of_a_version_of_a_comment_is_told_to_who_sees_the_past() {
    let world = World::new(171).await;
    let (olga, una) = (world.actor(Who::Olga), world.actor(Who::Una));
    let guide = world.aim("Guide").page.clone();
    let body = json!({"representation": "storage", "value": "<p>said</p>"});
    let new = json!({"pageId": guide, "body": body});
    let post = Ask::post("/wiki/api/v2/footer-comments", &new);
    let made = world.served.ask(&olga, &post).await.json();
    assert_eq!(made["version"]["message"], "");
    let id = made["id"].as_str().expect("an id");
    let v2 = format!("/wiki/api/v2/footer-comments/{id}");
    let edit = json!({"version": {"number": 2, "message": "clearer"}, "body": body});
    let edited = world
        .served
        .expect(200, &olga, &Ask::new(Method::PUT, &v2).json(&edit))
        .await;
    assert_eq!(edited.json()["version"]["message"], "clearer");
    let v1 = format!("{CONTENT}/{id}?expand=version");
    for (path, place) in [(&v2, "message"), (&v1, "message")] {
        assert_eq!(
            get(&world, &olga, path).await["version"][place],
            "clearer",
            "{path}"
        );
        assert_eq!(
            get(&world, &una, path).await["version"][place],
            "",
            "{path}"
        );
    }
    let edit = json!({
        "type": "comment", "version": {"number": 3, "message": "shorter"},
        "body": {"storage": {"value": "<p>s</p>", "representation": "storage"}},
    });
    let put = Ask::new(Method::PUT, format!("{CONTENT}/{id}")).json(&edit);
    world.served.expect(200, &olga, &put).await;
    let versions = get(&world, &olga, &format!("{v2}/versions?sort=modified-date")).await;
    let said: Vec<_> = versions["results"]
        .as_array()
        .expect("a list")
        .iter()
        .collect();
    let said: Vec<_> = said
        .iter()
        .map(|version| version["message"].clone())
        .collect();
    assert_eq!(said, ["", "clearer", "shorter"]);
}

/// Attaches a file to a page in three versions, and returns its id.
async fn file(world: &World, page: &Aim, by: &Actor) -> String {
    let all = format!("{CONTENT}/{}/child/attachment", page.page);
    let first = Ask::new(Method::POST, &all).file("log.txt", b"first");
    let made = world.served.expect(200, by, &first).await.json();
    let id = made["results"][0]["id"].as_str().expect("an id").to_owned();
    for bytes in [b"second" as &[u8], b"third"] {
        let next = Ask::new(Method::POST, format!("{all}/{id}/data")).file("log.txt", bytes);
        world.served.expect(200, by, &next).await;
    }
    id
}

#[tokio::test]
async fn a_former_version_of_a_file_is_taken_out_with_its_bytes() {
    let world = World::new(172).await;
    let served = &world.served;
    let (olga, una) = (world.actor(Who::Olga), world.actor(Who::Una));
    let guide = world.aim("Guide").clone();
    let id = file(&world, &guide, &olga).await;
    let version =
        |number: u32| Ask::new(Method::DELETE, format!("{CONTENT}/{id}/version/{number}"));
    assert_eq!(served.ask(&una, &version(1)).await.status, 403);
    assert_eq!(served.ask(&Actor::Anonymous, &version(1)).await.status, 401);
    for wrong in [3, 4] {
        let told = served.ask(&olga, &version(wrong)).await;
        assert_eq!(told.status, 400, "{wrong}: {}", told.text());
    }
    let store = served.site.store();
    assert_eq!(store.sweep_blobs(ABANDONED).await.expect("a sweep"), 0);
    served.expect(204, &olga, &version(1)).await;
    assert_eq!(store.sweep_blobs(ABANDONED).await.expect("a sweep"), 1);

    let list = get(&world, &olga, &format!("{CONTENT}/{id}/version")).await;
    let numbers: Vec<_> = list["results"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|v| v["number"].clone())
        .collect();
    assert_eq!(numbers, [2, 1]);
    let now = get(&world, &olga, &format!("{CONTENT}/{id}?expand=version")).await;
    assert_eq!(now["version"]["number"], 2);
    let download = format!("{CONTENT}/{}/child/attachment/{id}/download", guide.page);
    for (query, bytes) in [
        ("", "third"),
        ("?version=2", "third"),
        ("?version=1", "second"),
    ] {
        let told = served
            .expect(200, &olga, &Ask::get(format!("{download}{query}")))
            .await;
        assert_eq!(told.text(), bytes, "{query}");
    }
    // The next version continues from there.
    let next = Ask::new(
        Method::POST,
        format!("{CONTENT}/{}/child/attachment/{id}/data", guide.page),
    );
    let next = served
        .expect(200, &olga, &next.file("log.txt", b"fourth"))
        .await
        .json();
    assert_eq!(next["version"]["number"], 3);
    let comment = Ask::new(
        Method::DELETE,
        format!("{CONTENT}/{}/version/1", guide.comment),
    );
    assert_eq!(served.ask(&olga, &comment).await.status, 400);
}

/// A copy of a file shares its bytes: they stay while one of the two has them.
#[tokio::test]
async fn the_bytes_of_a_version_stay_while_a_copy_has_them() {
    let world = World::new(173).await;
    let (served, olga) = (&world.served, world.actor(Who::Olga));
    let new = json!({
        "type": "page", "title": "Logs", "space": {"key": "DOCS"},
        "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
    });
    let page = served
        .expect(200, &olga, &Ask::post(CONTENT, &new))
        .await
        .json();
    let page = page["id"].as_str().expect("an id").to_owned();
    let all = format!("{CONTENT}/{page}/child/attachment");
    let made = served
        .expect(
            200,
            &olga,
            &Ask::new(Method::POST, &all).file("a.txt", b"shared"),
        )
        .await
        .json();
    let id = made["results"][0]["id"].as_str().expect("an id").to_owned();
    let copy = json!({"destination": {"type": "parent_page", "value": page}, "pageTitle": "Copy", "copyAttachments": true});
    let copy = served
        .expect(
            200,
            &olga,
            &Ask::post(format!("{CONTENT}/{page}/copy"), &copy),
        )
        .await
        .json();
    let copy = copy["id"].as_str().expect("an id").to_owned();
    let next = Ask::new(Method::POST, format!("{all}/{id}/data")).file("a.txt", b"new");
    served.expect(200, &olga, &next).await;
    let gone = Ask::new(Method::DELETE, format!("{CONTENT}/{id}/version/1"));
    served.expect(204, &olga, &gone).await;
    served
        .site
        .store()
        .sweep_blobs(ABANDONED)
        .await
        .expect("a sweep");
    let told = served
        .get(&olga, &format!("/wiki/download/attachments/{copy}/a.txt"))
        .await;
    assert_eq!((told.status, told.text()), (200, "shared".to_owned()));
}

#[tokio::test]
async fn the_whole_history_names_accounts() {
    let world = World::new(174).await;
    let guide = &world.aim("Guide").page;
    let everything = "lastUpdated,previousVersion,contributors,nextVersion,ownedBy,lastOwnedBy";
    let path = format!("{CONTENT}/{guide}/history?expand={everything}");
    let told = get(&world, &world.actor(Who::Olga), &path).await;
    let publishers = &told["contributors"]["publishers"];
    assert_eq!(
        publishers["userAccountIds"],
        json!([world.account(Who::Ada).to_string()])
    );
    assert_eq!(
        publishers["users"][0]["accountId"],
        publishers["userAccountIds"][0]
    );
    assert_eq!(told["previousVersion"]["number"], 2);
    let told = get(&world, &world.actor(Who::Una), &path).await;
    assert_eq!(told["contributors"], Value::Null);
}
