//! How long the largest changes make all others wait, by the metric of the write lock.

#![cfg(test)]

use narthex_access::{
    BodyId, Credential, PageId, PageKind, PageRow, PageState, SpaceId, SpaceKind,
};
use narthex_harness::{Actor, Node, Program, SiteFiles};
use narthex_site::Site;
use narthex_site::space::NewSpace;
use narthex_store::change::{Beside, Change, Event, VersionRow, Versioned};
use narthex_store::{Clock, Entropy, Options, Store};
use narthex_testdb::{TestDatabase, both_engines};
use reqwest::Method;
use serde_json::{Value, json};

/// The number of pages of the large tree.
const PAGES: u64 = 5_000;
/// The number of spaces that are opened at once.
const SPACES: usize = 400;
/// The longest that a change may take here, in seconds. The limit of the released program is 50 ms;
/// this one is neither optimized nor alone.
const MOST: f64 = 5.0;

/// Opens the site in the files of a program that isn't running.
async fn site(database: &TestDatabase, files: &SiteFiles) -> Site {
    let entropy = Entropy::seeded(5);
    let options = Options {
        database: database.url().parse().expect("an address"),
        blobs: files.blobs(),
        body_cache: 1 << 20,
        clock: Clock::Database,
        entropy: entropy.clone(),
    };
    let store = Store::open(options).await.expect("a site");
    Site::new(store, entropy)
}

/// Makes pages: half of them below the first, and one below each of those.
async fn grow(site: &Site, space: SpaceId, top: PageId, by: narthex_access::AccountId) {
    let ids: Vec<PageId> = (0..PAGES)
        .map(|_| PageId::from_random(site.entropy().number()))
        .collect();
    let plan = move |plan: &narthex_site::Plan<'_>| {
        let mut change = Change::nothing(());
        for (n, id) in ids.iter().enumerate() {
            let above = (n % 2 == 1).then(|| ids.get(n - 1)).flatten();
            let row = PageRow {
                id: *id,
                space,
                parent: Some(above.copied().unwrap_or(top)),
                kind: PageKind::Page,
                state: PageState::Live,
                was_archived: false,
                title: format!("Page {n} of a large tree").into(),
                position: i64::try_from(n).unwrap_or_default() << 20,
                author: by,
                owner: by,
                created_at: plan.now,
                body: plan.new_id(BodyId::from_random),
                version: 1,
                updated_at: plan.now,
                updated_by: by,
            };
            change.beside.push(Beside::Body {
                id: row.body,
                representation: "storage".into(),
                text: format!("<p>text of page {n}</p>"),
            });
            change.beside.push(Beside::Version(VersionRow {
                of: Versioned::Page(row.id),
                number: 1,
                title: row.title.to_string(),
                body: row.body,
                by: Some(by),
                at: plan.now,
                message: String::new(),
                minor: false,
            }));
            change.rows.push(row.into());
        }
        change.events.push(Event {
            kind: "test.grown",
            space: Some(space),
            page: None,
            object: String::new(),
            before: None,
            after: None,
        });
        Ok(change)
    };
    site.commit(&Credential::Operator, plan)
        .await
        .expect("pages");
}

/// Returns what the metric has counted: the number of changes, and how long they held the lock in
/// all.
async fn held(metrics: &str) -> (f64, f64) {
    let (_, text) = Actor::anonymous().get(metrics).await.expect("metrics");
    let of = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().parse().ok())
            .unwrap_or(0.0)
    };
    (
        of("narthex_write_lock_seconds_count"),
        of("narthex_write_lock_seconds_sum"),
    )
}

struct Large {
    ada: Actor,
    node: Node,
    metrics: String,
}

impl Large {
    /// Makes a change, and returns the response. It prints how long the transactions of the change
    /// held the lock in all, and fails if that is longer than [`MOST`].
    async fn change(&self, what: &str, method: Method, path: &str, body: &Value) -> Value {
        let before = held(&self.metrics).await;
        let address = format!("{}{path}", self.node.url());
        let answer = self.ada.must(method, &address, body).await;
        let after = held(&self.metrics).await;
        let (count, seconds) = (after.0 - before.0, after.1 - before.1);
        println!(
            "{what}: {:.1} ms in {count} transactions",
            seconds * 1_000.0
        );
        assert!(count >= 1.0, "{what}: the metric saw nothing");
        assert!(
            seconds <= MOST,
            "{what} kept others waiting for {seconds} s"
        );
        answer
    }
}

both_engines! {
    async fn the_largest_changes_keep_others_waiting_for_a_moment_only(database: TestDatabase) {
        let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
        let files = SiteFiles::new(Some(database.url().to_owned()));
        let init = ["init", "--email", "ada@example.org", "--name", "Ada"];
        let ada = Actor::token("ada@example.org", &program.run(&files, &init));
        let site = site(&database, &files).await;
        let operator = Credential::Operator;
        let by = site.account_by_email(&operator, "ada@example.org").await.expect("Ada").id;
        let (node, metrics) = program.serve_measured(&files);
        let large = Large { ada, node, metrics };

        let make = |key: &str| json!({"key": key, "name": key});
        let space = large.change("a space", Method::POST, "/wiki/rest/api/space", &make("FROM")).await;
        large.change("a space", Method::POST, "/wiki/rest/api/space", &make("TO")).await;
        let page = |title: &str, key: &str| json!({
            "type": "page", "title": title, "space": {"key": key},
            "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
        });
        let top = large.change("a page", Method::POST, "/wiki/rest/api/content", &page("Top", "FROM")).await;
        let top = top["id"].as_str().expect("an id").to_owned();
        let target = large.change("a page", Method::POST, "/wiki/rest/api/content", &page("Target", "TO")).await;
        let target = target["id"].as_str().expect("an id").to_owned();
        let other = large.change("a page", Method::POST, "/wiki/rest/api/content", &page("Other", "FROM")).await;
        let other = other["id"].as_str().expect("an id").to_owned();
        let space: SpaceId = space["id"].to_string().parse().expect("an id");
        grow(&site, space, top.parse().expect("an id"), by).await;
        for n in 0..SPACES {
            let new = NewSpace {
                key: Some(format!("MANY{n}")),
                name: format!("Many {n}"),
                description: String::new(),
                kind: SpaceKind::Global,
                private: false,
            };
            site.create_space(&operator, new).await.expect("a space");
        }

        let keys: Vec<String> = (0..SPACES).map(|n| format!("MANY{n}")).collect();
        let spaces: Vec<Value> = keys.iter().map(|key| json!({"spaceKey": key, "unlicensedView": true})).collect();
        let bulk = json!({"spaces": spaces});
        let call = "/wiki/rest/knowledge-base/1.0/permissions/spaces";
        large.change("400 spaces", Method::POST, call, &bulk).await;
        let edit = |number: u32, parent: &str| json!({
            "type": "page", "title": "Top", "version": {"number": number}, "ancestors": [{"id": parent}],
        });
        let one = format!("/wiki/rest/api/content/{top}");
        large.change("a tree within its space", Method::PUT, &one, &edit(2, &other)).await;
        large.change("a tree to another space", Method::PUT, &one, &edit(3, &target)).await;
        large.change("a page with 2,500 children to the trash", Method::DELETE, &one, &Value::Null).await;
        large.change("its purge", Method::DELETE, &format!("{one}?status=trashed"), &Value::Null).await;
        large.change("a space of 5,000 pages to the trash", Method::DELETE, "/wiki/rest/api/space/TO", &Value::Null).await;
    }
}
