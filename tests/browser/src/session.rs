//! A session with the browser's driver: the requests and responses of WebDriver.

use narthex_served::must;
use serde_json::{Value, json};
use std::fmt;
use std::time::Duration;

/// The member that identifies an element in a response, by the standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long one request may take, including the loading of a page on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A session with the driver; it ends when the driver does.
#[derive(Debug)]
pub(crate) struct Session {
    client: reqwest::Client,
    url: String,
}

/// An element of the page, by the id that the driver gave it.
#[derive(Debug)]
pub(crate) struct Element(String);

impl Element {
    /// Reads the element from a response.
    pub(crate) fn of(answer: &Value) -> Option<Self> {
        let name = answer.get(ELEMENT)?.as_str()?;
        Some(Self(name.to_owned()))
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Session {
    /// Begins a session with the browser that listens for DevTools at a port.
    pub(crate) async fn begin(driver: u16, browser: u16) -> Self {
        let built = reqwest::Client::builder().no_proxy().timeout(PATIENCE);
        let mut session = Self {
            client: must(built.build()),
            url: format!("http://127.0.0.1:{driver}/session"),
        };
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "debuggerAddress": format!("127.0.0.1:{browser}") },
        } } });
        let begun = must(session.post("", &wanted).await);
        match begun.get("sessionId").and_then(Value::as_str) {
            Some(id) => session.url = format!("{}/{id}", session.url),
            None => panic!("the driver began no session: {begun}"),
        }
        session
    }

    /// Sends a GET, and returns the value of the response.
    ///
    /// # Errors
    /// Returns the error of the driver or the connection.
    pub(crate) async fn get(&self, path: &str) -> Result<Value, String> {
        self.send(self.client.get(format!("{}{path}", self.url)))
            .await
    }

    /// Sends a POST, and returns the value of the response.
    ///
    /// # Errors
    /// Returns the error of the driver or the connection.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let request = self.client.post(format!("{}{path}", self.url));
        self.send(request.json(body)).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Value, String> {
        let sent = request.send().await.map_err(|error| error.to_string())?;
        let mut answer: Value = sent.json().await.map_err(|error| error.to_string())?;
        let value = answer.get_mut("value").map_or(Value::Null, Value::take);
        match value.get("error").and_then(Value::as_str) {
            Some(error) => Err(format!(
                "{error}: {}",
                value
                    .get("message")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            )),
            None => Ok(value),
        }
    }
}
