//! Drafts of published pages and blog posts: readers continue to see the published version, and the
//! draft is its author's alone (law 2.20).

use http::Method;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

/// A word that nothing else of the scene has.
const WORD: &str = "halfwritten";

/// The name of something published, and the name of its kind in both APIs.
const PUBLISHED: [(&str, &str, &str); 2] = [
    ("Guide", "page", "pages"),
    ("News", "blogpost", "blogposts"),
];

struct Page<'w> {
    world: &'w World,
    id: String,
    kind: &'static str,
    all: &'static str,
}

impl<'w> Page<'w> {
    fn of(world: &'w World, (name, kind, all): (&str, &'static str, &'static str)) -> Self {
        Self {
            world,
            id: world.aim(name).page.clone(),
            kind,
            all,
        }
    }

    fn v2(&self, query: &str) -> String {
        format!("/wiki/api/v2/{}/{}{query}", self.all, self.id)
    }

    fn v1(&self, query: &str) -> String {
        format!("/wiki/rest/api/content/{}{query}", self.id)
    }

    async fn told(&self, actor: &Actor, path: &str) -> Value {
        let told = self.world.served.ask(actor, &Ask::get(path)).await;
        if told.status == 200 {
            told.json()
        } else {
            json!(told.status)
        }
    }

    /// Returns what everybody reads: title, version number and text.
    async fn published(&self) -> [Value; 3] {
        let told = self
            .told(&Actor::Anonymous, &self.v2("?body-format=storage"))
            .await;
        [
            told["title"].clone(),
            told["version"]["number"].clone(),
            told["body"]["storage"]["value"].clone(),
        ]
    }

    async fn number(&self) -> u64 {
        let [_, number, _] = self.published().await;
        number.as_u64().expect("a number")
    }

    fn v2_body(&self, status: &str, text: &str, number: u64) -> Value {
        json!({
            "id": self.id, "status": status, "title": format!("A title, {text}"),
            "body": {"representation": "storage", "value": format!("<p>{text}</p>")},
            "version": {"number": number, "message": "not yet"},
        })
    }

    fn v1_body(&self, text: &str, number: u64) -> Value {
        json!({
            "type": self.kind, "title": format!("A title, {text}"),
            "body": {"storage": {"representation": "storage", "value": format!("<p>{text}</p>")}},
            "version": {"number": number, "message": "not yet"},
        })
    }

    /// Returns every way to save a draft with these words.
    fn doors(&self, text: &str, next: u64) -> Vec<Ask> {
        let mut in_body = self.v1_body(text, 1);
        in_body["status"] = json!("draft");
        let put = |path: String, body: &Value| Ask::new(Method::PUT, path).json(body);
        vec![
            put(self.v2(""), &self.v2_body("draft", text, 1)),
            put(self.v2(""), &self.v2_body("draft", text, next)),
            put(self.v1(""), &in_body),
            put(self.v1("?status=draft"), &in_body),
            put(self.v1("?status=draft"), &self.v1_body(text, next)),
            self.form("draft", text, next - 1),
        ]
    }

    fn form(&self, what: &str, text: &str, version: u64) -> Ask {
        Ask::new(Method::POST, format!("/wiki/pages/edit?pageId={}", self.id)).form(&[
            ("title", &format!("A title, {text}")),
            ("body", &format!("<p>{text}</p>")),
            ("version", &version.to_string()),
            ("parent", ""),
            ("do", what),
        ])
    }

    /// Returns the text of the draft by each way to read it, as this actor.
    async fn drafts(&self, actor: &Actor) -> Vec<Value> {
        let v2 = self
            .told(actor, &self.v2("?get-draft=true&body-format=storage"))
            .await;
        let also = self
            .told(actor, &self.v2("?status=draft&body-format=view"))
            .await;
        let v1 = self
            .told(actor, &self.v1("?status=draft&expand=body.storage,version"))
            .await;
        vec![v2, also, v1]
    }
}

/// Only its author sees the draft, by every route (A14, A18, A37).
#[tokio::test]
async fn a_draft_saved_over_something_published_is_its_authors_alone_by_every_door() {
    let world = World::new(201).await;
    let served = &world.served;
    let lena = world.session(Who::Lena).await;
    for of in PUBLISHED {
        let page = Page::of(&world, of);
        let before = page.published().await;
        assert!(before[2].is_string(), "{before:?}");
        let next = page.number().await + 1;
        let history = page.told(&lena, &page.v2("/versions")).await;
        for (n, door) in page.doors(WORD, next).into_iter().enumerate() {
            let text = format!("{WORD} {n}");
            let door = Ask {
                body: String::from_utf8_lossy(&door.body)
                    .replace(WORD, &text.replace(' ', if n == 5 { "+" } else { " " }))
                    .into(),
                ..door
            };
            let told = served.ask(&lena, &door).await;
            assert!(matches!(told.status, 200 | 303), "{door}: {}", told.text());
            if told.status == 200 {
                let told = told.json();
                assert_eq!(told["status"], "draft", "{door}");
                assert_eq!(told["version"]["number"], 1, "{door}");
                assert_eq!(told["title"], format!("A title, {text}"), "{door}");
            }
            // Readers see what they saw before, and search doesn't find the new words.
            assert_eq!(page.published().await, before, "{door}");
            assert_eq!(page.told(&lena, &page.v2("/versions")).await, history);
            for who in Who::active().filter(|who| *who != Who::Lena) {
                let (actor, name) = (world.actor(who), who.name());
                let told = page.drafts(&actor).await;
                assert!(!json!(told).to_string().contains(WORD), "{name}: {told:?}");
                assert_eq!(told[1], 404, "{name}");
                assert_eq!(told[2], 404, "{name}");
            }
            // Its author finds it.
            let told = page.drafts(&lena).await;
            for told in &told {
                assert_eq!(told["status"], "draft", "{told}");
                assert_eq!(told["version"]["number"], 1, "{told}");
                assert!(told["body"].to_string().contains(&text), "{told}");
            }
            let editor = served
                .get(&lena, &format!("/wiki/pages/edit?pageId={}", page.id))
                .await;
            assert!(editor.text().contains(&text), "{}", editor.text());
        }
        let found = format!("/wiki/rest/api/search?cql=text~{WORD}");
        for actor in [&lena, &Actor::Anonymous] {
            assert_eq!(page.told(actor, &found).await["totalSize"], 0);
        }
        // Publishing ends the draft.
        let put = Ask::new(Method::PUT, page.v2("")).json(&page.v2_body(
            "current",
            "published now",
            next,
        ));
        served.expect(200, &lena, &put).await;
        let now = page.published().await;
        assert_eq!(now[2], "<p>published now</p>");
        assert_eq!(page.drafts(&lena).await[2], 404);
    }
}

#[tokio::test]
async fn a_draft_is_published_as_it_is_kept_where_no_text_is_sent() {
    let world = World::new(202).await;
    let (served, lena) = (&world.served, world.actor(Who::Lena));
    for of in PUBLISHED {
        let page = Page::of(&world, of);
        for (path, status) in [
            (page.v1("?status=current"), json!({})),
            (page.v1(""), json!({"status": "current"})),
            (page.v2(""), json!({"status": "current", "id": page.id})),
        ] {
            let next = page.number().await + 1;
            let text = format!("{WORD} for {next}");
            let keep = Ask::new(Method::PUT, page.v2("")).json(&page.v2_body("draft", &text, 1));
            served.expect(200, &lena, &keep).await;
            // A stale version number is a conflict, and the draft stays.
            for (number, told) in [(next - 1, 409), (next, 200)] {
                let mut body = status.clone();
                body["version"] = json!({"number": number});
                let put = Ask::new(Method::PUT, &path).json(&body);
                served.expect(told, &lena, &put).await;
            }
            let now = page.published().await;
            assert_eq!(now[0], format!("A title, {text}"));
            assert_eq!(now[1], next);
            assert_eq!(now[2], format!("<p>{text}</p>"));
            assert_eq!(page.drafts(&lena).await[2], 404);
        }
    }
}

#[tokio::test]
async fn each_author_keeps_a_draft_and_discards_no_other() {
    let world = World::new(203).await;
    let served = &world.served;
    let (lena, sam) = (world.actor(Who::Lena), world.actor(Who::Sam));
    for of in PUBLISHED {
        let page = Page::of(&world, of);
        let before = page.published().await;
        for (actor, text) in [(&lena, "of Lena"), (&sam, "of Sam")] {
            let keep = Ask::new(Method::PUT, page.v2("")).json(&page.v2_body("draft", text, 1));
            served.expect(200, actor, &keep).await;
        }
        for (actor, text) in [(&lena, "of Lena"), (&sam, "of Sam")] {
            let told = page.drafts(actor).await;
            assert!(
                told.iter()
                    .all(|told| told["body"].to_string().contains(text))
            );
        }
        let remove = |path: String| Ask::new(Method::DELETE, path);
        served
            .expect(204, &lena, &remove(page.v2("?draft=true")))
            .await;
        assert_eq!(page.drafts(&lena).await[2], 404);
        assert!(page.drafts(&sam).await[2].to_string().contains("of Sam"));
        served
            .expect(204, &sam, &remove(page.v1("?status=draft")))
            .await;
        assert_eq!(page.drafts(&sam).await[2], 404);
        // Discarding a draft that doesn't exist trashes nothing.
        for path in [
            page.v2("?draft=true"),
            page.v1("?status=draft"),
            page.v2("?purge=true"),
            page.v1("?status=trashed"),
            page.v2("?draft=true&purge=true"),
            page.v2("?draft="),
            page.v2("?Draft=true"),
            page.v1("?status=archived"),
            page.v1("?status="),
            page.v1("?status=draft&status=current"),
            page.v1("?status=any"),
        ] {
            for actor in [&lena, &sam] {
                let told = served.ask(actor, &remove(path.clone())).await;
                assert!(
                    matches!(told.status, 400 | 403 | 404),
                    "{path}: {}",
                    told.status
                );
            }
            assert_eq!(page.published().await, before, "{path}");
        }
    }
}

/// A18: a status that no document lists, and one that a document lists and this content can't have.
#[tokio::test]
async fn a_status_that_makes_no_sense_is_refused_and_changes_nothing() {
    let world = World::new(204).await;
    let (served, lena) = (&world.served, world.actor(Who::Lena));
    for of in PUBLISHED {
        let page = Page::of(&world, of);
        let before = page.published().await;
        let next = page.number().await + 1;
        let words = [
            "trashed",
            "archived",
            "deleted",
            "historical",
            "Draft",
            "unpublished",
            "",
        ];
        for word in words {
            let mut in_body = page.v1_body(WORD, next);
            in_body["status"] = json!(word);
            let put = |path: String, body: &Value| Ask::new(Method::PUT, path).json(body);
            for ask in [
                put(page.v2(""), &page.v2_body(word, WORD, next)),
                put(page.v1(""), &in_body),
                put(
                    page.v1(&format!("?status={word}")),
                    &page.v1_body(WORD, next),
                ),
            ] {
                let told = served.ask(&lena, &ask).await;
                assert_eq!(told.status, 400, "{ask}: {}", told.text());
                assert!(told.text().contains("status") || told.text().contains("trash"));
                assert_eq!(page.published().await, before, "{ask}");
            }
        }
        let mut contradicts = page.v1_body(WORD, next);
        contradicts["status"] = json!("current");
        let session = world.session(Who::Lena).await;
        for (actor, ask) in [
            (
                &lena,
                Ask::new(Method::PUT, page.v1("?status=draft")).json(&contradicts),
            ),
            (
                &lena,
                Ask::new(Method::PUT, page.v1("?status=draft&status=current"))
                    .json(&page.v1_body(WORD, next)),
            ),
            (&session, page.form("save", WORD, next - 1)),
        ] {
            let told = served.ask(actor, &ask).await;
            assert_eq!(told.status, 400, "{ask}: {}", told.text());
            assert_eq!(page.published().await, before, "{ask}");
        }
        // A draft without a text, where there is none yet, and one that moves the page.
        let no_text = json!({"type": page.kind, "version": {"number": 1}});
        let put = Ask::new(Method::PUT, page.v1("?status=draft")).json(&no_text);
        served.expect(404, &lena, &put).await;
        let stale = Ask::new(Method::PUT, page.v2("")).json(&page.v2_body("draft", WORD, next + 1));
        served.expect(409, &lena, &stale).await;
        let mut moving = page.v2_body("draft", WORD, 1);
        moving["parentId"] = json!(world.aim("Install").page);
        if page.kind == "page" {
            let put = Ask::new(Method::PUT, page.v2("")).json(&moving);
            served.expect(400, &lena, &put).await;
        }
        assert_eq!(page.published().await, before);
        assert_eq!(page.drafts(&lena).await[2], 404);
    }
}

#[tokio::test]
async fn new_content_is_a_draft_wherever_it_is_said_to_be_one() {
    let world = World::new(205).await;
    let (served, lena) = (&world.served, world.actor(Who::Lena));
    let new = |title: &str| {
        json!({
            "type": "page", "title": title, "space": {"key": "DOCS"},
            "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
        })
    };
    let post =
        |query: &str, body: &Value| Ask::post(format!("/wiki/rest/api/content{query}"), body);
    let made = served
        .expect(200, &lena, &post("?status=draft", &new("Draft one")))
        .await
        .json();
    assert_eq!(made["status"], "draft");
    let id = made["id"].as_str().expect("an id").to_owned();
    let path = format!("/wiki/rest/api/content/{id}");
    assert_eq!(served.get(&world.actor(Who::Ada), &path).await.status, 404);
    let mut contradicts = new("Draft two");
    contradicts["status"] = json!("current");
    for (query, body) in [
        ("?status=draft", contradicts),
        ("?status=", new("Draft three")),
        ("?status=published", new("Draft four")),
        ("?status=trashed", new("Draft five")),
        ("?status=archived", new("Draft six")),
    ] {
        served.expect(400, &lena, &post(query, &body)).await;
    }
    // A draft isn't deleted by a request that doesn't name it as one, and is published by its id.
    for path in [path.clone(), format!("/wiki/api/v2/pages/{id}")] {
        let remove = Ask::new(Method::DELETE, path);
        served.expect(400, &lena, &remove).await;
    }
    let mut publish = new("Published by its id");
    publish["id"] = json!(id);
    served.expect(400, &lena, &post("", &publish)).await;
    publish["status"] = json!("current");
    let told = served.expect(200, &lena, &post("", &publish)).await.json();
    assert_eq!(
        (&told["id"], &told["status"]),
        (&json!(id), &json!("current"))
    );
    served.expect(400, &lena, &post("", &publish)).await;
    let all = "/wiki/rest/api/content?spaceKey=DOCS&title=Published%20by%20its%20id";
    assert_eq!(served.get(&lena, all).await.json()["size"], 1);
}

#[tokio::test]
async fn a_draft_goes_with_its_page_and_with_its_author() {
    let world = World::new(206).await;
    let (served, lena, ada) = (&world.served, world.actor(Who::Lena), world.actor(Who::Ada));
    let page = Page::of(&world, ("Release notes", "page", "pages"));
    let keep = Ask::new(Method::PUT, page.v2("")).json(&page.v2_body("draft", WORD, 1));
    served.expect(200, &lena, &keep).await;
    let remove = Ask::new(Method::DELETE, page.v2(""));
    served.expect(204, &ada, &remove).await;
    // While the page is in the trash, the draft is hidden; it comes back with the page.
    for actor in [&lena, &ada] {
        assert_eq!(page.drafts(actor).await[2], 404);
    }
    let restore = json!({"id": page.id, "status": "current", "version": {"number": 2}});
    let restore = Ask::new(Method::PUT, page.v2("")).json(&restore);
    served.expect(200, &ada, &restore).await;
    assert!(page.drafts(&lena).await[2].to_string().contains(WORD));
    assert_eq!(page.drafts(&ada).await[2], 404);
    // A page that its author doesn't see any more hides the draft too.
    let list = json!([{"operation": "read", "restrictions":
        {"user": [{"accountId": world.account(Who::Ada).to_string()}], "group": []}}]);
    let close = Ask::new(Method::PUT, page.v1("/restriction"));
    served.expect(200, &ada, &close.json(&list)).await;
    assert_eq!(page.drafts(&lena).await[2], 404);
}

#[tokio::test]
async fn the_list_of_drafts_has_those_over_published_pages_for_their_author_alone() {
    let world = World::new(207).await;
    let served = &world.served;
    let (lena, sam) = (world.actor(Who::Lena), world.actor(Who::Sam));
    for of in PUBLISHED {
        let page = Page::of(&world, of);
        let keep = Ask::new(Method::PUT, page.v2("")).json(&page.v2_body("draft", WORD, 1));
        served.expect(200, &lena, &keep).await;
        let key = &world.aim(of.0).key;
        let list = |query: &str| {
            format!(
                "/wiki/rest/api/content?type={}&spaceKey={key}&limit=200{query}",
                page.kind
            )
        };
        let entries = async |actor: &Actor, query: &str| {
            let told = page.told(actor, &list(query)).await;
            let results = told["results"].as_array().expect("a list").clone();
            let of_page = results.into_iter().filter(|entry| entry["id"] == page.id);
            of_page.collect::<Vec<Value>>()
        };
        let drafts = entries(&lena, "&status=draft&expand=body.storage,version").await;
        assert_eq!(drafts.len(), 1, "{drafts:?}");
        assert_eq!(drafts[0]["status"], "draft");
        assert_eq!(drafts[0]["title"], format!("A title, {WORD}"));
        assert!(drafts[0]["body"].to_string().contains(WORD), "{drafts:?}");
        // It is found by its own title, separately from the published version.
        let titled = format!("&status=draft&title=A%20title,%20{WORD}");
        assert_eq!(entries(&lena, &titled).await.len(), 1);
        let both = entries(
            &lena,
            "&status=current,draft&orderby=history.lastUpdated.when",
        )
        .await;
        let states: Vec<&Value> = both.iter().map(|entry| &entry["status"]).collect();
        assert_eq!(states, ["current", "draft"]);
        for query in ["", "&status=any", "&status=archived,trashed"] {
            let told = json!(entries(&lena, query).await).to_string();
            assert!(!told.contains(WORD), "{query}: {told}");
        }
        for actor in [&sam, &Actor::Anonymous] {
            assert_eq!(entries(actor, "&status=draft").await, Vec::<Value>::new());
        }
    }
}
