//! Blog posts belong to a day: a title is taken on one day only, and posts that were written
//! elsewhere keep their dates.

use http::Method;
use narthex_served::stage::Caller;
use narthex_served::{Stage, Told};
use serde_json::{Value, json};

const V1: &str = "/wiki/rest/api/content";
const V2: &str = "/wiki/api/v2/blogposts";
const TITLE: &str = "Weekly status";

/// The day on which the stage begins.
const TODAY: &str = "2026-01-05";

struct Blog {
    stage: Stage,
    root: Caller,
    space: String,
}

impl Blog {
    async fn new() -> Self {
        let stage = Stage::new().await;
        let root = stage.root().await;
        let space = stage.space(&root, "DOCS").await["id"].to_string();
        Self { stage, root, space }
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Told {
        let body = body.to_string();
        self.stage.json(&self.root, method, path, &body).await
    }

    /// Makes a post by v2, with an instant if one is given.
    async fn second(&self, title: &str, created_at: Option<&str>) -> Told {
        let mut body = json!({
            "spaceId": self.space, "status": "current", "title": title,
            "body": {"representation": "storage", "value": "<p>words</p>"},
        });
        if let Some(created_at) = created_at {
            body["createdAt"] = created_at.into();
        }
        self.send(Method::POST, V2, &body).await
    }

    /// Makes a post by v1, with an instant if one is given.
    async fn first(&self, title: &str, created_date: Option<&str>) -> Told {
        let mut body = json!({
            "type": "blogpost", "title": title, "space": {"key": "DOCS"},
            "body": {"storage": {"representation": "storage", "value": "<p>words</p>"}},
        });
        if let Some(created_date) = created_date {
            body["history"] = json!({"createdDate": created_date});
        }
        self.send(Method::POST, V1, &body).await
    }

    async fn get(&self, path: &str) -> Value {
        let reply = self.stage.get(&self.root, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }
}

fn made(reply: &Told) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["id"].as_str().unwrap().to_owned()
}

fn refused(reply: &Told, why: &str) {
    assert_eq!(reply.status, 400, "{}", reply.text());
    assert!(reply.text().contains(why), "{}", reply.text());
}

fn ids(list: &Value) -> Vec<&str> {
    let results = list["results"].as_array().unwrap().iter();
    results.map(|post| post["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_title_is_taken_on_one_posting_day_only() {
    let blog = Blog::new().await;
    let today = made(&blog.second(TITLE, None).await);
    for again in [
        blog.second(TITLE, None).await,
        blog.first(TITLE, None).await,
        blog.second("weekly STATUS", Some("2026-01-05T00:00:00.000Z"))
            .await,
    ] {
        refused(&again, "title already exists");
        refused(&again, "2026/01/05");
    }
    let week_ago = made(&blog.second(TITLE, Some("2025-12-25T08:00:00.000Z")).await);
    let before = made(&blog.first(TITLE, Some("2025-12-18T08:00:00.000Z")).await);
    let at_night = "2025-12-25T23:59:59.999Z";
    refused(&blog.first(TITLE, Some(at_night)).await, "2025/12/25");
    // A page's title is unique, whatever date a client sends.
    let page =
        json!({"spaceId": blog.space, "title": TITLE, "createdAt": "2020-01-02T03:04:05.000Z"});
    let page = blog.send(Method::POST, "/wiki/api/v2/pages", &page).await;
    made(&page);
    assert!(
        page.json()["createdAt"]
            .as_str()
            .unwrap()
            .starts_with(TODAY),
        "{}",
        page.text()
    );

    // Each is found by its day, and all of them by the title.
    let list =
        |query: &str| format!("{V1}?type=blogpost&spaceKey=DOCS&title=Weekly%20status{query}");
    for (day, post) in [
        (TODAY, &today),
        ("2025-12-25", &week_ago),
        ("2025-12-18", &before),
    ] {
        let found = blog.get(&list(&format!("&postingDay={day}"))).await;
        assert_eq!(ids(&found), [post], "{day}");
    }
    let all = blog.get(&list("")).await;
    assert_eq!(ids(&all), [&before, &week_ago, &today]);
    let second = blog
        .get(&list("&start=1&limit=1&orderby=history.createdDate%20desc"))
        .await;
    assert_eq!(ids(&second), [&week_ago]);
    let by_second = format!(
        "{V2}?space-id={}&title=Weekly%20status&sort=created-date",
        blog.space
    );
    let by_second = blog.get(&by_second).await;
    assert_eq!(ids(&by_second), [&before, &week_ago, &today]);

    // A post can't be moved to a day on which its title is taken, nor restored to one.
    let edit = |created_at: &str| {
        json!({"id": today, "status": "current", "title": TITLE, "createdAt": created_at,
               "body": {"representation": "storage", "value": "<p>more</p>"},
               "version": {"number": 2}})
    };
    let put = |created_at: &str| {
        let body = edit(created_at);
        let path = format!("{V2}/{today}");
        let blog = &blog;
        async move { blog.send(Method::PUT, &path, &body).await }
    };
    refused(
        &put("2025-12-25T10:00:00.000Z").await,
        "title already exists",
    );
    let trash = format!("{V2}/{week_ago}");
    assert_eq!(
        blog.send(Method::DELETE, &trash, &json!({})).await.status,
        204
    );
    let moved = put("2025-12-25T10:00:00.000Z").await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let back =
        json!({"id": week_ago, "status": "current", "title": TITLE, "version": {"number": 2}});
    refused(
        &blog.send(Method::PUT, &trash, &back).await,
        "title already exists",
    );
}

#[tokio::test]
async fn a_blog_post_is_of_the_moment_that_is_sent_with_it() {
    let blog = Blog::new().await;
    let at = "2020-01-02T03:04:05.678Z";
    let by_second = blog
        .second("By two", Some("2020-01-02T04:04:05.678+01:00"))
        .await;
    let by_first = blog.first("By one", Some(at)).await;
    for post in [made(&by_second), made(&by_first)] {
        let second = blog.get(&format!("{V2}/{post}")).await;
        assert_eq!(second["createdAt"], at);
        // The instant at which its text was written is another fact.
        assert!(
            second["version"]["createdAt"]
                .as_str()
                .unwrap()
                .starts_with(TODAY),
            "{second}"
        );
        let address = second["_links"]["webui"].as_str().unwrap();
        assert!(address.contains("/blog/2020/01/02/"), "{address}");
        let first = blog.get(&format!("{V1}/{post}?expand=history")).await;
        assert_eq!(first["history"]["createdDate"], at);
    }

    // A new version may set another instant; without one it stays.
    let post = made(&by_second);
    let put = |number: u32, created_at: Value| {
        let body = json!({"id": post, "status": "current", "title": "By two", "createdAt": created_at,
                          "body": {"representation": "storage", "value": "<p>more</p>"},
                          "version": {"number": number}});
        let path = format!("{V2}/{post}");
        let blog = &blog;
        async move { blog.send(Method::PUT, &path, &body).await }
    };
    for (number, sent, told) in [
        (
            2,
            json!("2019-12-31T23:59:59.000Z"),
            "2019-12-31T23:59:59.000Z",
        ),
        (3, json!(null), "2019-12-31T23:59:59.000Z"),
    ] {
        let reply = put(number, sent).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.json()["createdAt"], told);
    }
    // A client of v1 sends back what it read, and changes nothing by that.
    let path = format!("{V1}/{post}");
    let read = blog
        .get(&format!("{path}?expand=history,body.storage,version"))
        .await;
    let mut back = read.clone();
    back["version"] = json!({"number": 4});
    let reply = blog.send(Method::PUT, &path, &back).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(
        reply.json()["history"]["createdDate"],
        "2019-12-31T23:59:59.000Z"
    );
}

#[tokio::test]
async fn a_date_that_makes_no_sense_for_a_blog_post_changes_nothing() {
    let blog = Blog::new().await;
    for sent in ["2020-01-02", "yesterday", "2020-13-02T03:04:05.000Z"] {
        refused(&blog.second("No", Some(sent)).await, "createdAt");
        refused(&blog.first("No", Some(sent)).await, "history.createdDate");
    }
    for sent in [
        "2026-01-07T00:00:00.000Z",
        "9999-01-01T00:00:00.000Z",
        "-000001-01-01T00:00:00.000Z",
    ] {
        refused(&blog.second("No", Some(sent)).await, "must be in the past");
    }
    let list = blog.get(&format!("{V2}?space-id={}", blog.space)).await;
    assert_eq!(ids(&list), [""; 0]);
    // Clocks differ a little, and so do time zones.
    made(
        &blog
            .second("Tomorrow", Some("2026-01-05T23:00:00.000Z"))
            .await,
    );
}

#[tokio::test]
async fn a_draft_of_a_blog_post_keeps_the_moment_until_it_is_published() {
    let blog = Blog::new().await;
    let at = "2020-01-02T03:04:05.000Z";
    let draft = json!({"spaceId": blog.space, "status": "draft", "title": "Old", "createdAt": at});
    let draft = made(&blog.send(Method::POST, V2, &draft).await);
    let publish = json!({"id": draft, "status": "current", "title": "Old",
                         "body": {"representation": "storage", "value": "<p>x</p>"},
                         "version": {"number": 1}});
    let path = format!("{V2}/{draft}");
    let published = blog.send(Method::PUT, &path, &publish).await;
    assert_eq!(published.status, 200, "{}", published.text());
    assert_eq!(published.json()["createdAt"], at);
    // A draft of a published post is a text, and changes no date.
    let mut kept = publish.clone();
    kept["status"] = json!("draft");
    kept["createdAt"] = json!("2021-01-02T03:04:05.000Z");
    let kept = blog.send(Method::PUT, &path, &kept).await;
    refused(&kept, "status current");
}

#[tokio::test]
async fn a_link_to_a_blog_post_leads_to_that_of_its_posting_day() {
    let blog = Blog::new().await;
    let old = made(&blog.second(TITLE, Some("2025-12-25T08:00:00.000Z")).await);
    let new = made(&blog.second(TITLE, None).await);
    let link = |day: &str| {
        format!(
            "<p><ac:link><ri:blog-post ri:content-title=\"{TITLE}\" ri:posting-day=\"{day}\" /></ac:link></p>"
        )
    };
    for (n, day, target) in [(1, "2025/12/25", &old), (2, "2026/01/05", &new)] {
        let page = json!({"spaceId": blog.space, "title": format!("Links {n}"),
                          "body": {"representation": "storage", "value": link(day)}});
        let page = made(&blog.send(Method::POST, "/wiki/api/v2/pages", &page).await);
        let view = blog
            .get(&format!("/wiki/api/v2/pages/{page}?body-format=view"))
            .await;
        let text = view["body"]["view"]["value"].as_str().unwrap();
        assert!(text.contains(&format!("/blog/{day}/{target}")), "{text}");
    }
}
