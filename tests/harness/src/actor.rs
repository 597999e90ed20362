//! Actors: the senders of requests over HTTP, with their credentials. A test is given an [`Actor`]
//! for each person, and needn't know how that one logs in.

use crate::fail;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

/// A sender of requests to a site.
#[derive(Debug, Clone)]
pub struct Actor {
    client: Client,
    who: Who,
}

#[derive(Debug, Clone)]
enum Who {
    Anonymous,
    Token { email: String, token: String },
    Cookie(String),
}

impl Actor {
    /// Makes an anonymous actor.
    pub fn anonymous() -> Self {
        Self {
            client: client(),
            who: Who::Anonymous,
        }
    }

    /// Makes an actor with e-mail address and API token.
    pub fn token(email: &str, token: &str) -> Self {
        let who = Who::Token {
            email: email.to_owned(),
            token: token.to_owned(),
        };
        Self {
            client: client(),
            who,
        }
    }

    /// Logs in as a browser does, at this address of the site.
    pub async fn log_in(url: &str, email: &str, password: &str) -> Self {
        let client = client();
        let sent = client
            .post(format!("{url}/login"))
            .header("Sec-Fetch-Site", "same-origin")
            .form(&[("email", email), ("password", password)])
            .send()
            .await
            .unwrap_or_else(|error| fail(error));
        let cookie = sent
            .headers()
            .get_all("set-cookie")
            .iter()
            .find_map(|value| {
                let cookie = value.to_str().ok()?.split(';').next()?;
                (!cookie.ends_with('=')).then(|| cookie.to_owned())
            });
        let Some(cookie) = cookie else {
            fail(format!("{email} can't log in: {}", sent.status()));
        };
        Self {
            client,
            who: Who::Cookie(cookie),
        }
    }

    /// Makes a request to an address.
    pub fn request(&self, method: Method, address: &str) -> RequestBuilder {
        let request = self.client.request(method, address);
        match &self.who {
            Who::Anonymous => request,
            Who::Token { email, token } => request.basic_auth(email, Some(token)),
            Who::Cookie(cookie) => request
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin"),
        }
    }

    /// Sends a GET, and returns status and text. A broken connection is an error.
    ///
    /// # Errors
    /// Returns the error of the connection.
    pub async fn get(&self, address: &str) -> Result<(StatusCode, String), reqwest::Error> {
        let response = self.request(Method::GET, address).send().await?;
        let status = response.status();
        Ok((status, response.text().await?))
    }

    /// Sends JSON, and returns the response.
    ///
    /// # Errors
    /// Returns the error of the connection.
    pub async fn send(
        &self,
        method: Method,
        address: &str,
        body: &Value,
    ) -> Result<Response, reqwest::Error> {
        self.request(method, address).json(body).send().await
    }

    /// Uploads a file to a page, and returns the status.
    ///
    /// # Errors
    /// Returns the error of the connection.
    pub async fn upload(
        &self,
        url: &str,
        page: &str,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<StatusCode, reqwest::Error> {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        let address = format!("{url}/wiki/rest/api/content/{page}/child/attachment");
        let request = self.request(Method::POST, &address).multipart(form);
        let sent = request
            .header("X-Atlassian-Token", "no-check")
            .send()
            .await?;
        Ok(sent.status())
    }

    /// Submits an HTML form, and returns the status.
    pub async fn submit(&self, address: &str, fields: &[(&str, &str)]) -> StatusCode {
        let request = self.request(Method::POST, address).form(fields);
        let sent = request.send().await.unwrap_or_else(|error| fail(error));
        sent.status()
    }

    /// Sends JSON that must be accepted, and returns the JSON of the response.
    pub async fn must(&self, method: Method, address: &str, body: &Value) -> Value {
        let response = self.send(method.clone(), address, body).await;
        let response = response.unwrap_or_else(|error| fail(error));
        let status = response.status();
        let text = response.text().await.unwrap_or_else(|error| fail(error));
        if !status.is_success() {
            fail(format!("{method} {address} answered {status}: {text}"));
        }
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}

fn client() -> Client {
    let built = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(10))
        .build();
    built.unwrap_or_else(|error| fail(error))
}
