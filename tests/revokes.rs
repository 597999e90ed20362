//! Laws 7.5 and 7.6 with real processes: while access to a space is opened and revoked, readers of
//! every tier request it from every node all the time. A history checker makes sure that no read
//! that started after an acknowledged revoke saw what it closed, and that no read saw what was
//! written while the space was closed.

#![cfg(test)]

use narthex_harness::{Actor, Node, People, Program, Read, SiteFiles, Timeline, rounds};
use narthex_testdb::TestDatabase;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tokio::task::JoinHandle;

/// The number of times access is opened and revoked, by `./test long`.
const STATED: usize = 2_000;
const SECRET: &str = "written-while-closed";
const PUBLIC: &str = "written-to-be-read";

/// A reader that sends requests to one node until it is told to stop.
struct Reader {
    name: &'static str,
    task: JoinHandle<Vec<Read>>,
}

fn reader(name: &'static str, actor: Actor, page: String, stop: Arc<AtomicBool>) -> Reader {
    let task = tokio::spawn(async move {
        let mut reads = Vec::new();
        while !stop.load(Ordering::SeqCst) {
            let start = Instant::now();
            let (status, text) = actor.get(&page).await.expect("a node answers");
            let end = Instant::now();
            assert!(
                !text.contains(SECRET),
                "{name} read what was written while it was closed"
            );
            let saw = text.contains(PUBLIC);
            let fits = if saw {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            assert_eq!(status, fits, "{name} was answered {text}");
            reads.push(Read { start, end, saw });
        }
        reads
    });
    Reader { name, task }
}

/// A private space of the administrator with one page.
struct Closed {
    administrator: Actor,
    url: String,
    page: String,
    version: u64,
}

impl Closed {
    async fn make(people: &People, url: &str) -> Self {
        let space = json!({"key": "CLOSED", "name": "Closed"});
        let address = format!("{url}/wiki/rest/api/space/_private");
        let space = people
            .administrator
            .must(Method::POST, &address, &space)
            .await;
        let page = json!({
            "spaceId": space["id"].to_string(),
            "title": "Plan",
            "body": {"representation": "storage", "value": format!("<p>{PUBLIC}</p>")},
        });
        let address = format!("{url}/wiki/api/v2/pages");
        let page = people
            .administrator
            .must(Method::POST, &address, &page)
            .await;
        Self {
            administrator: people.administrator.clone(),
            url: url.to_owned(),
            page: page["id"].as_str().expect("an id").to_owned(),
            version: 1,
        }
    }

    fn address(&self, node: &str) -> String {
        format!(
            "{node}/wiki/rest/api/content/{}?expand=body.storage",
            self.page
        )
    }

    async fn write(&mut self, text: &str) {
        self.version += 1;
        let address = format!("{}/wiki/api/v2/pages/{}", self.url, self.page);
        let edit = json!({
            "id": self.page, "status": "current", "title": "Plan",
            "version": {"number": self.version},
            "body": {"representation": "storage", "value": format!("<p>{text}</p>")},
        });
        self.administrator.must(Method::PUT, &address, &edit).await;
    }

    async fn set(&self, switch: &str, open: bool) -> Value {
        let base = "/wiki/rest/knowledge-base/1.0/permissions/space";
        let body = json!({"enablePermission": open, "spaceKey": "CLOSED"});
        self.administrator
            .must(Method::POST, &format!("{}{base}/{switch}", self.url), &body)
            .await
    }
}

/// Opens and closes with one switch while readers read. Returns how many reads were checked.
async fn hammer(
    closed: &mut Closed,
    switch: &str,
    rounds: usize,
    nodes: &[Node],
    readers: &[(&'static str, Actor)],
    shut_out: &[(&'static str, Actor)],
) -> usize {
    let stop = Arc::new(AtomicBool::new(false));
    let start = |actors: &[(&'static str, Actor)]| -> Vec<Reader> {
        let pairs = actors
            .iter()
            .flat_map(|actor| nodes.iter().map(move |node| (actor, node)));
        pairs
            .map(|((name, actor), node)| {
                reader(
                    name,
                    actor.clone(),
                    closed.address(&node.url()),
                    stop.clone(),
                )
            })
            .collect()
    };
    let (readers, shut_out) = (start(readers), start(shut_out));
    let mut timeline = Timeline::default();
    for _ in 0..rounds {
        let sent = Instant::now();
        closed.set(switch, true).await;
        timeline.acknowledged(true, sent);
        let sent = Instant::now();
        closed.set(switch, false).await;
        timeline.acknowledged(false, sent);
        closed.write(SECRET).await;
        closed.write(PUBLIC).await;
    }
    stop.store(true, Ordering::SeqCst);
    let mut checked = 0;
    for reader in readers {
        let reads = reader.task.await.expect("the reader saw nothing wrong");
        assert!(!reads.is_empty(), "{} read nothing", reader.name);
        for read in &reads {
            assert!(
                timeline.explains(*read),
                "{} saw {read:?} against the history",
                reader.name
            );
        }
        checked += reads.len();
    }
    for reader in shut_out {
        let reads = reader.task.await.expect("the reader saw nothing wrong");
        assert!(reads.iter().all(|read| !read.saw), "{} got in", reader.name);
        checked += reads.len();
    }
    checked
}

async fn story(nodes: Vec<Node>, people: People) {
    let url = nodes.first().expect("a node").url();
    let mut closed = Closed::make(&people, &url).await;
    let customer = people.customer(&url).await;
    let accounts = [
        ("a licensed reader", people.licensed.clone()),
        ("a guest", people.guest.clone()),
        ("an unlicensed reader", people.unlicensed.clone()),
    ];
    let nobodies = [
        ("anonymous", people.anonymous.clone()),
        ("a customer", customer),
    ];
    let half = rounds(STATED) / 2;
    let mut checked = hammer(
        &mut closed,
        "unlicensedview",
        half,
        &nodes,
        &accounts,
        &nobodies,
    )
    .await;
    let everybody = [&accounts[..], &nobodies[..]].concat();
    checked += hammer(&mut closed, "anonymousView", half, &nodes, &everybody, &[]).await;
    println!("{checked} reads against {} revokes", half * 2);
}

fn switches_on(program: &Program, site: &SiteFiles) {
    program.run(
        site,
        &["global", "--jsm-access", "on", "--anonymous", "on", "--yes"],
    );
}

#[test]
fn two_nodes_on_postgres_hold_every_revoke_at_once() {
    let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
    let database = TestDatabase::postgres();
    let site = SiteFiles::new(Some(database.url().to_owned()));
    let people = People::settle(&program, &site);
    switches_on(&program, &site);
    let nodes = vec![program.serve(&site), program.serve(&site)];
    narthex_testdb::run(story(nodes, people));
}

#[test]
fn a_node_on_sqlite_holds_every_revoke_at_once() {
    let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
    let site = SiteFiles::new(None);
    let people = People::settle(&program, &site);
    switches_on(&program, &site);
    let nodes = vec![program.serve(&site)];
    narthex_testdb::run(story(nodes, people));
}

#[test]
fn a_node_on_sqlite_holds_what_commands_beside_it_revoke() {
    let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
    let site = SiteFiles::new(None);
    let people = People::settle(&program, &site);
    let node = program.serve(&site);
    narthex_testdb::run(async {
        let closed = Closed::make(&people, &node.url()).await;
        program.run(&site, &["global", "--jsm-access", "on", "--yes"]);
        closed.set("unlicensedview", true).await;
        let page = closed.address(&node.url());
        let stop = Arc::new(AtomicBool::new(false));
        let reader = reader(
            "an unlicensed reader",
            people.unlicensed.clone(),
            page,
            stop.clone(),
        );
        let mut timeline = Timeline::default();
        timeline.acknowledged(true, Instant::now());
        for _ in 0..rounds(STATED) / 2 {
            for (open, word) in [(false, "off"), (true, "on")] {
                let sent = Instant::now();
                program.run(&site, &["global", "--jsm-access", word, "--yes"]);
                timeline.acknowledged(open, sent);
            }
        }
        stop.store(true, Ordering::SeqCst);
        let reads = reader.task.await.expect("the reader saw nothing wrong");
        // The first reads may be older than the first recorded call.
        let wrong = reads.iter().find(|read| !timeline.explains(**read));
        assert!(wrong.is_none(), "{wrong:?} against the history");
        println!(
            "{} reads against {} revokes",
            reads.len(),
            rounds(STATED) / 2
        );
    });
}
