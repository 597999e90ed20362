//! Proofs that measure time or memory: they need the machine for themselves.

mod room;

use narthex_harness::rounds;
use narthex_served::{Actor, Who, World};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The largest difference between the median times of hidden and missing (law 6.2).
const WITHIN: f64 = 0.05;

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, Duration::as_secs_f64)
}

/// Requests two paths by turns, and returns by how much the medians differ.
async fn apart(world: &World, actor: &Actor, paths: [&str; 2], asks: usize) -> f64 {
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..asks {
        // Whichever came first has warmed the caches for the other.
        for which in [round % 2, (round + 1) % 2] {
            let began = Instant::now();
            let told = world.served.get(actor, paths[which]).await;
            times[which].push(began.elapsed());
            assert_eq!(told.status, 404);
        }
    }
    let [hidden, missing] = times;
    let (hidden, missing) = (median(&mut { hidden }), median(&mut { missing }));
    (hidden - missing).abs() / hidden.max(missing)
}

#[tokio::test]
async fn hidden_and_missing_take_the_same_time() {
    let world = World::new(81).await;
    let (secret, vault) = (world.aim("Secret"), world.aim("Vault"));
    let content = |id: &str| format!("/wiki/rest/api/content/{id}?expand=body.view");
    for (hidden, missing) in [
        (content(&secret.page), content(&secret.never_was(true).page)),
        (content(&vault.page), content(&vault.never_was(false).page)),
        (
            "/wiki/rest/api/space/CLOSED".to_owned(),
            "/wiki/rest/api/space/CLOSEE".to_owned(),
        ),
    ] {
        for actor in [Actor::Anonymous, world.actor(Who::Una)] {
            // The machine's own noise only ever adds a difference: one quiet run of three proves
            // it.
            let mut least = f64::MAX;
            for _ in 0..3 {
                let differ = apart(&world, &actor, [&hidden, &missing], rounds(10_000) / 2).await;
                least = least.min(differ);
                if least <= WITHIN {
                    break;
                }
            }
            assert!(
                least <= WITHIN,
                "{hidden} and {missing} differ by {:.1} %",
                least * 100.0
            );
        }
    }
}

/// The served world as a process of its own.
struct Process {
    child: Child,
    address: String,
    /// The token of a licensed account.
    token: String,
    /// The token of an unlicensed account.
    unlicensed: String,
}

impl Process {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_narthex-served"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the served world starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut line = || lines.next().expect("a line").expect("text");
        Self {
            address: line(),
            token: line(),
            unlicensed: line(),
            child,
        }
    }

    fn status(&self, name: &str) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("the process is there");
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        kib.expect("a number of kB") * 1024
    }

    /// Resets the peak of the memory that was used.
    fn forget_peak(&self) {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        std::fs::write(path, "5").expect("the peak can be reset");
    }

    /// Sends bytes as they are. Returns the status and how long it took.
    fn send(&self, request: &[u8]) -> (u16, Duration) {
        let (status, _, took) = self.ask(request);
        (status, took)
    }

    /// Sends bytes as they are. Returns status, body and how long it took.
    fn ask(&self, request: &[u8]) -> (u16, String, Duration) {
        let began = Instant::now();
        let text = self.exchange(request);
        let status = text
            .get(9..12)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status, body.to_owned(), began.elapsed())
    }

    /// Sends bytes as they are. Returns everything until the connection ends.
    fn exchange(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a timeout");
        // The server may answer and close before it has read all of it.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn request(&self, method: &str, path: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: narthex\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
             Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
            self.token,
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        request
    }

    /// Makes a request with the body in chunks, without its length.
    fn chunked(&self, path: &str, body: &[u8]) -> Vec<u8> {
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: narthex\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
            self.token
        )
        .into_bytes();
        for chunk in body.chunks(60_000) {
            request.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            request.extend_from_slice(chunk);
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"0\r\n\r\n");
        request
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const CALL: &str = "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview";
const BULK: &str = "/wiki/rest/knowledge-base/1.0/permissions/spaces";
const CONTENT: &str = "/wiki/rest/api/content";

/// Returns the most expensive requests that are within the limits.
fn worst_cases(process: &Process) -> Vec<Vec<u8>> {
    let json = |path: &str, body: String| {
        process.request("POST", path, "application/json", body.as_bytes())
    };
    let deep = "[".repeat(3 << 20);
    let wide: Vec<String> = (0..400_000).map(|n| format!("\"m{n}\":{n}")).collect();
    let many: Vec<String> = (0..150_000)
        .map(|_| "{\"spaceKey\":\"A\"}".to_owned())
        .collect();
    let nested = format!("{}x{}", "<p>".repeat(600_000), "</p>".repeat(600_000));
    let page = |text: &str| {
        let storage = serde_json::json!({"storage": {"value": text, "representation": "storage"}});
        serde_json::json!({"type": "page", "title": "Worst", "space": {"key": "CLOSED"}, "body": storage}).to_string()
    };
    let mut file =
        b"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n".to_vec();
    file.resize(20 << 20, b'x');
    file.extend_from_slice(b"\r\n--part--\r\n");
    let upload = process.request(
        "POST",
        "/wiki/rest/api/content/4503599627370497/child/attachment",
        "multipart/form-data; boundary=part",
        &file,
    );
    let expand = "children.page,body.view,ancestors,".repeat(1_000);
    vec![
        json(CALL, deep.clone()),
        json(CALL, format!("{{\"spaceKey\":{deep}")),
        json(CALL, format!("{{{}}}", wide.join(","))),
        json(BULK, format!("{{\"spaces\":[{}]}}", many.join(","))),
        json(CONTENT, page(&nested)),
        json(CONTENT, page(&"&amp;<b>x</b>".repeat(300_000))),
        upload,
        process.request(
            "GET",
            &format!("{CONTENT}?limit=250&expand={expand}"),
            "text/plain",
            b"",
        ),
    ]
}

/// Returns the address of thumbnails of the largest picture that is scaled down: it has some pixels
/// less than the limit.
fn largest_picture(process: &Process) -> String {
    let page = serde_json::json!({
        "type": "page", "title": "Pictures", "space": {"key": "DOCS"},
        "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
    });
    let page = process.request(
        "POST",
        CONTENT,
        "application/json",
        page.to_string().as_bytes(),
    );
    let (status, made, _) = process.ask(&page);
    assert_eq!(status, 200, "{made}");
    let made: serde_json::Value = serde_json::from_str(&made).expect("JSON");
    let page = made["id"].as_str().expect("an id");
    let mut form =
        b"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.png\"\r\n\r\n"
            .to_vec();
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::from(image::RgbImage::new(4_000, 3_000));
    picture
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture");
    form.extend_from_slice(png.get_ref());
    form.extend_from_slice(b"\r\n--part--\r\n");
    let path = format!("{CONTENT}/{page}/child/attachment");
    let upload = process.request("POST", &path, "multipart/form-data; boundary=part", &form);
    assert_eq!(process.ask(&upload).0, 200);
    format!("/wiki/download/thumbnails/{page}/large.png")
}

#[test]
fn thumbnails_of_large_pictures_in_parallel_take_little_memory() {
    let process = Process::start();
    let picture = largest_picture(&process);
    let thumbnail = |width: usize| {
        let path = format!("{picture}?width={width}");
        process
            .send(&process.request("GET", &path, "text/plain", b""))
            .0
    };
    assert_eq!(thumbnail(50), 200);
    process.forget_peak();
    let before = process.status("VmRSS:");
    std::thread::scope(|scope| {
        for n in 0..16 {
            let thumbnail = &thumbnail;
            scope.spawn(move || {
                let status = thumbnail(100 + n);
                assert!(matches!(status, 200 | 503), "{status}");
            });
        }
    });
    // One picture is decoded at a time, and the allocator returns the memory of the one before it a
    // moment later.
    let more = process.status("VmHWM:").saturating_sub(before);
    assert!(more <= 128 << 20, "{} MB more", more >> 20);
}

#[test]
fn worst_cases_in_parallel_take_little_memory() {
    let process = Process::start();
    let cases = worst_cases(&process);
    for case in &cases {
        // First alone, so that everything lazy is made; each is answered soon.
        let (status, took) = process.send(case);
        assert!((200..500).contains(&status), "{status} {}", shown(case));
        assert!(took < Duration::from_secs(2), "{took:?} {}", shown(case));
    }
    process.forget_peak();
    let before = process.status("VmRSS:");
    for case in &cases {
        std::thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    let (status, _) = process.send(case);
                    assert!(status < 500 || status == 503, "{status} {}", shown(case));
                });
            }
        });
        let more = process.status("VmHWM:").saturating_sub(before);
        assert!(more <= 128 << 20, "{} MB more: {}", more >> 20, shown(case));
    }
}

#[test]
fn a_body_over_the_limit_is_413_over_a_connection_whether_or_not_it_says_its_length() {
    let process = Process::start();
    let body = vec![b'['; 7 << 20];
    let said = process.request("POST", CALL, "application/json", &body);
    for request in [said, process.chunked(CALL, &body)] {
        // The response comes before the body has gone out, and no reset overtakes it.
        let told: Vec<u16> = (0..20).map(|_| process.send(&request).0).collect();
        assert_eq!(told, [413; 20]);
    }
}

#[test]
fn who_is_refused_before_the_body_is_read_gets_the_answer_all_the_same() {
    let process = Process::start();
    let body = vec![b'['; 40 << 20];
    let token = process.token.clone();
    let said = |path, media_type| process.request("POST", path, media_type, &body);
    let wrong = String::from_utf8_lossy(&said(CALL, "application/json")).replace(&token, "wrong");
    let upload = "/wiki/rest/api/content/1/child/attachment";
    for (request, status) in [
        (wrong.into_bytes(), 401),
        (said(CALL, "text/plain"), 415),
        (said("/wiki/rest/api/nowhere", "application/json"), 404),
        (said(upload, "multipart/form-data; boundary=part"), 404),
    ] {
        let told: Vec<u16> = (0..5).map(|_| process.send(&request).0).collect();
        assert_eq!(told, [status; 5], "{}", shown(&request));
    }
}

/// A64: a request that a proxy and this server could read differently is refused, and nothing that
/// follows it is answered.
#[test]
fn a_request_that_could_be_read_in_two_ways_smuggles_nothing() {
    let process = Process::start();
    let behind = "GET /healthz HTTP/1.1\r\nHost: narthex\r\nConnection: close\r\n\r\n";
    let twisted = [
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
        "Content-Length: 5, 6\r\n\r\n0\r\n\r\n",
        "Content-Length: +5\r\n\r\n0\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x5\r\n\r\n0\r\n\r\n",
        "Content-Length : 5\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nG\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ];
    for head in twisted {
        let request = format!("POST {CALL} HTTP/1.1\r\nHost: narthex\r\n{head}{behind}");
        let answer = process.exchange(request.as_bytes());
        let answers = answer.matches("HTTP/1.1 ").count();
        assert!(answers <= 1, "{head:?}: {answer}");
        assert!(!answer.contains("\r\n\r\nok"), "{head:?}: {answer}");
        assert!(
            ["", "HTTP/1.1 400", "HTTP/1.1 401"].contains(&answer.get(..12).unwrap_or("")),
            "{head:?}: {answer}"
        );
    }
}

/// Returns the first line of a request.
fn shown(request: &[u8]) -> String {
    String::from_utf8_lossy(request.get(..120).unwrap_or(request)).into_owned()
}
