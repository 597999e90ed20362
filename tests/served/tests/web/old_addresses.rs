//! Addresses in older links, and those with two slashes in a row.

use http::Method;
use narthex_served::table::segment;
use narthex_served::{Actor, Aim, Ask, Kind, Told, Who, World};
use serde_json::json;

async fn get(world: &World, actor: &Actor, path: &str) -> Told {
    world.served.get(actor, path).await
}

/// Returns the target of a redirect.
fn target(told: &Told) -> &str {
    match told.status {
        303 => told.header("location").expect("a location"),
        status => panic!("{status} is no redirect: {}", told.text()),
    }
}

#[tokio::test]
async fn the_short_link_that_is_told_leads_to_its_page() {
    let world = World::new(401).await;
    let mut followed = 0;
    for who in Who::active() {
        let actor = world.actor(who);
        for aim in &world.aims {
            let all = match aim.kind {
                Kind::Page => "pages",
                Kind::BlogPost => "blogposts",
                _ => continue,
            };
            if !aim.seen_by(who) {
                continue;
            }
            for path in [
                format!("/wiki/api/v2/{all}/{}", aim.page),
                format!("/wiki/rest/api/content/{}?status=any", aim.page),
            ] {
                let told = get(&world, &actor, &path).await;
                let Some(link) = told.json()["_links"]["tinyui"].as_str().map(str::to_owned) else {
                    continue;
                };
                let code = link.strip_prefix("/x/").expect("a short link");
                let by_path = get(&world, &actor, &format!("/wiki/x/{code}")).await;
                assert!(target(&by_path).contains(&aim.page), "{link}");
                let by_query = format!("/wiki/pages/tinyurl.action?urlIdentifier={code}");
                let by_query = get(&world, &actor, &by_query).await;
                assert_eq!(target(&by_path), target(&by_query), "{link}");
                followed += 1;
            }
        }
    }
    assert!(followed > 50, "{followed} links were told");
}

#[tokio::test]
async fn old_addresses_lead_to_where_the_thing_is_now() {
    let world = World::new(402).await;
    let una = world.actor(Who::Una);
    let aim = |name: &str| world.aim(name).clone();
    let (guide, news) = (aim("Guide"), aim("News"));
    let (key, title) = (segment(&guide.key), segment(&guide.title));
    let page = get(
        &world,
        &una,
        &format!("/wiki/pages/viewpage.action?pageId={}", guide.page),
    )
    .await;
    let page = target(&page).to_owned();
    for path in [
        format!("/wiki/display/{key}/{title}"),
        format!(
            "/wiki/display/{}/{}",
            key.to_lowercase(),
            title.to_uppercase()
        ),
        format!("/wiki/display/{key}/{}/", title.replace("%20", "+")),
        format!("/wiki/pages/viewpage.action?spaceKey={key}&title={title}"),
        format!(
            "/wiki/pages/viewpageattachments.action?pageId={}",
            guide.page
        ),
        format!(
            "/wiki/pages/viewpreviousversions.action?pageId={}",
            guide.page
        ),
        format!("/wiki/pages/viewinfo.action?pageId={}", guide.page),
        format!("/wiki/pages/releaseview.action?pageId={}", guide.page),
        format!(
            "/wiki/plugins/viewsource/viewpagesrc.action?pageId={}",
            guide.page
        ),
    ] {
        assert_eq!(target(&get(&world, &una, &path).await), page, "{path}");
    }
    let post = format!("/wiki/spaces/{}/blog/2026/01/05/{}", news.key, news.page);
    let path = format!(
        "/wiki/display/{}/2026/01/05/{}",
        news.key,
        segment(&news.title)
    );
    assert!(target(&get(&world, &una, &path).await).starts_with(&post));
    let another_day = path.replace("/2026/", "/2025/");
    assert_eq!(get(&world, &una, &another_day).await.status, 404);
    let space = format!("/wiki/spaces/{key}");
    for path in [
        format!("/wiki/display/{key}"),
        format!("/wiki/display/{key}/2026/01/05"),
        format!("/wiki/spaces/{key}/pages"),
        format!("/wiki/spaces/{key}/blog"),
        format!("/wiki/spaces/viewspace.action?key={key}"),
    ] {
        assert_eq!(target(&get(&world, &una, &path).await), space, "{path}");
    }
    for (path, to) in [
        (
            "/wiki/dosearchsite.action?queryString=red+printer",
            "/wiki/search?text=red%20printer",
        ),
        (
            "/wiki/dosearchsite.action?queryString=a&where=HELP",
            "/wiki/search?text=a&space=HELP",
        ),
        (
            "/wiki/dosearchsite.action?queryString=a&where=conf_all",
            "/wiki/search?text=a",
        ),
        ("/wiki/dosearchsite.action", "/wiki/search"),
        ("/wiki/login", "/login"),
        (
            "/wiki/login.action?os_destination=%2Fspaces%2FHELP",
            "/login?return=%2Fwiki%2Fspaces%2FHELP",
        ),
        (
            "/wiki/login?os_destination=%2F%2Fevil.example",
            "/login?return=%2Fwiki%2Fevil.example",
        ),
        ("/wiki/spaces", "/wiki"),
    ] {
        assert_eq!(target(&get(&world, &una, path).await), to, "{path}");
    }
    // The address of the administration is given to people who may open it.
    let told = get(&world, &world.actor(Who::Ada), "/wiki/admin").await;
    assert_eq!(target(&told), "/wiki/admin/accounts");
    assert_eq!(get(&world, &una, "/wiki/admin").await.status, 403);
    for path in [
        "/wiki/pages/nothing",
        "/wiki/pages/viewinfo.action",
        "/wiki/x/",
        "/wiki/x/~",
    ] {
        assert_eq!(get(&world, &una, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn two_slashes_in_a_row_are_as_one_on_every_route() {
    let world = World::new(403).await;
    let una = world.actor(Who::Una);
    let ada = world.actor(Who::Ada);
    for (doubled, plain) in [
        ("/wiki/api/v2//pages?limit=2", "/wiki/api/v2/pages?limit=2"),
        (
            "//wiki/rest/api/space?limit=1",
            "/wiki/rest/api/space?limit=1",
        ),
        ("/wiki//rest//api///space/", "/wiki/rest/api/space"),
        ("//wiki//spaces///OPEN", "/wiki/spaces/OPEN"),
        ("//evil.example/x", "/evil.example/x"),
        ("//evil.example/%2f..", "/evil.example/%2f.."),
    ] {
        let (told, meant) = (
            get(&world, &una, doubled).await,
            get(&world, &una, plain).await,
        );
        assert_eq!(told.status, meant.status, "{doubled}");
        let (told, meant) = (told.text(), meant.text());
        // A slash at the end stays, in links too.
        if !doubled.ends_with('/') {
            assert_eq!(told, meant, "{doubled}");
        }
    }
    // An encoded slash is part of a segment.
    assert_eq!(
        get(&world, &una, "/wiki%2F%2Frest/api/space").await.status,
        404
    );
    assert_eq!(
        get(&world, &una, "/wiki/rest%2F%2Fapi/space").await.status,
        404
    );
    let call = json!({"enablePermission": true, "spaceKey": "DOCS"});
    let call = Ask::post(
        "/wiki//rest//knowledge-base/1.0/permissions/space/unlicensedview",
        &call,
    );
    world.served.expect(200, &ada, &call).await;
    let made = json!({"spaceId": world.aim("DOCS").space, "title": "Doubled", "status": "current"});
    let made = Ask::post("/wiki/api//v2/pages", &made);
    let made = world.served.expect(200, &ada, &made).await.json();
    let gone = format!(
        "//wiki/api/v2//pages/{}",
        made["id"].as_str().expect("an id")
    );
    world
        .served
        .expect(204, &ada, &Ask::new(Method::DELETE, gone))
        .await;
}

#[tokio::test]
async fn an_administrator_who_does_not_see_a_space_is_led_nowhere_from_its_permissions() {
    let world = World::new(404).await;
    let sid = world.session(Who::Sid).await;
    let unseen = |aim: &&Aim| aim.kind == Kind::Space && !aim.seen_by(Who::Sid);
    let spaces: Vec<&Aim> = world.aims.iter().filter(unseen).collect();
    let mut read = 0;
    for aim in spaces {
        let told = get(
            &world,
            &sid,
            &format!("/wiki/spaces/{}/permissions", segment(&aim.key)),
        )
        .await;
        if told.status != 200 {
            // It is in the trash.
            continue;
        }
        let link = format!("href=\"/wiki/spaces/{}\"", segment(&aim.key));
        assert!(!told.text().contains(&link), "{}", aim.key);
        read += 1;
    }
    assert!(read > 0);
    let docs = world.session(Who::Ada).await;
    let told = get(&world, &docs, "/wiki/spaces/DOCS/permissions").await;
    assert!(told.text().contains("href=\"/wiki/spaces/DOCS\""));
}

#[tokio::test]
async fn a_person_is_shown_to_those_who_are_shown_profiles() {
    let world = World::new(405).await;
    let path = format!("/wiki/people/{}", world.account(Who::Lena));
    let missing = format!("/wiki/people/{}", "0".repeat(24));
    for (who, email) in [(Who::Ada, true), (Who::Sam, true), (Who::Lena, true)] {
        let told = get(&world, &world.actor(who), &path).await;
        assert_eq!(told.status, 200, "{}", who.name());
        assert_eq!(told.text().contains(world.email(Who::Lena)), email);
    }
    for who in [Who::Una, Who::Gus, Who::Nobody] {
        let actor = world.actor(who);
        let (hidden, missing) = (
            get(&world, &actor, &path).await,
            get(&world, &actor, &missing).await,
        );
        assert_eq!(
            (hidden.status, missing.status),
            (404, 404),
            "{}",
            who.name()
        );
    }
}
