//! Attachments that attack: files that would run, names that would climb out of their folder,
//! pictures that would fill the memory, moves from pages that the caller may not see.

use super::{Desk, form, id, png, size};
use http::Method;
use narthex_served::{Ask, Who};
use narthex_testdb::TestDatabase;
use serde_json::json;

/// A53: whatever is uploaded, under whatever type, nothing of it runs in our origin.
#[tokio::test]
async fn nothing_that_is_uploaded_runs() {
    let desk = Desk::new(TestDatabase::sqlite(), 64).await;
    let html = b"<!doctype html><script>alert(document.domain)</script>";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    let picture = png(4, 4);
    // Name, declared type, bytes, and the type of the response.
    let script = b"alert(document.domain)";
    let cases: [(&str, &str, &[u8], &str); 13] = [
        ("j.js", "text/javascript", script, "text/plain"),
        ("k.mjs", "application/octet-stream", script, "text/plain"),
        (
            "l.css",
            "text/css; charset=utf-8",
            b"*{color:red}",
            "text/plain",
        ),
        ("m.wasm", "application/wasm", b"\0asm", "text/plain"),
        ("a.html", "text/html", html, "text/html"),
        ("b.svg", "image/svg+xml", svg, "image/svg+xml"),
        (
            "c.xml",
            "application/xml",
            b"<?xml version='1.0'?><x/>",
            "application/xml",
        ),
        (
            "d.xhtml",
            "application/xhtml+xml",
            html,
            "application/xhtml+xml",
        ),
        ("e.png", "image/png", html, "application/octet-stream"),
        ("f.gif", "image/png; x=y", &picture, "image/png"),
        ("g.jpg", "image/jpeg", svg, "application/octet-stream"),
        (
            "h",
            "text/html\t, image/png",
            html,
            "application/octet-stream",
        ),
        (
            "i.pdf",
            "application/octet-stream",
            b"%PDF-1.7",
            "application/pdf",
        ),
    ];
    for (name, said, bytes, answered) in cases {
        desk.upload(name, said, bytes).await;
        let told = desk.download(name).await;
        assert_eq!(told.body, bytes, "{name}");
        assert_eq!(told.header("content-type"), Some(answered), "{name}");
        assert_eq!(
            told.header("x-content-type-options"),
            Some("nosniff"),
            "{name}"
        );
        assert_eq!(
            told.header("content-security-policy"),
            Some("default-src 'none'; sandbox"),
            "{name}"
        );
        assert_eq!(
            told.header("cross-origin-resource-policy"),
            Some("same-origin"),
            "{name}"
        );
        let disposition = told.header("content-disposition").expect("a disposition");
        let shown = answered == "image/png";
        assert_eq!(disposition.starts_with("inline;"), shown, "{name}");
        let thumbnail = format!("/wiki/download/thumbnails/{}/{name}", desk.guide.page);
        desk.expect(if shown { 200 } else { 404 }, Ask::get(thumbnail))
            .await;
    }
}

/// A60: a name stays a name.
#[tokio::test]
async fn a_file_name_climbs_nowhere_and_ends_no_header() {
    let desk = Desk::new(TestDatabase::sqlite(), 65).await;
    for (sent, kept) in [
        ("../up.txt", "up.txt"),
        ("..\\\\down.txt", "down.txt"),
        ("/etc/passwd", "passwd"),
        ("a/b.txt", "b.txt"),
    ] {
        let ask = form(
            Ask::new(Method::POST, desk.all()),
            &[("file", Some(sent), None, b"x")],
        );
        let made = desk.expect(200, ask).await;
        assert_eq!(made.json()["results"][0]["title"], kept, "{sent}");
    }
    for name in ["..", ".", "", " ", "tab\there.txt", &"x".repeat(300)] {
        let ask = form(
            Ask::new(Method::POST, desk.all()),
            &[("file", Some(name), None, b"x")],
        );
        desk.expect(400, ask).await;
        let ask = form(
            Ask::new(Method::POST, desk.all()),
            &[
                ("file", Some("fine.txt"), None, b"x"),
                ("fileName", None, None, name.as_bytes()),
            ],
        );
        desk.expect(400, ask).await;
    }
    let split = form(
        Ask::new(Method::POST, desk.all()),
        &[
            ("file", Some("fine.txt"), None, b"x"),
            ("fileName", None, None, b"a.txt\r\nSet-Cookie: x=y"),
        ],
    );
    desk.expect(400, split).await;
    for name in [
        "; filename=b.html",
        "'\"<script>.txt",
        "日本 🦀.txt",
        "%2e%2e%2fup.txt",
        "..hidden..",
        "a;b=c?d#e&f.txt",
    ] {
        let ask = form(
            Ask::new(Method::POST, desk.all()),
            &[
                ("file", Some("fine.txt"), None, b"x"),
                ("fileName", None, None, name.as_bytes()),
            ],
        );
        let made = desk.expect(200, ask).await.json();
        assert_eq!(made["results"][0]["title"], name);
        let told = desk.download(name).await;
        let disposition = told.header("content-disposition").expect("a disposition");
        let (_, written) = disposition.split_once("filename*=UTF-8''").expect("a name");
        assert!(
            written
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)),
            "{disposition}"
        );
    }
    for path in [
        "..%2f..%2fsite.db",
        "%2e%2e/site.db",
        "..",
        "a%00.txt",
        "fine.txt%0d%0aX:%20y",
    ] {
        let ask = Ask::get(format!(
            "/wiki/download/attachments/{}/{path}",
            desk.guide.page
        ));
        if ask.can_be_sent() {
            desk.expect(404, ask).await;
        }
    }
}

/// A58: a picture that would take much memory is not scaled down, and nothing else comes of it.
#[tokio::test]
async fn a_thumbnail_fits_its_box_and_a_bomb_has_none() {
    let desk = Desk::new(TestDatabase::sqlite(), 66).await;
    let picture = png(400, 200);
    let att = id(&desk.upload("wide.png", "image/png", &picture).await);
    for (query, expected) in [
        ("", (300, 150)),
        ("?width=100", (100, 50)),
        ("?height=50&width=50", (50, 25)),
        ("?width=9999", (400, 200)),
    ] {
        for path in [
            format!(
                "/wiki/download/thumbnails/{}/wide.png{query}",
                desk.guide.page
            ),
            format!("/wiki/api/v2/attachments/{att}/thumbnail/download{query}"),
        ] {
            let told = desk.expect(200, Ask::get(&path)).await;
            assert_eq!(size(&told), expected, "{path}");
            assert_eq!(
                told.header("content-security-policy"),
                Some("default-src 'none'; sandbox")
            );
            let tag = told.header("etag").expect("a tag").to_owned();
            desk.expect(304, Ask::get(path).with("if-none-match", &tag))
                .await;
        }
    }
    for query in ["?width=0", "?height=-1", "?width=many"] {
        desk.expect(
            400,
            Ask::get(format!(
                "/wiki/api/v2/attachments/{att}/thumbnail/download{query}"
            )),
        )
        .await;
    }
    // This file claims to have 60,000 x 60,000 pixels.
    let mut bomb = picture.clone();
    for at in [16, 20] {
        bomb[at..at + 4].copy_from_slice(&60_000_u32.to_be_bytes());
    }
    desk.upload("bomb.png", "image/png", &bomb).await;
    let told = desk
        .expect(
            200,
            Ask::get(format!(
                "/wiki/download/thumbnails/{}/bomb.png",
                desk.guide.page
            )),
        )
        .await;
    assert_eq!(told.body, bomb);
}

/// A30, A34: an attachment is reached only through its own page, and moved only from a page that
/// the caller sees.
#[tokio::test]
async fn an_attachment_is_moved_from_no_page_that_the_mover_does_not_see() {
    let desk = Desk::new(TestDatabase::sqlite(), 67).await;
    let secret = desk.world.aim("Secret").clone();
    let mine = id(&desk.upload("mine.txt", "text/plain", b"mine").await);
    for who in [Who::Lena, Who::Una, Who::Gus] {
        let actor = desk.world.actor(who);
        assert!(!secret.seen_by(who));
        let taken =
            json!({"version": {"number": 1}, "container": {"id": desk.guide.page, "type": "page"}});
        let given =
            json!({"version": {"number": 1}, "container": {"id": secret.page, "type": "page"}});
        for (page, att, body) in [
            (&secret.page, &secret.attachment, &taken),
            (&desk.guide.page, &secret.attachment, &taken),
            (&secret.page, &mine, &taken),
        ] {
            let ask = Ask::new(
                Method::PUT,
                format!("/wiki/rest/api/content/{page}/child/attachment/{att}"),
            )
            .json(body);
            desk.world.served.expect(404, &actor, &ask).await;
        }
        let ask = Ask::new(Method::PUT, format!("{}/{mine}", desk.all())).json(&given);
        let told = desk.world.served.ask(&actor, &ask).await;
        assert!(
            matches!(told.status, 403 | 404),
            "{}: {}",
            who.name(),
            told.status
        );
    }
    let olga = desk.world.actor(Who::Olga);
    let path = format!("/wiki/download/attachments/{}/{}", secret.page, secret.file);
    desk.world.served.expect(200, &olga, &Ask::get(path)).await;
}
