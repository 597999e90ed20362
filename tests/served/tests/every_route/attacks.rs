//! Attack classes that no other table or story tries by itself.

use http::Method;
use narthex_served::table::{Near, table};
use narthex_served::{Ask, Kind, Who, World};
use narthex_server::Config;
use narthex_testdb::TestDatabase;
use serde_json::{Value, json};

/// Returns titles that a person doesn't see, and that no text that the person sees contains.
fn hidden_titles(world: &World, who: Who) -> Vec<&str> {
    let titled = |kind| matches!(kind, Kind::Page | Kind::BlogPost | Kind::Folder);
    let pages = world.aims.iter().filter(|aim| titled(aim.kind));
    let (seen, hidden): (Vec<_>, Vec<_>) = pages.partition(|aim| aim.seen_by(who));
    let titles = hidden.into_iter().map(|aim| aim.title.as_str());
    titles
        .filter(|title| !title.is_empty() && !seen.iter().any(|aim| aim.title.contains(title)))
        .collect()
}

/// A14: lists of recent activity contain only what the reader sees.
#[tokio::test]
async fn lists_of_what_was_done_lately_name_only_what_the_reader_sees() {
    let world = World::new(111).await;
    let macros = [
        "recently-updated",
        "blog-posts",
        "children",
        "pagetree",
        "contentbylabel",
    ];
    let listing: String = macros
        .iter()
        .map(|name| format!("<ac:structured-macro ac:name=\"{name}\"/>"))
        .collect();
    let write = json!({
        "type": "page", "title": "Lately", "space": {"key": "DOCS"},
        "body": {"storage": {"value": listing, "representation": "storage"}},
    });
    let write = Ask::post("/wiki/rest/api/content", &write);
    let made = world
        .served
        .expect(200, &world.actor(Who::Ada), &write)
        .await;
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    for who in Who::active() {
        let hidden = hidden_titles(&world, who);
        assert!(!hidden.is_empty(), "{} sees everything", who.name());
        for path in [
            format!("/wiki/rest/api/content/{id}?expand=body.view,body.export_view"),
            format!("/wiki/spaces/DOCS/pages/{id}/Lately"),
            "/wiki".to_owned(),
            "/wiki/home".to_owned(),
        ] {
            let text = world.served.get(&world.actor(who), &path).await.text();
            let told: Vec<_> = hidden
                .iter()
                .filter(|title| text.contains(**title))
                .collect();
            assert!(told.is_empty(), "{} is told {told:?} by {path}", who.name());
        }
    }
}

/// A15, A46: nothing is served as a continuing stream, or by a secret in its address.
#[test]
fn no_route_is_a_feed_or_a_stream() {
    for route in narthex_server::routes() {
        let words = route.template.split(['/', '.', '-', '_']);
        let feeds = [
            "feed", "feeds", "rss", "atom", "ical", "stream", "events", "socket",
        ];
        let told: Vec<_> = words.filter(|word| feeds.contains(word)).collect();
        assert!(told.is_empty(), "{route:?}: try it, and name the test");
    }
}

/// A26: completion reveals nobody to people who may not see people or groups.
#[tokio::test]
async fn completion_tells_who_sees_nobody_nothing_of_who_is_there() {
    let world = World::new(112).await;
    let queries = |there: &str| {
        [
            format!("/wiki/rest/api/group/picker?query={there}"),
            format!("/wiki/rest/api/search/user?cql=user.fullname~%22{there}%22"),
        ]
    };
    for who in [Who::Nobody, Who::Carla, Who::Una, Who::Uma, Who::Gus] {
        for there in ["writers", "Lena", "Olga"] {
            let nowhere: String = there.chars().map(|_| 'q').collect();
            for (about_it, about_nothing) in queries(there).into_iter().zip(queries(&nowhere)) {
                let it = world.served.get(&world.actor(who), &about_it).await;
                let nothing = world.served.get(&world.actor(who), &about_nothing).await;
                assert_eq!(
                    it.whole().replace(there, &nowhere),
                    nothing.whole(),
                    "{}: {about_it}",
                    who.name()
                );
            }
        }
    }
}

/// Returns members of a body that must not take effect.
fn claims(ada: &str) -> Value {
    json!({
        "tier": "Licensed", "licensed": true, "siteAdmin": true,
        "groups": ["confluence-admins"], "accountId": ada, "authorId": ada, "ownerId": ada,
        "createdBy": {"accountId": ada}, "history": {"createdBy": {"accountId": ada}},
        "creator": {"accountId": ada}, "unlicensedView": true, "anonymousView": true,
        "unlicensedAccess": true, "anonymousAccess": true, "createdAt": "2001-01-01T00:00:00Z",
        "members": [ada], "confluence": "admin", "type_": "x",
    })
}

fn with(mut body: Value, more: Value) -> Value {
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        for (name, value) in more {
            body.entry(name).or_insert(value);
        }
    }
    body
}

/// A38: members that claim who the caller is, what the caller may do or whose something is have no
/// effect.
#[tokio::test]
async fn what_a_body_may_not_set_stays_as_it_is() {
    let world = World::new(113).await;
    let (served, lena, ada) = (&world.served, world.actor(Who::Lena), world.actor(Who::Ada));
    let (hers, his) = (
        world.account(Who::Lena).to_string(),
        world.account(Who::Ada).to_string(),
    );
    let me = served.get(&lena, "/wiki/rest/api/user/current").await;

    let page = json!({"type": "page", "title": "Claimed", "space": {"key": "TEAM"},
        "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}}});
    let body = with(
        with(
            page,
            json!({"version": {"number": 1, "by": {"accountId": his}}}),
        ),
        claims(&his),
    );
    // An id names a draft to publish, and is never chosen by the caller.
    let chosen = with(json!({"id": "4503599627370497"}), body.clone());
    let chosen = Ask::post("/wiki/rest/api/content", &chosen);
    served.expect(400, &lena, &chosen).await;
    let made = served
        .expect(200, &lena, &Ask::post("/wiki/rest/api/content", &body))
        .await;
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/wiki/rest/api/content/{id}?expand=history,version,space");
    let told = served.get(&lena, &path).await.json();
    assert_eq!(told["version"]["by"]["accountId"], hers, "{told}");
    assert_eq!(told["history"]["createdBy"]["accountId"], hers, "{told}");

    // A page is moved by its body alone only by people who may write at its new position too.
    let edit = with(
        json!({"type": "page", "title": "Claimed", "version": {"number": 2, "by": {"accountId": his}},
            "space": {"key": "CLOSED"}}),
        claims(&his),
    );
    let put = Ask::new(Method::PUT, format!("/wiki/rest/api/content/{id}")).json(&edit);
    served.ask(&lena, &put).await;
    let told = served.get(&lena, &path).await.json();
    assert_eq!(told["space"]["key"], "TEAM", "{told}");
    assert_eq!(told["version"]["by"]["accountId"], hers, "{told}");

    // A new space is closed, and belongs to its creator, whatever its body says.
    let body = with(json!({"key": "CLAIMED", "name": "Claimed"}), claims(&his));
    served
        .expect(200, &ada, &Ask::post("/wiki/rest/api/space", &body))
        .await;
    let switches = "/wiki/rest/knowledge-base/1.0/permissions/space?spaceKey=CLAIMED";
    let told = served.get(&ada, switches).await.json();
    assert_eq!(
        told["spacePermissions"]["unlicensedViewPermissionEnabled"], false,
        "{told}"
    );
    assert_eq!(
        told["spacePermissions"]["anonymousViewPermissionEnabled"], false,
        "{told}"
    );

    // A new group is empty, and gives no access.
    let body = with(json!({"name": "claimed"}), claims(&hers));
    let told = served
        .ask(&ada, &Ask::post("/wiki/rest/api/group", &body))
        .await;
    assert!(told.status < 300, "{}", told.text());
    let group = told.json()["id"].as_str().expect("an id").to_owned();
    let members = format!("/wiki/rest/api/group/{group}/membersByGroupId");
    assert_eq!(served.get(&ada, &members).await.json()["size"], 0);
    let again = served.get(&lena, "/wiki/rest/api/user/current").await;
    assert_eq!(again.text(), me.text());
}

/// A62: where the site knows its address, no response contains another one that a request names.
#[tokio::test]
async fn the_host_of_a_request_gets_into_no_answer_where_the_address_is_configured() {
    let config = Config {
        base_url: Some("https://wiki.example.org".into()),
        ..Config::default()
    };
    let world = World::over(TestDatabase::sqlite(), 114, config, None, 0).await;
    let (near, ada) = (Near::of(&world), world.actor(Who::Ada));
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        for ask in entry.asks(world.example(entry.about), &near) {
            let elsewhere = Ask {
                path: format!("http://evil.example{}", ask.path),
                ..ask.clone()
            };
            let forwarded = ask.with("x-forwarded-host", "evil.example");
            for ask in [elsewhere, forwarded] {
                let told = world.served.ask(&ada, &ask).await;
                assert!(
                    !told.whole().contains("evil.example"),
                    "{ask}: {}",
                    told.whole()
                );
            }
        }
    }
}
