//! What is copied along with a page: the parts that were requested, and nothing else.

use http::Method;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

const CONTENT: &str = "/wiki/rest/api/content";

/// Makes a page of DOCS by Olga, and returns its id.
async fn page(world: &World, title: &str, below: Option<&str>) -> String {
    let above: Vec<_> = below.into_iter().map(|id| json!({"id": id})).collect();
    let new = json!({
        "type": "page", "title": title, "space": {"key": "DOCS"}, "ancestors": above,
        "body": {"storage": {"value": "<p>words</p>", "representation": "storage"}},
    });
    let made = world
        .served
        .expect(200, &world.actor(Who::Olga), &Ask::post(CONTENT, &new))
        .await;
    made.json()["id"].as_str().expect("an id").to_owned()
}

/// Adds labels and a property to a page.
async fn hang(world: &World, page: &str, key: &str, value: &Value) {
    let olga = world.actor(Who::Olga);
    let labels = json!([{"name": "kept"}, {"prefix": "my", "name": "mine"}]);
    let path = format!("{CONTENT}/{page}/label");
    world
        .served
        .expect(200, &olga, &Ask::post(path, &labels))
        .await;
    let path = format!("{CONTENT}/{page}/property");
    let property = json!({"key": key, "value": value});
    world
        .served
        .expect(200, &olga, &Ask::post(path, &property))
        .await;
}

async fn labels(world: &World, page: &str) -> Vec<String> {
    let path = format!("{CONTENT}/{page}/label");
    let told = world
        .served
        .get(&world.actor(Who::Olga), &path)
        .await
        .json();
    let results = told["results"].as_array().expect("results").iter();
    results
        .map(|label| label["name"].as_str().expect("a name").to_owned())
        .collect()
}

async fn property(world: &World, actor: &Actor, page: &str, key: &str) -> Value {
    let path = format!("{CONTENT}/{page}/property/{key}");
    world.served.get(actor, &path).await.json()
}

async fn copy(world: &World, id: &str, to: (&str, &str), title: &str, parts: &[&str]) -> String {
    let mut copy = json!({"destination": {"type": to.0, "value": to.1}, "pageTitle": title});
    for part in parts {
        copy[*part] = Value::Bool(true);
    }
    let post = Ask::post(format!("{CONTENT}/{id}/copy"), &copy);
    let made = world
        .served
        .expect(200, &world.actor(Who::Olga), &post)
        .await;
    made.json()["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn labels_and_properties_come_along_where_they_are_asked_for() {
    let world = World::new(161).await;
    let olga = world.actor(Who::Olga);
    let tide = json!({"height": 3});
    let source = page(&world, "Source", None).await;
    hang(&world, &source, "tide", &tide).await;

    let bare = copy(&world, &source, ("parent_page", &source), "Bare", &[]).await;
    assert!(labels(&world, &bare).await.is_empty());
    assert_eq!(
        property(&world, &olga, &bare, "tide").await["statusCode"],
        404
    );

    let parts = ["copyLabels", "copyProperties"];
    let whole = copy(&world, &source, ("space", "DOCS"), "Whole", &parts).await;
    assert_eq!(labels(&world, &whole).await, ["kept"]);
    let copied = property(&world, &olga, &whole, "tide").await;
    assert_eq!(
        (&copied["value"], &copied["version"]["number"]),
        (&tide, &json!(1))
    );
    // The copy has a property of its own: that of the source stays when the copy's is deleted.
    let gone = Ask::new(Method::DELETE, format!("{CONTENT}/{whole}/property/tide"));
    world.served.expect(204, &olga, &gone).await;
    assert_eq!(
        property(&world, &olga, &source, "tide").await["value"],
        tide
    );

    let target = page(&world, "Target", None).await;
    hang(&world, &target, "tide", &json!(0)).await;
    let other = Ask::post(
        format!("{CONTENT}/{target}/label"),
        &json!([{"name": "other"}]),
    );
    world.served.expect(200, &olga, &other).await;
    let over = copy(
        &world,
        &source,
        ("existing_page", &target),
        "Target",
        &parts,
    )
    .await;
    assert_eq!(over, target);
    assert_eq!(labels(&world, &target).await, ["kept", "mine", "other"]);
    let rewritten = property(&world, &olga, &target, "tide").await;
    assert_eq!(
        (&rewritten["value"], &rewritten["version"]["number"]),
        (&tide, &json!(2))
    );
}

#[tokio::test]
async fn a_tree_is_copied_with_the_properties_of_each_page() {
    let world = World::new(162).await;
    let olga = world.actor(Who::Olga);
    let source = page(&world, "Roots", None).await;
    let below = page(&world, "Twig", Some(&source)).await;
    hang(&world, &source, "a", &json!({"of": "roots"})).await;
    hang(&world, &below, "b", &json!({"of": "twig"})).await;
    let place = page(&world, "Garden", None).await;
    let tree = json!({
        "destinationPageId": place, "copyProperties": true, "copyLabels": true,
        "titleOptions": {"prefix": "Copy of "},
    });
    let post = Ask::post(format!("{CONTENT}/{source}/pagehierarchy/copy"), &tree);
    world.served.expect(202, &olga, &post).await;
    for (title, key, of) in [
        ("Copy of Roots", "a", "roots"),
        ("Copy of Twig", "b", "twig"),
    ] {
        let path = format!(
            "{CONTENT}?spaceKey=DOCS&title={}",
            title.replace(' ', "%20")
        );
        let found = world.served.get(&olga, &path).await.json();
        let id = found["results"][0]["id"]
            .as_str()
            .expect("the copy")
            .to_owned();
        assert_eq!(property(&world, &olga, &id, key).await["value"]["of"], of);
        assert_eq!(labels(&world, &id).await, ["kept"]);
    }
}

/// A copy shows the copier what its source shows, and its readers are those of its own position.
#[tokio::test]
async fn the_property_of_a_hidden_page_is_copied_by_nobody() {
    let world = World::new(163).await;
    let lena = world.actor(Who::Lena);
    let secret = &world.aim("Secret").page;
    let guide = &world.aim("Guide").page;
    let copy = json!({
        "destination": {"type": "parent_page", "value": guide}, "pageTitle": "Taken", "copyProperties": true,
    });
    let post = Ask::post(format!("{CONTENT}/{secret}/copy"), &copy);
    world.served.expect(404, &lena, &post).await;
}
