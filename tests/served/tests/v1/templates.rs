//! Templates over v1.

use http::Method;
use narthex_served::Stage;
use narthex_served::stage::nobody;
use narthex_site::account::Access;
use serde_json::{Value, json};

fn form(name: &str, space: Option<&str>) -> Value {
    let mut form = json!({
        "name": name, "templateType": "page", "description": "To fill in",
        "labels": [{"prefix": "global", "name": "forms"}],
        "body": {"storage": {"value": "<p>fill in</p>", "representation": "storage"}},
    });
    if let Some(key) = space {
        form["space"] = json!({"key": key});
    }
    form
}

#[tokio::test]
async fn templates_of_a_space_and_of_the_site_are_made_read_changed_and_removed() {
    const ALL: &str = "/wiki/rest/api/template";
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    let make = form("Form", Some("DOCS")).to_string();
    let made = stage.post(&root, ALL, &make).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let made = made.json();
    assert_eq!(made["space"]["key"], "DOCS");
    assert_eq!(made["labels"][0]["name"], "forms");
    assert_eq!(made["body"]["storage"]["value"], "<p>fill in</p>");
    let id = made["templateId"].as_str().unwrap();
    let of_site = form("For all", None).to_string();
    assert_eq!(stage.post(&root, ALL, &of_site).await.status, 200);
    assert_eq!(stage.post(&lena, ALL, &make).await.status, 403);

    let list = |query: &str| format!("{ALL}/page{query}");
    let of_space = stage.get(&lena, &list("?spaceKey=docs")).await.json();
    assert_eq!(of_space["results"][0]["templateId"], id);
    assert!(of_space["results"][0]["_expandable"]["body"].is_string());
    assert!(of_space["results"][0].get("body").is_none());
    let of_site = stage.get(&lena, &list("?expand=body")).await.json();
    assert_eq!(
        (&of_site["size"], &of_site["results"][0]["name"]),
        (&json!(1), &json!("For all"))
    );
    assert_eq!(stage.get(&nobody(), &list("")).await.json()["size"], 0);

    let mut changed = form("Formular", None);
    changed["templateId"] = json!(id);
    let edited = stage
        .json(&root, Method::PUT, ALL, &changed.to_string())
        .await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    let one = format!("{ALL}/{id}");
    let read = stage.get(&lena, &one).await.json();
    assert_eq!(
        (&read["name"], &read["space"]["key"]),
        (&json!("Formular"), &json!("DOCS"))
    );
    // A description that isn't sent stays; an empty one counts as sent.
    for (sent, kept) in [(None, "To fill in"), (Some(""), "")] {
        let body = changed.as_object_mut().unwrap();
        match sent {
            None => body.remove("description"),
            Some(sent) => body.insert("description".into(), json!(sent)),
        };
        let sent = changed.to_string();
        let edited = stage.json(&root, Method::PUT, ALL, &sent).await;
        assert_eq!(edited.status, 200, "{}", edited.text());
        assert_eq!(stage.get(&lena, &one).await.json()["description"], kept);
    }
    assert_eq!(stage.get(&nobody(), &one).await.status, 404);
    assert_eq!(
        stage.json(&lena, Method::DELETE, &one, "").await.status,
        403
    );
    assert_eq!(
        stage.json(&root, Method::DELETE, &one, "").await.status,
        204
    );
    assert_eq!(stage.get(&root, &one).await.status, 404);
    let mut nameless = form("x", Some("DOCS"));
    nameless["name"] = json!(" ");
    let nameless = stage.post(&root, ALL, &nameless.to_string()).await;
    assert_eq!(nameless.status, 400, "{}", nameless.text());
}
