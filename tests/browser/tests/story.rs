//! The beginning of every story: a site that is served, and a browser in front of it.

use narthex_browser::{Browser, Host, Page};
use narthex_served::{Who, World};

/// A world that is served, with Ada's browser in front of it.
pub(crate) struct Story {
    pub(crate) world: World,
    pub(crate) host: Host,
    browser: Browser,
}

impl Story {
    pub(crate) async fn begin() -> Self {
        let world = World::new(7).await;
        let host = Host::of(&world.served).await;
        let browser = Browser::start().await;
        let ada = world.session(Who::Ada).await;
        browser.page().carry(&host.url("/"), &ada).await;
        // The window is wide enough for the sidebar of a space.
        browser.page().set_viewport(1440, 900).await;
        Self {
            world,
            host,
            browser,
        }
    }

    pub(crate) fn page(&self) -> &Page {
        self.browser.page()
    }

    /// Hands the browser to another person.
    pub(crate) async fn hand_to(&self, who: Who) {
        let session = self.world.session(who).await;
        self.page().carry(&self.host.url("/"), &session).await;
    }

    pub(crate) async fn open(&self, path: &str) {
        self.page().open(self.host.url(path)).await;
    }

    /// Returns the sentence on the page that says who can read, below its notice.
    pub(crate) async fn now(&self) -> String {
        self.page().text("p.now").await
    }

    /// Returns the people who can read a page of the scene, by requesting it as each of them.
    pub(crate) async fn readers(&self, name: &str) -> Vec<&'static str> {
        let aim = self.world.aim(name);
        let path = format!("/wiki/spaces/{}/pages/{}", aim.key, aim.page);
        let mut readers = Vec::new();
        for who in Who::active() {
            let told = self.world.served.get(&self.world.actor(who), &path).await;
            if told.status == 200 {
                readers.push(who.name());
            }
        }
        readers
    }

    pub(crate) fn restrictions(&self, name: &str) -> String {
        format!(
            "/wiki/pages/restrictions?pageId={}",
            self.world.aim(name).page
        )
    }

    pub(crate) fn permissions(&self, key: &str) -> String {
        format!("/wiki/spaces/{}/permissions", self.world.aim(key).key)
    }
}
