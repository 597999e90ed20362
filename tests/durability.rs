//! An acknowledged write survives: the program, and PostgreSQL below it, are killed in the middle
//! of writes again and again. A ledger of the acknowledged writes is compared with what exists
//! afterwards: nothing may be lost or half-done, and revisions must have no gaps.

#![cfg(test)]

use narthex_harness::{Actor, People, Program, SiteFiles, rounds};
use narthex_testdb::cluster::{Cluster, Options};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The number of kills by `./test long`, over both tests.
const STATED: usize = 100;
const WRITERS: usize = 4;

/// The responses that writers got: the titles of acknowledged pages, and of those whose response
/// never came.
#[derive(Debug, Default)]
struct Ledger {
    acknowledged: Vec<String>,
    unanswered: Vec<String>,
}

/// Writes pages, one after the other, until the connection breaks.
async fn write_until_it_breaks(
    actor: Actor,
    url: String,
    space: String,
    name: String,
    ledger: Arc<Mutex<Ledger>>,
) {
    for n in 0.. {
        let title = format!("{name}-{n}");
        let page = json!({
            "spaceId": space,
            "title": title,
            "body": {"representation": "storage", "value": format!("<p>body of {title}</p>")},
        });
        let sent = actor
            .send(Method::POST, &format!("{url}/wiki/api/v2/pages"), &page)
            .await;
        let mut ledger = ledger.lock().expect("a ledger");
        match sent {
            Ok(response) if response.status().is_success() => ledger.acknowledged.push(title),
            // Refused for lack of a database, or broken off: the page may exist or not.
            _ => {
                ledger.unanswered.push(title);
                return;
            }
        }
    }
}

/// Reads every page of the space, with its body.
async fn everything(actor: &Actor, url: &str, space: &str) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut next = Some(format!(
        "/wiki/api/v2/spaces/{space}/pages?limit=250&body-format=storage"
    ));
    while let Some(address) = next {
        let (status, text) = actor
            .get(&format!("{url}{address}"))
            .await
            .expect("an answer");
        assert!(status.is_success(), "{address} answered {status}: {text}");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        pages.extend(
            answer["results"]
                .as_array()
                .expect("results")
                .iter()
                .cloned(),
        );
        next = answer["_links"]["next"].as_str().map(str::to_owned);
    }
    pages
}

/// Compares the ledger with what exists.
async fn check(actor: &Actor, url: &str, space: &str, ledger: &Ledger) {
    let pages = everything(actor, url, space).await;
    let titles: Vec<&str> = pages
        .iter()
        .filter_map(|page| page["title"].as_str())
        .collect();
    for title in &ledger.acknowledged {
        let times = titles.iter().filter(|found| *found == title).count();
        assert_eq!(
            times, 1,
            "{title} was acknowledged and is there {times} times"
        );
    }
    for page in &pages {
        let title = page["title"].as_str().expect("a title");
        let body = page["body"]["storage"]["value"].as_str().expect("a body");
        if title.contains('-') {
            let known = |list: &[String]| list.iter().any(|known| known == title);
            assert!(
                known(&ledger.acknowledged) || known(&ledger.unanswered),
                "{title}: whose?"
            );
            assert_eq!(
                body,
                format!("<p>body of {title}</p>"),
                "{title} is half-done"
            );
        }
    }
}

/// Kills one site again and again by `kill`, which gets the round's number and the node, and brings
/// the database back if it killed that.
async fn story(
    program: &Program,
    site: &SiteFiles,
    people: &People,
    rounds: usize,
    mut kill: impl FnMut(usize, narthex_harness::Node),
) {
    let actor = people.administrator.clone();
    let first = program.serve(site);
    let space = json!({"key": "LEDGER", "name": "Ledger"});
    let address = format!("{}/wiki/rest/api/space", first.url());
    let space = actor.must(Method::POST, &address, &space).await["id"].to_string();
    drop(first);
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    for round in 0..rounds {
        let node = program.serve(site);
        let url = node.url();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let name = format!("round{round}writer{writer}");
                tokio::spawn(write_until_it_breaks(
                    actor.clone(),
                    url.clone(),
                    space.clone(),
                    name,
                    ledger.clone(),
                ))
            })
            .collect();
        // Each round gets a little further into a write.
        tokio::time::sleep(Duration::from_micros(20_000 + 1_700 * (round as u64 % 37))).await;
        kill(round, node);
        for writer in writers {
            writer.await.expect("the writer ended");
        }
    }
    let node = program.serve(site);
    let ledger = std::mem::take(&mut *ledger.lock().expect("a ledger"));
    assert!(
        ledger.acknowledged.len() >= rounds,
        "the writers wrote next to nothing"
    );
    check(&actor, &node.url(), &space, &ledger).await;
    let holes = program.run(site, &["doctor", "--json"]);
    assert!(
        holes.contains("none missing"),
        "the doctor finds the journal whole: {holes}"
    );
    println!(
        "{} acknowledged writes over {rounds} kills",
        ledger.acknowledged.len()
    );
}

#[test]
fn a_killed_program_on_sqlite_loses_nothing_acknowledged() {
    let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
    let site = SiteFiles::new(None);
    let people = People::settle(&program, &site);
    narthex_testdb::run(story(
        &program,
        &site,
        &people,
        rounds(STATED) / 2,
        |_, node| {
            node.kill();
        },
    ));
}

#[test]
fn a_killed_program_or_postmaster_on_postgres_loses_nothing_acknowledged() {
    let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
    let cluster = Cluster::start(Options { fsync: true });
    let site = SiteFiles::new(Some(cluster.database("narthex")));
    let people = People::settle(&program, &site);
    narthex_testdb::run(story(
        &program,
        &site,
        &people,
        rounds(STATED),
        |round, node| {
            if round % 2 == 0 {
                node.kill();
            } else {
                cluster.kill();
                cluster.resume();
            }
        },
    ));
}
