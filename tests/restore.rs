//! A database is taken back under running nodes: it is restored to an older revision and written to
//! from there, so that its revisions have numbers that the nodes know, with other content. The
//! nodes must notice, and serve nothing from the catalogue of the abandoned history.

#![cfg(test)]

use narthex_harness::{Node, People, Program, SiteFiles};
use narthex_testdb::TestDatabase;
use narthex_testdb::cluster::Cluster;
use reqwest::{Method, StatusCode};
use serde_json::json;

/// Saves a database, and restores it while it is in use.
trait History {
    fn save(&self);
    fn restore(&self);
}

struct Postgres(String);

impl History for Postgres {
    fn save(&self) {
        self.run(
            "CREATE SCHEMA saved; DO $$ DECLARE t text; BEGIN \
             FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP \
             EXECUTE format('CREATE TABLE saved.%I AS SELECT * FROM public.%I', t, t); \
             END LOOP; END $$",
        );
    }

    fn restore(&self) {
        self.run(
            "DO $$ DECLARE t text; BEGIN \
             FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'saved' LOOP \
             EXECUTE format('DELETE FROM public.%I', t); \
             EXECUTE format('INSERT INTO public.%I SELECT * FROM saved.%I', t, t); \
             END LOOP; END $$",
        );
    }
}

impl Postgres {
    fn run(&self, sql: &str) {
        Cluster::psql(&self.0, sql).expect("the database takes it");
    }
}

struct Sqlite {
    file: std::path::PathBuf,
}

impl Sqlite {
    fn saved(&self) -> String {
        self.file.with_extension("saved").display().to_string()
    }
}

impl History for Sqlite {
    fn save(&self) {
        let database = rusqlite::Connection::open(&self.file).expect("a database");
        database
            .execute("VACUUM INTO ?1", [self.saved()])
            .expect("a copy");
    }

    fn restore(&self) {
        let mut database = rusqlite::Connection::open(&self.file).expect("a database");
        database
            .busy_timeout(std::time::Duration::from_secs(10))
            .expect("a time-out");
        database
            .execute("ATTACH ?1 AS saved", [self.saved()])
            .expect("the copy");
        let change = rusqlite::TransactionBehavior::Immediate;
        let change = database
            .transaction_with_behavior(change)
            .expect("a transaction");
        let tables: Vec<String> = change
            .prepare("SELECT name FROM saved.sqlite_master WHERE type = 'table'")
            .and_then(|mut tables| tables.query_map([], |row| row.get(0))?.collect())
            .expect("its tables");
        for table in tables {
            change
                .execute(&format!("DELETE FROM main.{table}"), [])
                .expect("an empty table");
            let copy = format!("INSERT INTO main.{table} SELECT * FROM saved.{table}");
            change.execute(&copy, []).expect("a filled table");
        }
        change.commit().expect("a restored database");
    }
}

async fn story(people: People, nodes: Vec<Node>, history: &dyn History) {
    let first = nodes.first().expect("a node").url();
    let administrator = &people.administrator;
    let space = json!({"key": "HELP", "name": "Help"});
    let address = format!("{first}/wiki/rest/api/space/_private");
    administrator.must(Method::POST, &address, &space).await;
    let set = async |open: bool| {
        let call = "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview";
        let body = json!({"enablePermission": open, "spaceKey": "HELP"});
        administrator
            .must(Method::POST, &format!("{first}{call}"), &body)
            .await;
    };
    let seen = async |wanted: StatusCode, why: &str| {
        for node in &nodes {
            let address = format!("{}/wiki/rest/api/space/HELP", node.url());
            let (status, text) = people.unlicensed.get(&address).await.expect("an answer");
            assert_eq!(status, wanted, "{why}: {text}");
        }
    };

    seen(StatusCode::NOT_FOUND, "before it is opened").await;
    history.save();
    set(true).await;
    seen(StatusCode::OK, "once it is opened").await;

    history.restore();
    seen(StatusCode::NOT_FOUND, "restored to before it was opened").await;

    set(true).await;
    seen(StatusCode::OK, "opened again").await;
    history.restore();
    // One change, like the one before, of something else: the same revision with another mark.
    let described = json!({"name": "Helpful", "key": "HELP"});
    let address = format!("{first}/wiki/rest/api/space/HELP");
    administrator.must(Method::PUT, &address, &described).await;
    seen(
        StatusCode::NOT_FOUND,
        "restored and written on to the revision that opened it",
    )
    .await;
}

#[test]
fn nodes_notice_a_restored_postgres() {
    let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
    let database = TestDatabase::postgres();
    let site = SiteFiles::new(Some(database.url().to_owned()));
    let people = People::settle(&program, &site);
    program.run(&site, &["global", "--jsm-access", "on", "--yes"]);
    let nodes = vec![program.serve(&site), program.serve(&site)];
    let history = Postgres(database.url().to_owned());
    narthex_testdb::run(story(people, nodes, &history));
}

#[test]
fn a_node_notices_a_restored_sqlite() {
    let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
    let site = SiteFiles::new(None);
    let people = People::settle(&program, &site);
    program.run(&site, &["global", "--jsm-access", "on", "--yes"]);
    let nodes = vec![program.serve(&site)];
    let history = Sqlite {
        file: site.data().join("site.db"),
    };
    narthex_testdb::run(story(people, nodes, &history));
}
