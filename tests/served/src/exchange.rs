//! One request and its response, as data.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request};
use serde_json::Value;
use std::fmt::Write as _;

/// A request without a credential.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The HTTP method.
    pub method: Method,
    /// The path and query.
    pub path: String,
    /// The headers, except the credential's.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Ask {
    /// Makes a request without a body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// Makes a GET.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Makes a POST of JSON.
    pub fn post(path: impl Into<String>, body: &Value) -> Self {
        Self::new(Method::POST, path).json(body)
    }

    /// Returns the same request with JSON.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.typed("application/json", body.to_string())
    }

    /// Returns the same request with a form.
    #[must_use]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let text = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.typed("application/x-www-form-urlencoded", text)
            .with("sec-fetch-site", "same-origin")
    }

    /// Returns the same request with an uploaded file.
    #[must_use]
    pub fn file(self, name: &str, bytes: &[u8]) -> Self {
        let mut body = Vec::new();
        let head = format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/plain\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--part--\r\n");
        self.typed("multipart/form-data; boundary=part", body)
            .with("x-atlassian-token", "no-check")
    }

    /// Returns the same request with a body of this media type.
    #[must_use]
    pub fn typed(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.headers.retain(|(name, _)| name != "content-type");
        self.body = body.into();
        self.with("content-type", media_type)
    }

    /// Returns the same request with another header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns whether a client could send it at all.
    pub fn can_be_sent(&self) -> bool {
        self.request().is_some()
    }

    /// Converts it into a request of HTTP; `None` if no client could send it.
    pub(crate) fn request(&self) -> Option<Request<Body>> {
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(&self.path)
            .header("host", "wiki.test");
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().ok()?;
            request = request.header(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
        }
        if !self.body.is_empty() {
            request = request.header("content-length", self.body.len());
        }
        request.body(Body::from(self.body.clone())).ok()
    }
}

impl std::fmt::Display for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if !self.body.is_empty() {
            let text = String::from_utf8_lossy(&self.body);
            let short: String = text.chars().take(300).collect();
            write!(f, "\n      {short}")?;
        }
        Ok(())
    }
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The HTTP status.
    pub status: u16,
    /// The headers in the order of their names; several of one name in their own order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Told {
    /// Returns the first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the target of a redirect.
    ///
    /// # Panics
    /// Panics for any other response.
    #[track_caller]
    pub fn location(&self) -> &str {
        match self.header("location") {
            Some(location) if self.status == 303 => location,
            _ => panic!("{} leads nowhere: {}", self.status, self.text()),
        }
    }

    /// Returns the body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the body as JSON; null if it isn't JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Returns the whole response as text, to compare two of them. The body comes first, because
    /// its length tells less than its content. The request's id is left out: it is random, and
    /// drawn before anything is known of the request.
    pub fn whole(&self) -> String {
        let mut whole = format!("{}\n{}\n", self.status, self.text());
        let told = self.headers.iter();
        for (name, value) in told.filter(|(name, _)| name != "x-request-id") {
            // Writing to a string can't fail.
            let _ = writeln!(whole, "{name}: {value}");
        }
        whole
    }
}
