//! Lists on pages that are made by a query: each reader gets a different one, and there is none
//! where a query is invalid.

use narthex_served::served::MINUTE;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::json;

/// Returns a list of content by a query, with more parameters.
fn list(cql: &str, more: &[(&str, &str)]) -> String {
    with("contentbylabel", cql, more)
}

fn with(name: &str, cql: &str, more: &[(&str, &str)]) -> String {
    let mut text = format!("<ac:structured-macro ac:name=\"{name}\">");
    for (name, value) in [("cql", cql)].iter().chain(more) {
        let value = value.replace('<', "&lt;").replace('>', "&gt;");
        text += &format!("<ac:parameter ac:name=\"{name}\">{value}</ac:parameter>");
    }
    text + "</ac:structured-macro>"
}

/// Makes a page of DOCS by Olga, which everybody sees, and returns its id.
async fn page(world: &World, title: &str, text: &str, below: Option<&str>) -> String {
    let above: Vec<_> = below.into_iter().map(|id| json!({"id": id})).collect();
    let new = json!({
        "type": "page", "title": title, "space": {"key": "DOCS"}, "ancestors": above,
        "body": {"storage": {"value": text, "representation": "storage"}},
    });
    let post = Ask::post("/wiki/rest/api/content", &new);
    let made = world
        .served
        .expect(200, &world.actor(Who::Olga), &post)
        .await;
    made.json()["id"].as_str().expect("an id").to_owned()
}

/// Returns a page as an actor reads it.
async fn read(world: &World, actor: &Actor, page: &str) -> String {
    let ask = Ask::get(format!("/wiki/rest/api/content/{page}?expand=body.view"));
    let told = world.served.expect(200, actor, &ask).await.json();
    told["body"]["view"]["value"]
        .as_str()
        .expect("a text")
        .to_owned()
}

/// Returns the titles of links, in their order.
fn links(html: &str) -> Vec<String> {
    let texts = html.split("<a ").skip(1).filter_map(|link| {
        let (_, rest) = link.split_once('>')?;
        Some(rest.split_once("</a>")?.0.to_owned())
    });
    texts.collect()
}

/// Attack class A07: a list names nothing that its reader may not see.
#[tokio::test]
async fn a_list_by_a_query_is_of_what_its_reader_sees() {
    let world = World::new(141).await;
    let query = "label = \"shared\" and space = currentSpace() and type = page";
    let id = page(
        &world,
        "Shared ones",
        &list(query, &[("sort", "title"), ("max", "100")]),
        None,
    )
    .await;
    let secret = world.aim("Secret").title.clone();
    for who in [Who::Olga, Who::Lena, Who::Una, Who::Nobody] {
        let found = links(&read(&world, &world.actor(who), &id).await);
        let name = who.name();
        for seen in ["Guide", "Install"] {
            assert!(found.iter().any(|title| title == seen), "{name}: {found:?}");
        }
        assert_eq!(
            found.contains(&secret),
            who == Who::Olga,
            "{name}: {found:?}"
        );
        let mut sorted = found.clone();
        sorted.sort_by_key(|title| title.to_lowercase());
        assert_eq!(found, sorted, "{name}");
    }
    // A page that is restricted later disappears from it at once.
    let lena = world.account(Who::Ada).to_string();
    let lists = json!([{"operation": "read", "restrictions": {"user": [{"accountId": lena}], "group": []}}]);
    let install = format!(
        "/wiki/rest/api/content/{}/restriction",
        world.aim("Install").page
    );
    let put = Ask::new(http::Method::PUT, install).json(&lists);
    world.served.expect(200, &world.actor(Who::Ada), &put).await;
    let found = links(&read(&world, &world.actor(Who::Lena), &id).await);
    assert!(!found.iter().any(|title| title == "Install"), "{found:?}");
}

#[tokio::test]
async fn a_list_by_a_query_is_where_it_stands_in_its_order_and_bounded() {
    let world = World::new(142).await;
    let olga = world.actor(Who::Olga);
    let lists = [
        list("ancestor = currentContent()", &[("sort", "title")]),
        list(
            "ancestor = currentContent()",
            &[("sort", "title"), ("reverse", "true")],
        ),
        list(
            "ancestor = currentContent() order by title desc",
            &[("max", "1")],
        ),
        list("parent = currentContent() and title = \"Aft\"", &[]),
        list("type = attachment and container = currentContent()", &[]),
        list("parent = currentContent() and type = comment", &[]),
    ];
    let top = page(&world, "Ship", &lists.join("<hr />"), None).await;
    for title in ["Aft", "Bow", "Keel"] {
        page(&world, title, "<p>wood</p>", Some(&top)).await;
    }
    let file = Ask::new(
        http::Method::POST,
        format!("/wiki/rest/api/content/{top}/child/attachment"),
    );
    world
        .served
        .expect(200, &olga, &file.file("plan.txt", b"a plan"))
        .await;
    let said = json!({
        "type": "comment", "container": {"id": top, "type": "page"},
        "body": {"storage": {"value": "<p>ahoy</p>", "representation": "storage"}},
    });
    world
        .served
        .expect(200, &olga, &Ask::post("/wiki/rest/api/content", &said))
        .await;
    let html = read(&world, &olga, &top).await;
    let found: Vec<_> = html.split("<hr").map(links).collect();
    let expected: [&[&str]; 6] = [
        &["Aft", "Bow", "Keel"],
        &["Keel", "Bow", "Aft"],
        &["Keel"],
        &["Aft"],
        &["plan.txt"],
        &["Re: Ship"],
    ];
    assert_eq!(found, expected, "{html}");

    // Eleven different queries: the last lists nothing. The same query again costs nothing.
    let mut many: Vec<_> = (1..=11)
        .map(|n| list(&format!("parent = {top} and title in (Aft, x{n})"), &[]))
        .collect();
    many.push(many[0].clone());
    let id = page(&world, "Many", &many.join("<hr />"), None).await;
    let html = read(&world, &olga, &id).await;
    let counts: Vec<_> = html.split("<hr").map(|part| links(part).len()).collect();
    assert_eq!(counts, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1], "{html}");
}

#[tokio::test]
async fn a_query_for_words_finds_what_was_just_written() {
    let world = World::new(143).await;
    let (olga, una) = (world.actor(Who::Olga), world.actor(Who::Una));
    let text =
        list("text ~ \"barnacle\"", &[]) + &list("title ~ \"barn*\" and type = blogpost", &[]);
    let id = page(&world, "About hulls", &text, None).await;
    // The page itself has the word in a parameter, which isn't part of its text.
    let before = links(&read(&world, &una, &id).await);
    assert!(before.is_empty(), "{before:?}");
    page(&world, "Hull", "<p>One barnacle more</p>", None).await;
    for actor in [&olga, &una] {
        assert_eq!(links(&read(&world, actor, &id).await), ["Hull"]);
    }
}

#[tokio::test]
async fn what_can_not_be_understood_lists_nothing_and_the_page_is_there() {
    let world = World::new(144).await;
    let wrong = [
        "type = and",
        "colour = blue",
        "",
        "type = space",
        "label = \"never-used\"",
        "user.fullname ~ lena",
    ];
    let lists: Vec<_> = wrong.iter().map(|cql| list(cql, &[])).collect();
    let id = page(
        &world,
        "Wrong",
        &format!("<p>here</p>{}", lists.concat()),
        None,
    )
    .await;
    let html = read(&world, &world.actor(Who::Una), &id).await;
    assert!(html.contains("here"), "{html}");
    assert!(links(&html).is_empty(), "{html}");
}

#[tokio::test]
async fn page_properties_are_summed_up_by_a_query() {
    let world = World::new(145).await;
    let olga = world.actor(Who::Olga);
    let text = with(
        "detailssummary",
        "label = \"ships\"",
        &[("headings", "Length")],
    );
    let id = page(&world, "Fleet", &text, None).await;
    let details = |length: &str| {
        format!(
            "<ac:structured-macro ac:name=\"details\"><ac:rich-text-body><table><tbody><tr><th>Length</th>\
             <td>{length}</td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>"
        )
    };
    for (title, length) in [("Argo", "54 m"), ("Beagle", "27 m")] {
        let ship = page(&world, title, &details(length), None).await;
        let label = Ask::post(
            format!("/wiki/rest/api/content/{ship}/label"),
            &json!([{"name": "ships"}]),
        );
        world.served.expect(200, &olga, &label).await;
    }
    let html = read(&world, &world.actor(Who::Nobody), &id).await;
    for told in ["Argo", "54 m", "Beagle", "27 m"] {
        assert!(html.contains(told), "{told}: {html}");
    }
}

/// A response that is cached is returned again while nothing changes, but for no longer than a list
/// of what is new may be.
#[tokio::test]
async fn a_list_of_what_is_new_grows_old() {
    let world = World::new(146).await;
    let una = world.actor(Who::Una);
    let recent = list("created > now(\"-2h\") and title = \"Fresh\"", &[]);
    let id = page(&world, "News of the day", &recent, None).await;
    page(&world, "Fresh", "<p>x</p>", None).await;
    let path = format!("/wiki/spaces/DOCS/pages/{id}");
    let link = "/Fresh\"";
    for _ in 0..2 {
        let told = world.served.expect(200, &una, &Ask::get(&path)).await;
        assert!(body_of(&told.text()).contains(link), "{}", told.text());
    }
    world.served.pass(121 * MINUTE);
    let told = world.served.expect(200, &una, &Ask::get(&path)).await;
    assert!(!body_of(&told.text()).contains(link), "{}", told.text());
}

/// Returns the text of a page, without the tree beside it.
fn body_of(html: &str) -> &str {
    html.split_once("<article").map_or(html, |(_, rest)| rest)
}
