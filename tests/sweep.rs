//! The bytes of uploads that a kill broke off are removed later, and never those of an acknowledged
//! upload.

#![cfg(test)]

use narthex_harness::{Actor, Node, Program, SiteFiles, rounds};
use narthex_testdb::{TestDatabase, both_engines};
use reqwest::Method;
use serde_json::json;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The number of kills by `./test long`.
const STATED: usize = 40;
const WRITERS: usize = 3;

/// Returns bytes that belong to this name alone.
fn bytes_of(name: &str) -> Vec<u8> {
    name.bytes().cycle().take(1_500_000).collect()
}

/// Uploads one file after the other until the connection breaks.
async fn upload_until_it_breaks(
    ada: Actor,
    url: String,
    page: String,
    writer: String,
    acknowledged: Arc<Mutex<Vec<String>>>,
) {
    for n in 0.. {
        let name = format!("{writer}-{n}");
        match ada.upload(&url, &page, &name, bytes_of(&name)).await {
            Ok(status) if status.is_success() => {
                acknowledged.lock().expect("a list").push(name);
            }
            _ => return,
        }
    }
}

/// Begins an upload and stays in the middle of it, until a part of it is on the disk.
fn begin(node: &Node, token: &str, page: &str, blobs: &Path) -> TcpStream {
    let head = format!(
        "POST /wiki/rest/api/content/{page}/child/attachment HTTP/1.1\r\nHost: narthex\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: multipart/form-data; boundary=part\r\nContent-Length: 9000000\r\n\r\n\
         --part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"half\"\r\n\r\n"
    );
    let address = node.url();
    let address = address.strip_prefix("http://").expect("an address");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.write_all(head.as_bytes()).expect("a head");
    stream
        .write_all(&[b'x'; 2_000_000])
        .expect("a part of a file");
    let began = Instant::now();
    let half = |file: &PathBuf| file.display().to_string().contains('#');
    while !files(blobs).iter().any(half) {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "nothing is written"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    stream
}

/// Returns the blobs and their unfinished parts.
fn files(folder: &Path) -> Vec<PathBuf> {
    let below = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect::<Vec<_>>()
    };
    let folders = below(folder).into_iter().filter(|path| path.is_dir());
    folders.flat_map(|folder| below(&folder)).collect()
}

/// Returns the names of all attachments of the page.
async fn attachments(ada: &Actor, node: &Node, page: &str) -> Vec<String> {
    let mut names = Vec::new();
    loop {
        let start = names.len();
        let address = format!(
            "{}/wiki/rest/api/content/{page}/child/attachment?start={start}&limit=100",
            node.url()
        );
        let (_, text) = ada.get(&address).await.expect("an answer");
        let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let list = list["results"].as_array().expect("a list");
        if list.is_empty() {
            return names;
        }
        names.extend(
            list.iter()
                .filter_map(|file| Some(file["title"].as_str()?.to_owned())),
        );
    }
}

/// Makes all unfinished uploads as old as possible, and returns how many there are.
async fn age(database: &TestDatabase) -> u64 {
    let url = database.url().parse().expect("an address");
    let db = narthex_store::db::Db::open(&url).await.expect("a database");
    let mut tx = db.write().await.expect("a transaction");
    let left = tx.execute("UPDATE blob_upload SET since = 0", vec![]).await;
    tx.commit().await.expect("a commit");
    left.expect("a change")
}

async fn page(ada: &Actor, node: &Node) -> String {
    let space = json!({"key": "SWEEP", "name": "Sweep"});
    let address = format!("{}/wiki/rest/api/space", node.url());
    ada.must(Method::POST, &address, &space).await;
    let page = json!({
        "type": "page", "title": "Files", "space": {"key": "SWEEP"},
        "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}}
    });
    let address = format!("{}/wiki/rest/api/content", node.url());
    let made = ada.must(Method::POST, &address, &page).await;
    made["id"].as_str().expect("an id").to_owned()
}

both_engines! {
    async fn what_a_kill_leaves_is_swept_and_what_was_acknowledged_stays(database: TestDatabase) {
        let program = Program::new(env!("CARGO_BIN_EXE_narthex"));
        let site = SiteFiles::new(Some(database.url().to_owned()));
        let init = ["init", "--email", "ada@example.org", "--name", "Ada"];
        let token = program.run(&site, &init);
        let ada = Actor::token("ada@example.org", &token);
        let first = program.serve(&site);
        let page = page(&ada, &first).await;
        drop(first);
        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let mut left = 0;
        for round in 0..rounds(STATED) {
            let node = program.serve(&site);
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let name = format!("round{round}writer{writer}");
                    tokio::spawn(upload_until_it_breaks(ada.clone(), node.url(), page.clone(), name, acknowledged.clone()))
                })
                .collect();
            let half = begin(&node, &token, &page, &site.blobs());
            let (known, began) = (acknowledged.lock().expect("a list").len(), Instant::now());
            while acknowledged.lock().expect("a list").len() == known {
                assert!(began.elapsed() < Duration::from_secs(20), "no upload is acknowledged");
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(Duration::from_micros(10_000 + 7_300 * (round as u64 % 11))).await;
            node.kill();
            drop(half);
            for writer in writers {
                writer.await.expect("the writer ended");
            }
            left += age(&database).await;
        }
        assert!(left >= rounds(STATED) as u64, "kills that met no upload: {left} uploads were left");
        // A server sweeps when it starts, and then periodically.
        let node = program.serve(&site);
        let kept = attachments(&ada, &node, &page).await;
        let began = Instant::now();
        while files(&site.blobs()).len() != kept.len() {
            assert!(began.elapsed() < Duration::from_secs(30), "{} files for {} attachments", files(&site.blobs()).len(), kept.len());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let acknowledged = acknowledged.lock().expect("a list").clone();
        for name in &acknowledged {
            assert!(kept.contains(name), "{name} was acknowledged");
        }
        for name in &kept {
            let address = format!("{}/wiki/download/attachments/{page}/{name}", node.url());
            let read = ada.request(Method::GET, &address).send().await.expect("an answer");
            assert!(read.bytes().await.expect("bytes") == bytes_of(name), "{name}");
        }
        println!("{} acknowledged uploads, {left} broken off", acknowledged.len());
    }
}
