//! Attachments: an uploaded file comes back unchanged to people who may read it, and never as
//! anything that runs.

mod hostile;

use http::Method;
use image::{DynamicImage, ImageFormat, RgbImage};
use narthex_served::{Actor, Aim, Ask, Told, Who, World};
use narthex_server::Config;
use narthex_testdb::{TestDatabase, both_engines};
use serde_json::{Value, json};
use std::io::Cursor;

/// A part of a multipart form: name, file name, type, bytes.
type Part<'a> = (&'a str, Option<&'a str>, Option<&'a str>, &'a [u8]);

/// Adds a form of these parts to a request.
fn form(ask: Ask, parts: &[Part<'_>]) -> Ask {
    let mut body = Vec::new();
    for (name, file, media_type, bytes) in parts {
        body.extend_from_slice(b"--part\r\nContent-Disposition: form-data; name=\"");
        body.extend_from_slice(name.as_bytes());
        body.push(b'"');
        if let Some(file) = file {
            body.extend_from_slice(format!("; filename=\"{file}\"").as_bytes());
        }
        if let Some(media_type) = media_type {
            body.extend_from_slice(format!("\r\nContent-Type: {media_type}").as_bytes());
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--part--\r\n");
    ask.typed("multipart/form-data; boundary=part", body)
}

/// Makes a picture in PNG.
fn png(wide: u32, high: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(wide, high, |x, y| image::Rgb([x as u8, y as u8, 9]));
    let mut bytes = Cursor::new(Vec::new());
    let written = DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png);
    written.expect("a picture");
    bytes.into_inner()
}

fn size(told: &Told) -> (u32, u32) {
    let picture = image::load_from_memory(&told.body).expect("a picture");
    (picture.width(), picture.height())
}

/// Ada, and a page of hers.
struct Desk {
    world: World,
    ada: Actor,
    guide: Aim,
}

impl Desk {
    async fn new(database: TestDatabase, seed: u64) -> Self {
        Self::with(database, seed, Config::default()).await
    }

    async fn with(database: TestDatabase, seed: u64, config: Config) -> Self {
        let world = World::over(database, seed, config, None, 0).await;
        let (ada, guide) = (world.actor(Who::Ada), world.aim("Guide").clone());
        Self { world, ada, guide }
    }

    fn all(&self) -> String {
        format!(
            "/wiki/rest/api/content/{}/child/attachment",
            self.guide.page
        )
    }

    async fn expect(&self, status: u16, ask: Ask) -> Told {
        self.world.served.expect(status, &self.ada, &ask).await
    }

    async fn upload(&self, name: &str, media_type: &str, bytes: &[u8]) -> Value {
        let part = ("file", Some(name), Some(media_type), bytes);
        let told = self
            .expect(200, form(Ask::new(Method::POST, self.all()), &[part]))
            .await;
        told.json()["results"][0].clone()
    }

    async fn download(&self, name: &str) -> Told {
        let name = narthex_served::table::segment(name);
        let path = format!("/wiki/download/attachments/{}/{name}", self.guide.page);
        self.expect(200, Ask::get(path)).await
    }

    /// Returns the number of stored blobs.
    fn kept(&self) -> usize {
        let folders = std::fs::read_dir(self.world.served.folder().join("blobs"));
        let folders = folders.expect("a folder").filter_map(Result::ok);
        let files = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok());
        files.map(Iterator::count).sum()
    }
}

fn id(attachment: &Value) -> String {
    attachment["id"].as_str().expect("an id").to_owned()
}

both_engines! {
    async fn a_file_is_uploaded_versioned_renamed_moved_trashed_restored_and_purged(database: TestDatabase) {
        let desk = Desk::new(database, 61).await;
        let (post, put) = (|| Ask::new(Method::POST, desk.all()), || Ask::new(Method::PUT, desk.all()));
        let two = form(post(), &[
            ("comment", Some("blob"), Some("text/plain; charset=utf-8"), "the first é".as_bytes()),
            ("file", Some("a.txt"), Some("text/plain"), b"one"),
            ("minorEdit", None, None, b"true"),
            ("comment", None, None, b"the second"),
            ("file", Some("b.csv"), None, b"a;b"),
        ]);
        let made = desk.expect(200, two).await.json();
        let (a, b) = (&made["results"][0], &made["results"][1]);
        assert_eq!((&a["title"], &a["metadata"]["comment"]), (&json!("a.txt"), &json!("the first é")));
        assert_eq!((&b["extensions"]["mediaType"], &b["metadata"]["comment"]), (&json!("text/csv"), &json!("the second")));
        let a = id(a);

        // The name of one exists already: it is refused, and then none of the files is attached.
        let kept = desk.kept();
        let again = form(post(), &[("file", Some("c.txt"), None, b"c"), ("file", Some("a.txt"), None, b"two")]);
        let told = desk.expect(400, again.clone()).await;
        assert!(told.text().contains("same file name"), "{}", told.text());
        assert_eq!(desk.kept(), kept);
        desk.expect(404, Ask::get(format!("/wiki/download/attachments/{}/c.txt", desk.guide.page))).await;
        desk.expect(200, Ask { path: format!("{}?allowDuplicated=true", desk.all()), ..again }).await;
        let third = form(put(), &[("file", Some("a.txt"), Some("text/plain"), b"number three")]);
        let third = desk.expect(200, third).await.json();
        assert_eq!((id(&third["results"][0]), &third["results"][0]["version"]["number"]), (a.clone(), &json!(3)));
        let data = Ask::new(Method::POST, format!("{}/{a}/data", desk.all()));
        let fourth = desk.expect(200, form(data, &[("file", Some("other name"), None, b"number four")])).await.json();
        assert_eq!((&fourth["title"], &fourth["version"]["number"]), (&json!("a.txt"), &json!(4)));

        // All versions are there, at either address.
        for (version, bytes) in [("1", "one"), ("2", "two"), ("3", "number three"), ("4", "number four")] {
            for path in [format!("{}/{a}/download", desk.all()), format!("/wiki/download/attachments/{}/a.txt", desk.guide.page)] {
                assert_eq!(desk.expect(200, Ask::get(format!("{path}?version={version}"))).await.text(), bytes);
            }
        }
        desk.expect(404, Ask::get(format!("{}/{a}/download?version=5", desk.all()))).await;
        desk.expect(400, Ask::get(format!("{}/{a}/download?version=new", desk.all()))).await;

        // It is renamed, described and moved; an old version number is refused.
        let one = format!("{}/{a}", desk.all());
        let say = |body: Value| Ask::new(Method::PUT, one.clone()).json(&body);
        desk.expect(409, say(json!({"version": {"number": 2}, "title": "x.txt"}))).await;
        desk.expect(400, say(json!({"version": {"number": 4}, "title": "c.txt"}))).await;
        desk.expect(400, say(json!({"version": {"number": 4}, "metadata": {"mediaType": "image/png"}}))).await;
        desk.expect(400, say(json!({"version": {"number": 4}, "id": "att77"}))).await;
        let told = desk.expect(200, say(json!({
            "id": a, "type": "attachment", "version": {"number": 4}, "title": "new name.txt",
            "metadata": {"mediaType": "text/markdown", "comment": "said anew"},
        }))).await.json();
        assert_eq!((&told["title"], &told["metadata"]["mediaType"], &told["metadata"]["comment"]), (&json!("new name.txt"), &json!("text/markdown"), &json!("said anew")));
        let told = desk.download("new name.txt").await;
        assert_eq!((told.text().as_str(), told.header("content-type")), ("number four", Some("text/markdown")));
        let install = desk.world.aim("Install").page.clone();
        desk.expect(200, say(json!({"version": {"number": 4}, "container": {"id": install, "type": "page"}}))).await;
        desk.expect(404, Ask::get(format!("/wiki/download/attachments/{}/new%20name.txt", desk.guide.page))).await;
        let moved = format!("/wiki/download/attachments/{install}/new%20name.txt");
        assert_eq!(desk.expect(200, Ask::get(format!("{moved}?version=1"))).await.text(), "one");

        // It goes to the trash, and is restored.
        let content = format!("/wiki/rest/api/content/{a}");
        desk.expect(400, Ask::new(Method::DELETE, format!("/wiki/api/v2/attachments/{a}?purge=true"))).await;
        desk.expect(204, Ask::new(Method::DELETE, content.clone())).await;
        desk.expect(404, Ask::get(&moved)).await;
        let restore = Ask::new(Method::PUT, content.clone()).json(&json!({"version": {"number": 4}, "status": "current"}));
        desk.expect(200, restore).await;
        desk.expect(200, Ask::get(&moved)).await;
        desk.expect(204, Ask::new(Method::DELETE, content)).await;
        desk.expect(204, Ask::new(Method::DELETE, format!("/wiki/api/v2/attachments/{a}?purge=true"))).await;
        desk.expect(404, Ask::get(format!("/wiki/rest/api/content/{a}?status=trashed"))).await;
        let kept = desk.kept();
        let swept = desk.world.served.site.store().sweep_blobs(i64::MAX).await.expect("a sweep");
        assert_eq!((swept, desk.kept()), (4, kept - 4));
    }
}

#[tokio::test]
async fn a_part_of_a_file_is_answered_and_what_the_caller_has_is_not_sent_again() {
    let desk = Desk::new(TestDatabase::sqlite(), 62).await;
    desk.upload("digits.txt", "text/plain", b"0123456789").await;
    let path = format!("/wiki/download/attachments/{}/digits.txt", desk.guide.page);
    let whole = desk.expect(200, Ask::get(&path)).await;
    let tag = whole.header("etag").expect("a tag").to_owned();
    assert_eq!(
        (
            whole.header("accept-ranges"),
            whole.header("content-length")
        ),
        (Some("bytes"), Some("10"))
    );
    let part = desk
        .expect(
            206,
            Ask::get(&path)
                .with("range", "bytes=2-4")
                .with("if-range", &tag),
        )
        .await;
    assert_eq!(
        (
            part.text().as_str(),
            part.header("content-range"),
            part.header("content-length")
        ),
        ("234", Some("bytes 2-4/10"), Some("3"))
    );
    assert_eq!(
        desk.expect(
            200,
            Ask::get(&path)
                .with("range", "bytes=2-4")
                .with("if-range", "\"old\"")
        )
        .await
        .text(),
        "0123456789"
    );
    let none = desk
        .expect(416, Ask::get(&path).with("range", "bytes=10-"))
        .await;
    assert_eq!(none.header("content-range"), Some("bytes */10"));
    let same = desk
        .expect(
            304,
            Ask::get(&path)
                .with("if-none-match", &tag)
                .with("range", "bytes=2-4"),
        )
        .await;
    assert_eq!((same.body.len(), same.header("etag")), (0, Some(&*tag)));
    let head = desk.expect(200, Ask::new(Method::HEAD, &path)).await;
    assert_eq!(
        (
            head.body.len(),
            head.header("content-length"),
            head.header("etag")
        ),
        (0, Some("10"), Some(&*tag))
    );
    // Another version is another file.
    let new = Ask::new(Method::PUT, desk.all()).file("digits.txt", b"9876543210");
    desk.expect(200, new).await;
    let told = desk
        .expect(200, Ask::get(&path).with("if-none-match", &tag))
        .await;
    assert_eq!(told.text(), "9876543210");
}

/// A05, A16: opening a page never opens the former versions of its files.
#[tokio::test]
async fn former_versions_and_their_thumbnails_are_for_who_has_access_of_its_own() {
    let desk = Desk::new(TestDatabase::sqlite(), 63).await;
    for side in [40, 50] {
        let picture = form(
            Ask::new(Method::PUT, desk.all()),
            &[("file", Some("p.png"), Some("image/png"), &png(side, side))],
        );
        desk.expect(200, picture).await;
    }
    let found = desk
        .expect(200, Ask::get(format!("{}?filename=p.png", desk.all())))
        .await
        .json();
    let att = id(&found["results"][0]);
    let paths = [
        format!("/wiki/download/attachments/{}/p.png", desk.guide.page),
        format!("/wiki/download/thumbnails/{}/p.png", desk.guide.page),
        format!("{}/{att}/download", desk.all()),
        format!("/wiki/api/v2/attachments/{att}/thumbnail/download"),
    ];
    for path in paths {
        let ask = |version: u32| Ask::get(format!("{path}?version={version}"));
        for who in [Who::Una, Who::Lena] {
            let actor = desk.world.actor(who);
            let now = desk.world.served.expect(200, &actor, &ask(2)).await;
            assert_eq!(size(&now), (50, 50), "{path}");
            let before = desk.world.served.ask(&actor, &ask(1)).await;
            let never = desk.world.served.ask(&actor, &ask(7)).await;
            if who == Who::Una {
                assert_eq!(before.whole(), never.whole(), "{path}");
                assert_eq!(before.status, 404, "{path}");
            } else {
                assert_eq!(
                    (before.status, size(&before), never.status),
                    (200, (40, 40), 404),
                    "{path}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_file_over_the_configured_limit_is_413_and_leaves_nothing() {
    let config = Config {
        upload_limit: Some(1_000),
        ..Config::default()
    };
    let desk = Desk::with(TestDatabase::sqlite(), 68, config).await;
    let kept = desk.kept();
    let file = |size: usize| {
        form(
            Ask::new(Method::POST, desk.all()),
            &[
                ("file", Some("small.txt"), None, b"x"),
                ("file", Some("large.txt"), None, &vec![b'x'; size]),
            ],
        )
    };
    desk.expect(413, file(1_001)).await;
    assert_eq!(desk.kept(), kept);
    desk.expect(200, file(1_000)).await;
    assert_eq!(desk.kept(), kept + 2);
}
