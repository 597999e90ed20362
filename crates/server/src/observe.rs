//! What operators see of requests: counters and durations by route.

use crate::route::Route;
use crate::web::frame::SignedIn;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{Method, StatusCode, Uri};
use metrics::{Counter, Histogram, Label};
use narthex_access::AccountId;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// What is known of a request by the time it is answered.
#[derive(Debug)]
pub(crate) struct Told {
    /// The method.
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) uri: Uri,
    /// Whether it came with a header that only programs send.
    pub(crate) by_program: bool,
    /// Who asked.
    pub(crate) account: Option<AccountId>,
    /// Whether the answer has the headers that every one has.
    pub(crate) finished: bool,
    /// The host under which the site was called, where the content policy is still to be
    /// written for it.
    pub(crate) host: Option<String>,
    /// Whether search engines are let in.
    pub(crate) indexing: bool,
    /// Who is signed in, for the page of a failure.
    pub(crate) signed_in: Option<SignedIn>,
}

impl Told {
    /// What its head says.
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
        }
    }
}

/// The statuses that are answered; others are counted as 500.
const STATUSES: [u16; 20] = [
    200, 201, 202, 204, 302, 303, 304, 400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 429, 503,
    507,
];

/// A route as it is served.
pub(crate) struct Served {
    /// The route.
    pub(crate) route: Arc<Route>,
    /// Its metrics.
    pub(crate) meter: Meter,
}

impl Served {
    /// A route with its metrics in the recorder that is installed.
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

    /// Counts an answer.
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
