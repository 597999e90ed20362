//! The status of content and of spaces in requests that change it: restoring, moving to the trash
//! by the status, the trash of spaces, and rehearsals.

use http::Method;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

fn put(path: impl Into<String>, body: &Value) -> Ask {
    Ask::new(Method::PUT, path.into()).json(body)
}

#[tokio::test]
async fn restoring_by_an_update_makes_the_next_version_and_leaves_the_text() {
    let world = World::new(211).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    for (name, all) in [("Guide", "pages"), ("News", "blogposts")] {
        let id = world.aim(name).page.clone();
        let v1 = format!("/wiki/rest/api/content/{id}");
        let v2 = format!("/wiki/api/v2/{all}/{id}");
        let read = |told: Value| (told["version"]["number"].as_u64(), told["title"].clone());
        let (number, title) = read(served.get(&ada, &v2).await.json());
        let mut number = number.expect("a number");
        let text = served.get(&ada, &format!("{v2}?body-format=storage")).await;
        let text = text.json()["body"].clone();
        let sent = |number: u64| {
            json!({
                "id": id, "status": "current", "title": title,
                "body": {"representation": "storage", "value": "<p>another text</p>"},
                "version": {"number": number},
            })
        };
        let bare = |number: u64| json!({"status": "current", "version": {"number": number}});
        let none = |number: u64| json!({"version": {"number": number}});
        let ways: [(String, &dyn Fn(u64) -> Value); 4] = [
            (v2.clone(), &sent),
            (v2.clone(), &bare),
            (v1.clone(), &bare),
            (format!("{v1}?status=current"), &none),
        ];
        for (path, body) in ways {
            served
                .expect(204, &ada, &Ask::new(Method::DELETE, &v2))
                .await;
            for wrong in [1, number, number + 2] {
                if wrong != number + 1 {
                    served.expect(409, &ada, &put(&path, &body(wrong))).await;
                    assert_eq!(served.get(&ada, &v2).await.status, 404, "{path}");
                }
            }
            number += 1;
            let told = served.expect(200, &ada, &put(&path, &body(number))).await;
            let told = told.json();
            assert_eq!(told["status"], "current", "{path}");
            assert_eq!(read(told), (Some(number), title.clone()), "{path}");
            let now = served.get(&ada, &format!("{v2}?body-format=storage")).await;
            assert_eq!(read(now.json()), (Some(number), title.clone()), "{path}");
            assert_eq!(now.json()["body"], text, "{path}");
            let versions = served.get(&ada, &format!("{v2}/versions")).await.json();
            assert_eq!(versions["results"][0]["number"], number);
        }
        // The client's next update has the right version number.
        let next = json!({
            "id": id, "status": "current", "title": title, "version": {"number": number + 1},
            "body": {"representation": "storage", "value": "<p>next</p>"},
        });
        served.expect(200, &ada, &put(&v2, &next)).await;
    }
}

#[tokio::test]
async fn the_status_trashed_of_an_update_puts_into_the_trash_and_writes_nothing() {
    let world = World::new(212).await;
    let (served, olga) = (&world.served, world.actor(Who::Olga));
    for (name, kind) in [("Guide", "page"), ("News", "blogpost")] {
        let path = format!("/wiki/rest/api/content/{}", world.aim(name).page);
        let number = served.get(&olga, &path).await.json()["version"]["number"]
            .as_u64()
            .expect("a number");
        let sent = |number: u64| json!({"type": kind, "version": {"number": number}});
        let trashed = format!("{path}?status=trashed");
        served
            .expect(409, &olga, &put(&trashed, &sent(number)))
            .await;
        let una = world.actor(Who::Una);
        let told = served.ask(&una, &put(&trashed, &sent(number + 1))).await;
        assert!(matches!(told.status, 403 | 404), "{}", told.status);
        assert_eq!(served.get(&olga, &path).await.status, 200);
        let told = served
            .expect(200, &olga, &put(&trashed, &sent(number + 1)))
            .await;
        assert_eq!(told.json()["status"], "trashed");
        for actor in [olga.clone(), Actor::Anonymous, world.actor(Who::Ada)] {
            assert_eq!(served.get(&actor, &path).await.status, 404);
        }
        let there = served
            .get(&world.actor(Who::Ada), &trashed.to_string())
            .await
            .json();
        assert_eq!(there["version"]["number"], number);
    }
}

/// A04: what is in the trash doesn't exist, for site administrators either.
#[tokio::test]
async fn a_space_in_the_trash_is_as_one_that_never_was_at_every_door() {
    let world = World::new(213).await;
    let served = &world.served;
    let gone = world.aim("GONE");
    const KB: &str = "/wiki/rest/knowledge-base/1.0/permissions";
    let set = |key: &str, switch: &str| {
        Ask::post(
            format!("{KB}/space/{switch}"),
            &json!({"enablePermission": true, "spaceKey": key}),
        )
    };
    for who in Who::active() {
        let (actor, name) = (world.actor(who), who.name());
        for (key, id) in [
            (gone.key.as_str(), gone.space.as_str()),
            ("NEVERWAS", "4503599627370497"),
        ] {
            let many = json!({"spaces": [{"spaceKey": key, "unlicensedView": true}]});
            for ask in [
                set(key, "unlicensedview"),
                set(key, "anonymousView"),
                Ask::get(format!("{KB}/space?spaceKey={key}")),
                Ask::post(format!("{KB}/spaces"), &many),
                Ask::get(format!("/wiki/rest/api/space/{key}")),
                put(format!("/wiki/rest/api/space/{key}"), &json!({"name": "x"})),
                Ask::new(Method::DELETE, format!("/wiki/rest/api/space/{key}")),
                Ask::get(format!("/wiki/api/v2/spaces/{id}")),
                Ask::get(format!("/wiki/api/v2/spaces/{id}/permissions")),
                Ask::get(format!("/wiki/api/v2/spaces/{id}/role-assignments")),
                Ask::get(format!("/wiki/spaces/{key}/settings/permissions")),
            ] {
                let told = served.ask(&actor, &ask).await;
                let nobody = matches!(who, Who::Nobody | Who::Carla);
                let fits = told.status == 404 || nobody && told.status == 401;
                assert!(fits, "{name}: {ask}: {} {}", told.status, told.text());
            }
        }
        let lists = [
            format!("{KB}/spaces?limit=250"),
            "/wiki/rest/api/space?limit=250".into(),
            "/wiki/api/v2/spaces?limit=250".into(),
        ];
        for path in lists {
            let told = served.get(&actor, &path).await;
            assert!(!told.text().contains(&gone.key), "{name}: {path}");
        }
    }
    // Nor has it become open meanwhile: restored, it is as closed as it was.
    let site = &served.site;
    let key = gone.key.clone();
    let operator = narthex_access::Credential::Operator;
    site.restore_space(&operator, key.clone())
        .await
        .expect("restored");
    let facts = site.space_switches(&operator, &key).await.expect("facts");
    assert!(!facts.unlicensed_view && !facts.anonymous_view);
    assert!(site.restore_space(&operator, key).await.is_err());
}

#[tokio::test]
async fn what_is_asked_as_a_rehearsal_is_never_done() {
    let world = World::new(214).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    const SPACE: &str = "/wiki/rest/knowledge-base/1.0/permissions/space";
    let close = json!({"enablePermission": false, "spaceKey": "DOCS"});
    let many = json!({"spaces": [{"spaceKey": "DOCS", "unlicensedView": false}]});
    let guide = world.aim("Guide").page.clone();
    let page = json!({"spaceId": world.aim("DOCS").space, "title": "Rehearsed"});
    let facts = served
        .get(&ada, &format!("{SPACE}?spaceKey=DOCS"))
        .await
        .text();
    for query in [
        "dryrun=true",
        "DRYRUN=true",
        "dry-run=true",
        "dry_run=1",
        "dryRun",
        "dryRun=1",
        "dryRun=yes",
    ] {
        for ask in [
            Ask::post(format!("{SPACE}/unlicensedview?{query}"), &close),
            Ask::post(format!("{SPACE}s?{query}"), &many),
            Ask::post(format!("/wiki/api/v2/pages?{query}"), &page),
            Ask::new(
                Method::DELETE,
                format!("/wiki/api/v2/pages/{guide}?{query}"),
            ),
        ] {
            let told = served.ask(&ada, &ask).await;
            assert_eq!(told.status, 400, "{ask}: {}", told.text());
            assert!(told.text().contains("dryRun"), "{ask}: {}", told.text());
        }
    }
    let told = served
        .ask(&ada, &Ask::post("/wiki/api/v2/pages?dryRun=true", &page))
        .await;
    assert_eq!(told.status, 400);
    let there = served
        .get(&ada, &format!("{SPACE}?spaceKey=DOCS"))
        .await
        .text();
    assert_eq!(there, facts);
    assert_eq!(
        served
            .get(&ada, &format!("/wiki/api/v2/pages/{guide}"))
            .await
            .status,
        200
    );
    let rehearsed = Ask::post(format!("{SPACE}/unlicensedview?dryRun=true"), &close);
    let told = served.expect(200, &ada, &rehearsed).await;
    assert!(told.text().contains("exposure"));
}

#[tokio::test]
async fn what_means_less_open_is_never_passed_over() {
    let world = World::new(215).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let space = world.aim("DOCS").space.clone();
    let page = json!({"spaceId": space, "title": "Just mine"});
    for query in [
        "private",
        "private=",
        "private=1",
        "private=yes",
        "Private=true",
        "private=true&private=false",
    ] {
        for all in ["pages", "blogposts"] {
            let post = Ask::post(format!("/wiki/api/v2/{all}?{query}"), &page);
            let told = served.ask(&ada, &post).await;
            assert_eq!(told.status, 400, "{query}: {}", told.text());
        }
    }
    let contradictory = json!({
        "key": "PRIV", "name": "Private", "createPrivateSpace": true,
        "copySpaceAccessConfiguration": space,
    });
    let told = served
        .ask(&ada, &Ask::post("/wiki/api/v2/spaces", &contradictory))
        .await;
    assert_eq!(told.status, 400, "{}", told.text());
    assert!(told.text().contains("createPrivateSpace"));
    assert_eq!(
        served.get(&ada, "/wiki/rest/api/space/PRIV").await.status,
        404
    );
}
