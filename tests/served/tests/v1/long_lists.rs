//! How many entries lists of v1 return at once.

use narthex_access::PageKind;
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::page::{NewBody, NewPage, Representation, WhichSpace};
use narthex_site::place::Parent;
use serde_json::Value;

const V1: &str = "/wiki/rest/api";

async fn get(stage: &Stage, who: &Caller, path: &str) -> Value {
    let reply = stage.get(who, path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}

/// Makes a space with so many pages beside its home page.
async fn many(stage: &Stage, who: &Caller, key: &str, pages: usize) {
    stage.space(who, key).await;
    for n in 0..pages {
        let new = NewPage {
            space: WhichSpace::Key(key.into()),
            parent: Parent::Home,
            kind: PageKind::Page,
            draft: false,
            title: format!("Page {n}"),
            body: NewBody {
                representation: Representation::Storage,
                text: "<p>x</p>".into(),
            },
            created_at: None,
        };
        stage
            .site
            .create_page(&who.credential(), new)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_list_answers_up_to_a_thousand_at_once_and_says_how_many_it_does() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    many(&stage, &root, "MANY", 270).await;
    let list = |limit: &str| format!("{V1}/content?spaceKey=MANY&limit={limit}&expand=version");
    let all = get(&stage, &root, &list("500")).await;
    assert_eq!((&all["limit"], &all["size"]), (&500.into(), &271.into()));
    assert!(all["_links"].get("next").is_none());
    for (sent, echoed) in [("1000", 1000), ("1001", 1000), ("99999", 1000)] {
        let page = get(&stage, &root, &list(sent)).await;
        assert_eq!(page["limit"], echoed, "{sent}");
    }
    for path in [
        "/space?limit=500",
        "/space/MANY/content/page?limit=500",
        "/content/search?cql=type=page&limit=500",
        "/search?cql=type=page&limit=500",
        "/group?limit=500",
        "/label?limit=500&name=nothing",
    ] {
        let reply = stage.get(&root, &format!("{V1}{path}")).await;
        match reply.status {
            200 => assert_eq!(reply.json()["limit"], 500, "{path}"),
            // No label has this name.
            _ => assert!(path.starts_with("/label"), "{path}: {}", reply.text()),
        }
    }
    assert_eq!(
        get(&stage, &root, &format!("{V1}/audit")).await["limit"],
        1000
    );
    // A limit that a document gives for a particular list holds.
    let picker = format!("{V1}/group/picker?query=a&limit=500");
    assert_eq!(get(&stage, &root, &picker).await["limit"], 200);
}

#[tokio::test]
async fn a_list_with_bodies_is_shorter_says_so_and_goes_on_where_it_ended() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    many(&stage, &root, "MANY", 270).await;
    let mut seen = std::collections::BTreeSet::new();
    let mut next = Some("/rest/api/content?spaceKey=MANY&limit=500&expand=body.storage".to_owned());
    let mut sizes = Vec::new();
    while let Some(path) = next {
        let page = get(&stage, &root, &format!("/wiki{path}")).await;
        assert_eq!(page["limit"], 250);
        let results = page["results"].as_array().unwrap();
        sizes.push(results.len());
        for entry in results {
            assert!(entry["body"]["storage"]["value"].is_string());
            seen.insert(entry["id"].as_str().unwrap().to_owned());
        }
        next = page["_links"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(sizes, [250, 21]);
    assert_eq!(seen.len(), 271);
}
