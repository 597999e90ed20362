//! A world in which lists have several entries, so that filters and orders have a visible effect.

use http::Method;
use narthex_served::{Aim, Ask, Who, World};
use serde_json::{Value, json};

/// A world, with an inline comment and a task.
pub(super) struct Furnished {
    pub(super) world: World,
    pub(super) inline: Aim,
    pub(super) task: Aim,
}

impl Furnished {
    pub(super) async fn new() -> Self {
        let world = World::new(51).await;
        let (guide, news, open) = (world.aim("Guide"), world.aim("News"), world.aim("OPEN"));
        let v2 = "/wiki/api/v2";
        let text = json!({"representation": "storage", "value": "<p>said again</p>"});
        let said = json!({"pageId": guide.page, "body": text, "inlineCommentProperties": {
            "textSelection": "words", "textSelectionMatchCount": 1, "textSelectionMatchIndex": 0,
        }});
        let comment = made(&world, &format!("{v2}/inline-comments"), &said).await;
        let inline = Aim {
            comment: comment["id"].as_str().unwrap_or_default().to_owned(),
            ..guide.clone()
        };
        for (all, id) in [
            ("pages", &guide.page),
            ("blogposts", &news.page),
            ("spaces", &open.space),
            ("comments", &guide.comment),
            ("comments", &inline.comment),
            ("attachments", &guide.attachment),
            ("folders", &world.aim("Shelf").page),
        ] {
            for key in ["first", "second"] {
                let property = json!({"key": key, "value": [key]});
                made(&world, &format!("{v2}/{all}/{id}/properties"), &property).await;
            }
        }
        let labels = json!([
            {"prefix": "global", "name": "alpha"},
            {"prefix": "my", "name": "beta"},
            {"prefix": "team", "name": "gamma"},
        ]);
        let v1 = "/wiki/rest/api";
        made(&world, &format!("{v1}/space/{}/label", open.key), &labels).await;
        for page in [&guide.page, &news.page, &world.aim("Install").page] {
            let own = json!({"prefix": "global", "name": guide.label});
            let some = json!([labels[0], labels[1], own]);
            made(&world, &format!("{v1}/content/{page}/label"), &some).await;
            let draft = json!({
                "id": page, "status": "draft", "title": "Kept", "body": text, "version": {"number": 1},
            });
            let all = match page == &news.page {
                true => "blogposts",
                false => "pages",
            };
            let put = Ask::new(Method::PUT, format!("{v2}/{all}/{page}")).json(&draft);
            sent(&world, &put).await;
        }
        let state = json!({"name": "On its way", "color": "#ff7452"});
        let state = Ask::new(
            Method::PUT,
            format!("{v1}/content/{}/state?status=current", guide.page),
        )
        .json(&state);
        sent(&world, &state).await;
        for answered in [&guide.comment, &inline.comment] {
            let place = match answered == &inline.comment {
                true => "inline-comments",
                false => "footer-comments",
            };
            for _ in 0..2 {
                let answer = json!({"parentCommentId": answered, "body": text});
                made(&world, &format!("{v2}/{place}"), &answer).await;
                world.served.pass(1_000);
            }
        }
        for title in ["Zinc", "Amber"] {
            let shelf = &world.aim("Shelf").page;
            for parent in [&guide.page, shelf] {
                let title = format!("{title} below {parent}");
                let space = match parent == shelf {
                    true => &world.aim("Shelf").space,
                    false => &guide.space,
                };
                let page = json!({"spaceId": space, "status": "current", "title": title,
                    "parentId": parent, "body": text});
                made(&world, &format!("{v2}/pages"), &page).await;
                world.served.pass(1_000);
            }
            let post =
                json!({"spaceId": open.space, "status": "current", "title": title, "body": text});
            made(&world, &format!("{v2}/blogposts"), &post).await;
        }
        let to_do = "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete\
                     </ac:task-status><ac:task-body></ac:task-body></ac:task></ac:task-list>\
                     <ac:task-list><ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete\
                     </ac:task-status><ac:task-body>Sweep</ac:task-body></ac:task></ac:task-list>";
        let to_do = json!({"spaceId": open.space, "status": "current", "title": "To do",
            "body": {"representation": "storage", "value": to_do}});
        let page = made(&world, &format!("{v2}/pages"), &to_do).await;
        let tasks = format!(
            "{v2}/tasks?page-id={}",
            page["id"].as_str().unwrap_or_default()
        );
        let tasks = sent(&world, &Ask::get(tasks)).await;
        let of_task = tasks["results"][0]["id"].as_str().unwrap_or_default();
        let task = Aim {
            to_do: of_task.to_owned(),
            ..guide.clone()
        };
        Self {
            world,
            inline,
            task,
        }
    }
}

async fn made(world: &World, path: &str, body: &Value) -> Value {
    sent(world, &Ask::post(path, body)).await
}

async fn sent(world: &World, ask: &Ask) -> Value {
    let told = world.served.ask(&world.actor(Who::Ada), ask).await;
    assert!(told.status < 300, "{ask}: {} {}", told.status, told.text());
    told.json()
}
