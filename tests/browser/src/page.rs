//! The open page of the browser, as a person sees and operates it.

use crate::session::{Element, Session};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use narthex_served::{Actor, must};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// The Enter key, for [`Page::press`].
pub const ENTER: &str = "\u{e007}";
/// The Tab key, for [`Page::press`].
pub const TAB: &str = "\u{e004}";

/// The driver's path for commands of the DevTools protocol.
const CDP: &str = "/goog/cdp/execute";

/// How long the page that a click leads to may take to load on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Returns whether a click on an element, or Enter in it, leads to another document, and if so
/// marks the document that is being left. The driver doesn't wait for a navigation that begins
/// after it has checked for one, so the page itself must say.
const LEADS_ELSEWHERE: &str = "((at, isEnter) => {
    const button = at.closest('button, input[type=submit]') ??
        (isEnter && at.matches('input') ? at.form?.querySelector('button') : null);
    const form = button?.type === 'submit' && !button.disabled ? button.form : null;
    const isSent = form && (form.noValidate || button.formNoValidate || form.checkValidity());
    const link = at.closest('a[href]');
    const here = location.href.split('#')[0];
    const isFollowed = link && link.target !== '_blank' && link.href.split('#')[0] !== here;
    const leads = Boolean(isSent || isFollowed);
    if (leads) window.isBeingLeft = true;
    return leads;
})";

/// Whether the document that was left has been replaced by one that is loaded.
const IS_THERE: &str = "window.isBeingLeft !== true && document.readyState === 'complete'";

/// The open page. Elements are named by CSS selectors; a test that names a missing element fails
/// with its selector.
#[derive(Debug)]
pub struct Page {
    session: Session,
}

impl Page {
    pub(crate) fn new(session: Session) -> Self {
        Self { session }
    }

    /// Opens an address, and waits until it is loaded.
    pub async fn open(&self, url: impl Into<String>) {
        let url: String = url.into();
        self.must_post("/url", json!({ "url": url })).await;
    }

    /// Returns the address that is shown.
    pub async fn address(&self) -> String {
        let address = must(self.session.get("/url").await);
        address.as_str().unwrap_or_default().to_owned()
    }

    /// Continues with the session of this actor, or with no session for an anonymous one.
    ///
    /// # Panics
    /// Panics for an actor with a token: a browser has sessions.
    pub async fn carry(&self, url: &str, actor: &Actor) {
        self.devtools("Network.clearBrowserCookies", json!({}))
            .await;
        match actor {
            Actor::Anonymous => {}
            Actor::Cookie(secret) => {
                let cookie = json!({
                    "name": "narthex_session", "value": secret, "url": url,
                    "httpOnly": true, "sameSite": "Lax",
                });
                self.devtools("Network.setCookie", cookie).await;
            }
            Actor::Token { .. } | Actor::Bearer(_) => panic!("a browser carries no API token"),
        }
    }

    /// Types into a field, after the text that it contains.
    pub async fn type_into(&self, selector: &str, text: &str) {
        let field = self.find(selector).await;
        self.type_at(&field, text).await;
    }

    /// Presses keys, wherever the focus is. If Enter leads to another page, waits for it.
    pub async fn press(&self, keys: &str) {
        let leads =
            keys.ends_with(ENTER) && self.leads_elsewhere("document.activeElement", true).await;
        let focused = must(self.session.get("/element/active").await);
        match Element::of(&focused) {
            Some(focused) => self.type_at(&focused, keys).await,
            None => panic!("nothing has the focus"),
        }
        if leads {
            self.wait_for_the_next_page().await;
        }
    }

    async fn type_at(&self, element: &Element, text: &str) {
        let path = format!("/element/{element}/value");
        self.must_post(&path, json!({ "text": text })).await;
    }

    /// Clicks on the first element of the selector, and waits for the page that it leads to.
    pub async fn click(&self, selector: &str) {
        let found = self.find(selector).await;
        let element = format!("document.querySelector({})", json!(selector));
        let leads = self.leads_elsewhere(&element, false).await;
        let path = format!("/element/{found}/click");
        if let Err(error) = self.session.post(&path, &json!({})).await {
            panic!("{selector} can't be clicked: {error}");
        }
        if leads {
            self.wait_for_the_next_page().await;
        }
    }

    /// Sends a form to an address of the site that is shown, as a page of that site would, and
    /// waits for the page that it leads to.
    pub async fn submit(&self, url: &str, fields: &[(&str, &str)]) {
        let script = format!(
            "((url, fields) => {{
                const form = document.createElement('form');
                form.method = 'post';
                form.action = url;
                for (const [name, value] of fields) {{
                    const input = document.createElement('textarea');
                    input.name = name;
                    input.value = value;
                    form.append(input);
                }}
                document.body.append(form);
                window.isBeingLeft = true;
                form.submit();
            }})({}, {})",
            json!(url),
            json!(fields)
        );
        self.evaluate(&script).await;
        self.wait_for_the_next_page().await;
    }

    async fn leads_elsewhere(&self, element: &str, is_enter: bool) -> bool {
        let asked = format!("{LEADS_ELSEWHERE}({element}, {is_enter})");
        self.evaluate(&asked).await == json!(true)
    }

    async fn wait_for_the_next_page(&self) {
        let began = Instant::now();
        // While one document replaces the other, there may be none that can evaluate the script.
        while self.try_evaluate(IS_THERE).await != Ok(json!(true)) {
            if began.elapsed() > PATIENCE {
                panic!("no page came after {}", self.address().await);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Chooses an option of a select by its value.
    pub async fn choose(&self, selector: &str, value: &str) {
        self.click(&format!("{selector} option[value=\"{value}\"]"))
            .await;
    }

    /// Returns the text of the first element of the selector, as it is shown.
    pub async fn text(&self, selector: &str) -> String {
        let found = self.find(selector).await;
        self.text_at(&found).await
    }

    /// Returns the texts of all elements of the selector, as they are shown.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.find_all(selector).await {
            texts.push(self.text_at(&element).await);
        }
        texts
    }

    async fn text_at(&self, element: &Element) -> String {
        let text = must(self.session.get(&format!("/element/{element}/text")).await);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Returns whether an element matches the selector.
    pub async fn has(&self, selector: &str) -> bool {
        !self.find_all(selector).await.is_empty()
    }

    /// Evaluates an expression of JavaScript in the page, and waits for a promise.
    pub async fn evaluate(&self, expression: &str) -> Value {
        match self.try_evaluate(expression).await {
            Ok(value) => value,
            Err(error) => panic!("{expression:.2000}: {error}"),
        }
    }

    async fn try_evaluate(&self, expression: &str) -> Result<Value, String> {
        let asked = json!({
            "expression": expression, "returnByValue": true, "awaitPromise": true,
        });
        let command = json!({ "cmd": "Runtime.evaluate", "params": asked });
        let answer = self.session.post(CDP, &command).await?;
        if let Some(details) = answer.get("exceptionDetails") {
            return Err(details.to_string());
        }
        let value = answer.pointer("/result/value").cloned();
        Ok(value.unwrap_or(Value::Null))
    }

    /// Sets the size of the window, in CSS pixels.
    pub async fn set_viewport(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// Makes the browser prefer the dark theme, or the light one.
    pub async fn emulate_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// Turns the pages' own scripts on or off, from the next page on.
    pub async fn run_scripts(&self, run: bool) {
        self.devtools(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": !run }),
        )
        .await;
    }

    /// Writes a picture of the whole page, including the part outside the window.
    pub async fn screenshot(&self, file: &Path) {
        let size = self
            .evaluate("[innerWidth, document.documentElement.scrollHeight]")
            .await;
        let clip = json!({
            "x": 0, "y": 0, "width": size.get(0), "height": size.get(1), "scale": 1,
        });
        let asked = json!({ "captureBeyondViewport": true, "format": "png", "clip": clip });
        let answer = self.devtools("Page.captureScreenshot", asked).await;
        let Some(encoded) = answer.get("data").and_then(Value::as_str) else {
            panic!("Chromium made no picture: {answer}");
        };
        must(std::fs::write(file, must(STANDARD.decode(encoded))));
    }

    /// Sends a command of the DevTools protocol, and returns its result.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        let command = json!({ "cmd": method, "params": parameters });
        self.must_post(CDP, command).await
    }

    async fn must_post(&self, path: &str, body: Value) -> Value {
        match self.session.post(path, &body).await {
            Ok(answer) => answer,
            Err(error) => panic!("{path} {body}: {error}"),
        }
    }

    async fn find_all(&self, selector: &str) -> Vec<Element> {
        let by = json!({ "using": "css selector", "value": selector });
        let found = self.must_post("/elements", by).await;
        let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(Element::of).collect()
    }

    async fn find(&self, selector: &str) -> Element {
        match self.find_all(selector).await.into_iter().next() {
            Some(found) => found,
            None => {
                let text = self.evaluate("document.body.innerText").await;
                panic!(
                    "there is no {selector} at {}:\n{}",
                    self.address().await,
                    text.as_str().unwrap_or_default()
                )
            }
        }
    }
}
