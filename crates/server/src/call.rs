//! One request as a handler gets it.

use crate::app::App;
use crate::failure::Failure;
use crate::memory::AnswerRoom;
use crate::request::body::{self, ReadBody};
use crate::request::client::Client;
use crate::request::credential::Carrier;
use crate::request::json::Document;
use crate::request::narrowing;
use crate::request::query::Parameters;
use crate::route::Route;
use axum::body::Body;
use http::{HeaderMap, Method, Uri};
use narthex_access::{Absent, AccountId, Credential, Door, View};
use narthex_site::render::Html;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

/// A request before it is known who sends it.
#[derive(Debug)]
pub struct Ask {
    /// The site and what serves it.
    pub app: App,
    /// The route that was found.
    pub route: Arc<Route>,
    /// The method.
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// Who calls from where, and what they call us.
    pub client: Client,
    /// The values in the path, decoded.
    pub(crate) params: Vec<(&'static str, String)>,
    /// Who sends it, once the credential has been checked: callers who are known may send more.
    pub(crate) sender: Option<AccountId>,
    /// The memory that its answer takes.
    pub(crate) room: AnswerRoom,
    /// The body, unread; behind a lock that nobody waits for, so that requests can
    /// be shared between threads.
    pub(crate) body: Mutex<Body>,
}

/// A request with the view that its credential opens.
#[derive(Debug)]
pub struct Call {
    /// The request.
    pub ask: Box<Ask>,
    /// What it showed of who sends it: for writes, which are decided again in
    /// their transaction.
    pub credential: Credential,
    /// How that came in.
    pub carrier: Carrier,
    /// What it sees: pinned for the request.
    pub view: View,
}

impl Deref for Call {
    type Target = Ask;

    fn deref(&self) -> &Ask {
        &self.ask
    }
}

impl DerefMut for Call {
    fn deref_mut(&mut self) -> &mut Ask {
        &mut self.ask
    }
}

impl Ask {
    /// A value in the path, decoded.
    pub fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// An id in the path: what can't be an id never was one (law 6.1).
    ///
    /// # Errors
    /// Absent.
    pub fn id<I: FromStr>(&self, name: &str) -> Result<I, Failure> {
        self.param(name).parse().map_err(|_| Failure::Absent)
    }

    /// The query.
    pub fn query(&self) -> Parameters<'_> {
        Parameters::read(self.uri.query().unwrap_or_default().as_bytes())
    }

    /// The origin under which callers reach the site, without a slash at its end:
    /// as configured, else as this caller wrote it.
    pub fn origin(&self) -> String {
        self.app
            .config
            .base_url
            .clone()
            .unwrap_or_else(|| self.client.origin())
    }

    /// `_links.base`: the address of Confluence.
    pub fn base(&self) -> String {
        let mut base = self.origin();
        base.push_str("/wiki");
        base
    }

    /// Whether callers reach the site over HTTPS: cookies are marked by it.
    pub fn is_secure(&self) -> bool {
        self.app.is_secure(&self.client)
    }

    /// Reads the body as JSON, as which it must be marked.
    ///
    /// # Errors
    /// Unsupported media type, too large, bad request.
    pub async fn json(&mut self) -> Result<Document, Failure> {
        self.json_up_to(body::JSON).await
    }

    /// Reads JSON that holds a whole text.
    ///
    /// # Errors
    /// As [`Ask::json`].
    pub async fn long_json(&mut self) -> Result<Document, Failure> {
        self.json_up_to(body::LONG_JSON).await
    }

    async fn json_up_to(&mut self, most: usize) -> Result<Document, Failure> {
        if !body::is_media_type(&self.headers, "application/json") {
            return Err(Failure::UnsupportedMediaType("application/json"));
        }
        let read = self.read_body(most).await?;
        Ok(Document::new(read.bytes, read.held)?)
    }

    /// Reads a form of a page.
    ///
    /// # Errors
    /// Unsupported media type, too large.
    pub async fn form(&mut self) -> Result<Form, Failure> {
        self.form_of(body::FORM).await
    }

    /// Reads a form of a page that holds a whole text.
    ///
    /// # Errors
    /// As [`Ask::form`].
    pub async fn long_form(&mut self) -> Result<Form, Failure> {
        self.form_of(body::LONG_FORM).await
    }

    async fn form_of(&mut self, most: usize) -> Result<Form, Failure> {
        let wanted = "application/x-www-form-urlencoded";
        if !body::is_media_type(&self.headers, wanted) {
            return Err(Failure::UnsupportedMediaType(wanted));
        }
        let form = self.read_body(most).await.map(Form)?;
        narrowing::check_form(&form.fields(), self.route.narrowed_by)?;
        Ok(form)
    }

    /// Takes the body as it comes in: for uploads.
    pub fn take_body(&mut self) -> Body {
        std::mem::take(self.body.get_mut().unwrap_or_else(PoisonError::into_inner))
    }

    async fn read_body(&mut self, most: usize) -> Result<ReadBody, Failure> {
        let body = self.take_body();
        let room = &self.app.room;
        room.read(self.sender, &self.headers, body, most).await
    }
}

impl Call {
    /// The caller's view as it is now: for answering a write with what it made.
    ///
    /// # Errors
    /// As for the request itself.
    pub async fn view_now(&self) -> Result<View, Failure> {
        let door = self.route.door().unwrap_or(Door::Confluence);
        Ok(self.app.site.view(&self.credential, door).await?)
    }

    /// A body that a page shows, rendered in its turn; none where the answer has no room
    /// for it.
    ///
    /// # Errors
    /// What rendering says; busy when there is no memory for it in time.
    pub(crate) async fn rendered<E, F>(
        &self,
        render: impl Fn() -> F,
    ) -> Result<Option<Html>, Failure>
    where
        F: Future<Output = Result<Html, E>>,
        Failure: From<E>,
    {
        let length = |html: &Html| html.as_str().len();
        self.room.rendered(render, length).await
    }

    /// The beginning of a body that a page shows, made in its turn; none where the answer
    /// has no room for it.
    ///
    /// # Errors
    /// What reading says; busy when there is no memory for it in time.
    pub(crate) async fn excerpt<E, F>(
        &self,
        read: impl Fn() -> F,
    ) -> Result<Option<String>, Failure>
    where
        F: Future<Output = Result<String, E>>,
        Failure: From<E>,
    {
        self.room.rendered(read, String::len).await
    }

    /// Goes on only for who is logged in: 401 to nobody.
    ///
    /// # Errors
    /// Unauthorized.
    pub fn require_account(&self) -> Result<AccountId, Failure> {
        self.view.subject().account().ok_or(Failure::Unauthorized)
    }
}

/// A form that was read.
#[derive(Debug)]
pub struct Form(ReadBody);

impl Form {
    /// Its fields.
    pub fn fields(&self) -> Parameters<'_> {
        Parameters::read(&self.0.bytes)
    }
}

/// Turns nothing into 404.
pub trait OrAbsent<T> {
    /// The value.
    ///
    /// # Errors
    /// Absent for none.
    fn or_absent(self) -> Result<T, Failure>;
}

impl<T> OrAbsent<T> for Option<T> {
    fn or_absent(self) -> Result<T, Failure> {
        self.ok_or(Failure::Absent)
    }
}

impl<T> OrAbsent<T> for Result<T, Absent> {
    fn or_absent(self) -> Result<T, Failure> {
        self.map_err(Failure::from)
    }
}
