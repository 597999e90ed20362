//! `serve` and `demo` from the first line of their output to the last.
#![cfg(test)]

use narthex_harness::{Actor, Program, SiteFiles};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_narthex"))
}

/// A program that serves, with the address from its first line.
struct Server {
    child: Child,
    said: Value,
}

impl Server {
    fn start(site: &SiteFiles, arguments: &[&str]) -> Self {
        let mut command = program().command(site, &[&["--json"], arguments].concat());
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        match serde_json::from_str(&line) {
            Ok(said) => Self { child, said },
            Err(_) => panic!("{line}{}", end(child).1),
        }
    }

    fn said(&self, member: &str) -> String {
        self.said[member]
            .as_str()
            .unwrap_or_else(|| panic!("{}", self.said))
            .to_owned()
    }

    /// Sends SIGTERM. Returns how long the program took to end, and its log.
    fn stop(self) -> (Duration, String) {
        let began = Instant::now();
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        let (status, log) = end(self.child);
        assert_eq!(status, Some(0), "{log}");
        (began.elapsed(), log)
    }
}

fn end(mut child: Child) -> (Option<i32>, String) {
    let mut log = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    (child.wait().unwrap().code(), log)
}

fn set_up() -> (SiteFiles, String) {
    let site = SiteFiles::new(None);
    let token = program().run(
        &site,
        &["init", "--email", "ada@example.org", "--name", "Ada"],
    );
    (site, token)
}

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

#[tokio::test]
async fn a_site_without_an_administrator_shows_a_set_up_url_and_one_with_it_shows_none() {
    let site = SiteFiles::new(None);
    let server = Server::start(&site, &SERVE);
    let set_up = server.said("setUp");
    assert!(set_up.contains("/setup?token="), "{set_up}");
    let (status, _) = Actor::anonymous().get(&set_up).await.unwrap();
    assert_eq!(status, StatusCode::OK);
    let (status, _) = Actor::anonymous().get(&format!("{set_up}x")).await.unwrap();
    assert_eq!(status, StatusCode::NOT_FOUND);
    program().run(
        &site,
        &["init", "--email", "ada@example.org", "--name", "Ada"],
    );
    let (status, _) = Actor::anonymous().get(&set_up).await.unwrap();
    assert_eq!(status, StatusCode::NOT_FOUND);
    server.stop();
    let server = Server::start(&site, &SERVE);
    assert_eq!(server.said["setUp"], Value::Null);
    server.stop();
}

#[tokio::test]
async fn what_a_command_changes_is_seen_by_the_servers_next_request() {
    let (site, token) = set_up();
    let run = |arguments: &[&str]| program().run(&site, arguments);
    run(&["space", "create", "--key", "HELP", "--name", "Help"]);
    run(&[
        "account",
        "add",
        "--email",
        "una@example.org",
        "--name",
        "Una",
        "--access",
        "none",
    ]);
    let unas = run(&[
        "token",
        "create",
        "--email",
        "una@example.org",
        "--label",
        "test",
    ]);
    let (ada, una) = (
        Actor::token("ada@example.org", &token),
        Actor::token("una@example.org", &unas),
    );
    let server = Server::start(&site, &SERVE);
    let url = server.said("listens");
    let space = format!("{url}/wiki/rest/api/space/HELP");
    let sees = async || una.get(&space).await.unwrap().0;
    assert_eq!(sees().await, StatusCode::NOT_FOUND);
    run(&["global", "--jsm-access", "on", "--yes"]);
    let call = format!("{url}/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview");
    let answer = ada
        .must(
            Method::POST,
            &call,
            &json!({"enablePermission": true, "spaceKey": "HELP"}),
        )
        .await;
    assert_eq!(
        answer["globalPermissions"]["unlicensedAuthenticatedAccessEnabled"],
        true
    );
    assert_eq!(sees().await, StatusCode::OK);
    run(&["global", "--jsm-access", "off"]);
    assert_eq!(sees().await, StatusCode::NOT_FOUND);
    run(&["global", "--jsm-access", "on", "--yes"]);
    assert_eq!(sees().await, StatusCode::OK);
    run(&["space", "view", "HELP", "--unlicensed", "off"]);
    assert_eq!(sees().await, StatusCode::NOT_FOUND);
    run(&["account", "deactivate", "--email", "una@example.org"]);
    assert_eq!(sees().await, StatusCode::UNAUTHORIZED);
    server.stop();
}

#[tokio::test]
async fn a_deleted_space_is_taken_out_of_the_trash_once_it_was_told_who_sees_it_again() {
    let (site, token) = set_up();
    let run = |arguments: &[&str]| program().run(&site, arguments);
    let code = |arguments: &[&str]| program().try_run(&site, arguments, None).status.code();
    run(&["space", "create", "--key", "HELP", "--name", "Help"]);
    let server = Server::start(&site, &SERVE);
    let space = format!("{}/wiki/rest/api/space/HELP", server.said("listens"));
    let ada = Actor::token("ada@example.org", &token);
    let sees = async || ada.get(&space).await.unwrap().0;
    assert_eq!(code(&["space", "restore", "HELP", "--yes"]), Some(1));
    assert!(!run(&["space", "trash"]).contains("HELP"));
    ada.send(Method::DELETE, &space, &json!({})).await.unwrap();
    assert_eq!(sees().await, StatusCode::NOT_FOUND);
    assert!(run(&["space", "trash"]).contains("HELP"));
    assert!(!run(&["space", "list"]).contains("HELP"));

    // All licensed people would see the space again, so the command asks for confirmation.
    assert_eq!(code(&["space", "restore", "HELP"]), Some(5));
    let told = run(&["space", "restore", "HELP", "--dry-run"]);
    assert!(told.contains("licensed"), "{told}");
    assert_eq!(sees().await, StatusCode::NOT_FOUND);
    let told = run(&["space", "restore", "help", "--yes"]);
    assert!(told.contains("HELP"), "{told}");
    assert_eq!(sees().await, StatusCode::OK);
    server.stop();
}

#[tokio::test]
async fn metrics_are_on_an_address_of_their_own() {
    let (site, _) = set_up();
    let server = Server::start(
        &site,
        &[&SERVE[..], &["--metrics-listen", "127.0.0.1:0"]].concat(),
    );
    let nobody = Actor::anonymous();
    nobody
        .get(&format!("{}/healthz", server.said("listens")))
        .await
        .unwrap();
    let (status, metrics) = nobody.get(&server.said("metrics")).await.unwrap();
    assert_eq!(status, StatusCode::OK);
    assert!(
        metrics.contains("narthex_http_request_seconds_bucket"),
        "{metrics}"
    );
    let (status, _) = nobody
        .get(&format!("{}/metrics", server.said("listens")))
        .await
        .unwrap();
    assert_eq!(status, StatusCode::NOT_FOUND);
    server.stop();
}

#[test]
fn a_server_that_is_told_to_stop_ends_within_seconds_and_says_nothing_bad() {
    let (site, _) = set_up();
    let (took, log) = Server::start(&site, &SERVE).stop();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert!(!log.contains("ERROR"), "{log}");
}

#[test]
fn an_address_that_is_taken_is_refused_with_the_next_step() {
    let (site, _) = set_up();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = program().try_run(&site, &["serve", "--listen", &address], None);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("choose another port"), "{told}");
}

#[test]
fn tokens_that_would_cross_a_network_in_the_clear_are_warned_of() {
    let (site, _) = set_up();
    let warned = |more: &[&str]| {
        let arguments = [&["serve", "--listen", "0.0.0.0:0"], more].concat();
        Server::start(&site, &arguments)
            .stop()
            .1
            .contains("unencrypted")
    };
    assert!(warned(&[]));
    assert!(warned(&["--base-url", "https://wiki.example.org"]));
    assert!(!warned(&[
        "--base-url",
        "https://wiki.example.org",
        "--trusted-proxy",
        "10.0.0.1"
    ]));
}

#[tokio::test]
async fn the_log_never_has_a_token_a_password_or_a_body() {
    let (site, token) = set_up();
    let arguments = [
        &SERVE[..],
        &["--log-level", "trace", "--log-format", "json"],
    ]
    .concat();
    let server = Server::start(&site, &arguments);
    let url = server.said("listens");
    let ada = Actor::token("ada@example.org", &token);
    let space = json!({"key": "LOG", "name": "Log"});
    ada.send(Method::POST, &format!("{url}/wiki/rest/api/space"), &space)
        .await
        .unwrap();
    let page = json!({
        "type": "page", "title": "canary-title", "space": {"key": "LOG"},
        "body": {"storage": {"value": "<p>canary-body</p>", "representation": "storage"}}
    });
    ada.send(Method::POST, &format!("{url}/wiki/rest/api/content"), &page)
        .await
        .unwrap();
    ada.get(&format!(
        "{url}/wiki/rest/api/content?title=canary-query&token=canary-parameter"
    ))
    .await
    .unwrap();
    let wrong = Actor::token("ada@example.org", "canary-token");
    assert_eq!(
        wrong
            .get(&format!("{url}/wiki/rest/api/space"))
            .await
            .unwrap()
            .0,
        StatusCode::UNAUTHORIZED
    );
    let client = reqwest::Client::new();
    let form = [
        ("email", "ada@example.org"),
        ("password", "canary-password"),
    ];
    let log_in = client
        .post(format!("{url}/login"))
        .header("Sec-Fetch-Site", "same-origin")
        .form(&form);
    log_in.send().await.unwrap();
    let bearer = client
        .get(format!("{url}/wiki"))
        .header("Cookie", "narthex_session=canary-cookie");
    bearer.bearer_auth("canary-bearer").send().await.unwrap();
    let (_, log) = server.stop();
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines.len() >= 5, "{log}");
    for line in lines {
        let told: Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(told["level"].is_string(), "{line}");
    }
    assert!(!log.contains("canary") && !log.contains(&token), "{log}");
    assert!(log.contains("request_id"), "{log}");
}

/// Runs a command line as it was printed, in a shell.
fn paste(line: &str) -> Value {
    let output = Command::new("sh").args(["-c", line]).output().unwrap();
    assert!(
        output.status.success(),
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[tokio::test]
async fn the_calls_that_the_demo_prints_open_the_space_and_close_it_again() {
    let began = Instant::now();
    let demo = Server::start(&SiteFiles::new(None), &["demo", "--listen", "127.0.0.1:0"]);
    println!("the demo took {:?}", began.elapsed());
    let person = |email: &str| {
        let people = demo.said["people"].as_array().unwrap();
        people
            .iter()
            .find(|person| person["email"] == email)
            .unwrap()
            .clone()
    };
    let una = person("una@ternisland.example");
    let token = Actor::token("una@ternisland.example", una["token"].as_str().unwrap());
    let url = demo.said("url");
    let origin = url.trim_end_matches("/wiki");
    let session = Actor::log_in(
        origin,
        "una@ternisland.example",
        una["password"].as_str().unwrap(),
    )
    .await;
    let nobody = Actor::anonymous();
    let space = demo.said("space");
    let sees = async |actor: &Actor| actor.get(&space).await.unwrap().0 == StatusCode::OK;
    let call = |which: &str, what: &str| paste(demo.said["call"][which][what].as_str().unwrap());

    assert!(!sees(&token).await && !sees(&session).await && !sees(&nobody).await);
    let answer = call("unlicensedView", "open");
    assert_eq!(
        answer["spacePermissions"]["unlicensedViewPermissionEnabled"],
        true
    );
    assert_eq!(
        answer["globalPermissions"]["unlicensedAuthenticatedAccessEnabled"],
        true
    );
    assert!(sees(&token).await && sees(&session).await && !sees(&nobody).await);
    let explained = paste(&format!("{} --json", demo.said("explain")));
    assert_eq!(explained["allowed"], false, "{explained}");
    let steps = explained["steps"].as_array().unwrap();
    let restriction = steps
        .iter()
        .find(|step| step["rule"] == "restriction")
        .unwrap();
    assert_eq!(restriction["holds"], false, "{restriction}");
    assert_eq!(restriction["cause"]["by"], "Mira Holt", "{restriction}");
    call("unlicensedView", "close");
    assert!(!sees(&token).await && !sees(&session).await && !sees(&nobody).await);
    let answer = call("anonymousView", "open");
    assert_eq!(
        answer["spacePermissions"]["anonymousViewPermissionEnabled"],
        true
    );
    assert!(sees(&token).await && sees(&session).await && sees(&nobody).await);
    call("anonymousView", "close");
    assert!(!sees(&token).await && !sees(&session).await && !sees(&nobody).await);

    let folder = demo.said("folder");
    let health = program()
        .command(&SiteFiles::new(None), &["doctor", "--data", &folder])
        .output()
        .unwrap();
    assert!(
        health.status.success(),
        "{}",
        String::from_utf8_lossy(&health.stdout)
    );
    demo.stop();
    assert!(!std::path::Path::new(&folder).exists());
}

#[test]
fn the_demo_has_people_of_each_tier_and_other_secrets_each_time() {
    let secrets = || {
        let demo = Server::start(&SiteFiles::new(None), &["demo", "--listen", "127.0.0.1:0"]);
        let people = demo.said["people"].as_array().unwrap().clone();
        for tier in ["licensed", "guest", "unlicensed", "customer", "deactivated"] {
            let of = |person: &&Value| person["about"].as_str().unwrap().starts_with(tier);
            let person = people.iter().find(of).unwrap_or_else(|| panic!("{tier}"));
            let has_token = !matches!(tier, "customer" | "deactivated");
            assert_eq!(person["token"].is_string(), has_token, "{person}");
        }
        demo.stop();
        let secret = |person: &Value| [person["password"].clone(), person["token"].clone()];
        people
            .iter()
            .flat_map(secret)
            .filter(Value::is_string)
            .map(|s| s.to_string())
            .collect::<Vec<_>>()
    };
    let (one, other) = (secrets(), secrets());
    assert!(one.len() > 10);
    assert!(one.iter().all(|secret| !other.contains(secret)));
}
