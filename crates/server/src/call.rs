//! One request as a handler gets it: an [`Ask`] before it is authenticated, for open routes, and a
//! [`Call`] with the view that its credential opens, for gated ones.

use crate::app::App;
use crate::failure::Failure;
use crate::memory::AnswerRoom;
use crate::request::body::{self, ReadBody};
use crate::request::client::Client;
use crate::request::credential::Carrier;
use crate::request::json::Document;
use crate::request::narrowing;
use crate::request::origin::same_origin;
use crate::request::query::Parameters;
use crate::request::sent_body::SentBody;
use crate::route::Route;
use axum::body::{Body, HttpBody as _};
use http::{HeaderMap, Method, Uri};
use narthex_access::{Absent, AccountId, Credential, Door, View};
use narthex_site::render::Html;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::sync::Arc;

/// The media type of a form that a page sends.
pub(crate) const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// A request that hasn't been authenticated yet.
#[derive(Debug)]
pub struct Ask {
    /// The state that all requests share.
    pub app: App,
    /// The route that the request was matched to.
    pub route: Arc<Route>,
    /// The HTTP method.
    pub method: Method,
    /// The address as it was requested: path and query.
    pub uri: Uri,
    /// The headers of the request.
    pub headers: HeaderMap,
    /// The address that the request comes from, and the origin it was sent to.
    pub client: Client,
    /// The decoded values of the path's parameters.
    pub(crate) params: Vec<(&'static str, String)>,
    /// The account that sent the request, once its credential has been checked: known callers may
    /// send larger bodies.
    pub(crate) sender: Option<AccountId>,
    /// The memory budget of the response.
    pub(crate) room: AnswerRoom,
    /// The body of the request.
    pub(crate) body: SentBody,
}

/// An authenticated request, with the view that its credential opens.
#[derive(Debug)]
pub struct Call {
    /// The request itself.
    pub ask: Box<Ask>,
    /// The credential that the request presented. Writes need it, because they are decided again in
    /// their transaction.
    pub credential: Credential,
    /// The way in which the credential was sent.
    pub carrier: Carrier,
    /// The view of the caller, fixed for the whole request.
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
    /// Returns the decoded value of a path parameter.
    pub fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Parses a path parameter as an id. A text that can't be an id is treated as one that never
    /// existed (law 6.1).
    ///
    /// # Errors
    /// Returns `Failure::Absent` if the text isn't an id.
    pub fn id<I: FromStr>(&self, name: &str) -> Result<I, Failure> {
        self.param(name).parse().map_err(|_| Failure::Absent)
    }

    /// Returns the parameters of the query string.
    pub fn query(&self) -> Parameters<'_> {
        Parameters::read(self.uri.query().unwrap_or_default().as_bytes())
    }

    /// Returns the origin under which callers reach the site, without a trailing slash: the
    /// configured one, or else the one that this caller used.
    pub fn origin(&self) -> String {
        self.app
            .config
            .base_url
            .clone()
            .unwrap_or_else(|| self.client.origin())
    }

    /// Returns `_links.base`, the address of Confluence.
    pub fn base(&self) -> String {
        let mut base = self.origin();
        base.push_str("/wiki");
        base
    }

    /// Returns whether the headers prove that a page of this site sent the request.
    pub(crate) fn is_from_page_of_ours(&self) -> bool {
        same_origin(&self.headers, &self.client.origin())
            || same_origin(&self.headers, &self.origin())
    }

    /// Returns whether callers reach the site over HTTPS; cookies are marked accordingly.
    pub fn is_secure(&self) -> bool {
        self.app.is_secure(&self.client)
    }

    /// Reads the body as JSON. The request must declare that media type.
    ///
    /// # Errors
    /// Unsupported media type, too large, or bad request.
    pub async fn json(&mut self) -> Result<Document, Failure> {
        self.json_up_to(body::JSON).await
    }

    /// Reads a JSON body that may hold a whole page's text.
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
        let document = Document::new(read.bytes, read.held)?;
        Ok(document.guarded_by(self.route.members))
    }

    /// Refuses a body that says something, for requests that take none: one that limits what is to
    /// be deleted must not be ignored.
    ///
    /// # Errors
    /// Too large, or bad request.
    pub(crate) async fn refuse_body(&mut self) -> Result<(), Failure> {
        let body = self.take_body();
        if body.is_end_stream() {
            return Ok(());
        }
        let room = &self.app.room;
        let read = room
            .read(self.sender, &self.headers, body, body::JSON)
            .await?;
        let text = String::from_utf8_lossy(&read.bytes);
        match text.trim() {
            "" | "{}" | "[]" | "null" => Ok(()),
            _ => Err(Failure::bad_request(
                "DELETE takes no body: nothing was done; say by the path and the query what is to \
                 be deleted",
            )),
        }
    }

    /// Reads a form that a page sent.
    ///
    /// # Errors
    /// Unsupported media type, or too large.
    pub async fn form(&mut self) -> Result<Form, Failure> {
        self.form_of(body::FORM).await
    }

    /// Reads a form that may hold a whole page's text.
    ///
    /// # Errors
    /// As [`Ask::form`].
    pub async fn long_form(&mut self) -> Result<Form, Failure> {
        self.form_of(body::LONG_FORM).await
    }

    /// Forgets the form that was read, because what was typed into it has been saved: no refusal
    /// shows it again.
    pub fn forget_typed(&self) {
        self.body.take();
    }

    async fn form_of(&mut self, most: usize) -> Result<Form, Failure> {
        if !body::is_media_type(&self.headers, FORM_TYPE) {
            return Err(Failure::UnsupportedMediaType(FORM_TYPE));
        }
        let form = Form(Arc::new(self.read_body(most).await?));
        if self.route.typed.is_some() {
            self.body.keep(Arc::clone(&form.0));
        }
        narrowing::check_form(&form.fields(), self.route.narrowed_by)?;
        Ok(form)
    }

    /// Takes the body as an unread stream, for uploads.
    pub fn take_body(&mut self) -> Body {
        self.body.take_unread()
    }

    async fn read_body(&mut self, most: usize) -> Result<ReadBody, Failure> {
        let body = self.take_body();
        let room = &self.app.room;
        room.read(self.sender, &self.headers, body, most).await
    }
}

impl Call {
    /// Opens a new view for the caller, so that the response to a write shows what it made.
    ///
    /// # Errors
    /// The same errors as for opening the request's own view.
    pub async fn view_now(&self) -> Result<View, Failure> {
        let door = self.route.door().unwrap_or(Door::Confluence);
        Ok(self.app.site.view(&self.credential, door).await?)
    }

    /// Renders a body that a page shows, in its turn. Returns `None` if the response has no memory
    /// left for it.
    ///
    /// # Errors
    /// Returns the error of rendering, or `Failure::Busy` if no memory becomes free in time.
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

    /// Makes the excerpt of a body that a page shows, in its turn. Returns `None` if the response
    /// has no memory left for it.
    ///
    /// # Errors
    /// Returns the error of reading, or `Failure::Busy` if no memory becomes free in time.
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

    /// Requires a logged-in account and returns its id.
    ///
    /// # Errors
    /// Returns `Failure::Unauthorized` (401) for an anonymous caller.
    pub fn require_account(&self) -> Result<AccountId, Failure> {
        self.view.subject().account().ok_or(Failure::Unauthorized)
    }
}

/// The body of a form, already read.
#[derive(Debug)]
pub struct Form(Arc<ReadBody>);

impl Form {
    /// Returns the fields of the form.
    pub fn fields(&self) -> Parameters<'_> {
        Parameters::read(&self.0.bytes)
    }
}

/// Turns a missing value into a 404.
pub trait OrAbsent<T> {
    /// Returns the value.
    ///
    /// # Errors
    /// Returns `Failure::Absent` for `None`.
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
