//! What happens when the database or the disk of a site is away, full or read-only: every request
//! is told so (503, 507), `/readyz` and `doctor` name the cause, nothing is half-done, and service
//! resumes by itself when the cause is gone.

#![cfg(test)]

use narthex_harness::disk::in_a_namespace;
use narthex_harness::{Actor, Disk, Node, Program, SiteFiles};
use narthex_testdb::cluster::{Cluster, Options};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;

/// A site that is served, with a page. The fields are dropped in this order: the node, the disk,
/// the folder that it was mounted in.
struct Stage {
    node: Node,
    disk: Option<Disk>,
    site: SiteFiles,
    program: Program,
    ada: Actor,
    space: String,
    page: String,
}

impl Stage {
    async fn set(site: SiteFiles, disk: Option<Disk>) -> Self {
        let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
        let init = ["init", "--email", "ada@example.org", "--name", "Ada"];
        let ada = Actor::token("ada@example.org", &program.run(&site, &init));
        let node = program.serve(&site);
        let space = json!({"key": "OUT", "name": "Outages"});
        let address = format!("{}/wiki/rest/api/space", node.url());
        let space = ada.must(Method::POST, &address, &space).await["id"].to_string();
        let mut stage = Self {
            node,
            disk,
            site,
            program,
            ada,
            space,
            page: String::new(),
        };
        let (status, made) = stage.write("First", "<p>text</p>").await;
        assert_eq!(status, 200, "{made}");
        stage.page = made["id"].as_str().expect("an id").to_owned();
        stage
    }

    fn disk(&self) -> &Disk {
        self.disk.as_ref().expect("a disk of its own")
    }

    async fn write(&self, title: &str, body: &str) -> (u16, Value) {
        let page = json!({
            "spaceId": self.space,
            "title": title,
            "body": {"representation": "storage", "value": body},
        });
        let address = format!("{}/wiki/api/v2/pages", self.node.url());
        let sent = self.ada.send(Method::POST, &address, &page).await;
        let sent = sent.expect("an answer");
        let status = sent.status().as_u16();
        (status, sent.json().await.unwrap_or(Value::Null))
    }

    /// Writes a page that needs much space, and returns the status.
    async fn write_much(&self, title: &str) -> u16 {
        // The words are such that no database can compress them much.
        let mut word = 1_u64;
        let words = std::iter::repeat_with(|| {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("{word:x} ")
        });
        let body: String = words.take(60_000).collect();
        self.write(title, &format!("<p>{body}</p>")).await.0
    }

    async fn upload(&self, name: &str, bytes: usize) -> u16 {
        let url = self.node.url();
        let sent = self
            .ada
            .upload(&url, &self.page, name, vec![7; bytes])
            .await;
        sent.expect("an answer").as_u16()
    }

    async fn read(&self) -> u16 {
        let address = format!("{}/wiki/api/v2/pages/{}", self.node.url(), self.page);
        self.ada.get(&address).await.expect("an answer").0.as_u16()
    }

    async fn ready(&self) -> (u16, String) {
        let address = format!("{}/readyz", self.node.url());
        let (status, text) = Actor::anonymous().get(&address).await.expect("an answer");
        (status.as_u16(), text)
    }

    async fn attachments(&self) -> Vec<Value> {
        let url = self.node.url();
        let address = format!("{url}/wiki/api/v2/pages/{}/attachments", self.page);
        let (_, text) = self.ada.get(&address).await.expect("an answer");
        let list: Value = serde_json::from_str(&text).expect("JSON");
        list["results"].as_array().expect("a list").clone()
    }

    /// Returns what `doctor` says is wrong; it must find something.
    fn diagnosis(&self) -> String {
        let output = self.program.try_run(&self.site, &["doctor"], None);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(!output.status.success(), "the doctor finds nothing: {text}");
        let bad = text.lines().filter(|line| line.contains("bad"));
        bad.collect::<Vec<_>>().join("\n")
    }

    /// Checks that `/readyz` and `doctor` name the cause in these words.
    async fn assert_told(&self, cause: &str) {
        let (status, text) = self.ready().await;
        assert!(status == 503 && text.contains(cause), "{status} {text}");
        let diagnosis = self.diagnosis();
        assert!(diagnosis.contains(cause), "{diagnosis}");
    }

    /// Checks that everything works again, without a restart.
    async fn assert_well(&self, title: &str) {
        assert_eq!(self.ready().await.0, 200, "{}", self.ready().await.1);
        assert_eq!(self.write_much(title).await, 200);
        assert_eq!(self.upload(title, 500_000).await, 200);
        assert_eq!(self.read().await, 200);
        self.program.run(&self.site, &["doctor"]);
    }
}

/// Returns all files below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

const FULL: &str = "no space is left on the disk";
const READ_ONLY: &str = "nothing can be written";
const AWAY: &str = "the database can't be reached";

#[test]
fn a_full_disk_under_sqlite_is_507_and_it_goes_on_when_there_is_room() {
    if !in_a_namespace("a_full_disk_under_sqlite_is_507_and_it_goes_on_when_there_is_room") {
        return;
    }
    narthex_testdb::run(async {
        let site = SiteFiles::new(None);
        let disk = Disk::mount(&site.data(), 24);
        let stage = Stage::set(site, Some(disk)).await;
        stage.disk().fill();
        assert_eq!(stage.write_much("Too much").await, 507);
        assert_eq!(stage.read().await, 200, "reading goes on");
        stage.assert_told(FULL).await;
        assert_eq!(stage.upload("file.bin", 500_000).await, 507);
        assert!(stage.attachments().await.is_empty());
        stage.disk().free();
        stage.assert_well("Room").await;
        assert_eq!(stage.attachments().await.len(), 1);
        assert_eq!(files(&stage.site.blobs()).len(), 1, "nothing half-done");
    });
}

#[test]
fn a_read_only_file_system_under_sqlite_is_503_and_it_goes_on_when_it_can_be_written() {
    if !in_a_namespace(
        "a_read_only_file_system_under_sqlite_is_503_and_it_goes_on_when_it_can_be_written",
    ) {
        return;
    }
    narthex_testdb::run(async {
        let site = SiteFiles::new(None);
        let disk = Disk::mount(&site.data(), 24);
        let stage = Stage::set(site, Some(disk)).await;
        stage.disk().make_read_only();
        assert_eq!(stage.write_much("Not now").await, 503);
        assert_eq!(stage.read().await, 200, "reading goes on");
        assert_eq!(stage.upload("file.bin", 500_000).await, 503);
        stage.assert_told(READ_ONLY).await;
        stage.disk().make_writable();
        stage.assert_well("Writable").await;
    });
}

#[test]
fn a_full_disk_under_the_attachments_alone_is_507_for_uploads_alone() {
    if !in_a_namespace("a_full_disk_under_the_attachments_alone_is_507_for_uploads_alone") {
        return;
    }
    narthex_testdb::run(async {
        let cluster = Cluster::start(Options { fsync: true });
        let site = SiteFiles::new(Some(cluster.database("narthex")));
        let disk = Disk::mount(&site.data(), 8);
        let stage = Stage::set(site, Some(disk)).await;
        stage.disk().fill();
        assert_eq!(stage.upload("file.bin", 3_000_000).await, 507);
        assert!(stage.attachments().await.is_empty());
        assert!(files(&stage.site.blobs()).is_empty(), "nothing half-done");
        stage.assert_told(FULL).await;
        assert_eq!(stage.write_much("Pages go on").await, 200);
        stage.disk().free();
        stage.assert_well("Room").await;
    });
}

#[test]
fn a_full_disk_under_postgres_is_507_and_it_goes_on_when_there_is_room() {
    if !in_a_namespace("a_full_disk_under_postgres_is_507_and_it_goes_on_when_there_is_room") {
        return;
    }
    narthex_testdb::run(async {
        let cluster = Cluster::start(Options { fsync: true });
        let files = SiteFiles::new(None);
        let disk = Disk::mount(&files.data(), 24);
        let url = cluster.database_in("narthex", &files.data().join("tables"));
        let stage = Stage::set(SiteFiles::new(Some(url)), None).await;
        disk.fill();
        assert_eq!(stage.write_much("Too much").await, 507);
        assert_eq!(stage.read().await, 200, "reading goes on");
        let (status, text) = stage.ready().await;
        // A change that needs no space may still be possible.
        assert!(status == 200 || text.contains(FULL), "{status} {text}");
        disk.free();
        stage.assert_well("Room").await;
    });
}

#[test]
fn a_postgres_that_is_stopped_is_503_and_it_goes_on_when_it_is_started() {
    narthex_testdb::run(async {
        let cluster = Cluster::start(Options { fsync: true });
        let stage = Stage::set(SiteFiles::new(Some(cluster.database("narthex"))), None).await;
        cluster.stop();
        assert_eq!(stage.read().await, 503, "what can't be known isn't shown");
        assert_eq!(stage.write_much("Not now").await, 503);
        assert_eq!(stage.upload("file.bin", 500_000).await, 503);
        stage.assert_told(AWAY).await;
        cluster.resume();
        stage.assert_well("Back").await;
        assert!(files(&stage.site.blobs()).len() == 1, "nothing half-done");
    });
}

#[test]
fn a_postgres_that_turns_read_only_is_503_and_it_goes_on_when_it_can_be_written() {
    narthex_testdb::run(async {
        let cluster = Cluster::start(Options { fsync: true });
        let stage = Stage::set(SiteFiles::new(Some(cluster.database("narthex"))), None).await;
        let set = |words: &str| {
            for sql in [words, "SELECT pg_reload_conf()"] {
                Cluster::psql(&cluster.url(), sql).expect("a setting");
            }
            std::thread::sleep(std::time::Duration::from_millis(300));
        };
        set("ALTER SYSTEM SET default_transaction_read_only = on");
        assert_eq!(stage.write_much("Not now").await, 503);
        let (status, text) = stage.ready().await;
        assert!(status == 503, "{status} {text}");
        stage.diagnosis();
        set("ALTER SYSTEM RESET default_transaction_read_only");
        stage.assert_well("Writable").await;
    });
}
