//! The order of siblings: by title until somebody moves one of them.

use http::Method;
use narthex_served::{Actor, Ask, Who, World};
use narthex_server::Config;
use narthex_testdb::{TestDatabase, both_engines};
use serde_json::{Value, json};

/// A page of Ada's, and the pages below it.
struct Tree {
    world: World,
    ada: Actor,
    parent: String,
}

impl Tree {
    async fn new(database: TestDatabase, seed: u64) -> Self {
        let world = World::over(database, seed, Config::default(), None, 0).await;
        let ada = world.actor(Who::Ada);
        let mut tree = Self {
            world,
            ada,
            parent: String::new(),
        };
        let space = tree.world.aim("DOCS").space.clone();
        let body = json!({"spaceId": space, "title": "Parent of all", "status": "current"});
        tree.parent = tree.made(&body).await;
        tree
    }

    async fn tell(&self, status: u16, ask: Ask) -> Value {
        self.world
            .served
            .expect(status, &self.ada, &ask)
            .await
            .json()
    }

    async fn made(&self, body: &Value) -> String {
        let made = self.tell(200, Ask::post("/wiki/api/v2/pages", body)).await;
        made["id"].as_str().expect("an id").to_owned()
    }

    async fn page(&self, title: &str) -> String {
        let space = &self.world.aim("DOCS").space;
        let body =
            json!({"spaceId": space, "parentId": self.parent, "title": title, "status": "current"});
        self.made(&body).await
    }

    async fn rename(&self, id: &str, title: &str) {
        let path = format!("/wiki/api/v2/pages/{id}/title");
        let body = json!({"status": "current", "title": title});
        self.tell(200, Ask::new(Method::PUT, path).json(&body))
            .await;
    }

    async fn put(&self, id: &str, place: &str, target: &str) {
        let path = format!("/wiki/rest/api/content/{id}/move/{place}/{target}");
        self.tell(200, Ask::new(Method::PUT, path)).await;
    }

    async fn restrict(&self, id: &str) {
        let path = format!("/wiki/rest/api/content/{id}/restriction");
        let ada = self.world.account(Who::Ada).to_string();
        let body = json!([{"operation": "read", "restrictions": {"user": [{"type": "known", "accountId": ada}]}}]);
        self.tell(200, Ask::new(Method::PUT, path).json(&body))
            .await;
    }

    /// Returns the titles below the parent, by every list that has them; the lists must agree.
    async fn titles(&self, actor: &Actor) -> Vec<String> {
        let titles = |told: Value| -> Vec<String> {
            let results = told["results"].as_array().expect("a list").iter();
            results
                .map(|page| page["title"].as_str().expect("a title").to_owned())
                .collect()
        };
        let get = async |path: String| self.world.served.get(actor, &path).await.json();
        let id = &self.parent;
        let first = titles(get(format!("/wiki/rest/api/content/{id}/child/page?limit=50")).await);
        for path in [
            format!("/wiki/api/v2/pages/{id}/children?limit=50"),
            format!("/wiki/api/v2/pages/{id}/direct-children?limit=50"),
            format!("/wiki/api/v2/pages/{id}/descendants?limit=50"),
            format!("/wiki/rest/api/content/{id}/descendant/page?limit=50"),
        ] {
            assert_eq!(titles(get(path.clone()).await), first, "{path}");
        }
        let page = format!("/wiki/pages/viewpage.action?pageId={id}");
        let led = self.world.served.get(actor, &page).await;
        let page = led.header("location").expect("a location");
        let html = self.world.served.get(actor, page).await.text();
        let places: Vec<_> = first
            .iter()
            .map(|title| html.find(&format!(">{title}<")))
            .collect();
        assert!(
            places.is_sorted() && places.iter().all(Option::is_some),
            "{first:?}: {places:?}"
        );
        for (n, page) in
            get(format!("/wiki/rest/api/content/{id}/child/page?limit=50")).await["results"]
                .as_array()
                .expect("a list")
                .iter()
                .enumerate()
        {
            let id = page["id"].as_str().expect("an id");
            assert_eq!(page["extensions"]["position"], n, "{page}");
            let v2 = get(format!("/wiki/api/v2/pages/{id}")).await;
            assert_eq!(v2["position"], n, "{v2}");
        }
        first
    }
}

async fn by_title(database: TestDatabase) {
    let tree = Tree::new(database, 431).await;
    let ada = tree.ada.clone();
    let mut ids = std::collections::BTreeMap::new();
    for title in ["gamma", "Chapter 10", "alpha", "chapter 9", "Delta"] {
        ids.insert(title, tree.page(title).await);
    }
    let order = ["alpha", "chapter 9", "Chapter 10", "Delta", "gamma"];
    assert_eq!(tree.titles(&ada).await, order);

    tree.rename(&ids["alpha"], "Echo").await;
    let order = ["chapter 9", "Chapter 10", "Delta", "Echo", "gamma"];
    assert_eq!(tree.titles(&ada).await, order);

    // A page that is moved below another goes where its title belongs.
    let space = &tree.world.aim("DOCS").space;
    let elsewhere = json!({"spaceId": space, "title": "Comes later", "status": "current"});
    let elsewhere = tree.made(&elsewhere).await;
    let body = json!({"id": elsewhere, "status": "current", "title": "Comes later", "parentId": tree.parent,
        "body": {"representation": "storage", "value": ""}, "version": {"number": 2}});
    let path = format!("/wiki/api/v2/pages/{elsewhere}");
    tree.tell(200, Ask::new(Method::PUT, path).json(&body))
        .await;
    let order = [
        "chapter 9",
        "Chapter 10",
        "Comes later",
        "Delta",
        "Echo",
        "gamma",
    ];
    assert_eq!(tree.titles(&ada).await, order);

    // The first move gives all of them their positions.
    tree.put(&ids["gamma"], "before", &ids["Chapter 10"]).await;
    let order = [
        "chapter 9",
        "gamma",
        "Chapter 10",
        "Comes later",
        "Delta",
        "Echo",
    ];
    assert_eq!(tree.titles(&ada).await, order);
    tree.rename(&ids["Delta"], "Aaa").await;
    tree.page("Bbb").await;
    let order = [
        "chapter 9",
        "gamma",
        "Chapter 10",
        "Comes later",
        "Aaa",
        "Echo",
        "Bbb",
    ];
    assert_eq!(tree.titles(&ada).await, order);

    // A page that is restored from the trash has its former position.
    let gone = format!("/wiki/api/v2/pages/{}", ids["Delta"]);
    tree.tell(204, Ask::new(Method::DELETE, gone)).await;
    let restore = format!("/wiki/rest/api/content/{}", ids["Delta"]);
    let number = tree
        .world
        .served
        .get(&ada, &format!("{restore}?status=trashed&expand=version"))
        .await
        .json();
    let number = number["version"]["number"].as_u64().expect("a number") + 1;
    let body = json!({"id": ids["Delta"], "type": "page", "title": "Aaa", "status": "current", "version": {"number": number}});
    tree.tell(200, Ask::new(Method::PUT, restore).json(&body))
        .await;
    assert_eq!(tree.titles(&ada).await, order);
}

/// Returns what Lena sees after Ada has done something that Lena doesn't see, or hasn't done it.
async fn after(database: TestDatabase, hidden: bool) -> Vec<String> {
    let tree = Tree::new(database, 432).await;
    let first = tree.page("alpha").await;
    tree.page("delta").await;
    if hidden {
        let secret = tree.page("zulu").await;
        tree.restrict(&secret).await;
        tree.put(&secret, "before", &first).await;
        assert_eq!(tree.titles(&tree.ada).await, ["zulu", "alpha", "delta"]);
    }
    tree.page("beta").await;
    tree.rename(&first, "charlie").await;
    let lena = tree.world.actor(Who::Lena);
    tree.titles(&lena).await
}

both_engines! {
    async fn siblings_stand_by_title_until_one_of_them_is_moved(database: TestDatabase) {
        by_title(database).await;
    }

    async fn a_hidden_sibling_that_was_moved_changes_no_order_that_others_see(database: TestDatabase) {
        let plain = after(TestDatabase::sqlite(), false).await;
        assert_eq!(plain, ["beta", "charlie", "delta"]);
        assert_eq!(after(database, true).await, plain);
    }
}
