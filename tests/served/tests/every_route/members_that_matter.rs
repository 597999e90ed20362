//! Members of requests that would change the meaning if they were ignored: they are used, or
//! refused by name, and a refusal leaves everything as it was.

use http::Method;
use narthex_served::{Actor, Ask, Told, Who, World};
use serde_json::{Value, json};

const V1: &str = "/wiki/rest/api/content";

fn put(path: impl Into<String>, body: &Value) -> Ask {
    Ask::new(Method::PUT, path.into()).json(body)
}

/// Adds further members to a body.
fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    body
}

async fn number(world: &World, actor: &Actor, path: &str) -> u64 {
    let told = world.served.get(actor, path).await.json();
    told["version"]["number"].as_u64().expect("a number")
}

/// Checks that a request is refused by the name of the member.
fn assert_names(told: &Told, member: &str) {
    let text = told.text();
    assert_eq!(told.status, 400, "{member}: {text}");
    assert!(text.contains(member), "{member}: {text}");
}

#[tokio::test]
async fn an_update_that_says_another_id_type_or_space_is_refused_and_changes_nothing() {
    let world = World::new(231).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let open = world.aim("OPEN");
    let other = &world.aim("Install").page;
    for (name, kind) in [("Guide", "page"), ("News", "blogpost")] {
        let aim = world.aim(name);
        let path = format!("{V1}/{}", aim.page);
        let plain = json!({
            "title": "Renamed", "version": {"number": number(&world, &ada, &path).await + 1},
        });
        let elsewhere = world
            .aims
            .iter()
            .find(|other| other.key != aim.key && !other.key.is_empty())
            .expect("another space");
        let another = if kind == "page" { "blogpost" } else { "page" };
        for (more, member) in [
            (json!({"id": other}), "\\\"id\\\""),
            (json!({"id": "none"}), "\\\"id\\\""),
            (json!({"type": another}), "\\\"type\\\""),
            (json!({"type": "comment"}), "\\\"type\\\""),
            (json!({"space": {"key": elsewhere.key}}), "\\\"space\\\""),
            (json!({"space": {"key": "NEVERWAS"}}), "\\\"space\\\""),
            (
                json!({"space": {"id": 4_503_599_627_370_497_u64}}),
                "\\\"space\\\"",
            ),
        ] {
            let told = served.ask(&ada, &put(&path, &with(&plain, &more))).await;
            assert_names(&told, member);
            let now = served.get(&ada, &path).await.json();
            assert_ne!(now["title"], "Renamed", "{more}");
        }
        // A response is sent back as it is.
        let was = served
            .get(&ada, &format!("{path}?expand=space,version"))
            .await
            .json();
        let sent = with(&was, &plain);
        served.expect(200, &ada, &put(&path, &sent)).await;
    }
    let draft = json!({
        "type": "page", "status": "draft", "title": "Half", "space": {"key": open.key},
        "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
    });
    let draft = served
        .expect(200, &ada, &Ask::post(V1, &draft))
        .await
        .json();
    let id = draft["id"].as_str().expect("an id").to_owned();
    let publish = json!({"version": {"number": 1}, "title": "Whole", "type": "page"});
    let instance = format!("{V1}/blueprint/instance/{id}");
    for more in [
        json!({"space": {"key": "NEVERWAS"}}),
        json!({"type": "blogpost"}),
    ] {
        let told = served
            .ask(&ada, &put(&instance, &with(&publish, &more)))
            .await;
        assert_eq!(told.status, 400, "{more}: {}", told.text());
    }
    let right = with(
        &publish,
        &json!({"space": {"key": open.key.to_lowercase()}}),
    );
    served.expect(200, &ada, &put(&instance, &right)).await;
}

#[tokio::test]
async fn a_space_that_is_named_twice_must_be_one() {
    let world = World::new(232).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let open = world.aim("OPEN");
    let sent = |space: Value| json!({"type": "page", "title": "New here", "space": space});
    let id: u64 = open.space.parse().expect("a number");
    let told = served
        .ask(
            &ada,
            &Ask::post(V1, &sent(json!({"id": id, "key": "NEVERWAS"}))),
        )
        .await;
    assert_names(&told, "space.key");
    let both = sent(json!({"id": id, "key": open.key}));
    served.expect(200, &ada, &Ask::post(V1, &both)).await;
}

#[tokio::test]
async fn a_text_is_read_as_its_own_representation_says() {
    let world = World::new(233).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let open = world.aim("OPEN");
    let wiki = json!({"value": "h1. Hello", "representation": "wiki"});
    let v1 = json!({
        "type": "page", "title": "By the first", "space": {"key": open.key}, "body": {"storage": wiki},
    });
    let v2 = json!({
        "spaceId": open.space, "status": "current", "title": "By the second", "body": {"storage": wiki},
    });
    for (path, body) in [(V1, &v1), ("/wiki/api/v2/pages", &v2)] {
        let told = served
            .expect(200, &ada, &Ask::post(path, body))
            .await
            .json();
        let id = told["id"].as_str().expect("an id");
        let text = format!("/wiki/api/v2/pages/{id}?body-format=storage");
        let text = served.get(&ada, &text).await.json();
        let text = text["body"]["storage"]["value"]
            .as_str()
            .unwrap_or_default();
        assert!(text.contains("<h1>Hello</h1>"), "{path}: {text}");
    }
}

#[tokio::test]
async fn a_text_in_a_form_that_is_only_read_is_refused_and_not_dropped() {
    let world = World::new(234).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let (guide, open) = (world.aim("Guide"), world.aim("OPEN"));
    let text = |word: &str| json!({"value": "<p>Lost?</p>", "representation": word});
    let bodies = [
        (json!({"view": text("view")}), "view"),
        (json!({"export_view": text("export_view")}), "export_view"),
        (json!({"storage": text("view")}), "representation"),
        (json!({"storage": text("bogus")}), "representation"),
    ];
    let of_second = [
        (json!({"value": "<p>Lost?</p>"}), "representation"),
        (
            json!({"representation": "view", "value": "<p>Lost?</p>"}),
            "representation",
        ),
    ];
    let number = number(&world, &ada, &format!("{V1}/{}", guide.page)).await + 1;
    let v1 = json!({"type": "page", "title": "Lost", "version": {"number": number}});
    let v2 = with(&v1, &json!({"id": guide.page, "status": "current"}));
    let new_v1 = json!({"type": "page", "title": "Lost", "space": {"key": open.key}});
    let new_v2 = json!({"status": "current", "title": "Lost", "spaceId": open.space});
    let template = json!({"name": "Lost", "templateType": "page"});
    let first = [
        put(format!("{V1}/{}", guide.page), &v1),
        Ask::post(V1, &new_v1),
        Ask::post("/wiki/rest/api/template", &template),
        Ask::post(
            V1,
            &json!({"type": "comment", "container": {"id": guide.page, "type": "page"}}),
        ),
    ];
    let second = [
        put(format!("/wiki/api/v2/pages/{}", guide.page), &v2),
        Ask::post("/wiki/api/v2/pages", &new_v2),
        Ask::post("/wiki/api/v2/blogposts", &new_v2),
        Ask::post(
            "/wiki/api/v2/footer-comments",
            &json!({"pageId": guide.page}),
        ),
    ];
    let first = first.iter().map(|ask| (ask, bodies.iter().chain(&[])));
    let second = second
        .iter()
        .map(|ask| (ask, bodies.iter().chain(&of_second)));
    for (ask, bodies) in first.chain(second) {
        for (body, member) in bodies {
            let like: Value = serde_json::from_slice(&ask.body).expect("JSON");
            let sent = ask.clone().json(&with(&like, &json!({"body": body})));
            assert_names(&served.ask(&ada, &sent).await, member);
        }
    }
    let now = served
        .get(&ada, &format!("{V1}/{}", guide.page))
        .await
        .json();
    assert_eq!(now["title"], "Guide");
    // Together with a text to write, the rendered bodies of a response may be sent back.
    let both = json!({"storage": text("storage"), "view": text("view"), "_expandable": {}});
    let sent = with(&v1, &json!({"body": both}));
    let path = format!("{V1}/{}", guide.page);
    served.expect(200, &ada, &put(&path, &sent)).await;
    let bare = json!({"type": "page", "version": {"number": number + 1}, "title": "Guide",
        "body": {"_expandable": {"storage": ""}, "view": null}});
    served.expect(200, &ada, &put(&path, &bare)).await;
    let kept = served
        .get(&ada, &format!("{path}?expand=body.storage"))
        .await
        .json();
    assert_eq!(kept["body"]["storage"]["value"], "<p>Lost?</p>");
}

#[tokio::test]
async fn what_a_comment_cannot_stand_on_is_refused() {
    let world = World::new(235).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let (guide, news) = (world.aim("Guide"), world.aim("News"));
    let body = json!({"body": {"representation": "storage", "value": "<p>x</p>"}});
    let path = "/wiki/api/v2/footer-comments";
    let count = format!("/wiki/api/v2/pages/{}/footer-comments", guide.page);
    let before = served.get(&ada, &count).await.json();
    for (more, member) in [
        (json!({"attachmentId": guide.attachment}), "attachmentId"),
        (
            json!({"pageId": guide.page, "attachmentId": guide.attachment}),
            "attachmentId",
        ),
        (
            json!({"pageId": guide.page, "customContentId": "1"}),
            "customContentId",
        ),
        (
            json!({"pageId": guide.page, "blogPostId": news.page}),
            "blogPostId",
        ),
    ] {
        let told = served
            .ask(&ada, &Ask::post(path, &with(&body, &more)))
            .await;
        assert_names(&told, member);
    }
    assert_eq!(served.get(&ada, &count).await.json(), before);
    let with_id = json!({
        "type": "comment", "id": guide.page, "status": "current",
        "container": {"id": guide.page, "type": "page"},
    });
    assert_names(
        &served.ask(&ada, &Ask::post(V1, &with_id)).await,
        "\\\"id\\\"",
    );
}

#[tokio::test]
async fn a_page_is_not_made_as_a_live_document() {
    let world = World::new(236).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let open = world.aim("OPEN");
    let new = json!({"spaceId": open.space, "status": "current", "title": "Living"});
    let path = "/wiki/api/v2/pages";
    let live = with(&new, &json!({"subtype": "live"}));
    assert_names(&served.ask(&ada, &Ask::post(path, &live)).await, "subtype");
    let page = with(&new, &json!({"subtype": "page"}));
    served.expect(200, &ada, &Ask::post(path, &page)).await;
}

#[tokio::test]
async fn a_template_keeps_its_space_and_a_property_its_key_and_message() {
    let world = World::new(237).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let open = world.aim("OPEN");
    let template = json!({
        "name": "Minutes", "templateType": "page", "space": {"key": open.key},
        "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
    });
    let path = "/wiki/rest/api/template";
    let made = served
        .expect(200, &ada, &Ask::post(path, &template))
        .await
        .json();
    let edit = with(
        &template,
        &json!({"templateId": made["templateId"], "name": "Notes"}),
    );
    for elsewhere in ["DOCS", "NEVERWAS"] {
        let sent = with(&edit, &json!({"space": {"key": elsewhere}}));
        assert_names(&served.ask(&ada, &put(path, &sent)).await, "\\\"space\\\"");
    }
    served.expect(200, &ada, &put(path, &edit)).await;

    let all = format!("/wiki/rest/api/space/{}/property", open.key);
    let new = json!({"key": "colour", "value": {"of": "door"}});
    served.expect(200, &ada, &Ask::post(&all, &new)).await;
    let one = format!("{all}/colour");
    let edit = json!({
        "key": "colour", "value": {"of": "wall"}, "version": {"number": 2, "message": "Painted"},
    });
    let other = with(&edit, &json!({"key": "size"}));
    assert_names(&served.ask(&ada, &put(&one, &other)).await, "\\\"key\\\"");
    served.expect(200, &ada, &put(&one, &edit)).await;
    let told = served
        .get(&ada, &format!("{one}?expand=version"))
        .await
        .json();
    assert_eq!(told["value"], json!({"of": "wall"}));
    assert_eq!(told["version"]["message"], "Painted");
}

#[tokio::test]
async fn an_attachment_is_not_trashed_and_a_thread_not_reopened_by_a_word_that_means_neither() {
    let world = World::new(238).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let guide = world.aim("Guide");
    let path = format!(
        "{V1}/{}/child/attachment/att{}",
        guide.page, guide.attachment
    );
    let attachment = format!("{V1}/att{}", guide.attachment);
    let version = number(&world, &ada, &attachment).await;
    let sent = |status: &str| {
        json!({"id": format!("att{}", guide.attachment), "type": "attachment", "status": status,
            "version": {"number": version}})
    };
    for status in ["trashed", "archived", "bogus"] {
        assert_names(
            &served.ask(&ada, &put(&path, &sent(status))).await,
            "\\\"status\\\"",
        );
    }
    served
        .expect(200, &ada, &put(&path, &sent("current")))
        .await;

    let comment = format!("{V1}/{}", guide.comment);
    let sent = json!({
        "type": "comment", "version": {"number": number(&world, &ada, &comment).await + 1},
        "extensions": {"resolution": {"status": "bogus"}},
    });
    assert_names(&served.ask(&ada, &put(&comment, &sent)).await, "status");
}

#[tokio::test]
async fn a_space_expands_its_labels_and_settings_and_a_group_its_members_spaces() {
    let world = World::new(239).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let open = world.aim("OPEN");
    let path = format!("/wiki/rest/api/space/{}", open.key);
    let label = json!([{"prefix": "global", "name": "handbook"}]);
    served
        .expect(200, &ada, &Ask::post(format!("{path}/label"), &label))
        .await;
    let bare = served.get(&ada, &path).await.json();
    assert!(bare["metadata"].is_null() && bare["settings"].is_null());
    let told = served
        .get(&ada, &format!("{path}?expand=metadata.labels,settings"))
        .await
        .json();
    let labels = told["metadata"]["labels"]["results"]
        .as_array()
        .expect("labels");
    assert!(
        labels.iter().any(|label| label["name"] == "handbook"),
        "{told}"
    );
    assert_eq!(told["settings"]["spaceKey"], open.key);
    let unexpanded = served
        .get(&ada, &format!("{path}?expand=metadata"))
        .await
        .json();
    assert_eq!(
        unexpanded["metadata"],
        json!({"_expandable": {"labels": ""}})
    );

    let group = &world.aim("writers").group;
    let members = format!("/wiki/rest/api/group/{group}/membersByGroupId");
    let bare = served.get(&ada, &members).await.json();
    assert!(bare["results"][0]["operations"].is_null());
    let told = served
        .get(&ada, &format!("{members}?expand=operations"))
        .await
        .json();
    let all = told["results"].as_array().expect("members");
    assert!(!all.is_empty() && all.iter().all(|member| member["operations"].is_array()));
}

#[tokio::test]
async fn each_member_of_a_conversion_among_many_counts() {
    let world = World::new(240).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let right = json!({
        "to": "view", "body": {"value": "<p>x</p>", "representation": "storage"},
        "allowCache": true, "embeddedContentRender": "current",
    });
    let wrong = [
        json!({"to": "bogus"}),
        json!({"body": 7}),
        json!({"body": {"value": 7, "representation": "storage"}}),
        json!({"body": {"value": "<p>x</p>", "representation": "bogus"}}),
        json!({"contentIdContext": "4503599627370497"}),
        json!({"spaceKeyContext": "NEVERWAS"}),
        json!({"allowCache": "yes"}),
        json!({"embeddedContentRender": "version-at-save"}),
    ];
    let mut inputs = vec![right.clone()];
    inputs.extend(wrong.iter().map(|more| with(&right, more)));
    let path = "/wiki/rest/api/contentbody/convert/async/bulk/tasks";
    let asked = Ask::post(path, &json!({"conversionInputs": inputs}));
    let told = served.expect(200, &ada, &asked).await.json();
    let taken: Vec<bool> = (told.as_array().expect("a list").iter())
        .map(|one| one["asyncId"] != "FAILED_TO_QUEUE")
        .collect();
    let mut expected = vec![false; inputs.len()];
    expected[0] = true;
    assert_eq!(taken, expected);
}

#[tokio::test]
async fn a_permission_of_a_space_is_a_key_and_a_target_together() {
    let world = World::new(241).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let path = format!("/wiki/rest/api/space/{}/permission", world.aim("OPEN").key);
    let group = &world.aim("writers").group;
    let give = |key: &str, target: &str| {
        let body = json!({
            "subject": {"type": "group", "identifier": group},
            "operation": {"key": key, "target": target},
        });
        Ask::post(&path, &body)
    };
    served.expect(200, &ada, &give("read", "space")).await;
    for target in ["page", "blogpost", "comment", "attachment"] {
        for key in ["create", "delete"] {
            served.expect(200, &ada, &give(key, target)).await;
        }
        assert_names(&served.ask(&ada, &give("read", target)).await, "operation");
    }
    for key in ["administer", "export", "restrict_content", "delete"] {
        served.expect(200, &ada, &give(key, "space")).await;
    }
    served.expect(200, &ada, &give("archive", "page")).await;
}

#[tokio::test]
async fn archived_spaces_are_searched_where_that_is_asked_for() {
    let world = World::new(242).await;
    let (served, ada) = (&world.served, world.actor(Who::Ada));
    let space = json!({"key": "ARCHIVE", "name": "Archive"});
    let spaces = "/wiki/rest/api/space";
    served.expect(200, &ada, &Ask::post(spaces, &space)).await;
    let open = &world.aim("OPEN").key;
    for key in ["ARCHIVE", open.as_str()] {
        let page = json!({"type": "page", "title": "Quintessence", "space": {"key": key}});
        served.expect(200, &ada, &Ask::post(V1, &page)).await;
    }
    let archived = json!({"status": "archived"});
    let path = format!("{spaces}/ARCHIVE");
    served.expect(200, &ada, &put(path, &archived)).await;
    for (more, expected) in [
        ("", 1),
        ("&includeArchivedSpaces=false", 1),
        ("&includeArchivedSpaces=true", 2),
    ] {
        let search = format!("/wiki/rest/api/search?cql=title%20%3D%20Quintessence{more}");
        let told = served.get(&ada, &search).await.json();
        assert_eq!(told["totalSize"], expected, "{more}: {told}");
    }
}
