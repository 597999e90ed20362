//! Checks pages with axe-core, as they are shown on a desktop and on a phone, in the light and the
//! dark theme.

use crate::axe::{Axe, Violation};
use crate::browser::Browser;
use crate::host::Host;
use crate::page::Page;
use narthex_served::{Actor, Who, World};
use std::collections::BTreeMap;
use std::path::Path;

/// The size of the window, and whether its owner prefers the dark theme.
#[derive(Debug, Clone, Copy)]
struct Surroundings {
    name: &'static str,
    width: u32,
    height: u32,
    dark: bool,
}

const DESK: Surroundings = Surroundings {
    name: "desk",
    width: 1440,
    height: 900,
    dark: false,
};
const PHONE: Surroundings = Surroundings {
    name: "phone",
    width: 390,
    height: 844,
    dark: false,
};
const DESK_AT_NIGHT: Surroundings = Surroundings {
    name: "desk-dark",
    dark: true,
    ..DESK
};
const PHONE_AT_NIGHT: Surroundings = Surroundings {
    name: "phone-dark",
    dark: true,
    ..PHONE
};

/// Opens everything that is folded on the page.
const UNFOLD: &str = "(() => {
    const folded = [...document.querySelectorAll('details:not(.menu, [open])')];
    for (const details of folded) details.open = true;
    return folded.length > 0;
})()";

/// Opens the last menu, since each page has the same ones.
const OPEN_MENU: &str = "(() => {
    const menu = [...document.querySelectorAll('details.menu')].at(-1);
    if (menu) menu.open = true;
    return Boolean(menu);
})()";

/// The elements that are checked: an open menu covers parts of its page, so it is checked
/// separately.
const PAGE: &str = "html";
const MENU: &str = "details.menu[open]";

/// A browser in front of a site, and the violations found in it.
#[derive(Debug)]
pub struct Inspection<'a> {
    axe: &'a Axe,
    pictures: Option<&'a Path>,
    browser: Browser,
    host: Host,
    sessions: BTreeMap<Who, Actor>,
    looked: usize,
    /// Each violation with the pages where it was found.
    found: BTreeMap<Violation, Vec<String>>,
}

impl<'a> Inspection<'a> {
    /// Starts a browser in front of a site. If there is a folder for pictures, a picture of each
    /// page is written there.
    pub async fn of(host: Host, axe: &'a Axe, pictures: Option<&'a Path>) -> Self {
        Self {
            axe,
            pictures,
            browser: Browser::start().await,
            host,
            sessions: BTreeMap::new(),
            looked: 0,
            found: BTreeMap::new(),
        }
    }

    /// Returns each violation with the pages where it was found, and how many pages were checked.
    pub fn found(self) -> (BTreeMap<Violation, Vec<String>>, usize) {
        (self.found, self.looked)
    }

    /// Returns the open page.
    pub fn page(&self) -> &Page {
        self.browser.page()
    }

    /// Continues with another site.
    pub fn serve(&mut self, host: Host) {
        self.host = host;
        self.sessions.clear();
    }

    /// Continues as this person.
    pub async fn be(&mut self, world: &World, who: Who) {
        let actor = match (self.sessions.get(&who), who) {
            (Some(actor), _) => actor.clone(),
            (None, Who::Nobody) => Actor::Anonymous,
            (None, who) => world.session(who).await,
        };
        self.page().carry(&self.host.url("/"), &actor).await;
        self.sessions.insert(who, actor);
    }

    /// Continues as this person, who has just logged in.
    pub async fn be_anew(&mut self, world: &World, who: Who) {
        self.sessions.remove(&who);
        self.be(world, who).await;
    }

    /// Continues with this session.
    pub async fn carry(&self, actor: &Actor) {
        self.page().carry(&self.host.url("/"), actor).await;
    }

    /// Opens a page of the site.
    pub async fn open(&self, path: &str) {
        self.page().open(self.host.url(path)).await;
    }

    /// Opens a page and checks it. It must contain these words, which prove that it is the page
    /// that is meant.
    pub async fn visit(&mut self, path: &str, words: &str) {
        self.open(path).await;
        self.look(words).await;
    }

    /// Sends a form and checks the page that it leads to, which must contain these words.
    pub async fn send(&mut self, path: &str, fields: &[(&str, &str)], words: &str) {
        self.page().submit(&self.host.url(path), fields).await;
        self.look(words).await;
    }

    /// Checks the open page, which must contain these words.
    pub async fn look(&mut self, words: &str) {
        let text = self.page().evaluate("document.body.innerText").await;
        let text = text.as_str().unwrap_or_default();
        let address = self.page().address().await;
        let path = address.split('/').skip(3).collect::<Vec<_>>().join("/");
        self.looked += 1;
        if !text.contains(words) {
            let other = Violation {
                rule: "the page that was meant".to_owned(),
                target: format!("/{path}"),
                why: format!("it doesn't say \"{words}\":\n{text:.1500}"),
            };
            self.found.insert(other, Vec::new());
        }
        let title = self.page().evaluate("document.title").await;
        let name = format!("/{path} ({})", title.as_str().unwrap_or_default());
        for around in [DESK, DESK_AT_NIGHT, PHONE_AT_NIGHT, PHONE] {
            self.look_in(around, ("", PAGE), &name).await;
        }
        for (change, state, within) in [(UNFOLD, "-unfolded", PAGE), (OPEN_MENU, "-menu", MENU)] {
            if self.page().evaluate(change).await == true {
                for around in [PHONE, DESK_AT_NIGHT] {
                    self.look_in(around, (state, within), &name).await;
                }
            }
        }
    }

    /// Returns whether axe-core finds a certain violation: a field without a label. Without this, a
    /// run in which axe-core checked nothing would look like one without violations.
    pub async fn finds_what_is_wrong(&self) -> bool {
        self.open("/login").await;
        let wrong = "document.querySelector('main').append(document.createElement('input'))";
        self.page().evaluate(&format!("{wrong};null")).await;
        let found = self.axe.violations(self.browser.page(), PAGE).await;
        found
            .iter()
            .any(|violation| violation.rule.starts_with("label "))
    }

    async fn look_in(&mut self, around: Surroundings, (state, within): (&str, &str), name: &str) {
        self.page().set_viewport(around.width, around.height).await;
        self.page().emulate_dark(around.dark).await;
        for violation in self.axe.violations(self.browser.page(), within).await {
            let place = format!("{name}, {}{state}", around.name);
            self.found.entry(violation).or_default().push(place);
        }
        if let Some(folder) = self.pictures {
            let number = self.looked;
            let of = name
                .trim_start_matches('/')
                .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
            let file = format!("{number:03}-{of:.60}-{}{state}.png", around.name);
            self.page().screenshot(&folder.join(file)).await;
        }
    }
}
