//! Lists of labels, and of labelled content, with paging.

use narthex_served::Stage;
use narthex_served::stage::Caller;
use serde_json::Value;

const V1: &str = "/wiki/rest/api";
const V2: &str = "/wiki/api/v2";

struct Labelled {
    stage: Stage,
    root: Caller,
    /// The id of the label that each page and file has.
    label: String,
    /// The ids of the pages, by their titles.
    pages: Vec<String>,
}

impl Labelled {
    /// Makes the pages A to E with the label *common* on each and one label of its own.
    async fn new() -> Self {
        let stage = Stage::new().await;
        let root = stage.root().await;
        stage.space(&root, "DOCS").await;
        let mut pages = Vec::new();
        for title in ["A", "B", "C", "D", "E"] {
            let id = stage.page(&root, "DOCS", title).await;
            put_label(&stage, &root, &id, "common").await;
            put_label(&stage, &root, &id, &format!("only-{title}").to_lowercase()).await;
            pages.push(id);
        }
        let path = format!("{V1}/label?name=common");
        let label = stage.get(&root, &path).await.json()["label"]["id"].clone();
        Self {
            stage,
            root,
            label: label.as_str().unwrap().to_owned(),
            pages,
        }
    }

    async fn get(&self, path: &str) -> Value {
        let reply = self.stage.get(&self.root, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    async fn delete(&self, path: &str) {
        let method = http::Method::DELETE;
        let reply = self.stage.json(&self.root, method, path, "").await;
        assert_eq!(reply.status, 204, "{path}: {}", reply.text());
    }

    /// Returns the rest of a list, after the pages of it that have been read.
    async fn rest(&self, list: &Value, member: &str) -> Vec<String> {
        let (mut all, mut next) = (Vec::new(), next(list));
        while let Some(path) = next {
            let page = self.get(&path).await;
            all.extend(members(&page, member));
            next = self::next(&page);
        }
        all
    }
}

async fn put_label(stage: &Stage, who: &Caller, page: &str, name: &str) {
    let path = format!("{V1}/content/{page}/label");
    let reply = stage
        .post(who, &path, &format!(r#"[{{"name":"{name}"}}]"#))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
}

fn next(list: &Value) -> Option<String> {
    list["_links"]["next"].as_str().map(str::to_owned)
}

fn members(list: &Value, member: &str) -> Vec<String> {
    let results = list["results"].as_array().unwrap().iter();
    let named = results.map(|entry| entry[member].as_str().unwrap().to_owned());
    named.collect()
}

#[tokio::test]
async fn what_has_a_label_is_answered_once_while_entries_come_and_go() {
    for (sort, first, added, expected) in [
        ("title", ["A", "B"], "AA", ["C", "D", "E"]),
        ("-title", ["E", "D"], "F", ["C", "B", "A"]),
    ] {
        let at = Labelled::new().await;
        let path = format!("{V2}/labels/{}/pages?sort={sort}&limit=2", at.label);
        let list = at.get(&path).await;
        assert_eq!(members(&list, "title"), first);
        // An entry that was returned is deleted, and the list continues with the same entry.
        let gone = if sort == "title" { 0 } else { 4 };
        let label = format!("{V1}/content/{}/label/common", at.pages[gone]);
        at.delete(&label).await;
        assert_eq!(at.rest(&list, "title").await, expected, "{sort}");
        // Two entries are added before the cursor, and nothing is returned twice.
        for title in [added.to_owned(), format!("{added}-")] {
            let id = at.stage.page(&at.root, "DOCS", &title).await;
            put_label(&at.stage, &at.root, &id, "common").await;
        }
        assert_eq!(at.rest(&list, "title").await, expected, "{sort}");
        // The same holds when the last entry that was returned is deleted.
        let last = if sort == "title" { 1 } else { 3 };
        let label = format!("{V1}/content/{}/label/common", at.pages[last]);
        at.delete(&label).await;
        assert_eq!(at.rest(&list, "title").await, expected, "{sort}");
    }
}

#[tokio::test]
async fn labels_are_answered_once_while_they_come_and_go() {
    let at = Labelled::new().await;
    let list = at.get(&format!("{V2}/labels?sort=name&limit=3")).await;
    assert_eq!(members(&list, "name"), ["common", "only-a", "only-b"]);
    at.delete(&format!("{V1}/content/{}/label/only-b", at.pages[1]))
        .await;
    for name in ["aaa", "only-aa", "only-dd"] {
        put_label(&at.stage, &at.root, &at.pages[0], name).await;
    }
    let expected = ["only-c", "only-d", "only-dd", "only-e"];
    assert_eq!(at.rest(&list, "name").await, expected);
}

#[tokio::test]
async fn every_order_of_the_lists_by_labels_answers_the_whole_list_in_pages() {
    let at = Labelled::new().await;
    for id in &at.pages {
        let form = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\
                    hello\r\n--B--\r\n";
        let request = http::Request::post(format!("{V1}/content/{id}/child/attachment"))
            .header("content-type", "multipart/form-data; boundary=B")
            .header("x-atlassian-token", "no-check")
            .body(axum::body::Body::from(form))
            .unwrap();
        let sent = at.stage.send(&at.root, request).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let file = sent.json()["results"][0]["id"].as_str().unwrap().to_owned();
        put_label(&at.stage, &at.root, &file, "common").await;
    }
    let (label, page) = (&at.label, &at.pages[0]);
    for (path, sorts, count) in [
        (
            format!("labels/{label}/pages"),
            &["id", "title", "created-date", "modified-date"][..],
            5,
        ),
        (
            format!("labels/{label}/attachments"),
            &["id", "created-date", "modified-date"],
            5,
        ),
        ("labels".to_owned(), &["id", "name", "created-date"], 6),
        (
            format!("pages/{page}/labels"),
            &["id", "name", "created-date"],
            2,
        ),
    ] {
        for sort in sorts
            .iter()
            .flat_map(|sort| [(*sort).to_owned(), format!("-{sort}")])
        {
            let whole = at.get(&format!("{V2}/{path}?sort={sort}&limit=250")).await;
            assert_eq!(next(&whole), None, "{path} {sort}");
            let whole = members(&whole, "id");
            assert_eq!(whole.len(), count, "{path} {sort}");
            let first = at.get(&format!("{V2}/{path}?sort={sort}&limit=1")).await;
            let mut read = members(&first, "id");
            read.extend(at.rest(&first, "id").await);
            assert_eq!(read, whole, "{path} {sort}");
        }
        // A cursor isn't an offset.
        let offset = format!("{V2}/{path}?cursor=Mg");
        assert_eq!(at.stage.get(&at.root, &offset).await.status, 400);
        let unknown = format!("{V2}/{path}?sort=colour");
        assert_eq!(at.stage.get(&at.root, &unknown).await.status, 400);
    }
}
