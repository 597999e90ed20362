//! One request and its answer, as data.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request};
use serde_json::Value;
use std::fmt::Write as _;

/// A request, before it is known who sends it.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Headers beside the credential's.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Ask {
    /// A request without a body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// GET.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// POST of JSON.
    pub fn post(path: impl Into<String>, body: &Value) -> Self {
        Self::new(Method::POST, path).json(body)
    }

    /// The same with JSON.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.typed("application/json", body.to_string())
    }

    /// The same with a form.
    #[must_use]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let text = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.typed("application/x-www-form-urlencoded", text)
            .with("sec-fetch-site", "same-origin")
    }

    /// The same with an uploaded file.
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

    /// The same with these bytes of this type.
    #[must_use]
    pub fn typed(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.headers.retain(|(name, _)| name != "content-type");
        self.body = body.into();
        self.with("content-type", media_type)
    }

    /// The same with another header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Whether a client could send it at all.
    pub fn can_be_sent(&self) -> bool {
        self.request().is_some()
    }

    /// As HTTP; none for what no client could send.
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

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The status.
    pub status: u16,
    /// The headers in the order of their names; several of a name in their own.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Told {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Where it leads.
    ///
    /// # Panics
    /// For another answer than a redirect.
    #[track_caller]
    pub fn location(&self) -> &str {
        match self.header("location") {
            Some(location) if self.status == 303 => location,
            _ => panic!("{} leads nowhere: {}", self.status, self.text()),
        }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null for what isn't.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Everything: what two answers are compared by, the body first, for its
    /// length tells less than itself. The request's id is left out: it is random,
    /// and drawn before anything is known of the request.
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
