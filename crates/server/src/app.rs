//! The site as it is served: the state that all requests share, and the steps that each request
//! goes through. The [`router`](crate::router) finds the route; from there [`App`] authenticates
//! the request, checks the limits and the proof of origin, runs the handler, and finishes the
//! response.

use crate::call::{Ask, Call};
use crate::config::Config;
use crate::failure::Failure;
use crate::kept::{Asked, Kept};
use crate::memory::{AnswerMemory, AnswerRoom};
use crate::observe::{Served, Told};
use crate::request::attempts::Attempts;
use crate::request::body::BodyRoom;
use crate::request::client::Client;
use crate::request::credential::{Carrier, cleared_cookie, credential};
use crate::request::narrowing;
use crate::request::origin::changes_state;
use crate::request::rates::Rates;
use crate::request::sent_body::SentBody;
use crate::request::ticks::Ticks;
use crate::respond;
use crate::route::{Answer, Flavour, GatedHandler, Handler, Route};
use crate::web::assets::Assets;
use crate::web::frame::{SignedIn, refused};
use crate::web::headers::Policies;
use crate::web::notice_cookie::NoticeSession;
use crate::web::typed::SentForm;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::Method;
use http::request::Parts;
use narthex_access::{Credential, Door};
use narthex_site::password::Passwords;
use narthex_site::{Site, SiteError};
use narthex_store::{DbError, Entropy};
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use tokio::runtime::Handle;
use tokio::task::JoinSet;

/// The state that all requests share. Cloning it is cheap: all clones share one state.
#[derive(Debug, Clone)]
pub struct App(Arc<Shared>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Shared {
    /// The site whose content is served.
    pub site: Site,
    /// The settings of this server.
    pub config: Config,
    /// Counts the failed attempts to log in or to present a credential.
    pub attempts: Attempts,
    /// Limits the rates of requests, where limits are configured.
    pub rates: Rates,
    /// The memory budget that all request bodies share.
    pub room: BodyRoom,
    /// The memory budget that all responses share.
    pub memory: AnswerMemory,
    /// The clock by which limits and durations are measured.
    pub ticks: Ticks,
    /// The pool where passwords are hashed and checked.
    pub passwords: Passwords,
    /// The style sheet, the script and the icon of the pages.
    pub assets: Assets,
    /// The OpenAPI description of the routes; it is made at the first request for it.
    pub(crate) description: OnceLock<Bytes>,
    /// The response cache; each entry is valid only for the subject it was decided for.
    kept: Kept,
    /// The content security policies of the pages.
    policies: Policies,
    /// The source of request ids. It is a stream of its own, so that two servers with one seed give
    /// one sequence of requests the same ids.
    request_ids: Entropy,
    /// How long requests wait to learn the newest revision.
    gate: metrics::Histogram,
    /// The runtime that handlers run on, apart from the threads that carry connections.
    workers: Handle,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// Makes the app for a site. Call it on the runtime that is to run the handlers.
    ///
    /// # Panics
    /// Panics outside a runtime.
    pub fn new(site: Site, config: Config, ticks: Ticks, request_ids: Entropy) -> Self {
        Self(Arc::new(Shared {
            passwords: Passwords::new(site.entropy().clone()),
            site,
            attempts: Attempts::new(ticks.clone()),
            rates: Rates::new(config.rate_limits, ticks.clone()),
            policies: Policies::new(&config.shown, config.base_url.as_deref()),
            config,
            room: BodyRoom::default(),
            memory: AnswerMemory::default(),
            ticks,
            assets: Assets::new(),
            description: OnceLock::new(),
            kept: Kept::new(),
            request_ids,
            gate: metrics::histogram!("narthex_gate_seconds"),
            workers: Handle::current(),
        }))
    }

    /// Returns whether this caller reaches the site over HTTPS.
    pub fn is_secure(&self, client: &Client) -> bool {
        match &self.config.base_url {
            Some(url) => url.starts_with("https:"),
            None => client.scheme == "https",
        }
    }

    /// Does the periodic work, to be called about once a minute: it records when tokens were last
    /// used, and forgets idle callers and failures that no longer count.
    ///
    /// # Errors
    /// Returns the database's error; the next call writes what this one couldn't.
    pub async fn upkeep(&self) -> Result<(), DbError> {
        self.rates.tidy();
        self.attempts.tidy();
        self.site.store().write_token_uses().await
    }

    /// Serves one request by the route that was found for it.
    pub(crate) async fn serve(
        self,
        served: Arc<Served>,
        mut told: Told,
        ask: Result<Box<Ask>, Failure>,
    ) -> Response {
        let Served { route, meter } = &*served;
        let began = self.ticks.elapsed();
        let request_id = format!("{:016x}", u64::from_be_bytes(self.request_ids.bytes::<8>()));
        let form = ask.as_ref().ok().and_then(|ask| SentForm::of(ask));
        let answer = match ask {
            Ok(ask) => self.answer(route, ask, &mut told).await,
            Err(failure) => Err(failure),
        };
        let mut response = match answer {
            Ok(response) => response,
            Err(failure) => {
                if let Some(form) = form {
                    // A request beyond the rate gets no more room than one of nobody.
                    let is_too_many = matches!(failure, Failure::TooMany(_));
                    let sender = told.account.filter(|_| !is_too_many);
                    told.typed = form.typed(&self, sender).await;
                }
                self.refuse(route.flavour, &failure, &told, &request_id)
            }
        };
        if !told.finished {
            respond::finish(response.headers_mut(), told.indexing);
        }
        respond::name(response.headers_mut(), &request_id);
        if let Some(host) = &told.host {
            self.policies.apply(response.headers_mut(), host);
        }
        let took = self.ticks.elapsed().saturating_sub(began);
        meter.record(response.status(), took);
        tracing::info!(
            target: "narthex::request",
            method = told.method.as_str(),
            route = route.template,
            status = response.status().as_u16(),
            microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            request_id,
            account = told.account.map(tracing::field::display),
        );
        response
    }

    fn refuse(
        &self,
        flavour: Flavour,
        failure: &Failure,
        told: &Told,
        request_id: &str,
    ) -> Response {
        if let Failure::Storage(error) = failure {
            tracing::error!(%error, request_id, "the database can't do it now");
        }
        match flavour {
            Flavour::Html => refused(self, failure, told, request_id),
            flavour => failure.answer(flavour),
        }
    }

    async fn answer(&self, route: &Route, ask: Box<Ask>, told: &mut Told) -> Answer {
        match &route.handler {
            Handler::Open(run) => {
                told.host = Some(ask.client.host.clone());
                self.require_page_of_ours(&ask, Carrier::None)?;
                self.work(run(*ask)).await
            }
            Handler::Gated(door, run) => {
                let mut call = self.gate(ask, *door).await?;
                told.account = call.view.subject().account();
                told.indexing = call.view.switches().indexing;
                if route.flavour == Flavour::Html {
                    told.signed_in = SignedIn::of(&call.view);
                }
                let account = call.view.subject().account();
                self.rates
                    .count(call.client.address, account)
                    .map_err(Failure::TooMany)?;
                self.require_page_of_ours(&call.ask, call.carrier)?;
                if route.shows {
                    call.view.require_reading()?;
                }
                never_rehearse_for_real(&call.ask)?;
                never_pass_over(&call.ask)?;
                if call.method == Method::DELETE {
                    call.refuse_body().await?;
                }
                let notices = (route.flavour == Flavour::Html)
                    .then(|| NoticeSession::of_call(&call))
                    .flatten();
                let has_notice = notices.is_some_and(NoticeSession::has_arrived);
                let asked = Asked::of(&call).filter(|_| route.kept && !has_notice);
                let Some(asked) = asked else {
                    told.host = Some(call.client.host.clone());
                    let mut answer = self.run(run.as_ref(), call).await;
                    if let (Some(notices), Ok(response)) = (notices, &mut answer) {
                        notices.pass_on(response);
                    }
                    return answer;
                };
                if let Some(answer) = self.kept.answer(&asked) {
                    told.finished = true;
                    return Ok(answer);
                }
                let key = asked.key();
                let host = told.host.insert(call.client.host.clone()).as_str();
                let mut answer = self.run(run.as_ref(), call).await?;
                self.policies.apply(answer.headers_mut(), host);
                respond::finish(answer.headers_mut(), told.indexing);
                told.finished = true;
                self.kept.keep(key, answer).await
            }
        }
    }

    /// Runs the handler of a call within the memory budget of one response.
    async fn run(&self, run: &GatedHandler, mut call: Call) -> Answer {
        call.room = self.memory.of_answer();
        let room = call.room.clone();
        let answer = self.work(run(call)).await?;
        Ok(room.keep(answer))
    }

    /// Runs a handler on the workers, where it delays no connection but its own. It ends with its
    /// request, also when the caller disconnects or this task panics.
    async fn work(&self, handler: BoxFuture<'static, Answer>) -> Answer {
        let mut work = JoinSet::new();
        work.spawn_on(handler, &self.workers);
        match work.join_next().await {
            Some(Ok(answer)) => answer,
            Some(Err(_)) | None => Err(Failure::Fault),
        }
    }

    /// Builds the request for the route that was found for it, before it is authenticated.
    ///
    /// # Errors
    /// Returns `Failure::Invalid` if the host isn't a valid one.
    pub(crate) fn ask(
        &self,
        route: &Arc<Route>,
        params: Vec<(&'static str, String)>,
        peer: IpAddr,
        head: Parts,
        body: Body,
    ) -> Result<Box<Ask>, Failure> {
        let trusted = &self.config.trusted_proxies;
        let client = Client::of(peer, &head.uri, &head.headers, trusted)?;
        Ok(Box::new(Ask {
            app: self.clone(),
            route: Arc::clone(route),
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            client,
            params,
            sender: None,
            room: AnswerRoom::default(),
            body: SentBody::new(body),
        }))
    }

    /// Authenticates the request and opens its view. A credential that is present and wrong gets
    /// 401, on every route (law 5.7).
    async fn gate(&self, mut ask: Box<Ask>, door: Door) -> Result<Call, Failure> {
        let address = ask.client.address;
        let (credential, carrier) =
            credential(&ask.headers, ask.is_secure()).map_err(|_| Failure::Unauthorized)?;
        let email = match &credential {
            Credential::Token { email, .. } => email.as_deref(),
            _ => None,
        };
        if carrier == Carrier::Authorization {
            self.attempts
                .check(address, email)
                .map_err(Failure::TooMany)?;
        }
        let began = self.ticks.elapsed();
        let view = self.site.view(&credential, door).await;
        self.gate.record(self.ticks.elapsed().saturating_sub(began));
        match view {
            Ok(view) => {
                if let Some(token) = view.subject().token() {
                    self.site.store().note_token_use(token, view.now());
                }
                ask.sender = view.subject().account();
                Ok(Call {
                    ask,
                    credential,
                    carrier,
                    view,
                })
            }
            // An expired session cookie isn't counted as a failed log-in attempt.
            Err(SiteError::Unauthorized(_)) if carrier == Carrier::Cookie => {
                Err(Failure::StaleSession {
                    cleared: cleared_cookie(ask.is_secure()),
                })
            }
            Err(SiteError::Unauthorized(_)) => {
                self.attempts.failed(address, email);
                Err(Failure::Unauthorized)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Requires a proof that a page of this site sent the request. A browser adds cookies to
    /// requests that other sites make it send, so a cookie alone counts for nothing. Forms of pages
    /// need the proof without a cookie too: logging somebody in is an attack as well.
    fn require_page_of_ours(&self, ask: &Ask, carrier: Carrier) -> Result<(), Failure> {
        let by_browser = carrier == Carrier::Cookie
            || (carrier == Carrier::None && ask.route.flavour == Flavour::Html);
        if !by_browser || !changes_state(&ask.route.method) {
            return Ok(());
        }
        if ask.is_from_page_of_ours() {
            Ok(())
        } else {
            Err(Failure::ForeignRequest)
        }
    }
}

/// Refuses a request that means less than what its route would do, see [`narrowing`].
fn never_pass_over(ask: &Ask) -> Result<(), Failure> {
    let (query, read) = (ask.query(), ask.route.narrowed_by);
    let is_rest = matches!(ask.route.flavour, Flavour::V1 | Flavour::V2);
    match (changes_state(&ask.method), is_rest) {
        (true, true) => {
            narrowing::check_change(&query, read)?;
            narrowing::check_rest_change(&query, read)
        }
        (true, false) => narrowing::check_change(&query, read),
        (false, true) => narrowing::check_list(&query),
        (false, false) => Ok(()),
    }
}

/// Refuses a change with a parameter like `dryRun` where the route offers no rehearsal: a caller
/// who asks only what would happen must not find that it has happened.
fn never_rehearse_for_real(ask: &Ask) -> Result<(), Failure> {
    if !changes_state(&ask.method) || ask.route.rehearsed {
        return Ok(());
    }
    let query = ask.query();
    if query.all("dryRun").next().is_some() || query.misspelt("dryRun").is_some() {
        return Err(Failure::bad_request(
            "this operation can't be tried with \"dryRun\", and nothing was done; leave that query parameter out to do it",
        ));
    }
    Ok(())
}
