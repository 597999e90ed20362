//! Memory by route (A58, A65): how much of the server's memory a request can take, whatever it
//! asks, by callers who have no licence or aren't logged in.

use super::{CONTENT, Process};
use http::Method;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The most bytes that one request may take.
const OF_ONE: u64 = 64_000_000;
/// The most bytes that sixty-four requests may take together.
const OF_MANY: u64 = 256_000_000;
const MANY: usize = 64;
/// The parameters that make a list as large as possible.
const ALL: &str = "limit=250&body-format=view&expand=body.storage,body.view,body.export_view,\
     body.styled_view,body.anonymous_export_view,body.editor,children.page.body.view,\
     children.comment.body.view,descendants.page.body.export_view,ancestors.body.view,\
     content.body.view,content.body.export_view,version,history,space,metadata.labels";

/// The sender of a request.
#[derive(Clone, Copy)]
enum By {
    Nobody,
    Unlicensed,
}

fn head(process: &Process, by: By, method: &str, path: &str, more: &str) -> Vec<u8> {
    let credential = match by {
        By::Nobody => String::new(),
        By::Unlicensed => format!("Authorization: Bearer {}\r\n", process.unlicensed),
    };
    let head = "Host: narthex\r\nConnection: close\r\n";
    format!("{method} {path} HTTP/1.1\r\n{head}{credential}{more}\r\n").into_bytes()
}

fn get(process: &Process, by: By, path: &str) -> Vec<u8> {
    head(process, by, "GET", path, "")
}

fn post(process: &Process, by: By, path: &str, body: &Value) -> Vec<u8> {
    let body = body.to_string();
    let more = format!(
        "Content-Type: application/json\r\nContent-Length: {}\r\n",
        body.len()
    );
    let mut request = head(process, by, "POST", path, &more);
    request.extend_from_slice(body.as_bytes());
    request
}

/// Sends a request and discards the response. Returns its status and length.
fn drain(process: &Process, request: &[u8]) -> (u16, usize) {
    let mut stream = TcpStream::connect(&process.address).expect("a connection");
    let patience = Some(Duration::from_secs(120));
    stream.set_read_timeout(patience).expect("a timeout");
    let _ = stream.write_all(request);
    let (mut part, mut length, mut status) = (vec![0; 64 * 1024], 0, 0);
    while let Ok(read @ 1..) = stream.read(&mut part) {
        if length == 0 {
            let line = String::from_utf8_lossy(&part[..read.min(12)]).into_owned();
            status = line.get(9..12).and_then(|n| n.parse().ok()).unwrap_or(0);
        }
        length += read;
    }
    (status, length)
}

/// Returns by how much the server's memory grows at most while something is done.
fn peak(process: &Process, done: impl FnOnce()) -> u64 {
    process.forget_peak();
    let before = process.status("VmRSS:");
    done();
    process.status("VmHWM:").saturating_sub(before)
}

fn page(process: &Process, title: &str, parent: Option<&str>, body: &str) -> String {
    let mut page = json!({
        "type": "page", "title": title, "space": {"key": "DOCS"},
        "body": {"storage": {"value": body, "representation": "storage"}},
    });
    if let Some(parent) = parent {
        page["ancestors"] = json!([{ "id": parent }]);
    }
    let page = page.to_string();
    let request = process.request("POST", CONTENT, "application/json", page.as_bytes());
    let (status, made, _) = process.ask(&request);
    assert_eq!(status, 200, "{made}");
    let made: Value = serde_json::from_str(&made).expect("JSON");
    made["id"].as_str().expect("an id").to_owned()
}

/// Makes a page with the largest content that a site allows below it: long texts, and pages that
/// include a page again and again. Returns its id.
fn largest(process: &Process) -> String {
    let top = page(process, "Largest", None, "<p>x</p>");
    let words = "words &quot;and&quot; more ".repeat(3_300);
    page(process, "Block", Some(&top), &format!("<p>{words}</p>"));
    let include = "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link>\
         <ri:page ri:content-title=\"Block\" /></ac:link></ac:parameter></ac:structured-macro>";
    for n in 0..6 {
        let title = format!("Includes {n}");
        page(process, &title, Some(&top), &include.repeat(100));
    }
    let long = format!("<p>{}</p>", "long text ".repeat(500_000));
    for n in 0..6 {
        page(process, &format!("Long {n}"), Some(&top), &long);
    }
    top
}

/// Returns lists with more bodies than one response holds.
fn lists(top: &str) -> Vec<String> {
    let search = "cql=space%3DDOCS%20and%20type%3Dpage";
    vec![
        format!("{CONTENT}?spaceKey=DOCS&{ALL}"),
        format!("{CONTENT}/search?{search}&{ALL}"),
        format!("/wiki/rest/api/search?{search}&{ALL}"),
        format!("{CONTENT}/{top}?{ALL}"),
        format!("{CONTENT}/{top}/child/page?{ALL}"),
        format!("{CONTENT}/{top}/descendant/page?{ALL}"),
        format!("/wiki/rest/api/space/DOCS/content?{ALL}"),
        format!("/wiki/api/v2/pages?{ALL}"),
    ]
}

/// Returns every route that reads, about the largest page where it names one.
fn every_route(top: &str) -> Vec<String> {
    let routes = narthex_server::routes().into_iter();
    let read = routes.filter(|route| route.method == Method::GET);
    let path = |template: &str| {
        let mut path = String::new();
        for part in template.split('/').skip(1) {
            path.push('/');
            path.push_str(match part {
                "{key}" | "{spaceKey}" => "DOCS",
                "{type}" => "page",
                part if part.starts_with('{') => top,
                part => part,
            });
        }
        path
    };
    let asked = |template| format!("{}?cql=space%3DDOCS&spaceKey=DOCS&{ALL}", path(template));
    read.map(|route| asked(route.template)).collect()
}

#[test]
fn one_request_for_many_bodies_takes_little_memory() {
    let process = Process::start();
    let top = largest(&process);
    let paths: Vec<String> = lists(&top).into_iter().chain(every_route(&top)).collect();
    let (mut longest, mut most) = (0, 0);
    for by in [By::Nobody, By::Unlicensed] {
        for path in &paths {
            let request = get(&process, by, path);
            let mut told = (0, 0);
            let began = Instant::now();
            let more = peak(&process, || told = drain(&process, &request));
            assert!((200..500).contains(&told.0), "{told:?} {path}");
            assert!(more <= OF_ONE, "{} MB more: {path}", more / 1_000_000);
            assert!(told.1 <= 26 << 20, "{} bytes: {path}", told.1);
            longest = longest.max(told.1);
            most = most.max(more);
            if more > 20_000_000 {
                println!("{} MB {:?} {path}", more / 1_000_000, began.elapsed());
            }
        }
    }
    // The measurement is real: the longest response is as long as it may be, and takes memory.
    assert!(longest > 12 << 20, "{longest} bytes");
    assert!(most > 5_000_000, "{most} bytes more");
}

/// Returns documents with the most bytes that are accepted, and with the most nodes in one block,
/// each with the status of its response; one more is beyond the limit.
fn dearest_documents() -> Vec<(&'static str, String, u16)> {
    let document =
        |blocks: &str| format!("{{\"type\":\"doc\",\"version\":1,\"content\":[{blocks}]}}");
    let paragraph = |inside: &str| format!("{{\"type\":\"paragraph\",\"content\":[{inside}]}}");
    let text = |words: &str| format!("{{\"type\":\"text\",\"text\":\"{words}\"}}");
    let joined = |item: &str, count| vec![item; count].join(",");
    let cell = format!(
        "{{\"type\":\"tableCell\",\"content\":[{}]}}",
        paragraph(&text("x"))
    );
    let row = format!(
        "{{\"type\":\"tableRow\",\"content\":[{}]}}",
        joined(&cell, 10)
    );
    let table = |rows| {
        format!(
            "{{\"type\":\"table\",\"content\":[{}]}}",
            joined(&row, rows)
        )
    };
    let unknown = "{\"type\":\"unknown\"}";
    let breaks = joined("{\"type\":\"hardBreak\"}", 58_000);
    let paragraphs = joined(&paragraph(&text("x")), 170_000);
    vec![
        (
            "one text",
            document(&paragraph(&text(&"x".repeat(4 << 20)))),
            200,
        ),
        ("paragraphs", document(&paragraphs), 200),
        ("one paragraph", document(&paragraph(&breaks)), 200),
        ("unknown blocks", document(&joined(unknown, 60_000)), 200),
        ("a table", document(&table(1_700)), 200),
        ("too large a table", document(&table(1_800)), 400),
    ]
}

#[test]
fn a_document_that_is_converted_takes_little_memory() {
    let process = Process::start();
    let mut most = 0;
    for (name, document, status) in dearest_documents() {
        for to in ["storage", "view", "atlas_doc_format"] {
            let path = format!("/wiki/rest/api/contentbody/convert/{to}");
            let body = json!({"representation": "atlas_doc_format", "value": document});
            let request = post(&process, By::Unlicensed, &path, &body);
            let mut told = (0, 0);
            let more = peak(&process, || told = drain(&process, &request));
            assert_eq!(told.0, status, "{name} to {to}");
            println!("{name} to {to}: {} MB", more / 1_000_000);
            assert!(
                more <= OF_ONE,
                "{name} to {to}: {} MB more",
                more / 1_000_000
            );
            most = most.max(more);
        }
    }
    assert!(most > 5_000_000, "{most} bytes more");
}

#[test]
fn many_requests_for_many_bodies_share_a_bound() {
    let process = Process::start();
    let top = largest(&process);
    let text = "<p>long text</p>".repeat(300_000);
    let convert = json!({"representation": "storage", "value": text});
    let mut requests: Vec<Vec<u8>> = lists(&top)
        .iter()
        .map(|path| get(&process, By::Nobody, path))
        .collect();
    let paths = ["convert/view", "convert/async/view"];
    for path in paths.map(|path| format!("/wiki/rest/api/contentbody/{path}")) {
        requests.push(post(&process, By::Unlicensed, &path, &convert));
    }
    let more = peak(&process, || {
        std::thread::scope(|scope| {
            for n in 0..MANY {
                let request = &requests[n % requests.len()];
                let process = &process;
                scope.spawn(move || {
                    let (status, _) = drain(process, request);
                    assert!(status < 500 || status == 503, "{status}");
                });
            }
        });
    });
    println!("{} MB for {MANY}", more / 1_000_000);
    assert!(more <= OF_MANY, "{} MB more", more / 1_000_000);
}

#[test]
fn a_list_with_bodies_stops_where_the_answer_is_full_and_goes_on_behind_its_link() {
    let process = Process::start();
    let top = largest(&process);
    let v1 = format!("{CONTENT}/{top}/child/page?limit=100&expand=body.view");
    let search = format!("cql=ancestor%3D{top}%20order%20by%20title&limit=100");
    for first in [
        v1,
        format!("{CONTENT}/search?{search}&expand=body.view"),
        format!("/wiki/rest/api/search?{search}&expand=content.body.view"),
        "/wiki/api/v2/pages?limit=100&body-format=view&sort=title".to_owned(),
        "/wiki/api/v2/pages?limit=100&body-format=view&sort=-modified-date".to_owned(),
        "/wiki/api/v2/pages?limit=100&body-format=view".to_owned(),
    ] {
        let (mut next, mut answers, mut titles) = (Some(first.clone()), 0, Vec::new());
        while let Some(path) = next {
            let (status, body, _) = process.ask(&get(&process, By::Nobody, &path));
            assert_eq!(status, 200, "{path}");
            let list: Value = serde_json::from_str(&body).expect("JSON");
            let results = list["results"].as_array().expect("results");
            assert!(!results.is_empty(), "{path}");
            for entry in results {
                let content = entry.get("content").unwrap_or(entry);
                let view = &content["body"]["view"]["value"];
                assert!(view.is_string(), "{path}");
                titles.push(content["title"].as_str().expect("a title").to_owned());
            }
            answers += 1;
            next = list["_links"]["next"].as_str().map(|next| match next {
                next if next.starts_with("/wiki") => next.to_owned(),
                next => format!("/wiki{next}"),
            });
        }
        assert!(answers > 2, "{answers} answers: {first}");
        let all = titles.len();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), all, "{first}");
        let of_it = |title: &&String| title.starts_with("Includes") || title.starts_with("Long");
        assert_eq!(titles.iter().filter(of_it).count(), 12, "{first}");
    }
}

#[test]
fn idle_connections_of_nobody_hold_up_no_save() {
    let process = Process::start();
    let announced = "Content-Type: application/json\r\nContent-Length: 6000000\r\n";
    let path = "/wiki/rest/api/contentbody/convert/view";
    let idle = |by, sent: usize| {
        let mut stream = TcpStream::connect(&process.address).expect("a connection");
        let _ = stream.write_all(&head(&process, by, "POST", path, announced));
        let _ = stream.write_all(&vec![b' '; sent]);
        stream
    };
    let mut connections = Vec::new();
    let more = peak(&process, || {
        for _ in 0..MANY {
            connections.push(idle(By::Nobody, 60_000));
            connections.push(idle(By::Unlicensed, 200_000));
        }
        std::thread::sleep(Duration::from_millis(500));
    });
    assert!(more <= OF_ONE, "{} MB more", more / 1_000_000);
    let text = "<p>words</p>".repeat(10_000);
    let body = json!({"representation": "storage", "value": text}).to_string();
    let save = process.request("POST", path, "application/json", body.as_bytes());
    let (status, took) = process.send(&save);
    assert_eq!(status, 200);
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// Makes a chunk of a PNG file.
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(data.len())
        .expect("short")
        .to_be_bytes()
        .to_vec();
    chunk.extend_from_slice(name);
    chunk.extend_from_slice(data);
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(data);
    chunk.extend_from_slice(&sum.sum().to_be_bytes());
    chunk
}

/// Compresses so many bytes of one letter.
fn packed(bytes: usize) -> Vec<u8> {
    let best = flate2::Compression::best();
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), best);
    let part = vec![b'a'; 1 << 20];
    for _ in 0..bytes >> 20 {
        packer.write_all(&part).expect("memory");
    }
    packer.finish().expect("memory")
}

fn picture(format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::from(image::RgbImage::new(1, 1));
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// Returns pictures of one pixel that contain much else: file name, media type, bytes.
fn bombs() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let unpacked = 600 << 20;
    let with = |name: &[u8; 4], front: &[u8]| {
        let mut png = picture(image::ImageFormat::Png);
        let data = [front, packed(unpacked).as_slice()].concat();
        // It belongs after the signature and the head.
        png.splice(33..33, chunk(name, &data));
        png
    };
    let mut jpeg = picture(image::ImageFormat::Jpeg);
    let mut profile = vec![0xff, 0xe2, 0xff, 0xff];
    profile.extend_from_slice(b"ICC_PROFILE\0\x01\xff");
    profile.resize(65_537, b'a');
    let profiles = profile.repeat(110);
    jpeg.splice(2..2, profiles);
    let mut webp = picture(image::ImageFormat::WebP);
    let mut extended = b"VP8X\x0a\0\0\0\x2c\0\0\0\0\0\0\0\0\0ICCP".to_vec();
    extended.extend_from_slice(&0xf000_0000_u32.to_le_bytes());
    webp.splice(12..12, extended);
    let mut gif = picture(image::ImageFormat::Gif);
    let mut comment = vec![0x21, 0xfe];
    for _ in 0..25_000 {
        comment.push(255);
        comment.resize(comment.len() + 255, b'a');
    }
    comment.push(0);
    // It belongs after the head and its table of colours.
    let table = match gif[10] {
        flags if flags & 0x80 != 0 => 3 << ((flags & 7) + 1),
        _ => 0,
    };
    let behind = 13 + table;
    gif.splice(behind..behind, comment);
    vec![
        ("profile.png", "image/png", with(b"iCCP", b"x\0\0")),
        ("text.png", "image/png", with(b"zTXt", b"x\0\0")),
        ("words.png", "image/png", with(b"iTXt", b"x\0\x01\0\0\0")),
        ("profile.jpg", "image/jpeg", jpeg),
        ("profile.webp", "image/webp", webp),
        ("comment.gif", "image/gif", gif),
    ]
}

#[test]
fn a_picture_that_bursts_beside_its_pixels_takes_little_memory() {
    let process = Process::start();
    let page = page(&process, "Bombs", None, "<p>x</p>");
    for (name, media_type, bytes) in bombs() {
        let mut form = format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: {media_type}\r\n\r\n"
        )
        .into_bytes();
        form.extend_from_slice(&bytes);
        form.extend_from_slice(b"\r\n--part--\r\n");
        let path = format!("{CONTENT}/{page}/child/attachment");
        let upload = process.request("POST", &path, "multipart/form-data; boundary=part", &form);
        let mut told = (0, 0);
        let upload = peak(&process, || told = drain(&process, &upload));
        assert_eq!(told.0, 200, "{name}");
        let thumbnail = format!("/wiki/download/thumbnails/{page}/{name}?width=20");
        let request = get(&process, By::Nobody, &thumbnail);
        let shown = peak(&process, || told = drain(&process, &request));
        assert!(matches!(told.0, 200), "{told:?} {name}");
        let (upload, shown) = (upload / 1_000_000, shown / 1_000_000);
        println!("{name}: {upload} MB to upload it, {shown} MB to show it");
        assert!(upload.max(shown) <= OF_ONE / 1_000_000, "{name}");
    }
}
