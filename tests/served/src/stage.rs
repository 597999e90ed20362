//! A served site with its first administrator, the stage of a story: people, spaces and pages are
//! added as the story needs them.
//!
//! Stories of the API use [`Caller`]s with API tokens, stories of the pages for people the
//! [`Browser`]s of [`Stage::browser`].

use crate::actor::Actor;
use crate::browser::Browser;
use crate::exchange::{Ask, Told};
use crate::must;
use crate::served::Served;
use axum::body::Body;
use http::{Method, Request};
use narthex_access::{AccountId, Credential, Door, Scopes, SpaceKind, View};
use narthex_server::{Config, Router};
use narthex_site::Site;
use narthex_site::account::{Access, NewAccount};
use narthex_site::audit::AuditFilter;
use narthex_site::password::{HashedPassword, Password, Passwords};
use narthex_site::setup::FirstAdministrator;
use narthex_site::space::NewSpace;
use narthex_site::switch::{SetSpaceSwitch, SetSwitches, SpaceSwitch, SpaceSwitches};
use narthex_site::token::NewToken;
use narthex_store::Entropy;
use serde_json::{Value, json};

/// The password of everybody who has one.
pub const PASSWORD: &str = "correct horse battery";
/// The lifetime of a token, in milliseconds: a day.
const DAY: i64 = 86_400_000;

/// A served site. Everything random in it comes from one seed.
#[derive(Debug)]
pub struct Stage {
    /// The site itself.
    pub site: Site,
    /// The server of the site.
    pub served: Served,
}

/// An account with an API token, or an anonymous caller.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The id of the account; empty for an anonymous caller.
    pub account: String,
    actor: Actor,
    credential: Credential,
}

impl Caller {
    /// Returns the credential for the site's operations.
    pub fn credential(&self) -> Credential {
        self.credential.clone()
    }
}

/// Makes an anonymous caller.
pub fn nobody() -> Caller {
    Caller {
        account: String::new(),
        actor: Actor::Anonymous,
        credential: Credential::Nobody,
    }
}

/// Returns the e-mail address of the person with this name.
pub fn email(name: &str) -> String {
    format!("{name}@example.org")
}

impl Stage {
    /// Makes a site whose first administrator, `root@example.org`, has no password.
    pub async fn new() -> Self {
        let stage = Self::untouched(Config::default()).await;
        stage.set_up(None).await;
        stage
    }

    /// Makes a site whose first administrator, `root@example.org`, logs in with [`PASSWORD`].
    pub async fn for_browsers() -> Self {
        let stage = Self::untouched(Config::default()).await;
        stage.set_up(Some(hashed().await)).await;
        stage
    }

    /// Makes a site that isn't set up.
    pub async fn untouched(config: Config) -> Self {
        let served = Served::without_search(2, config).await;
        Self {
            site: served.site.clone(),
            served,
        }
    }

    async fn set_up(&self, password: Option<HashedPassword>) {
        let first = FirstAdministrator {
            email: email("root"),
            name: "Root".into(),
            password,
        };
        must(self.site.set_up(&Credential::Operator, first).await);
    }

    /// Returns the first administrator.
    pub async fn root(&self) -> Caller {
        let email = email("root");
        let found = self.site.account_by_email(&Credential::Operator, &email);
        let id = must(found.await).id;
        self.with_token(&email, id).await
    }

    /// Adds an account with an API token.
    pub async fn person(&self, name: &str, access: Access) -> Caller {
        let account = self.account(name, access, None).await;
        self.with_token(&email(name), account).await
    }

    /// Adds an account that logs in with [`PASSWORD`].
    pub async fn add(&self, name: &str, access: Access) -> AccountId {
        self.account(name, access, Some(hashed().await)).await
    }

    async fn account(
        &self,
        name: &str,
        access: Access,
        password: Option<HashedPassword>,
    ) -> AccountId {
        let new = NewAccount {
            email: email(name),
            name: name.into(),
            access,
            groups: Vec::new(),
            password,
        };
        must(self.site.add_account(&Credential::Operator, new).await).account
    }

    async fn with_token(&self, email: &str, id: AccountId) -> Caller {
        let new = NewToken {
            label: "test".into(),
            life: DAY,
            scopes: Scopes::ALL,
        };
        let made = self.site.create_token_for(&Credential::Operator, id, new);
        let secret = must(made.await).secret;
        Caller {
            account: id.to_string(),
            actor: Actor::Token {
                email: email.into(),
                secret: secret.reveal().to_owned(),
            },
            credential: Credential::Token {
                email: Some(email.into()),
                hash: narthex_site::secret::hash(secret.reveal()),
            },
        }
    }

    /// Returns the caller's present view.
    pub async fn view(&self, who: &Caller) -> View {
        must(self.site.view(&who.credential(), Door::Confluence).await)
    }

    /// Returns the router, for a listener.
    pub fn router(&self) -> Router {
        self.served.router()
    }

    /// Makes a browser in which nobody is logged in.
    pub fn browser(&self) -> Browser {
        Browser::new(self.served.clone())
    }

    /// Makes a browser in which this person is logged in.
    ///
    /// # Panics
    /// Panics if logging in fails.
    pub async fn browser_of(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let told = browser.log_in(name).await;
        assert_eq!(told.location(), "/wiki");
        browser
    }

    /// Sends a request of HTTP with the caller's credential.
    pub async fn send(&self, who: &Caller, mut request: Request<Body>) -> Told {
        let signed = who.actor.signs(Ask::get("/"));
        for (name, value) in signed.headers {
            let name: http::HeaderName = must(name.parse());
            request.headers_mut().insert(name, must(value.parse()));
        }
        self.served.answer(request).await
    }

    /// Sends a GET.
    pub async fn get(&self, who: &Caller, path: &str) -> Told {
        let request = must(Request::get(path).body(Body::empty()));
        self.send(who, request).await
    }

    /// Sends a request with this text as JSON, which it needn't be.
    pub async fn json(&self, who: &Caller, method: Method, path: &str, body: &str) -> Told {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()));
        self.send(who, must(request)).await
    }

    /// Sends a POST with this text as JSON, which it needn't be.
    pub async fn post(&self, who: &Caller, path: &str, body: &str) -> Told {
        self.json(who, Method::POST, path, body).await
    }

    /// Makes a space with this key over the API.
    ///
    /// # Panics
    /// Panics if it isn't made.
    pub async fn space(&self, who: &Caller, key: &str) -> Value {
        let new = json!({"key": key, "name": format!("The {key} space")});
        let told = self
            .post(who, "/wiki/rest/api/space", &new.to_string())
            .await;
        assert_eq!(told.status, 200, "{}", told.text());
        told.json()
    }

    /// Makes a space with this key as the operator.
    pub async fn new_space(&self, key: &str) {
        let new = NewSpace {
            key: Some(key.into()),
            name: format!("The {key} space"),
            description: String::new(),
            kind: SpaceKind::Global,
            private: false,
        };
        must(self.site.create_space(&Credential::Operator, new).await);
    }

    /// Makes a page in a space over the API, and returns its id.
    pub async fn page(&self, who: &Caller, key: &str, title: &str) -> String {
        self.new_page(who, title, json!({"space": {"key": key}}))
            .await
    }

    /// Makes a page below another one over the API, and returns its id.
    pub async fn page_below(&self, who: &Caller, above: &str, title: &str) -> String {
        let path = format!("/wiki/rest/api/content/{above}");
        let key = self.get(who, &path).await.json()["space"]["key"].clone();
        let place = json!({"space": {"key": key}, "ancestors": [{"id": above}]});
        self.new_page(who, title, place).await
    }

    async fn new_page(&self, who: &Caller, title: &str, place: Value) -> String {
        let mut new = place;
        new["type"] = "page".into();
        new["title"] = title.into();
        new["body"]["storage"] =
            json!({"value": format!("<p>{title} says</p>"), "representation": "storage"});
        let told = self
            .post(who, "/wiki/rest/api/content", &new.to_string())
            .await;
        match told.json()["id"].as_str() {
            Some(id) if told.status == 200 => id.to_owned(),
            _ => panic!("{title} isn't made: {} {}", told.status, told.text()),
        }
    }

    /// Restricts viewing of a page to one account over the API.
    ///
    /// # Panics
    /// Panics if it isn't restricted.
    pub async fn restrict(&self, who: &Caller, page: &str, to: &Caller) {
        let users = json!({"user": [{"accountId": to.account}]});
        let list = json!([{"operation": "read", "restrictions": users}]).to_string();
        let path = format!("/wiki/rest/api/content/{page}/restriction");
        let told = self.json(who, Method::PUT, &path, &list).await;
        assert_eq!(told.status, 200, "{}", told.text());
    }

    /// Returns the switches of a space.
    pub async fn space_switches(&self, key: &str) -> SpaceSwitches {
        must(self.site.space_switches(&Credential::Operator, key).await)
    }

    /// Sets switches of the site.
    pub async fn switch(&self, wanted: SetSwitches) {
        must(self.site.set_switches(&Credential::Operator, wanted).await);
    }

    /// Sets a switch of a space.
    pub async fn switch_space(&self, key: &str, switch: SpaceSwitch, on: bool) {
        let wanted = vec![SetSpaceSwitch {
            space_key: key.into(),
            switch,
            on,
        }];
        must(
            self.site
                .set_space_switches(&Credential::Operator, wanted)
                .await,
        );
    }

    /// Returns how many entries the audit log has.
    pub async fn entries(&self) -> usize {
        let filter = AuditFilter {
            space_key: None,
            since: None,
            until: None,
            text: String::new(),
            start: 0,
            limit: 1_000,
        };
        let read = self.site.audit(&Credential::Operator, &filter).await;
        must(read).entries.len()
    }
}

async fn hashed() -> HashedPassword {
    let passwords = Passwords::new(Entropy::seeded(4));
    must(passwords.hash(&Password::new(PASSWORD)).await)
}
