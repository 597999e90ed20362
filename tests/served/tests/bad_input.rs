//! Whatever comes in, the answer is one of the law's, and comes soon (A39, A40, A65).

use http::Method;
use narthex_served::table::{Near, table};
use narthex_served::{Actor, Aim, Ask, Kind, Told, Who, World};
use std::time::{Duration, Instant};

/// How long an answer may take.
const SOON: Duration = Duration::from_secs(2);

/// Sends, and holds the answer against what every answer must be.
async fn answered(world: &World, actor: &Actor, ask: &Ask) -> Told {
    let began = Instant::now();
    let told = world.served.ask(actor, ask).await;
    let took = began.elapsed();
    let shown: String = ask.to_string().chars().take(400).collect();
    assert!(
        told.status < 500,
        "{shown}: {} {}",
        told.status,
        told.text()
    );
    assert!(took < SOON, "{shown}: took {took:?}");
    told
}

/// Values that name nothing.
fn absurd() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        "0",
        "-1",
        "+1",
        "1",
        "007",
        "1.5",
        "1e9",
        "NaN",
        "9007199254740991",
        "9007199254740992",
        "18446744073709551616",
        "99999999999999999999999999",
        "att",
        "att-1",
        "attatt1",
        "null",
        "true",
        "[]",
        "{}",
        "*",
        "%",
        "%25",
        "..",
        ".",
        "../..",
        "..;",
        "a/b",
        "\\",
        "' OR '1'='1",
        "\";--",
        "<script>",
        "{{7*7}}",
        "${7*7}",
        "\u{0}",
        "\r\nX-Injected: 1",
        "\u{202e}abc",
        "😀",
        "ｆｕｌｌ",
        "ÄÖÜß",
        "~",
        "~~",
        "~4503599627370497",
        "0000000000000000000000ff",
        "FFFFFFFFFFFFFFFFFFFFFFFF",
        "DOCS\u{0}",
    ]
    .map(str::to_owned)
    .into();
    values.push("9".repeat(4_000));
    values.push("ä".repeat(2_000));
    values
}

/// Something that is named by one absurd value throughout.
fn nonsense(kind: Kind, value: &str) -> Aim {
    let mut aim = Aim::new("nonsense", kind, narthex_served::world::NOBODY);
    for field in [
        &mut aim.space,
        &mut aim.key,
        &mut aim.page,
        &mut aim.title,
        &mut aim.attachment,
        &mut aim.file,
        &mut aim.comment,
        &mut aim.account,
        &mut aim.email,
        &mut aim.group,
        &mut aim.group_name,
        &mut aim.task,
        &mut aim.template,
        &mut aim.to_do,
        &mut aim.label,
        &mut aim.label_id,
        &mut aim.property,
    ] {
        value.clone_into(field);
    }
    aim
}

fn callers(world: &World) -> [Actor; 3] {
    [
        world.actor(Who::Ada),
        world.actor(Who::Una),
        Actor::Anonymous,
    ]
}

#[tokio::test]
async fn absurd_names_are_refused_on_every_route() {
    let world = World::new(41).await;
    let near = Near::of(&world);
    for entry in table().iter().filter(|entry| !entry.about.is_empty()) {
        for value in absurd() {
            for kind in entry.about {
                for ask in entry.asks(&nonsense(*kind, &value), &near) {
                    for actor in callers(&world) {
                        answered(&world, &actor, &ask).await;
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn absurd_queries_are_answered_on_every_route() {
    let world = World::new(42).await;
    let near = Near::of(&world);
    let deep = "children.page.".repeat(200);
    let wide = "body.view,".repeat(2_000);
    let queries = [
        "limit=-1".to_owned(),
        "limit=99999999999999999999999".into(),
        "limit=18446744073709551615&start=18446744073709551615".into(),
        "limit=NaN&start=x&cursor=!!!".into(),
        "limit=1000000".into(),
        "limit=&start=&cursor=&expand=&status=&sort=".into(),
        "limit=1&limit=2&limit=x".into(),
        "cursor=AAAAAAAAAAAAAAAAAAAAAAAA&limit=1".into(),
        format!("cursor={}", "A".repeat(5_000)),
        format!("expand={deep}"),
        format!("expand={wide}"),
        "expand=%ff%fe&title=%ff&spaceKey=%c0%ae".into(),
        "%00=%00&[]=1&a[b]=c&=&&&;".into(),
        "status=any,any,draft,trashed&type=page,blogpost&orderby=x&postingDay=99999-99-99".into(),
        "postingDay=2026-02-30&startDate=-9999999999999999&endDate=99999999999999999999&number=-3&units=EONS".into(),
        "startDate=99999999999999999&number=999999999999999&units=YEARS".into(),
        "version=0&version=4294967296".into(),
        "spaceId=1,2,3,x".into(),
        "dryRun=perhaps".into(),
        "tab=%2e%2e%2f&token=%00".into(),
        format!("query={}", "%".repeat(500)),
    ];
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        for aim in [
            world.aim("Guide"),
            world.aim("DOCS"),
            world.aim("writers"),
            world.aim("Lena"),
        ] {
            let fits =
                entry.about.contains(&aim.kind) || (entry.about.is_empty() && aim.name == "Guide");
            let Some(ask) = entry.asks(aim, &near).into_iter().next().filter(|_| fits) else {
                continue;
            };
            for query in &queries {
                let joint = if ask.path.contains('?') { '&' } else { '?' };
                let ask = Ask::get(format!("{}{joint}{query}", ask.path));
                for actor in callers(&world) {
                    let told = answered(&world, &actor, &ask).await;
                    let results = told.json()["results"].as_array().map_or(0, Vec::len);
                    assert!(results <= 1_000, "{ask}: {results} at once");
                }
            }
        }
    }
}

/// Bodies that make no sense, and one that is too large.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep =
        |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let wide: Vec<String> = (0..50_000).map(|n| format!("\"m{n}\":{n}")).collect();
    let listed: Vec<String> = (0..50_000)
        .map(|n| format!("{{\"spaceKey\":\"K{n}\",\"unlicensedView\":true}}"))
        .collect();
    let long = "x".repeat(5_500_000);
    let members = "\"type\":\"page\",\"title\":T,\"space\":{\"key\":T},\"body\":{\"storage\":{\"value\":T,\"representation\":\"storage\"}},\
        \"version\":{\"number\":T},\"enablePermission\":T,\"spaceKey\":T,\"spaces\":T,\"name\":T,\"key\":T,\"subject\":T,\
        \"operation\":T,\"accountId\":T,\"container\":T,\"ancestors\":T,\"results\":T,\"restrictions\":T,\"homepage\":T,\"description\":T,\"status\":T";
    let typed = |value: &str| {
        format!("{{{}}}", members.replace('T', value))
            .replace("\"rue\"", "true")
            .into_bytes()
    };
    vec![
        ("nothing", Vec::new()),
        ("white space", b" \n\t".to_vec()),
        ("half an object", b"{\"type\":".to_vec()),
        ("a word", b"hello".to_vec()),
        ("null", b"null".to_vec()),
        ("a number", b"-1e999".to_vec()),
        ("a string", b"\"x\"".to_vec()),
        ("an array", b"[1,2,{}]".to_vec()),
        ("an empty object", b"{}".to_vec()),
        ("no UTF-8", b"{\"title\":\"\xff\xfe\",\"name\":\"\xc0\xaf\",\"spaceKey\":\"\xed\xa0\x80\"}".to_vec()),
        ("lone surrogates", br#"{"title":"\ud800","name":"\udfff","spaceKey":"\ud83d"}"#.to_vec()),
        ("a byte order mark", b"\xef\xbb\xbf{}".to_vec()),
        ("two objects", b"{}{}".to_vec()),
        ("nulls", typed("null")),
        ("numbers", typed("9007199254740993.5")),
        ("huge numbers", typed("1e400")),
        ("strings", typed("\"x\"")),
        ("empty strings", typed("\"\"")),
        ("zeros in strings", typed("\"\\u0000\"")),
        ("arrays", typed("[]")),
        ("nested arrays", typed("[[[{}]]]")),
        ("objects", typed("{\"id\":{},\"value\":[],\"key\":null}")),
        ("booleans", typed("true")),
        ("deep arrays", deep("[", "]").into_bytes()),
        ("deep objects", deep("{\"a\":", "}").into_bytes()),
        ("deep in a member", format!("{{\"spaceKey\":{}}}", deep("[", "]")).into_bytes()),
        ("many members", format!("{{{}}}", wide.join(",")).into_bytes()),
        ("many spaces", format!("{{\"spaces\":[{}]}}", listed.join(",")).into_bytes()),
        ("long strings", typed(&format!("\"{}\"", "x".repeat(200_000)))),
        ("a long body", format!("{{\"title\":\"long\",\"type\":\"page\",\"space\":{{\"key\":\"DOCS\"}},\"body\":{{\"storage\":{{\"value\":\"{long}\"}}}}}}").into_bytes()),
        ("too much", vec![b'['; 17 << 20]),
    ]
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_refused_on_every_route() {
    let world = World::new(43).await;
    let near = Near::of(&world);
    let bodies = bodies();
    for entry in table()
        .iter()
        .filter(|entry| !matches!(entry.method, "GET" | "DELETE"))
    {
        for aim in [
            world.aim("Install"),
            world.aim("OPEN"),
            world.aim("writers"),
        ] {
            let fits =
                entry.about.contains(&aim.kind) || (entry.about.is_empty() && aim.name == "OPEN");
            let Some(like) = entry.asks(aim, &near).into_iter().next().filter(|_| fits) else {
                continue;
            };
            for (what, body) in &bodies {
                for media_type in types_of(&like) {
                    let ask = like.clone().typed(&media_type, body.clone());
                    let told = answered(&world, &world.actor(Who::Ada), &ask).await;
                    // Who may not do it may be told so before the body is read.
                    let read = *what == "too much"
                        && takes_json(&like)
                        && media_type == "application/json";
                    assert!(
                        !read || matches!(told.status, 413 | 404 | 403),
                        "{}: {}",
                        entry.name(),
                        told.status
                    );
                    answered(&world, &Actor::Anonymous, &ask).await;
                }
            }
        }
    }
}

fn content_type(ask: &Ask) -> String {
    let header = ask.headers.iter().find(|(name, _)| name == "content-type");
    header.map_or_else(String::new, |(_, value)| value.clone())
}

fn takes_json(like: &Ask) -> bool {
    content_type(like) == "application/json"
}

/// The type that the route takes, and others.
fn types_of(like: &Ask) -> Vec<String> {
    let mut types = vec![content_type(like)];
    types.retain(|name| !name.is_empty());
    types.push("application/json; charset=utf-16".into());
    types.push("multipart/form-data; boundary=part".into());
    types.push("multipart/form-data".into());
    types.push("text/plain".into());
    types
}

#[tokio::test]
async fn methods_that_a_path_has_not_get_405_and_are_told_which_it_has() {
    let world = World::new(44).await;
    let near = Near::of(&world);
    let all = table();
    for entry in &all {
        let aim = world.example(entry.about);
        let Some(ask) = entry.asks(aim, &near).into_iter().next() else {
            continue;
        };
        for method in [
            "PATCH", "TRACE", "OPTIONS", "PROPFIND", "GET", "POST", "PUT", "DELETE",
        ] {
            let mut same_path = all.iter().filter(|other| other.template == entry.template);
            if same_path.any(|other| other.method == method) {
                continue;
            }
            let method: Method = method.parse().expect("a method");
            let path = ask.path.split('?').next().unwrap_or_default();
            let asked = Ask::new(method, path).with("sec-fetch-site", "same-origin");
            let told = answered(&world, &world.actor(Who::Ada), &asked).await;
            // Another route may have this path with another template.
            let elsewhere = told.status != 405;
            let allowed = told.header("allow").unwrap_or_default();
            assert!(
                elsewhere || allowed.contains(entry.method),
                "{asked}: Allow: {allowed}"
            );
            assert!(elsewhere || !told.text().contains("Guide"), "{asked}");
        }
    }
}

#[tokio::test]
async fn head_answers_as_get_without_the_body_being_another() {
    let world = World::new(45).await;
    let una = world.actor(Who::Una);
    for name in ["Guide", "Secret"] {
        let path = format!("/wiki/rest/api/content/{}", world.aim(name).page);
        let get = world.served.get(&una, &path).await;
        let head = world.served.ask(&una, &Ask::new(Method::HEAD, &path)).await;
        assert_eq!(get.status, head.status, "{name}");
    }
}

/// Paths that lead to a hidden thing past a check, if a check looked at paths.
fn tricks(path: &str) -> Vec<String> {
    let (before, last) = path.rsplit_once('/').unwrap_or(("", path));
    let api = path.strip_prefix("/wiki/").unwrap_or(path);
    vec![
        path.to_uppercase(),
        path.replace("/wiki/", "/WIKI/"),
        path.replace("/wiki/", "//wiki//"),
        path.replace("/wiki/", "/wiki/./"),
        path.replace("/wiki/", "/wiki/%2e/"),
        path.replace("/wiki/", "/wiki/x/../"),
        path.replace("/wiki/", "/wiki/x/%2e%2e/"),
        path.replace("/wiki/", "/wiki/healthz/..;/"),
        path.replace("/wiki/", "/assets/..;/wiki/"),
        path.replace("/wiki/", "/assets/%2e%2e/wiki/"),
        path.replace("/wiki/", "/wiki;x=1/"),
        path.replace("/wiki/", "/wiki%2f"),
        format!("/{}", path.replace('/', "%2f")),
        path.replace('/', "\\"),
        format!("/{api}"),
        format!("{before}/%20{last}"),
        format!("{before}/{last}%20"),
        format!("{before}/{last}%00"),
        format!("{before}/{last}%0a"),
        format!("{before}/{last};x=1"),
        format!("{before}/{last}.json"),
        format!("{before}/{last}/"),
        format!("{before}/{last}//"),
        format!("{before}/{last}/."),
        format!("{before}/{last}/.."),
        format!("{before}/{last}%2f"),
        format!("{before}/{last}?os_authType=basic"),
        format!("{before}/0{last}"),
        format!("{before}/+{last}"),
    ]
}

/// Headers that make careless servers believe something about the request.
const CLAIMS: &[(&str, &str)] = &[
    ("x-original-url", "/healthz"),
    ("x-rewrite-url", "/healthz"),
    ("x-http-method-override", "DELETE"),
    ("x-forwarded-for", "127.0.0.1"),
    ("x-forwarded-host", "localhost"),
    ("x-forwarded-user", "ada@example.org"),
    ("x-remote-user", "ada@example.org"),
    ("x-atlassian-token", "no-check"),
    ("x-middleware-subrequest", "middleware:middleware"),
    ("forwarded", "for=127.0.0.1;host=localhost"),
    ("referer", "https://wiki.test/wiki/admin/"),
    ("origin", "https://wiki.test"),
    ("x-real-ip", "127.0.0.1"),
    ("cookie", "narthex_session=; admin=true"),
];

#[tokio::test]
async fn tricks_in_the_path_and_claims_in_headers_open_nothing() {
    let world = World::new(46).await;
    let secret = world.aim("Secret");
    let paths = [
        format!("/wiki/rest/api/content/{}", secret.page),
        format!("/wiki/rest/api/content/att{}", secret.attachment),
        format!("/wiki/rest/api/content/{}/child/page", secret.page),
        format!("/wiki/download/attachments/{}/{}", secret.page, secret.file),
        format!(
            "/wiki/rest/api/content/{}/child/attachment/att{}/download",
            secret.page, secret.attachment
        ),
        "/wiki/rest/api/space/CLOSED".to_owned(),
        "/wiki/rest/api/audit".to_owned(),
        "/wiki/rest/api/group".to_owned(),
        "/wiki/rest/knowledge-base/1.0/permissions/spaces".to_owned(),
    ];
    let words = [
        "Secret",
        "what the file says",
        "Space CLOSED",
        "writers",
        "spaceKey",
        "account.added",
    ];
    for path in &paths {
        for actor in [
            Actor::Anonymous,
            world.actor(Who::Una),
            world.actor(Who::Gus),
        ] {
            let mut asks: Vec<Ask> = tricks(path).into_iter().map(Ask::get).collect();
            asks.extend(
                CLAIMS
                    .iter()
                    .map(|(name, value)| Ask::get(path).with(name, value)),
            );
            for ask in asks.into_iter().filter(Ask::can_be_sent) {
                let told = answered(&world, &actor, &ask).await;
                let text = told.text();
                let told_of = words.iter().find(|word| text.contains(**word));
                assert!(told_of.is_none(), "{ask}: {} {text}", told.status);
            }
        }
    }
    // Nothing was deleted by a header.
    let told = world.served.get(&world.actor(Who::Olga), &paths[0]).await;
    assert_eq!(told.status, 200);
}

#[tokio::test]
async fn a_method_override_is_only_a_header() {
    let world = World::new(47).await;
    let (ada, guide) = (world.actor(Who::Ada), world.aim("Guide"));
    let path = format!("/wiki/rest/api/content/{}", guide.page);
    for name in [
        "x-http-method-override",
        "x-http-method",
        "x-method-override",
    ] {
        world
            .served
            .ask(&ada, &Ask::get(&path).with(name, "DELETE"))
            .await;
        let ask = Ask::new(Method::POST, format!("{path}?_method=DELETE")).with(name, "DELETE");
        assert_eq!(world.served.ask(&ada, &ask).await.status, 405);
    }
    assert_eq!(world.served.get(&ada, &path).await.status, 200);
}
