//! A browser without a screen: it keeps cookies, and says by `Origin` which page a form came from.

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

/// A browser.
#[derive(Debug, Clone)]
pub struct Browser {
    served: Served,
    cookies: HashMap<String, String>,
}

impl Browser {
    /// A browser that has no cookies yet.
    pub fn new(served: Served) -> Self {
        Self {
            served,
            cookies: HashMap::new(),
        }
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Told {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form from a page of the site.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Told {
        self.post_from(Some("http://localhost"), path, fields).await
    }

    /// Sends a form as the page does that asks before a change of access.
    pub async fn confirm(&mut self, path: &str, fields: &[(&str, &str)]) -> Told {
        let confirmed = [fields, &[("confirmed", "yes")]].concat();
        self.post(path, &confirmed).await
    }

    /// Sends a form from a page of some origin, or without saying from where.
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

    /// Sends the form of the log-in page with somebody's password.
    pub async fn log_in(&mut self, name: &str) -> Told {
        self.log_in_with(&email(name), PASSWORD).await
    }

    /// Sends the form of the log-in page.
    pub async fn log_in_with(&mut self, email: &str, password: &str) -> Told {
        self.post("/login", &[("email", email), ("password", password)])
            .await
    }

    /// The credential that its session is.
    ///
    /// # Panics
    /// When nobody is logged in.
    pub fn credential(&self) -> Credential {
        match self.session() {
            Some(secret) => Credential::Session {
                hash: narthex_site::secret::hash(secret),
            },
            None => panic!("nobody is logged in"),
        }
    }

    /// The session cookie that it keeps.
    pub fn session(&self) -> Option<&str> {
        self.cookies.get(SESSION).map(String::as_str)
    }

    /// The value of a cookie that it keeps.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.get(name).cloned()
    }

    /// Keeps a cookie, as one that somebody has planted.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.into(), value.into());
    }

    /// Sends a request with its cookies, and keeps those that are set.
    ///
    /// # Panics
    /// For a request that no browser can send.
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
