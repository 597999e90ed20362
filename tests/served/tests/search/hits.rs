//! Search over HTTP: each person finds what that person sees, on every page of hits.

use narthex_access::{Door, PageState, SpaceState};
use narthex_served::table::segment;
use narthex_served::{Actor, Kind, Who, World};
use serde_json::Value;
use std::collections::BTreeSet;

const SEARCH: &str = "/wiki/rest/api/search";

fn path(cql: &str, rest: &str) -> String {
    format!("{SEARCH}?cql={}{rest}", segment(cql))
}

async fn ask(world: &World, actor: &Actor, path: &str) -> Value {
    let told = world.served.get(actor, path).await;
    assert_eq!(told.status, 200, "{path}: {}", told.text());
    told.json()
}

fn ids(answer: &Value) -> Vec<String> {
    let results = answer["results"].as_array().expect("results");
    let id = |result: &Value| result["content"]["id"].as_str().expect("an id").to_owned();
    results.iter().map(id).collect()
}

/// Every live page and blog post is found by its title by exactly the people who see it.
#[tokio::test]
async fn a_page_is_found_by_exactly_those_who_see_it() {
    let world = World::new(31).await;
    for who in Who::active() {
        let actor = world.actor(who);
        for aim in &world.aims {
            if !matches!(aim.kind, Kind::Page | Kind::BlogPost | Kind::Folder) {
                continue;
            }
            let cql = format!("title = \"{0}\" or title ~ \"{0}\"", aim.title);
            let found = ids(&ask(&world, &actor, &path(&cql, "&limit=100")).await);
            let credential = world.credential(who);
            let view = world.served.site.view(&credential, Door::Confluence).await;
            let view = view.expect("a view");
            let id = aim.page.parse().expect("an id");
            let live = view.page(id).is_ok_and(|page| {
                let space = view.space(page.row().space).expect("a space");
                page.row().state == PageState::Live && space.row().state == SpaceState::Live
            });
            assert_eq!(
                found.contains(&aim.page),
                live,
                "{} searches for {}: {found:?}",
                who.name(),
                aim.name
            );
        }
    }
}

#[tokio::test]
async fn the_pages_of_hits_are_the_whole_list_in_its_order() {
    let world = World::new(32).await;
    for who in [Who::Ada, Who::Una, Who::Nobody] {
        let actor = world.actor(who);
        for cql in [
            "type in (page, blogpost, comment, attachment)",
            "text ~ \"guide OR comment OR words OR first\" order by title desc, created",
        ] {
            let whole = ask(&world, &actor, &path(cql, "&limit=250")).await;
            let expected = ids(&whole);
            assert_eq!(whole["totalSize"], expected.len());
            assert!(expected.len() > 4, "{cql}: {expected:?}");
            let distinct: BTreeSet<&String> = expected.iter().collect();
            assert_eq!(distinct.len(), expected.len());

            let mut walked = Vec::new();
            let mut next = Some(path(cql, "&limit=3"));
            while let Some(at) = next {
                let page = ask(&world, &actor, &at).await;
                assert_eq!(page["totalSize"], expected.len());
                assert_eq!(page["start"], walked.len());
                walked.extend(ids(&page));
                next = page["_links"]["next"]
                    .as_str()
                    .map(|next| format!("/wiki{next}"));
            }
            assert_eq!(walked, expected, "{cql}");

            let second = ask(&world, &actor, &path(cql, "&limit=2&start=1")).await;
            assert_eq!(ids(&second), expected[1..3]);
            let none = ask(&world, &actor, &path(cql, "&limit=0")).await;
            assert_eq!(
                (&none["totalSize"], &none["size"]),
                (&whole["totalSize"], &0.into())
            );
            assert_eq!(none["_links"]["next"], Value::Null);
        }
    }
}

#[tokio::test]
async fn an_answer_has_the_shape_of_its_document() {
    let world = World::new(33).await;
    let actor = world.actor(Who::Una);
    let guide = world.aim("Guide");
    let cql = "title ~ guide and type = page and space = DOCS";
    let answer = ask(
        &world,
        &actor,
        &path(cql, "&expand=content.space,content.version"),
    )
    .await;
    assert_eq!(answer["cqlQuery"], cql);
    assert_eq!(answer["searchDuration"], 0);
    let result = &answer["results"][0];
    assert_eq!(result["content"]["id"], guide.page.as_str());
    assert_eq!(result["content"]["space"]["key"], "DOCS");
    assert_eq!(result["content"]["version"]["number"], 3);
    assert_eq!(result["entityType"], "content");
    assert_eq!(result["title"], "Guide");
    assert_eq!(result["excerpt"], "words 3");
    assert_eq!(
        result["resultGlobalContainer"]["displayUrl"],
        "/spaces/DOCS"
    );
    let marked = ask(
        &world,
        &actor,
        &path(
            "text ~ word and id = ID"
                .replace("ID", &guide.page)
                .as_str(),
            "",
        ),
    )
    .await;
    assert_eq!(
        marked["results"][0]["excerpt"],
        "@@@hl@@@words@@@endhl@@@ 3"
    );

    let legacy = format!("/wiki/rest/api/content/search?cql={}", segment(cql));
    let legacy = ask(&world, &actor, &legacy).await;
    assert_eq!(legacy["results"][0]["id"], guide.page.as_str());

    let spaces = ask(&world, &actor, &path("type = space and title ~ docs", "")).await;
    assert_eq!(spaces["results"][0]["space"]["key"], "DOCS");
    assert_eq!(spaces["results"][0]["entityType"], "space");
}

#[tokio::test]
async fn archived_pages_are_found_only_when_they_are_asked_for() {
    let world = World::new(34).await;
    let actor = world.actor(Who::Una);
    let cql = "type = page and title ~ \"former guide\"";
    assert_eq!(ask(&world, &actor, &path(cql, "")).await["totalSize"], 0);
    let context = segment("{\"contentStatuses\":[\"current\",\"archived\"]}");
    let found = ask(
        &world,
        &actor,
        &path(cql, &format!("&cqlcontext={context}")),
    )
    .await;
    assert_eq!(ids(&found), [world.aim("Former guide").page.as_str()]);
    assert_eq!(found["results"][0]["content"]["status"], "archived");
}

#[tokio::test]
async fn people_are_found_by_who_is_shown_profiles() {
    let world = World::new(35).await;
    let user = |cql: &str, rest: &str| format!("{SEARCH}/user?cql={}{rest}", segment(cql));
    for (who, seen) in [
        (Who::Lena, true),
        (Who::Sid, true),
        (Who::Gus, false),
        (Who::Una, false),
        (Who::Carla, false),
        (Who::Nobody, false),
    ] {
        let actor = world.actor(who);
        let found = ask(&world, &actor, &user("user.fullname ~ ada", "")).await;
        assert_eq!(found["totalSize"], usize::from(seen), "{}", who.name());
        if seen {
            assert_eq!(found["results"][0]["user"]["displayName"], "Ada");
        }
    }
    let lena = world.actor(Who::Lena);
    let all = ask(
        &world,
        &lena,
        &user("type = user", "&sitePermissionTypeFilter=all"),
    )
    .await;
    let names: Vec<&str> = all["results"]
        .as_array()
        .expect("results")
        .iter()
        .filter_map(|result| result["title"].as_str())
        .collect();
    assert!(names.contains(&"Una") && names.contains(&"Gus"));
    assert!(
        !names.contains(&"Carla") && !names.contains(&"Dan"),
        "{names:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_with_where_and_why() {
    let world = World::new(36).await;
    let actor = world.actor(Who::Una);
    for (query, why) in [
        (
            path("titel = x", ""),
            "at character 1: there is no field \\\"titel\\\"",
        ),
        (path("title = ", ""), "at character 9"),
        (path("text ~ \"*\"", ""), "two letters"),
        (path("type = page", "&cursor=abc"), "cursor"),
        (path("type = page", "&cqlcontext=%7B"), "cqlcontext"),
        (path("type = page", "&excerpt=some"), "excerpt"),
        (path("type = page", "&limit=x"), "limit"),
        (SEARCH.to_owned(), "cql"),
        (
            format!("{SEARCH}/user?cql=title%20~%20x"),
            "can't be used to search for people",
        ),
    ] {
        let told = world.served.get(&actor, &query).await;
        assert_eq!(told.status, 400, "{query}: {}", told.text());
        assert!(told.text().contains(why), "{query}: {}", told.text());
        assert_eq!(told.json()["statusCode"], 400);
    }
}

#[tokio::test]
async fn the_search_page_shows_what_is_found_and_escapes_it() {
    let world = World::new(37).await;
    let actor = world.session(Who::Una).await;
    let told = world
        .served
        .get(&actor, "/wiki/search?text=word+guide")
        .await;
    assert_eq!(told.status, 200);
    assert!(
        told.text().contains("<mark>words</mark> 3"),
        "{}",
        told.text()
    );
    let nothing = world
        .served
        .get(&actor, "/wiki/search?text=%3Cscript%3E1")
        .await;
    assert!(nothing.text().contains("Nothing was found"));
    assert!(
        nothing.text().contains("value=\"&#60;script&#62;1\"")
            || nothing.text().contains("&lt;script")
    );
    let wrong = world.served.get(&actor, "/wiki/search?text=*").await;
    assert_eq!(wrong.status, 200);
    assert!(wrong.text().contains("two letters"));
}

/// `not q` is the rest of what the caller sees, whether `q` is answered by the index or by the
/// view.
#[tokio::test]
async fn what_is_negated_is_the_rest_of_what_the_asker_sees() {
    const ALL: &str = "type in (page, blogpost, comment, attachment)";
    let world = World::new(39).await;
    let lena = world.aim("Lena").account.clone();
    let space = world.aim("Guide").key.clone();
    // Each query with its negated form.
    let plain = [
        ("title ~ guide".to_owned(), "title !~ guide".to_owned()),
        ("text ~ words".into(), "text !~ words".into()),
        (
            "text ~ \"guide OR comment\"".into(),
            "text !~ \"guide OR comment\"".into(),
        ),
        ("siteSearch ~ words".into(), "siteSearch !~ words".into()),
        ("macro = toc".into(), "macro != toc".into()),
        (
            "macro in (toc, include)".into(),
            "macro not in (toc, include)".into(),
        ),
        (
            format!("mention = \"{lena}\""),
            format!("mention != \"{lena}\""),
        ),
        (
            format!("contributor = \"{lena}\""),
            format!("contributor != \"{lena}\""),
        ),
        (format!("space = {space}"), format!("space != {space}")),
        ("type = page".into(), "type != page".into()),
    ];
    let mut pairs: Vec<(String, String)> = plain.to_vec();
    for (one, _) in &plain {
        pairs.push((one.clone(), format!("not ({one})")));
    }
    // Pairs of them, joined in either way, and negated in either part.
    for (number, (one, not_one)) in plain.iter().enumerate() {
        let (other, not_other) = &plain[(number * 3 + 1) % plain.len()];
        for joined in [
            format!("{one} and {other}"),
            format!("{one} or {other}"),
            format!("{one} and {not_other}"),
            format!("{not_one} or {not_other}"),
            format!("not ({one} or {other}) and {ALL}"),
        ] {
            pairs.push((joined.clone(), format!("not ({joined})")));
        }
    }
    let mut both = 0;
    for who in [Who::Ada, Who::Sam, Who::Gus, Who::Una, Who::Nobody] {
        let actor = world.actor(who);
        let asked = async |cql: String| {
            let answer = ask(&world, &actor, &path(&cql, "&limit=250")).await;
            let found: BTreeSet<String> = ids(&answer).into_iter().collect();
            assert_eq!(answer["totalSize"], found.len(), "{cql}");
            found
        };
        let all = asked(ALL.to_owned()).await;
        for (query, negated) in &pairs {
            let is = asked(format!("({query}) and {ALL}")).await;
            let rest: BTreeSet<String> = all.difference(&is).cloned().collect();
            let is_not = asked(format!("({negated}) and {ALL}")).await;
            assert_eq!(is_not, rest, "{}: {negated}", who.name());
            both += usize::from(!is.is_empty() && !rest.is_empty());
        }
    }
    assert!(both > 50, "only {both} queries split what is there");
}
