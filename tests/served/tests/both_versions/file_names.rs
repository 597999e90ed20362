//! The names of uploaded files, by every route that accepts files.

use http::Method;
use narthex_served::{Actor, Ask, Who, World};
use serde_json::{Value, json};

/// Makes an upload whose part has these parameters behind its name.
fn upload(method: Method, path: &str, parameters: &str) -> Ask {
    let body = format!(
        "--part\r\nContent-Disposition: form-data; name=\"file\"; {parameters}\r\n\r\nhello\r\n--part--\r\n"
    );
    Ask::new(method, path)
        .typed("multipart/form-data; boundary=part", body)
        .with("x-atlassian-token", "no-check")
}

struct Desk {
    world: World,
    ada: Actor,
    all: String,
}

impl Desk {
    async fn new(seed: u64) -> Self {
        let world = World::new(seed).await;
        let ada = world.actor(Who::Ada);
        let all = format!(
            "/wiki/rest/api/content/{}/child/attachment",
            world.aim("Guide").page
        );
        Self { world, ada, all }
    }

    async fn send(&self, status: u16, ask: &Ask) -> Value {
        self.world
            .served
            .expect(status, &self.ada, ask)
            .await
            .json()
    }
}

#[tokio::test]
async fn a_file_has_the_name_that_its_part_says_in_whichever_form() {
    let desk = Desk::new(411).await;
    let long = "日".repeat(255);
    for (n, (parameters, name)) in [
        (
            "filename=\"=?utf-8?B?w7xiZXIudHh0?=\"; filename*=utf-8''%C3%BCber.txt".into(),
            "über.txt",
        ),
        ("filename*=UTF-8''na%C3%AFve.txt".to_owned(), "naïve.txt"),
        ("filename=\"=?UTF-8?Q?caf=C3=A9.txt?=\"".into(), "café.txt"),
        ("filename=\"my/path/to/file.png\"".into(), "file.png"),
        ("filename=\"C:\\tmp\\win.txt\"".into(), "win.txt"),
        (format!("filename=\"{long}\""), &*long),
    ]
    .into_iter()
    .enumerate()
    {
        let method = if n % 2 == 0 {
            Method::POST
        } else {
            Method::PUT
        };
        let made = desk
            .send(200, &upload(method, &desk.all, &parameters))
            .await;
        assert_eq!(made["results"][0]["title"], name, "{parameters}");
        // The address in the response has the name, and serves the file.
        let link = made["results"][0]["_links"]["download"]
            .as_str()
            .expect("a link");
        let told = desk
            .world
            .served
            .get(&desk.ada, &format!("/wiki{link}"))
            .await;
        assert_eq!(
            (told.status, told.text().as_str()),
            (200, "hello"),
            "{link}"
        );
    }
}

#[tokio::test]
async fn a_name_is_at_most_255_characters_long_at_every_door() {
    let desk = Desk::new(412).await;
    let (fits, long) = ("ü".repeat(255), "ü".repeat(256));
    let named = |name: &str| format!("filename=\"{name}\"");
    let made = desk
        .send(200, &upload(Method::POST, &desk.all, &named("short.txt")))
        .await;
    let id = made["results"][0]["id"].as_str().expect("an id").to_owned();
    desk.send(400, &upload(Method::POST, &desk.all, &named(&long)))
        .await;
    desk.send(400, &upload(Method::PUT, &desk.all, &named("folder/")))
        .await;
    let rename = |number: u32, name: &str| {
        let body =
            json!({"id": id, "type": "attachment", "title": name, "version": {"number": number}});
        Ask::new(Method::PUT, format!("{}/{id}", desk.all)).json(&body)
    };
    desk.send(400, &rename(1, &long)).await;
    assert_eq!(desk.send(200, &rename(1, &fits)).await["title"], *fits);
    // A new version keeps the attachment's name, whatever the file is called.
    let data = format!("{}/{id}/data", desk.all);
    let version = desk
        .send(200, &upload(Method::POST, &data, &named(&long)))
        .await;
    assert_eq!(version["title"], *fits);
}
