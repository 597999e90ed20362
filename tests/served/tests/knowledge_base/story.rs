//! The story that the project exists for, on both engines: absent, the call, present, the call
//! back, absent.

use narthex_served::world::LICENSED;
use narthex_served::{Actor, Aim, Ask, Told, Who, World};
use narthex_server::Config;
use narthex_testdb::{TestDatabase, both_engines};
use serde_json::json;

const SPACE: &str = "/wiki/rest/knowledge-base/1.0/permissions/space";

fn call(switch: &str, on: bool) -> Ask {
    Ask::post(
        format!("{SPACE}/{switch}"),
        &json!({"enablePermission": on, "spaceKey": "TEAM"}),
    )
}

/// Returns all addresses at which a page and the things attached to it are read.
fn doors(page: &Aim) -> Vec<String> {
    vec![
        format!(
            "/wiki/rest/api/content/{}?expand=body.view,version",
            page.page
        ),
        format!(
            "/wiki/rest/api/content/{}/child/comment?expand=body.view",
            page.page
        ),
        format!("/wiki/rest/api/content/{}/child/attachment", page.page),
        format!("/wiki/rest/api/content/att{}", page.attachment),
        format!("/wiki/rest/api/content/{}", page.comment),
        format!("/wiki/download/attachments/{}/{}", page.page, page.file),
        "/wiki/rest/api/space/TEAM?expand=homepage,description.plain".to_owned(),
        format!("/wiki/spaces/TEAM/pages/{}/Plan", page.page),
        "/wiki/spaces/TEAM".to_owned(),
    ]
}

/// Returns lists that contain the page for people who see it.
fn lists(page: &Aim) -> Vec<String> {
    vec![
        "/wiki/rest/api/content?spaceKey=TEAM&limit=100".to_owned(),
        format!("/wiki/rest/api/content?title={}&spaceKey=TEAM", page.title),
        "/wiki/rest/api/space?spaceKey=TEAM".to_owned(),
    ]
}

async fn all(world: &World, actor: &Actor, paths: &[String]) -> Vec<Told> {
    let mut told = Vec::new();
    for path in paths {
        told.push(world.served.get(actor, path).await);
    }
    told
}

fn statuses(told: &[Told]) -> Vec<u16> {
    told.iter().map(|told| told.status).collect()
}

fn whole(told: &[Told]) -> Vec<String> {
    told.iter().map(Told::whole).collect()
}

both_engines! {
    /// Issue 2, first paragraph, by REST.
    async fn an_account_without_a_licence_opens_what_the_call_has_opened(database: TestDatabase) {
        let world = World::over(database, 51, Config::default(), None, 0).await;
        let served = &world.served;
        let plan = world.aim("Plan").clone();
        let (doors, lists) = (doors(&plan), lists(&plan));
        let (ada, una, lena) = (world.actor(Who::Ada), world.actor(Who::Una), world.actor(Who::Lena));

        let closed = all(&world, &una, &doors).await;
        assert_eq!(statuses(&closed), [404; 9]);
        let unlisted = all(&world, &una, &lists).await;
        // A list in a space that doesn't exist for the caller is as absent as the space.
        assert!(unlisted.iter().all(|told| told.status == 404 || told.json()["size"] == 0), "{unlisted:#?}");
        let mine = all(&world, &lena, &doors).await;
        assert_eq!(statuses(&mine), [200; 9]);

        served.expect(200, &ada, &call("unlicensedview", true)).await;
        let open = all(&world, &una, &doors).await;
        assert_eq!(statuses(&open), [200; 9]);
        assert!(open[0].text().contains("words 2"), "{}", open[0].text());
        assert_eq!(open[5].text(), "what the file says");
        let listed = all(&world, &una, &lists).await;
        assert!(listed.iter().all(|told| told.json()["size"] != 0), "{listed:#?}");
        // It opens nothing to people without an account, and nothing to a deactivated one.
        assert_eq!(statuses(&all(&world, &Actor::Anonymous, &doors).await), [404; 9]);
        assert_eq!(statuses(&all(&world, &world.actor(Who::Carla), &doors).await), [404; 9]);
        assert_eq!(statuses(&all(&world, &world.actor(Who::Dan), &doors).await), [401; 9]);
        // It opens viewing, and nothing else.
        let edit = json!({"type": "page", "title": "Mine", "version": {"number": 3}});
        let path = format!("/wiki/rest/api/content/{}", plan.page);
        let put = Ask::new(http::Method::PUT, &path).json(&edit);
        assert_eq!(served.ask(&una, &put).await.status, 403);
        assert_eq!(served.ask(&una, &Ask::new(http::Method::DELETE, &path)).await.status, 403);

        served.expect(200, &ada, &call("anonymousView", true)).await;
        assert_eq!(statuses(&all(&world, &Actor::Anonymous, &doors).await), [200; 9]);
        assert_eq!(statuses(&all(&world, &world.actor(Who::Carla), &doors).await), [200; 9]);
        served.expect(200, &ada, &call("anonymousView", false)).await;
        assert_eq!(statuses(&all(&world, &Actor::Anonymous, &doors).await), [404; 9]);
        assert_eq!(statuses(&all(&world, &una, &doors).await), [200; 9]);

        served.expect(200, &ada, &call("unlicensedview", false)).await;
        // Byte for byte as before: nothing is cached, nothing is remembered.
        assert_eq!(whole(&all(&world, &una, &doors).await), whole(&closed));
        assert_eq!(whole(&all(&world, &una, &lists).await), whole(&unlisted));
        assert_eq!(whole(&all(&world, &lena, &doors).await), whole(&mine));
    }

    /// What is restricted stays closed, and what is restricted later closes, while the space is
    /// open.
    async fn the_call_opens_no_restricted_page_not_even_one_made_later(database: TestDatabase) {
        let world = World::over(database, 52, Config::default(), None, 0).await;
        let served = &world.served;
        let (ada, olga, una) = (world.actor(Who::Ada), world.actor(Who::Olga), world.actor(Who::Una));
        let write = |title: &str, below: &str| Ask::post("/wiki/rest/api/content", &json!({
            "type": "page", "title": title, "space": {"key": "TEAM"}, "ancestors": [{"id": below}],
            "body": {"storage": {"value": "<p>written words</p>", "representation": "storage"}},
        }));
        let plan = world.aim("Plan").page.clone();
        let top = served.expect(200, &olga, &write("Top", &plan)).await.json();
        let top = top["id"].as_str().expect("an id").to_owned();
        let below = served.expect(200, &olga, &write("Below top", &top)).await.json();
        let below = below["id"].as_str().expect("an id").to_owned();
        let list = json!([{"operation": "read", "restrictions":
            {"user": [{"accountId": world.account(Who::Olga).to_string()}], "group": []}}]);
        let restrict = Ask::new(http::Method::PUT, format!("/wiki/rest/api/content/{top}/restriction"));
        served.expect(200, &olga, &restrict.json(&list)).await;
        served.expect(200, &ada, &call("unlicensedview", true)).await;
        served.expect(200, &ada, &call("anonymousView", true)).await;
        let later = served.expect(200, &olga, &write("Later", &top)).await.json();
        let later = later["id"].as_str().expect("an id").to_owned();
        for who in Who::active().filter(|who| *who != Who::Olga) {
            for id in [&top, &below, &later] {
                let told = served.get(&world.actor(who), &format!("/wiki/rest/api/content/{id}")).await;
                assert_eq!(told.status, 404, "{} sees {id}", who.name());
            }
            let told = served.get(&world.actor(who), &format!("/wiki/rest/api/content/{plan}/child/page")).await;
            assert_eq!((told.status, told.json()["size"].as_u64()), (200, Some(0)), "{}", who.name());
        }
        // Listing an account without a licence opens the page to that account, while the space is
        // open to it.
        let listed = format!("/wiki/rest/api/content/{top}/restriction/byOperation/read/user?accountId={}", world.account(Who::Una));
        served.expect(200, &olga, &Ask::new(http::Method::PUT, listed)).await;
        let path = format!("/wiki/rest/api/content/{later}");
        assert_eq!(served.get(&una, &path).await.status, 200);
        served.expect(200, &ada, &call("anonymousView", false)).await;
        served.expect(200, &ada, &call("unlicensedview", false)).await;
        assert_eq!(served.get(&una, &path).await.status, 404);
    }

    /// The new enemy (law 7.6): what is written after a revoke is never shown to people who lost
    /// access.
    async fn what_is_written_after_the_space_is_closed_is_never_shown(database: TestDatabase) {
        let world = World::over(database, 53, Config::default(), None, 0).await;
        let served = &world.served;
        let (ada, lena, una) = (world.actor(Who::Ada), world.actor(Who::Lena), world.actor(Who::Una));
        let plan = world.aim("Plan").clone();
        let path = format!("/wiki/rest/api/content/{}?expand=body.storage,version", plan.page);
        for round in 0..5 {
            served.expect(200, &ada, &call("unlicensedview", true)).await;
            let told = served.get(&una, &path).await;
            assert_eq!(told.status, 200);
            let number = told.json()["version"]["number"].as_u64().expect("a number");
            served.expect(200, &ada, &call("unlicensedview", false)).await;
            let edit = json!({
                "type": "page", "title": "Plan", "version": {"number": number + 1},
                "body": {"storage": {"value": format!("<p>after close {round}</p>")}},
            });
            let put = Ask::new(http::Method::PUT, format!("/wiki/rest/api/content/{}", plan.page));
            served.expect(200, &lena, &put.json(&edit)).await;
            let told = served.get(&una, &path).await;
            assert_eq!(told.status, 404);
            assert!(!told.text().contains("after close"));
        }
        assert!(LICENSED.has(Who::Lena));
    }
}
