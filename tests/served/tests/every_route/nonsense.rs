//! Every route of the list against callers and bodies that make no sense.

use axum::body::Body;
use http::{Method, Request};
use narthex_served::stage::nobody;
use narthex_served::{Stage, Told};
use narthex_server::request::body;
use narthex_server::route::Flavour;
use narthex_server::routes;
use std::collections::BTreeSet;

/// Fills a value into the parameters of a route's path.
fn filled(template: &str, with: &str) -> String {
    let part = |part: &str| {
        if part.starts_with('{') {
            with.to_owned()
        } else {
            part.to_owned()
        }
    };
    template.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn no_route_fails_on_nonsense_and_each_refuses_in_its_format() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let mut refused = 0;
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "{}",
        "\"x\"",
        "{\"id\":[{}],\"version\":{\"number\":-1}}",
        "\u{0}",
    ];
    for route in routes() {
        for with in [
            "1",
            "x",
            "-1",
            "99999999999999999999",
            "%00",
            "%ff",
            "a%2Fb",
            "..",
            "%2e%2e",
        ] {
            let path = filled(route.template, with)
                + "?limit=x&start=-1&cursor=!&expand=,,.&accountId=%zz";
            for body in bodies {
                for who in [&root, &nobody()] {
                    let reply = stage.json(who, route.method.clone(), &path, body).await;
                    assert!(
                        reply.status < 500,
                        "{} {path} {body:?}: {}",
                        route.method,
                        reply.text()
                    );
                    if reply.status >= 400 && route.method != Method::HEAD {
                        refused += 1;
                        assert!(
                            is_refusal_of(route.flavour, &reply),
                            "{} {path} {body:?}: {}",
                            route.method,
                            reply.text()
                        );
                    }
                }
            }
        }
    }
    assert!(refused > 10_000, "{refused} requests were refused");
}

/// Returns whether a response has the shape of an API's refusals.
fn is_refusal_of(api: Flavour, told: &Told) -> bool {
    let (json, text) = (told.json(), told.text());
    match api {
        Flavour::V1 => json["statusCode"] == told.status && json["message"].is_string(),
        Flavour::V2 => json["errors"][0]["status"] == told.status,
        Flavour::ServiceDesk => json["errorMessage"].is_string(),
        Flavour::Html => text.starts_with("<!doctype html>"),
        Flavour::Plain => !text.is_empty(),
    }
}

#[tokio::test]
async fn odd_methods_are_405_with_what_is_allowed() {
    let stage = Stage::new().await;
    let templates: BTreeSet<_> = routes().iter().map(|route| route.template).collect();
    for template in templates {
        let path = filled(template, "1");
        for method in [
            Method::OPTIONS,
            Method::PATCH,
            Method::TRACE,
            Method::from_bytes(b"BREW").unwrap(),
        ] {
            let request = Request::builder()
                .method(method)
                .uri(&path)
                .body(Body::empty())
                .unwrap();
            let reply = stage.send(&nobody(), request).await;
            assert_eq!(reply.status, 405, "{path}: {}", reply.text());
            assert!(reply.header("allow").is_some());
        }
    }
}

#[tokio::test]
async fn tricks_with_the_path_reach_no_other_route() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    for path in [
        "/wiki/rest/api/content/..;/space",
        "/wiki/rest/api/%73pace",
        "/wiki/rest/api/space;x",
        "/wiki/rest/api/content/%2e%2e/space",
        "/wiki/rest/api%2Fspace",
        "/WIKI/rest/api/space",
        "/_edge/tenant_info",
    ] {
        assert_eq!(stage.get(&root, path).await.status, 404, "{path}");
    }
    // Base addresses with a slash at their end double one.
    for path in [
        "/wiki/rest/api/space/",
        "/wiki//rest/api/space",
        "/wiki/rest/api/space//",
    ] {
        assert_eq!(stage.get(&root, path).await.status, 200, "{path}");
    }
    let flavours = [
        ("/wiki/rest/nothing", "statusCode"),
        ("/wiki/api/v2/nothing", "errors"),
        ("/rest/servicedeskapi/nothing", "errorMessage"),
        ("/nothing", "<!doctype html>"),
    ];
    for (path, shape) in flavours {
        assert!(
            stage.get(&root, path).await.text().contains(shape),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413_whether_or_not_it_says_so() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let cases = [
        ("/wiki/rest/api/content", body::LONG_JSON),
        ("/wiki/rest/api/space", body::JSON),
    ];
    for ((path, most), announced) in cases
        .into_iter()
        .flat_map(|case| [(case, true), (case, false)])
    {
        let bytes = vec![b' '; most + 1];
        let length = bytes.len();
        let chunks = bytes
            .chunks(1 << 20)
            .map(|c| Ok::<_, std::io::Error>(c.to_vec()))
            .collect::<Vec<_>>();
        let body = Body::from_stream(futures_util::stream::iter(chunks));
        let mut request = Request::post(path).header("content-type", "application/json");
        if announced {
            request = request.header("content-length", length);
        }
        let reply = stage.send(&root, request.body(body).unwrap()).await;
        assert_eq!(reply.status, 413);
    }
}

#[tokio::test]
async fn two_equal_servers_answer_alike_byte_for_byte() {
    let (one, other) = (Stage::new().await, Stage::new().await);
    for route in routes() {
        let path = filled(route.template, "1");
        let (a, b) = (
            one.get(&nobody(), &path).await,
            other.get(&nobody(), &path).await,
        );
        assert_eq!(
            (a.status, &a.headers, a.text()),
            (b.status, &b.headers, b.text()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_name_of_which_nothing_is_shown_or_that_turns_text_around_is_refused() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    for (name, fits) in [
        ("a name", true),
        ("\u{200b}", false),
        ("\u{2060}\u{ad}", false),
        ("a\u{202e}b", false),
    ] {
        let tag = name.replace(' ', "-");
        for (path, body) in [
            (
                "/wiki/rest/api/content".into(),
                format!(r#"{{"type":"page","title":"{name}","space":{{"key":"DOCS"}}}}"#),
            ),
            (
                format!("/wiki/rest/api/content/{page}/label"),
                format!(r#"[{{"name":"{tag}"}}]"#),
            ),
            (
                "/wiki/rest/api/space".into(),
                format!(r#"{{"key":"NAMED","name":"{name}"}}"#),
            ),
            (
                "/wiki/rest/api/group".into(),
                format!(r#"{{"name":"{name}"}}"#),
            ),
        ] {
            let reply = stage.post(&root, &path, &body).await;
            let taken = (200..300).contains(&reply.status);
            assert_eq!(taken, fits, "{path} {name:?}: {}", reply.text());
        }
        let state = format!(r##"{{"name":"{name}","color":"#ff7452"}}"##);
        let path = format!("/wiki/rest/api/content/{page}/state?status=current");
        let reply = stage.json(&root, Method::PUT, &path, &state).await;
        assert_eq!(
            (200..300).contains(&reply.status),
            fits,
            "{name:?}: {}",
            reply.text()
        );
    }
}
