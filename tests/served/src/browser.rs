//! A browser without a screen: it stores cookies, and says by `Origin` which page a form came from.

use crate::exchange::Told;
use crate::must;
use crate::served::Served;
use crate::stage::{PASSWORD, email};
use axum::body::Body;
use http::request::Builder;
use http::{Method, Request};
use narthex_access::Credential;
use std::collections::HashMap;

/// The cookie that holds a session.
const SESSION: &str = "narthex_session";

/// A browser in front of a served site.
#[derive(Debug, Clone)]
pub struct Browser {
    served: Served,
    cookies: HashMap<String, String>,
}

impl Browser {
    /// Makes a browser without cookies.
    pub fn new(served: Served) -> Self {
        Self {
            served,
            cookies: HashMap::new(),
        }
    }

    /// Sends a GET.
    pub async fn get(&mut self, path: &str) -> Told {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form from a page of the site.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Told {
        self.post_from(Some("http://localhost"), path, fields).await
    }

    /// Sends a form as the confirmation of a change of access does.
    pub async fn confirm(&mut self, path: &str, fields: &[(&str, &str)]) -> Told {
        let confirmed = [fields, &[("confirmed", "yes")]].concat();
        self.post(path, &confirmed).await
    }

    /// Sends a form from a page of some origin, or without an origin.
    pub async fn post_from(
        &mut self,
        origin: Option<&str>,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Told {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let mut request = Request::builder().method(Method::POST).uri(path);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request, Body::from(form.finish())).await
    }

    /// Sends the form of the log-in page with this person's password.
    pub async fn log_in(&mut self, name: &str) -> Told {
        self.log_in_with(&email(name), PASSWORD).await
    }

    /// Sends the form of the log-in page.
    pub async fn log_in_with(&mut self, email: &str, password: &str) -> Told {
        self.post("/login", &[("email", email), ("password", password)])
            .await
    }

    /// Returns the credential of its session.
    ///
    /// # Panics
    /// Panics if nobody is logged in.
    pub fn credential(&self) -> Credential {
        match self.session() {
            Some(secret) => Credential::Session {
                hash: narthex_site::secret::hash(secret),
            },
            None => panic!("nobody is logged in"),
        }
    }

    /// Returns the session cookie that it stores.
    pub fn session(&self) -> Option<&str> {
        self.cookies.get(SESSION).map(String::as_str)
    }

    /// Returns the value of a cookie that it stores.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.get(name).cloned()
    }

    /// Stores a cookie, like one that an attacker has planted.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.into(), value.into());
    }

    /// Sends a request with its cookies, and stores those that are set.
    ///
    /// # Panics
    /// Panics for a request that no browser can send.
    pub async fn send(&mut self, request: Builder, body: Body) -> Told {
        let mut request = request;
        if !self.cookies.is_empty() {
            let pairs = self.cookies.iter();
            let pairs: Vec<String> = pairs
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header("cookie", pairs.join("; "));
        }
        let told = self.served.answer(must(request.body(body))).await;
        let set = told.headers.iter().filter(|(name, _)| name == "set-cookie");
        for (_, cookie) in set {
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        told
    }
}
