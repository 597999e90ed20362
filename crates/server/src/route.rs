//! One entry of the route list: a method, a path, an API, a door, a handler.

use crate::call::{Ask, Call};
use crate::failure::Failure;
use axum::response::Response;
use futures_util::future::BoxFuture;
use http::Method;
use narthex_access::Door;
use std::fmt;
use std::sync::Arc;

/// What a handler answers.
pub type Answer = Result<Response, Failure>;

/// Whose body shapes a route's failures have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// `/wiki/rest/...`.
    V1,
    /// `/wiki/api/v2/...`.
    V2,
    /// `/rest/servicedeskapi/...`.
    ServiceDesk,
    /// Pages for people.
    Html,
    /// Neither: health, robots.
    Plain,
}

impl Flavour {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 5] = [
        Self::V1,
        Self::V2,
        Self::ServiceDesk,
        Self::Html,
        Self::Plain,
    ];

    /// The API that an address belongs to, for those that no route has.
    pub fn of_path(path: &str) -> Self {
        let below = |prefix: &str| {
            path.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if below("/wiki/rest") {
            Self::V1
        } else if below("/wiki/api/v2") {
            Self::V2
        } else if below("/rest/servicedeskapi") {
            Self::ServiceDesk
        } else {
            Self::Html
        }
    }
}

/// Runs a route for a caller who has been asked who they are.
pub type GatedHandler = dyn Fn(Call) -> BoxFuture<'static, Answer> + Send + Sync;

/// Runs a route.
#[derive(Clone)]
pub enum Handler {
    /// Without asking who calls: log-in, health, files of the program.
    Open(Arc<dyn Fn(Ask) -> BoxFuture<'static, Answer> + Send + Sync>),
    /// With a view of the site by the caller's credential, at a door.
    Gated(Door, Arc<GatedHandler>),
}

/// One entry of the route list.
#[derive(Clone)]
pub struct Route {
    /// The method; GET serves HEAD too.
    pub method: Method,
    /// The path, with `{name}` for what varies.
    pub template: &'static str,
    /// The API that it belongs to.
    pub flavour: Flavour,
    /// What runs it.
    pub handler: Handler,
    /// Whether its answers depend on little but the catalogue, the subject and the
    /// address, so that they may be kept a while for that subject at that revision.
    pub kept: bool,
    /// Whether its answers show something of the site, so that an API token needs the scope to read
    /// before anything else happens. All do, but for a few that change something and answer no more
    /// than was sent.
    pub shows: bool,
    /// Whether it only tells what would happen where `dryRun` asks for that.
    pub rehearsed: bool,
    /// The parameters which it reads of those that make a change less, such as `status`.
    pub narrowed_by: &'static [&'static str],
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({:?})", self.method, self.template, self.flavour)
    }
}

impl Route {
    /// A route at Confluence's door.
    pub fn new<F, Fut>(method: Method, template: &'static str, flavour: Flavour, handler: F) -> Self
    where
        F: Fn(Call) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + Send + 'static,
    {
        let handler = Handler::Gated(Door::Confluence, Arc::new(move |c| Box::pin(handler(c))));
        Self {
            method,
            template,
            flavour,
            handler,
            kept: false,
            shows: true,
            rehearsed: false,
            narrowed_by: &[],
        }
    }

    /// A route that asks nobody who they are.
    pub fn open<F, Fut>(
        method: Method,
        template: &'static str,
        flavour: Flavour,
        handler: F,
    ) -> Self
    where
        F: Fn(Ask) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + Send + 'static,
    {
        let handler = Handler::Open(Arc::new(move |ask| Box::pin(handler(ask))));
        Self {
            method,
            template,
            flavour,
            handler,
            kept: false,
            shows: true,
            rehearsed: false,
            narrowed_by: &[],
        }
    }

    /// The same route, which reads `dryRun`.
    #[must_use]
    pub fn rehearsed(self) -> Self {
        Self {
            rehearsed: true,
            ..self
        }
    }

    /// The same route, which reads these of the parameters that make a change less.
    #[must_use]
    pub fn narrowed_by(self, parameters: &'static [&'static str]) -> Self {
        Self {
            narrowed_by: parameters,
            ..self
        }
    }

    /// The same route, whose answers are kept for whom they were decided for.
    #[must_use]
    pub fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// The same route, whose answers show no more than was sent: a token needs no scope to read.
    #[must_use]
    pub fn shows_nothing(self) -> Self {
        Self {
            shows: false,
            ..self
        }
    }

    /// The door that callers come in by; none where nobody is asked who they are.
    pub fn door(&self) -> Option<Door> {
        match &self.handler {
            Handler::Open(_) => None,
            Handler::Gated(door, _) => Some(*door),
        }
    }
}
