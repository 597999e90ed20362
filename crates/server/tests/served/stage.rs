//! A served site with people of every tier, and a caller that speaks HTTP to it.

use axum::body::{Body, to_bytes};
use base64::Engine as _;
use http::{HeaderMap, Method, Request, StatusCode};
use narthex_access::{Credential, Scopes};
use narthex_server::Router;
use narthex_server::request::ticks::Ticks;
use narthex_server::{App, Config, app};
use narthex_site::Site;
use narthex_site::account::{Access, NewAccount};
use narthex_site::setup::FirstAdministrator;
use narthex_site::token::NewToken;
use narthex_store::clock::ManualClock;
use narthex_store::{Clock, DatabaseUrl, Entropy, Options, Store};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) router: Router,
    _folder: TempDir,
}

/// Somebody with an API token, or nobody.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) account: String,
    authorization: Option<String>,
    credential: Credential,
}

impl Caller {
    /// What the site's operations know it by.
    pub(crate) fn credential(&self) -> Credential {
        self.credential.clone()
    }
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("{}: {}", self.status, self.text))
    }
}

pub(crate) fn nobody() -> Caller {
    Caller {
        account: String::new(),
        authorization: None,
        credential: Credential::Nobody,
    }
}

impl Stage {
    pub(crate) async fn new() -> Self {
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
        let first = FirstAdministrator {
            email: "root@example.org".into(),
            name: "Root".into(),
            password: None,
        };
        site.set_up(&Credential::Operator, first).await.unwrap();
        let served = App::new(
            site.clone(),
            Config::default(),
            Ticks::manual(),
            Entropy::seeded(3),
        );
        Self {
            site,
            router: app(served).unwrap(),
            _folder: folder,
        }
    }

    /// The first administrator.
    pub(crate) async fn root(&self) -> Caller {
        let view = self
            .site
            .account_by_email(&Credential::Operator, "root@example.org");
        let id = view.await.unwrap().id;
        self.with_token("root@example.org", id).await
    }

    /// Adds somebody.
    pub(crate) async fn person(&self, name: &str, access: Access) -> Caller {
        let email = format!("{name}@example.org");
        let new = NewAccount {
            email: email.clone(),
            name: name.into(),
            access,
            groups: Vec::new(),
            password: None,
        };
        let added = self
            .site
            .add_account(&Credential::Operator, new)
            .await
            .unwrap();
        self.with_token(&email, added.account).await
    }

    async fn with_token(&self, email: &str, id: narthex_access::AccountId) -> Caller {
        let new = NewToken {
            label: "test".into(),
            life: 86_400_000,
            scopes: Scopes::ALL,
        };
        let made = self
            .site
            .create_token_for(&Credential::Operator, id, new)
            .await
            .unwrap();
        let pair = format!("{email}:{}", made.secret.reveal());
        let pair = base64::engine::general_purpose::STANDARD.encode(pair);
        Caller {
            account: id.to_string(),
            authorization: Some(format!("Basic {pair}")),
            credential: Credential::Token {
                email: Some(email.into()),
                hash: narthex_site::secret::hash(made.secret.reveal()),
            },
        }
    }

    /// What somebody sees now.
    pub(crate) async fn view(&self, who: &Caller) -> narthex_access::View {
        let door = narthex_access::Door::Confluence;
        self.site.view(&who.credential(), door).await.unwrap()
    }

    pub(crate) async fn send(&self, who: &Caller, request: Request<Body>) -> Reply {
        let mut request = request;
        if let Some(authorization) = &who.authorization {
            let value = authorization.parse().unwrap();
            request.headers_mut().insert("authorization", value);
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    pub(crate) async fn get(&self, who: &Caller, path: &str) -> Reply {
        self.send(who, Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn json(&self, who: &Caller, method: Method, path: &str, body: &str) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.send(who, request).await
    }

    pub(crate) async fn post(&self, who: &Caller, path: &str, body: &str) -> Reply {
        self.json(who, Method::POST, path, body).await
    }

    /// A space with this key, made by somebody over the API.
    pub(crate) async fn space(&self, who: &Caller, key: &str) -> Value {
        let body = format!(r#"{{"key":"{key}","name":"The {key} space"}}"#);
        let reply = self.post(who, "/wiki/rest/api/space", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// A page below another one, made by somebody over the API; answers its id.
    pub(crate) async fn page_below(&self, who: &Caller, above: &str, title: &str) -> String {
        let above_it = self
            .get(who, &format!("/wiki/rest/api/content/{above}"))
            .await;
        let key = above_it.json()["space"]["key"].clone();
        let body = serde_json::json!({
            "type": "page", "title": title, "space": {"key": key}, "ancestors": [{"id": above}],
            "body": {"storage": {"value": format!("<p>{title} says</p>")}},
        });
        let reply = self
            .post(who, "/wiki/rest/api/content", &body.to_string())
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["id"].as_str().unwrap().to_owned()
    }

    /// Restricts viewing of a page to somebody, over the API.
    pub(crate) async fn restrict(&self, who: &Caller, page: &str, to: &Caller) {
        let list = format!(
            r#"[{{"operation":"read","restrictions":{{"user":[{{"accountId":"{}"}}]}}}}]"#,
            to.account
        );
        let path = format!("/wiki/rest/api/content/{page}/restriction");
        let reply = self.json(who, Method::PUT, &path, &list).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }

    /// A page in a space, made by somebody over the API; answers its id.
    pub(crate) async fn page(&self, who: &Caller, key: &str, title: &str) -> String {
        let body = format!(
            r#"{{"type":"page","title":"{title}","space":{{"key":"{key}"}},
               "body":{{"storage":{{"value":"<p>{title} says</p>","representation":"storage"}}}}}}"#
        );
        let reply = self.post(who, "/wiki/rest/api/content", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["id"].as_str().unwrap().to_owned()
    }
}
