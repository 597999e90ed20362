//! Bodies that make no sense, or have another type.

use super::{answered, short};
use narthex_served::table::{Near, table};
use narthex_served::{Actor, Ask, Who, World};
use std::collections::{BTreeMap, BTreeSet};

/// Returns bodies that make no sense, and one that is too large.
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

/// A request whose body makes no sense.
pub(super) struct Senseless {
    route: String,
    what: &'static str,
    /// Whether the body has the type that the route takes.
    of_its_type: bool,
    pub(super) ask: Ask,
}

/// Returns every route that takes a body, with bodies that make no sense.
pub(super) fn requests(world: &World) -> Vec<Senseless> {
    let near = Near::of(world);
    let bodies: Vec<(&str, bytes::Bytes)> = bodies()
        .into_iter()
        .map(|(what, body)| (what, body.into()))
        .collect();
    let mut requests = Vec::new();
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
                requests.extend(types_of(&like).into_iter().map(|media_type| Senseless {
                    route: entry.name(),
                    what,
                    of_its_type: media_type == content_type(&like),
                    ask: like.clone().typed(&media_type, body.clone()),
                }));
            }
        }
    }
    requests
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_refused_on_every_route() {
    let world = World::new(43).await;
    let mut taken: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let requests = requests(&world);
    assert!(requests.len() > 5_000, "{}", requests.len());
    for request in requests {
        let Senseless { route, what, .. } = &request;
        let told = answered(&world, &world.actor(Who::Ada), &request.ask).await;
        if told.status < 400 {
            let kind = if request.of_its_type {
                "its type"
            } else {
                "another type"
            };
            let place = taken.entry(format!("{} {route}, {kind}", told.status));
            place.or_default().insert(what);
        }
        // Permissions are checked before the body is read.
        let read = *what == "too much" && request.of_its_type && takes_json(&request.ask);
        assert!(
            !read || matches!(told.status, 413 | 404 | 403),
            "{}: {}",
            short(&request.ask),
            told.status
        );
        answered(&world, &Actor::Anonymous, &request.ask).await;
    }
    let taken: Vec<String> = taken
        .into_iter()
        .map(|(route, what)| format!("{route}: {}", Vec::from_iter(what).join(", ")))
        .collect();
    insta::assert_snapshot!(taken.join("\n"));
}

fn content_type(ask: &Ask) -> String {
    let header = ask.headers.iter().find(|(name, _)| name == "content-type");
    header.map_or_else(String::new, |(_, value)| value.clone())
}

fn takes_json(like: &Ask) -> bool {
    content_type(like) == "application/json"
}

/// Returns the type that the route takes, and others.
fn types_of(like: &Ask) -> Vec<String> {
    let mut types = vec![content_type(like)];
    types.retain(|name| !name.is_empty());
    types.push("application/json; charset=utf-16".into());
    types.push("multipart/form-data; boundary=part".into());
    types.push("multipart/form-data".into());
    types.push("text/plain".into());
    types
}
