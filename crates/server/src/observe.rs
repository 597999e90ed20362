//! What operators see of requests: the counters and durations of each route. It also has the facts
//! about a request that are still needed when it has been answered, for the log and for the page of
//! a failure.

use crate::route::Route;
use crate::web::frame::SignedIn;
use crate::web::typed::Typed;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{Method, StatusCode, Uri};
use metrics::{Counter, Histogram, Label};
use narthex_access::AccountId;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The facts about a request that are recorded for its response, log line and metrics.
#[derive(Debug)]
pub(crate) struct Told {
    /// The HTTP method.
    pub(crate) method: Method,
    /// The address as it was requested: path and query.
    pub(crate) uri: Uri,
    /// Whether the request has a header that only programs send.
    pub(crate) by_program: bool,
    /// The account that sent the request; `None` if it isn't known or anonymous.
    pub(crate) account: Option<AccountId>,
    /// Whether the response already has the headers that every response has.
    pub(crate) finished: bool,
    /// The host that the request named, if the content security policy still has to be written for
    /// it.
    pub(crate) host: Option<String>,
    /// Whether search engines may index the site.
    pub(crate) indexing: bool,
    /// The person who is signed in, for the page of a failure.
    pub(crate) signed_in: Option<SignedIn>,
    /// What was typed into the form that was refused.
    pub(crate) typed: Option<Typed>,
}

impl Told {
    /// Takes the facts from the head of the request.
    pub(crate) fn of(head: &Parts) -> Self {
        Self {
            method: head.method.clone(),
            uri: head.uri.clone(),
            by_program: head.headers.contains_key(AUTHORIZATION),
            account: None,
            finished: false,
            host: None,
            indexing: false,
            signed_in: None,
            typed: None,
        }
    }
}

/// The statuses with a counter of their own; others are counted as 500.
const STATUSES: [u16; 20] = [
    200, 201, 202, 204, 302, 303, 304, 400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 429, 503,
    507,
];

/// A route together with its metrics.
pub(crate) struct Served {
    /// The route itself.
    pub(crate) route: Arc<Route>,
    /// Its counters and durations.
    pub(crate) meter: Meter,
}

impl Served {
    /// Registers the metrics of a route with the recorder that is installed.
    pub(crate) fn new(route: Route) -> Self {
        Self {
            meter: Meter::new(&route.method, route.template),
            route: Arc::new(route),
        }
    }
}

/// The metrics of one route.
pub(crate) struct Meter {
    method: String,
    template: &'static str,
    durations: Histogram,
    counters: [OnceLock<Counter>; STATUSES.len()],
    faults: OnceLock<Counter>,
}

impl Meter {
    fn new(method: &Method, template: &'static str) -> Self {
        let labels = vec![
            Label::new("method", method.to_string()),
            Label::from_static_parts("route", template),
        ];
        Self {
            method: method.to_string(),
            template,
            durations: metrics::histogram!("narthex_http_request_seconds", labels),
            counters: Default::default(),
            faults: OnceLock::new(),
        }
    }

    /// Counts a response and its duration.
    pub(crate) fn record(&self, status: StatusCode, took: Duration) {
        self.durations.record(took);
        let code = status.as_u16();
        let known = STATUSES
            .iter()
            .zip(&self.counters)
            .find(|(of, _)| **of == code);
        let (label, cell) = known.map_or((500, &self.faults), |(of, cell)| (*of, cell));
        let counter = cell.get_or_init(|| {
            let labels = vec![
                Label::new("method", self.method.clone()),
                Label::from_static_parts("route", self.template),
                Label::new("status", label.to_string()),
            ];
            metrics::counter!("narthex_http_requests_total", labels)
        });
        counter.increment(1);
    }
}
