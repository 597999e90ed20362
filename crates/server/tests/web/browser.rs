//! A served site, and browsers that keep their cookies.

use axum::body::{Body, to_bytes};
use http::request::Builder;
use http::{HeaderMap, Method, Request, StatusCode};
use narthex_access::{AccountId, Credential};
use narthex_server::Router;
use narthex_server::request::ticks::Ticks;
use narthex_server::{App, Config, app};
use narthex_site::Site;
use narthex_site::account::{Access, NewAccount};
use narthex_site::password::{Password, Passwords};
use narthex_site::setup::FirstAdministrator;
use narthex_site::space::NewSpace;
use narthex_site::switch::{SetSwitches, SpaceSwitch, SpaceSwitches};
use narthex_store::clock::ManualClock;
use narthex_store::{Clock, DatabaseUrl, Entropy, Options, Store};
use std::collections::HashMap;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A site that is served.
pub(crate) struct Served {
    pub(crate) site: Site,
    pub(crate) router: Router,
    _folder: TempDir,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    /// Where it leads.
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.headers["location"].to_str().unwrap()
    }
}

impl Served {
    /// A site that nobody has set up.
    pub(crate) async fn untouched(config: Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            database: DatabaseUrl::sqlite(folder.path().join("narthex.db")),
            blobs: folder.path().join("blobs"),
            body_cache: 1 << 20,
            clock: Clock::Manual(ManualClock::at(1_767_225_600_000)),
            entropy: Entropy::seeded(1),
        };
        let store = Store::create(options, 0).await.unwrap();
        let site = Site::new(store, Entropy::seeded(2));
        let served = App::new(site.clone(), config, Ticks::manual(), Entropy::seeded(3));
        Self {
            site,
            router: app(served).unwrap(),
            _folder: folder,
        }
    }

    /// A site with its first administrator, `root@example.org`.
    pub(crate) async fn new() -> Self {
        let served = Self::untouched(Config::default()).await;
        let first = FirstAdministrator {
            email: "root@example.org".into(),
            name: "Root".into(),
            password: Some(hashed().await),
        };
        let set_up = served.site.set_up(&Credential::Operator, first);
        set_up.await.unwrap();
        served
    }

    /// Adds somebody.
    pub(crate) async fn add(&self, name: &str, access: Access) -> AccountId {
        let new = NewAccount {
            email: email(name),
            name: name.into(),
            access,
            groups: Vec::new(),
            password: Some(hashed().await),
        };
        let added = self.site.add_account(&Credential::Operator, new);
        added.await.unwrap().account
    }

    /// A browser in which nobody is logged in.
    pub(crate) fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: HashMap::new(),
        }
    }

    /// A browser in which somebody is.
    pub(crate) async fn browser_of(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let reply = browser.log_in(name).await;
        assert_eq!(reply.location(), "/wiki");
        browser
    }

    /// A space that root has made.
    pub(crate) async fn space(&self, key: &str) {
        let new = NewSpace {
            key: Some(key.into()),
            name: format!("The {key} space"),
            description: String::new(),
            kind: narthex_access::SpaceKind::Global,
            private: false,
        };
        let made = self.site.create_space(&Credential::Operator, new);
        made.await.unwrap();
    }

    /// The facts of a space, as every door reads them.
    pub(crate) async fn facts(&self, key: &str) -> SpaceSwitches {
        let facts = self.site.space_switches(&Credential::Operator, key);
        facts.await.unwrap()
    }

    /// Sets switches of the site.
    pub(crate) async fn switch(&self, wanted: SetSwitches) {
        let set = self.site.set_switches(&Credential::Operator, wanted);
        set.await.unwrap();
    }

    /// Sets a switch of a space.
    pub(crate) async fn switch_space(&self, key: &str, switch: SpaceSwitch, on: bool) {
        let wanted = vec![narthex_site::switch::SetSpaceSwitch {
            space_key: key.into(),
            switch,
            on,
        }];
        let set = self.site.set_space_switches(&Credential::Operator, wanted);
        set.await.unwrap();
    }

    /// How many entries the audit log has.
    pub(crate) async fn entries(&self) -> usize {
        let filter = narthex_site::audit::AuditFilter {
            space_key: None,
            since: None,
            until: None,
            text: String::new(),
            start: 0,
            limit: 1_000,
        };
        let read = self.site.audit(&Credential::Operator, &filter).await;
        read.unwrap().entries.len()
    }
}

/// Somebody's e-mail address.
pub(crate) fn email(name: &str) -> String {
    format!("{name}@example.org")
}

async fn hashed() -> narthex_site::password::HashedPassword {
    let passwords = Passwords::new(Entropy::seeded(4));
    passwords.hash(&Password::new(PASSWORD)).await.unwrap()
}

/// A browser: keeps cookies, and says by `Origin` which page a form came from.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    cookies: HashMap<String, String>,
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Reply {
        let request = Request::get(path);
        self.send(request, Body::empty()).await
    }

    /// Sends a form from a page of the site.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_from(Some("http://localhost"), path, fields).await
    }

    /// Sends a form as the page does that asks before a change of access.
    pub(crate) async fn confirm(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let confirmed = [fields, &[("confirmed", "yes")]].concat();
        self.post(path, &confirmed).await
    }

    /// Sends a form from a page of some origin, or without saying from where.
    pub(crate) async fn post_from(
        &mut self,
        origin: Option<&str>,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Reply {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let mut request = Request::builder().method(Method::POST).uri(path);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request, Body::from(form.finish())).await
    }

    pub(crate) async fn log_in(&mut self, name: &str) -> Reply {
        self.log_in_with(&email(name), PASSWORD).await
    }

    pub(crate) async fn log_in_with(&mut self, email: &str, password: &str) -> Reply {
        self.post("/login", &[("email", email), ("password", password)])
            .await
    }

    /// The credential that its session is.
    pub(crate) fn credential(&self) -> Credential {
        let secret = self.session().unwrap();
        Credential::Session {
            hash: narthex_site::secret::hash(secret),
        }
    }

    /// The session cookie that it keeps.
    pub(crate) fn session(&self) -> Option<&str> {
        self.cookies.get("narthex_session").map(String::as_str)
    }

    /// The value of a cookie that it keeps.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.get(name).cloned()
    }

    /// Keeps a cookie, as one that somebody has planted.
    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.into(), value.into());
    }

    pub(crate) async fn send(&mut self, request: Builder, body: Body) -> Reply {
        let mut request = request;
        if !self.cookies.is_empty() {
            let pairs = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            let pairs: Vec<String> = pairs.collect();
            request = request.header("cookie", pairs.join("; "));
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (pair, rest) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}
