//! Bodies as they are sent and as they are returned: every format that is accepted, in every format
//! that is returned, on pages, blog posts and comments, by both APIs.

use narthex_served::{Actor, Aim, Ask, Told, Who, World};
use serde_json::{Value, json};

/// Every format that is returned.
const FORMS: [&str; 8] = [
    "storage",
    "view",
    "export_view",
    "styled_view",
    "anonymous_export_view",
    "editor",
    "editor2",
    "atlas_doc_format",
];

/// A document as no serializer would write it: with spaces, an order of its own, and members that
/// no schema has.
const ADF: &str = "{ \"version\": 1,\n \"type\":\"doc\", \"content\" : [ {\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Hello \"},{\"marks\":[{\"type\":\"strong\"}],\"type\":\"text\",\"text\":\"w\\u00f6rld\"}]},\n {\"type\":\"whatNobodyKnows\",\"attrs\":{\"a\":[1,2.50,{\"b\":null}]}} ] }";

/// The words of it that every format contains.
const WORDS: [&str; 2] = ["Hello ", "wörld"];

fn sent_in_v1(form: &str, value: &str) -> Value {
    json!({ form: { "representation": form, "value": value } })
}

fn in_docs(kind: &str, title: &str, body: &Value) -> Value {
    json!({"type": kind, "title": title, "space": {"key": "DOCS"}, "body": body})
}

async fn made(world: &World, ask: &Ask) -> String {
    let ada = world.actor(Who::Ada);
    let told = world.served.ask(&ada, ask).await;
    assert!(matches!(told.status, 200 | 201), "{ask}: {}", told.text());
    told.json()["id"].as_str().expect("an id").to_owned()
}

/// Makes one of every thing that has a body, with this body: by v1 and by v2. Returns each one's
/// id, and the address at which v2 reads it.
async fn everything(world: &World, form: &str, value: &str) -> Vec<(String, String)> {
    let v1 = "/wiki/rest/api/content";
    let docs = world.aim("DOCS").space.clone();
    let guide = world.aim("Guide").page.clone();
    let nested = json!({ form: {"representation": form, "value": value} });
    let flat = json!({"representation": form, "value": value});
    let comment =
        json!({"type": "comment", "container": {"id": guide}, "body": sent_in_v1(form, value)});
    let of_v2 = |title: &str, body: &Value| json!({"spaceId": docs, "title": title, "body": body});
    let asks = [
        (
            "pages",
            Ask::post(
                v1,
                &in_docs("page", &format!("One {form}"), &sent_in_v1(form, value)),
            ),
        ),
        (
            "blogposts",
            Ask::post(
                v1,
                &in_docs("blogpost", &format!("Two {form}"), &sent_in_v1(form, value)),
            ),
        ),
        ("footer-comments", Ask::post(v1, &comment)),
        (
            "pages",
            Ask::post(
                "/wiki/api/v2/pages",
                &of_v2(&format!("Three {form}"), &flat),
            ),
        ),
        (
            "blogposts",
            Ask::post(
                "/wiki/api/v2/blogposts",
                &of_v2(&format!("Four {form}"), &nested),
            ),
        ),
        (
            "footer-comments",
            Ask::post(
                "/wiki/api/v2/footer-comments",
                &json!({"pageId": guide, "body": flat}),
            ),
        ),
    ];
    let mut made_ids = Vec::new();
    for (kind, ask) in asks {
        let id = made(world, &ask).await;
        made_ids.push((id.clone(), format!("/wiki/api/v2/{kind}/{id}")));
    }
    made_ids
}

/// Reads a body in a format by v1 and by v2, which must return the same.
async fn read(world: &World, actor: &Actor, (id, v2): &(String, String), form: &str) -> String {
    let path = format!("/wiki/rest/api/content/{id}?expand=body.{form}");
    let first = world
        .served
        .expect(200, actor, &Ask::get(path))
        .await
        .json();
    let path = format!("{v2}?body-format={form}");
    let second = world
        .served
        .expect(200, actor, &Ask::get(path))
        .await
        .json();
    let body = &first["body"][form];
    assert_eq!(body["representation"], form);
    assert_eq!(
        body["value"], second["body"][form]["value"],
        "{form} of {v2}"
    );
    body["value"].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn a_body_in_adf_is_given_back_as_it_was_sent_and_read_in_every_form() {
    let world = World::new(61).await;
    let ada = world.actor(Who::Ada);
    for thing in everything(&world, "atlas_doc_format", ADF).await {
        for form in FORMS {
            let text = read(&world, &ada, &thing, form).await;
            if form == "atlas_doc_format" {
                assert_eq!(text, ADF, "{thing:?}");
            } else {
                assert!(
                    WORDS.iter().all(|word| text.contains(word)),
                    "{form}: {text}"
                );
            }
        }
        let storage = read(&world, &ada, &thing, "storage").await;
        assert!(
            storage.starts_with("<p>Hello <strong>wörld</strong></p>"),
            "{storage}"
        );
    }
}

#[tokio::test]
async fn a_body_in_storage_is_read_in_every_form_and_its_adf_gives_it_back() {
    let world = World::new(62).await;
    let ada = world.actor(Who::Ada);
    let storage = "<p>Hello <strong>wörld</strong></p><ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>mind</p></ac:rich-text-body></ac:structured-macro>";
    for thing in everything(&world, "storage", storage).await {
        for form in FORMS {
            let text = read(&world, &ada, &thing, form).await;
            assert!(
                WORDS.iter().all(|word| text.contains(word)),
                "{form}: {text}"
            );
        }
        assert_eq!(read(&world, &ada, &thing, "storage").await, storage);
        let adf = read(&world, &ada, &thing, "atlas_doc_format").await;
        let adf: Value = serde_json::from_str(&adf).expect("ADF is JSON");
        assert_eq!(adf["content"][1]["type"], "panel", "{adf}");
        let again = json!({"type": "page", "title": thing.0, "space": {"key": "DOCS"}, "body": sent_in_v1("atlas_doc_format", &adf.to_string())});
        let again = made(&world, &Ask::post("/wiki/rest/api/content", &again)).await;
        let path = format!("/wiki/rest/api/content/{again}?expand=body.storage");
        let told = world.served.expect(200, &ada, &Ask::get(path)).await.json();
        assert!(
            told["body"]["storage"]["value"]
                .as_str()
                .expect("a text")
                .contains("mind")
        );
    }
}

#[tokio::test]
async fn wiki_markup_and_the_editors_html_are_kept_in_storage() {
    let world = World::new(63).await;
    let ada = world.actor(Who::Ada);
    let macro_ = "<span class=\"editor-inline-macro\" data-macro-name=\"toc\">toc</span>";
    for (form, sent, kept) in [
        (
            "wiki",
            "h1. Head\n*bold*",
            "<h1>Head</h1><p><strong>bold</strong></p>",
        ),
        (
            "editor",
            &format!("<p>{macro_}</p>"),
            "<p><ac:structured-macro ac:name=\"toc\"></ac:structured-macro></p>",
        ),
        ("editor2", "<p>as it is</p>", "<p>as it is</p>"),
        (
            "storage",
            "<p>never <b>closed & mended",
            "<p>never <b>closed &amp; mended</b></p>",
        ),
    ] {
        let page = in_docs("page", &format!("In {form}"), &sent_in_v1(form, sent));
        let id = made(&world, &Ask::post("/wiki/rest/api/content", &page)).await;
        let path = format!("/wiki/rest/api/content/{id}?expand=body.storage");
        let told = world.served.expect(200, &ada, &Ask::get(path)).await.json();
        assert_eq!(told["body"]["storage"]["value"], kept, "{form}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_document_is_refused_and_changes_nothing() {
    let world = World::new(64).await;
    let ada = world.actor(Who::Ada);
    let deep = format!(
        "{{\"type\":\"doc\",\"content\":[{}{}]}}",
        "{\"type\":\"panel\",\"content\":[".repeat(2_000),
        "]}".repeat(2_000)
    );
    for wrong in [
        "",
        "null",
        "[]",
        "{}",
        "{\"type\":\"page\",\"content\":[]}",
        "{\"type\":\"doc\"}",
        "<p/>",
        &deep,
    ] {
        let page = in_docs(
            "page",
            "No document",
            &sent_in_v1("atlas_doc_format", wrong),
        );
        let ask = Ask::post("/wiki/rest/api/content", &page);
        world.served.expect(400, &ada, &ask).await;
        let flat = json!({"representation": "atlas_doc_format", "value": wrong});
        let guide = world.aim("Guide").page.clone();
        let edit = json!({"id": guide, "status": "current", "title": "Guide", "body": flat, "version": {"number": 4}});
        let ask = Ask::new(http::Method::PUT, format!("/wiki/api/v2/pages/{guide}")).json(&edit);
        world.served.expect(400, &ada, &ask).await;
    }
    let path = format!("/wiki/rest/api/content/{}", world.aim("Guide").page);
    let told = world.served.expect(200, &ada, &Ask::get(path)).await.json();
    assert_eq!(told["version"]["number"], 3);
}

/// Reads the bodies of a page and of its comments, in every format and by both APIs.
async fn every_text(world: &World, who: Who, aim: &Aim) -> Vec<(String, Told)> {
    let (id, kind) = match aim.kind {
        narthex_served::Kind::Comment => (&aim.comment, "footer-comments"),
        narthex_served::Kind::BlogPost => (&aim.page, "blogposts"),
        _ => (&aim.page, "pages"),
    };
    let mut told = Vec::new();
    for form in FORMS {
        for path in [
            format!("/wiki/rest/api/content/{id}?expand=body.{form}"),
            format!("/wiki/api/v2/{kind}/{id}?body-format={form}"),
        ] {
            let answer = world
                .served
                .expect(200, &world.actor(who), &Ask::get(&*path))
                .await;
            told.push((path, answer));
        }
    }
    told
}

/// Law 3.8 holds in every body representation (A27).
#[tokio::test]
async fn whom_one_is_not_shown_leaves_in_no_form_of_a_text() {
    let world = World::new(65).await;
    let lena = world.account(Who::Lena).to_string();
    for name in ["Hub", "Overview", "Digest", "Quoting comment", "In ADF"] {
        for who in [Who::Nobody, Who::Carla] {
            for (path, told) in every_text(&world, who, world.aim(name)).await {
                let body = told.json()["body"].to_string();
                assert!(
                    !body.contains(&lena) && !body.contains("Lena"),
                    "{path}: {body}"
                );
                assert!(body.contains("a user"), "{path}: {body}");
            }
        }
        for who in [Who::Una, Who::Lena] {
            for (path, told) in every_text(&world, who, world.aim(name)).await {
                // A text made for anonymous visitors has no names that they may not see.
                let for_nobody = path.contains("anonymous_export_view");
                let body = told.json()["body"].to_string();
                assert_eq!(body.contains("Lena"), !for_nobody, "{path}: {body}");
            }
        }
    }
}

#[tokio::test]
async fn a_page_that_was_sent_in_adf_is_edited_on_the_site_in_storage() {
    let world = World::new(66).await;
    let page = made(
        &world,
        &Ask::post(
            "/wiki/rest/api/content",
            &in_docs("page", "Sent", &sent_in_v1("atlas_doc_format", ADF)),
        ),
    )
    .await;
    let session = world.session(Who::Ada).await;
    let edit = format!("/wiki/pages/edit?pageId={page}");
    let form = world
        .served
        .expect(200, &session, &Ask::get(&*edit))
        .await
        .text();
    assert!(
        form.contains("&#60;p&#62;Hello &#60;strong&#62;wörld"),
        "{form}"
    );
    let fields = [
        ("title", "Sent"),
        ("version", "1"),
        ("body", "<p>Hello by hand</p>"),
        ("parent", ""),
        ("do", "publish"),
    ];
    let ask = Ask::new(http::Method::POST, &*edit).form(&fields);
    world.served.expect(303, &session, &ask).await;
    let path = format!("/wiki/api/v2/pages/{page}?body-format=atlas_doc_format");
    let told = world
        .served
        .expect(200, &world.actor(Who::Ada), &Ask::get(path))
        .await
        .text();
    assert!(told.contains("Hello by hand"), "{told}");
}
