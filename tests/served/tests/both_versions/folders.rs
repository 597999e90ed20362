//! Folders: they are in the tree as pages are, in no list of pages, and nothing can be attached to
//! them.

use http::Method;
use narthex_served::stage::{Caller, nobody};
use narthex_served::{Stage, Told};
use narthex_site::account::Access;
use serde_json::{Value, json};

/// A space DOCS with its home page, and the site's first administrator.
struct Ground {
    stage: Stage,
    root: Caller,
    space: String,
    home: String,
}

impl Ground {
    async fn new() -> Self {
        let stage = Stage::new().await;
        let root = stage.root().await;
        let space = stage.space(&root, "DOCS").await;
        Self {
            root,
            space: space["id"].to_string(),
            home: space["homepage"]["id"].as_str().unwrap().to_owned(),
            stage,
        }
    }

    async fn make(&self, kind: &str, title: &str, parent: Option<&str>) -> Told {
        let body = json!({"spaceId": self.space, "title": title, "parentId": parent});
        let path = format!("/wiki/api/v2/{kind}");
        self.stage.post(&self.root, &path, &body.to_string()).await
    }

    async fn made(&self, kind: &str, title: &str, parent: Option<&str>) -> String {
        let made = self.make(kind, title, parent).await;
        assert_eq!(made.status, 200, "{}", made.text());
        made.json()["id"].as_str().unwrap().to_owned()
    }

    async fn read(&self, path: &str) -> Value {
        let reply = self.stage.get(&self.root, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    async fn titles(&self, path: &str) -> Vec<String> {
        titles(&self.read(path).await["results"])
    }

    async fn send(&self, method: Method, path: &str, body: &str) -> Told {
        self.stage.json(&self.root, method, path, body).await
    }
}

fn titles(results: &Value) -> Vec<String> {
    let results = results.as_array().unwrap().iter();
    results
        .map(|it| it["title"].as_str().unwrap().to_owned())
        .collect()
}

fn kinds(list: &Value) -> Vec<&str> {
    let results = list["results"].as_array().unwrap().iter();
    results.map(|it| it["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_folder_stands_in_the_tree_and_pages_lie_in_it() {
    let ground = Ground::new().await;
    let at_root = ground.make("folders", "Shelf", None).await.json();
    assert_eq!(
        (&at_root["parentId"], &at_root["parentType"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        (&at_root["type"], &at_root["status"]),
        (&json!("folder"), &json!("current"))
    );
    assert_eq!(at_root["version"]["number"], 1);
    assert_eq!(at_root["version"]["authorId"], at_root["authorId"]);
    let shelf = at_root["id"].as_str().unwrap();

    let guide = ground.made("pages", "Guide", Some(shelf)).await;
    let read = ground.read(&format!("/wiki/api/v2/pages/{guide}")).await;
    assert_eq!(
        (&read["parentId"], &read["parentType"]),
        (&json!(shelf), &json!("folder"))
    );
    let inner = ground.make("folders", "Inner", Some(&guide)).await.json();
    assert_eq!(inner["parentType"], "page");
    let inner = inner["id"].as_str().unwrap();
    let deep = ground.stage.page_below(&ground.root, inner, "Deep").await;

    let below = ground
        .read(&format!("/wiki/api/v2/folders/{shelf}/descendants?depth=5"))
        .await;
    assert_eq!(titles(&below["results"]), ["Guide", "Inner", "Deep"]);
    assert_eq!(kinds(&below), ["page", "folder", "page"]);
    let above = ground
        .read(&format!("/wiki/api/v2/pages/{deep}/ancestors"))
        .await;
    assert_eq!(kinds(&above), ["folder", "page", "folder"]);
    let above = ground
        .read(&format!("/wiki/api/v2/folders/{inner}/ancestors"))
        .await;
    assert_eq!(kinds(&above), ["folder", "page"]);
    let beside = ground.made("pages", "Next to it", Some(&guide)).await;
    let children = format!("/wiki/api/v2/pages/{guide}/direct-children");
    let children = ground.read(&children).await;
    assert_eq!(kinds(&children), ["folder", "page"]);
    // A list of pages has only the pages, each with its position among all siblings.
    let pages = format!("/wiki/api/v2/pages/{guide}/children");
    let pages = ground.read(&pages).await;
    assert_eq!(
        (
            &pages["results"][0]["id"],
            &pages["results"][0]["childPosition"]
        ),
        (&json!(beside), &json!(1))
    );
    assert_eq!(pages["results"].as_array().unwrap().len(), 1);
    let in_folder = format!("/wiki/api/v2/folders/{shelf}/direct-children?sort=id&limit=1");
    assert_eq!(ground.titles(&in_folder).await, ["Guide"]);

    let content = format!("/wiki/rest/api/content/{deep}?expand=ancestors");
    let content = ground.read(&content).await;
    let above: Vec<_> = content["ancestors"].as_array().unwrap().iter().collect();
    assert_eq!(
        above.iter().map(|it| &it["type"]).collect::<Vec<_>>(),
        ["folder", "page", "folder"]
    );
    let web = format!("/wiki/spaces/DOCS/pages/{inner}");
    let web = ground.stage.get(&ground.root, &web).await;
    assert!(web.text().contains("Folder</span>"), "{}", web.text());
    assert!(web.text().contains(&format!("/pages/{deep}/Deep")));
    assert!(!web.text().contains("Write a comment"));
}

#[tokio::test]
async fn a_folder_is_in_no_list_of_pages_and_in_those_of_folders() {
    let ground = Ground::new().await;
    let shelf = ground.made("folders", "Shelf", Some(&ground.home)).await;
    let page = ground.made("pages", "Guide", Some(&shelf)).await;
    let home = &ground.home;
    for path in [
        "/wiki/api/v2/pages?limit=250".to_owned(),
        "/wiki/api/v2/blogposts".into(),
        format!("/wiki/api/v2/spaces/{}/pages", ground.space),
        "/wiki/rest/api/content".into(),
        "/wiki/rest/api/space/DOCS/content/page".into(),
        format!("/wiki/rest/api/content/{home}/child/page"),
        format!("/wiki/rest/api/content/{home}/descendant/page"),
        "/wiki/rest/api/content/search?cql=type%20%3D%20page".into(),
    ] {
        let listed = ground.titles(&path).await;
        assert!(!listed.contains(&"Shelf".to_owned()), "{path}: {listed:?}");
    }
    for path in [
        format!("/wiki/rest/api/content/{home}/child/folder"),
        format!("/wiki/rest/api/content/{home}/descendant/folder"),
        "/wiki/rest/api/content?type=folder".into(),
        "/wiki/rest/api/space/DOCS/content/folder".into(),
        "/wiki/rest/api/content/search?cql=type%20%3D%20folder".into(),
        format!("/wiki/rest/api/content/search?cql=parent%20%3D%20{home}"),
    ] {
        assert_eq!(ground.titles(&path).await, ["Shelf"], "{path}");
    }
    let deep = format!("/wiki/rest/api/content/{home}/descendant/page");
    assert_eq!(ground.titles(&deep).await, ["Guide"]);
    let children = format!("/wiki/rest/api/content/{home}/child?expand=folder,page");
    let children = ground.read(&children).await;
    assert_eq!(titles(&children["folder"]["results"]), ["Shelf"]);
    assert_eq!(children["page"]["size"], 0);
    let post = ground.make("blogposts", "News", None).await.json();
    let post = post["id"].as_str().unwrap();
    let of_post = format!("/wiki/rest/api/content/{post}/child/folder");
    assert_eq!(ground.stage.get(&ground.root, &of_post).await.status, 400);

    for (of, id) in [("pages", &shelf), ("blogposts", &shelf), ("folders", &page)] {
        for part in ["", "/operations", "/properties"] {
            let path = format!("/wiki/api/v2/{of}/{id}{part}");
            let reply = ground.stage.get(&ground.root, &path).await;
            assert_eq!(reply.status, 404, "{path}: {}", reply.text());
        }
    }
    let ids = json!({"contentIds": [shelf, page]}).to_string();
    let kinds = "/wiki/api/v2/content/convert-ids-to-types";
    let kinds = ground.send(Method::POST, kinds, &ids).await.json();
    assert_eq!(
        kinds["results"],
        json!({shelf.as_str(): "folder", page.as_str(): "page"})
    );
}

#[tokio::test]
async fn a_folder_has_no_text_and_nothing_but_properties_hangs_on_it() {
    let ground = Ground::new().await;
    let shelf = ground.made("folders", "Shelf", None).await;
    let me = &ground.root.account;
    let content = format!("/wiki/rest/api/content/{shelf}");
    let edit = json!({"type": "folder", "title": "Other", "version": {"number": 2}});
    let comment = json!({
        "type": "comment", "container": {"id": shelf}, "body": {"storage": {"value": "<p>x</p>"}},
    });
    let said = json!({"pageId": shelf, "body": {"representation": "storage", "value": "<p>x</p>"}});
    let list = json!([{"operation": "read", "restrictions": {"user": [{"accountId": me}]}}]);
    let renamed = json!({"status": "current", "title": "Other"});
    let refused = [
        (Method::PUT, content.clone(), edit, 400),
        (
            Method::POST,
            format!("{content}/label"),
            json!({"name": "a"}),
            400,
        ),
        (
            Method::PUT,
            format!("{content}/state"),
            json!({"id": 1}),
            400,
        ),
        (
            Method::PUT,
            format!("{content}/restriction"),
            list.clone(),
            400,
        ),
        (Method::POST, format!("{content}/restriction"), list, 400),
        (Method::POST, "/wiki/rest/api/content".into(), comment, 403),
        (
            Method::POST,
            "/wiki/api/v2/footer-comments".into(),
            said,
            404,
        ),
        (
            Method::POST,
            format!("/wiki/rest/api/user/watch/content/{shelf}"),
            json!({}),
            403,
        ),
        (
            Method::PUT,
            format!("/wiki/api/v2/pages/{shelf}/title"),
            renamed,
            404,
        ),
        (
            Method::POST,
            "/wiki/rest/api/content/archive".into(),
            json!({"pages": [{"id": shelf}]}),
            400,
        ),
        (
            Method::POST,
            "/wiki/rest/api/content".into(),
            json!({"type": "folder", "title": "Other", "space": {"key": "DOCS"}}),
            400,
        ),
        (
            Method::POST,
            "/wiki/api/v2/folders".into(),
            json!({"spaceId": ground.space, "title": "SHELF"}),
            400,
        ),
        (
            Method::POST,
            "/wiki/api/v2/folders".into(),
            json!({"spaceId": ground.space}),
            400,
        ),
    ];
    for (method, path, body, status) in refused {
        let reply = ground.send(method.clone(), &path, &body.to_string()).await;
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.text());
    }
    let form = format!("/wiki/pages/edit?pageId={shelf}");
    assert_eq!(ground.stage.get(&ground.root, &form).await.status, 404);
    let read = ground
        .read(&format!("{content}?expand=version,metadata.labels"))
        .await;
    assert_eq!(
        (&read["title"], &read["version"]["number"]),
        (&json!("Shelf"), &json!(1))
    );
    let may = ground
        .read(&format!("/wiki/api/v2/folders/{shelf}/operations"))
        .await;
    let may: Vec<String> = may["operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                "{} {}",
                it["operation"].as_str().unwrap(),
                it["targetType"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        may,
        [
            "read folder",
            "update folder",
            "delete folder",
            "create page"
        ]
    );

    let properties = format!("/wiki/api/v2/folders/{shelf}/properties");
    let made = ground
        .send(Method::POST, &properties, r#"{"key":"tide","value":[3]}"#)
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    let within =
        format!("/wiki/api/v2/folders/{shelf}?include-properties=true&include-operations=true");
    let within = ground.read(&within).await;
    assert_eq!(within["properties"]["results"][0]["value"], json!([3]));
    assert_eq!(within["operations"]["results"].as_array().unwrap().len(), 4);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let gone = format!("{properties}/{id}");
    assert_eq!(ground.send(Method::DELETE, &gone, "").await.status, 204);
    // The title of a page is free for a folder, and the other way round.
    ground.made("pages", "Shelf", None).await;
}

#[tokio::test]
async fn a_folder_below_a_restricted_page_is_as_hidden_as_a_page() {
    let ground = Ground::new().await;
    let (stage, root) = (&ground.stage, &ground.root);
    let lena = stage.person("lena", Access::Confluence).await;
    let secret = ground.made("pages", "Secret", None).await;
    let hidden = ground.made("folders", "Hidden", Some(&secret)).await;
    let shelf = ground.made("folders", "Shelf", None).await;
    ground.made("pages", "Open", Some(&shelf)).await;
    let closed = ground.made("pages", "Closed", Some(&shelf)).await;
    stage.restrict(root, &secret, root).await;
    stage.restrict(root, &closed, root).await;

    for part in [
        "",
        "/direct-children",
        "/descendants",
        "/ancestors",
        "/operations",
        "/properties",
    ] {
        let of = |id: &str| format!("/wiki/api/v2/folders/{id}{part}");
        for who in [&lena, &nobody()] {
            let told = stage.get(who, &of(&hidden)).await;
            let twin = stage.get(who, &of("4503599627370497")).await;
            assert_eq!((told.status, &told.text()), (404, &twin.text()), "{part}");
        }
    }
    let remove = format!("/wiki/api/v2/folders/{hidden}");
    let removed = stage.json(&lena, Method::DELETE, &remove, "").await;
    assert_eq!(removed.status, 404);
    let below = json!({"spaceId": ground.space, "title": "Mine", "parentId": hidden}).to_string();
    let twin = below.replace(&hidden, "4503599627370497");
    let told = stage.post(&lena, "/wiki/api/v2/folders", &below).await;
    let nothing = stage.post(&lena, "/wiki/api/v2/folders", &twin).await;
    assert_eq!((told.status, told.text()), (nothing.status, nothing.text()));
    // The title of a hidden folder is free.
    let same = json!({"spaceId": ground.space, "title": "Hidden"}).to_string();
    assert_eq!(
        stage
            .post(&lena, "/wiki/api/v2/folders", &same)
            .await
            .status,
        200
    );

    let children = format!("/wiki/api/v2/folders/{shelf}/direct-children");
    let seen = stage.get(&lena, &children).await.json();
    assert_eq!(titles(&seen["results"]), ["Open"]);
    let web = format!("/wiki/spaces/DOCS/pages/{shelf}");
    let web = stage.get(&lena, &web).await.text();
    assert!(web.contains("Open") && !web.contains("Closed"), "{web}");

    // The page is deleted: its restriction stays on the folder below it, until it is lifted.
    let gone = format!("/wiki/api/v2/pages/{secret}");
    assert_eq!(ground.send(Method::DELETE, &gone, "").await.status, 204);
    assert_eq!(stage.get(&lena, &remove).await.status, 404);
    let read = ground.read(&remove).await;
    assert_eq!(read["parentId"], ground.home.as_str());
    let lists = format!("/wiki/rest/api/content/{hidden}/restriction");
    assert_eq!(ground.send(Method::DELETE, &lists, "").await.status, 200);
    assert_eq!(stage.get(&lena, &remove).await.status, 200);
}

#[tokio::test]
async fn a_folder_that_is_deleted_leaves_what_lies_in_it_to_its_parent() {
    let ground = Ground::new().await;
    let shelf = ground.made("folders", "Shelf", Some(&ground.home)).await;
    let inner = ground.made("folders", "Inner", Some(&shelf)).await;
    let page = ground.made("pages", "Guide", Some(&shelf)).await;
    let path = format!("/wiki/api/v2/folders/{shelf}");
    assert_eq!(
        ground
            .stage
            .json(&nobody(), Method::DELETE, &path, "")
            .await
            .status,
        401
    );
    assert_eq!(ground.send(Method::DELETE, &path, "").await.status, 204);
    assert_eq!(ground.stage.get(&ground.root, &path).await.status, 404);
    for (kind, id) in [("folders", &inner), ("pages", &page)] {
        let read = ground.read(&format!("/wiki/api/v2/{kind}/{id}")).await;
        assert_eq!(
            (&read["parentId"], &read["parentType"]),
            (&json!(ground.home), &json!("page"))
        );
    }
    let restore = json!({"type": "folder", "status": "current", "version": {"number": 2}});
    let content = format!("/wiki/rest/api/content/{shelf}");
    let restored = ground
        .send(Method::PUT, &content, &restore.to_string())
        .await;
    assert_eq!(restored.status, 200, "{}", restored.text());
    assert_eq!(ground.read(&path).await["parentId"], ground.home.as_str());
}

#[tokio::test]
async fn pages_and_folders_are_moved_into_folders_and_copied_with_them() {
    let ground = Ground::new().await;
    let shelf = ground.made("folders", "Shelf", Some(&ground.home)).await;
    let inner = ground.made("folders", "Inner", Some(&ground.home)).await;
    let page = ground.made("pages", "Guide", Some(&ground.home)).await;
    let moved = async |id: &str, target: &str| {
        let path = format!("/wiki/rest/api/content/{id}/move/append/{target}");
        ground.send(Method::PUT, &path, "").await
    };
    assert_eq!(moved(&page, &inner).await.status, 200);
    assert_eq!(moved(&inner, &shelf).await.status, 200);
    assert_eq!(moved(&shelf, &inner).await.status, 400);
    let other = ground.made("pages", "Other", None).await;
    let edit = json!({
        "id": other, "status": "current", "title": "Other", "parentId": shelf,
        "body": {"representation": "storage", "value": "<p>o</p>"}, "version": {"number": 2},
    });
    let path = format!("/wiki/api/v2/pages/{other}");
    let edited = ground.send(Method::PUT, &path, &edit.to_string()).await;
    assert_eq!(edited.json()["parentType"], "folder", "{}", edited.text());
    let all = format!("/wiki/api/v2/folders/{shelf}/descendants?depth=5");
    assert_eq!(ground.titles(&all).await, ["Inner", "Guide", "Other"]);

    let to = ground.made("folders", "Copies", None).await;
    let copy = json!({"destinationPageId": to, "titleOptions": {"prefix": "Copy: "}});
    let tree = format!("/wiki/rest/api/content/{}/pagehierarchy/copy", ground.home);
    let copied = ground.send(Method::POST, &tree, &copy.to_string()).await;
    assert_eq!(copied.status, 202, "{}", copied.text());
    let below = ground
        .read(&format!("/wiki/api/v2/folders/{to}/descendants?depth=9"))
        .await;
    assert_eq!(kinds(&below), ["page", "folder", "folder", "page", "page"]);
    // A folder by itself is no page that could be copied, or deleted with its content.
    let alone = format!("/wiki/rest/api/content/{shelf}/pagehierarchy/copy");
    assert_eq!(
        ground
            .send(Method::POST, &alone, &copy.to_string())
            .await
            .status,
        400
    );
    let tree = format!("/wiki/rest/api/content/{shelf}/pageTree");
    assert_eq!(ground.send(Method::DELETE, &tree, "").await.status, 400);
}
