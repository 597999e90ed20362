//! One entry of the route list: its method, path, API and handler, and the properties by which the
//! app treats its requests.

use crate::call::{Ask, Call};
use crate::failure::Failure;
use axum::response::Response;
use futures_util::future::BoxFuture;
use http::Method;
use narthex_access::Door;
use std::fmt;
use std::sync::Arc;

/// The result of a handler.
pub type Answer = Result<Response, Failure>;

/// The API that a route belongs to, which decides the body shape of its failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// Version 1 of the REST API, `/wiki/rest/...`.
    V1,
    /// Version 2 of the REST API, `/wiki/api/v2/...`.
    V2,
    /// The API of Jira Service Management, `/rest/servicedeskapi/...`.
    ServiceDesk,
    /// The pages for people.
    Html,
    /// Neither an API of Confluence nor a page: health, `robots.txt` and the like.
    Plain,
}

impl Flavour {
    /// All variants, in the order of their declaration.
    pub const ALL: [Self; 5] = [
        Self::V1,
        Self::V2,
        Self::ServiceDesk,
        Self::Html,
        Self::Plain,
    ];

    /// Returns the API that an address belongs to, for addresses without a route.
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

/// Handles a request whose sender has been authenticated.
pub type GatedHandler = dyn Fn(Call) -> BoxFuture<'static, Answer> + Send + Sync;

/// The function that handles a route's requests.
#[derive(Clone)]
pub enum Handler {
    /// Runs without authenticating the caller: log-in, health, the program's own files.
    Open(Arc<dyn Fn(Ask) -> BoxFuture<'static, Answer> + Send + Sync>),
    /// Runs with the view that the caller's credential opens through this entry point.
    Gated(Door, Arc<GatedHandler>),
}

/// A form whose text takes long to type, so that a page that refuses it shows the text again.
#[derive(Debug, PartialEq, Eq)]
pub struct TypedForm {
    /// The fields that people type into.
    pub fields: &'static [TypedField],
    /// The other fields, which are sent again with them.
    pub carried: &'static [&'static str],
}

/// A field of a [`TypedForm`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedField {
    /// The name of the field.
    pub name: &'static str,
    /// The label that people read.
    pub label: &'static str,
    /// Whether it takes more than one line.
    pub is_long: bool,
}

/// One entry of the route list.
#[derive(Clone)]
pub struct Route {
    /// The method; GET serves HEAD too.
    pub method: Method,
    /// The path, with a `{name}` for each parameter.
    pub template: &'static str,
    /// The API that the route belongs to.
    pub flavour: Flavour,
    /// The function that handles its requests.
    pub handler: Handler,
    /// Whether its responses depend on little but the catalogue, the subject and the address, so
    /// that they may be cached briefly for that subject at that revision.
    pub kept: bool,
    /// Whether its responses show something of the site, so that an API token needs the scope to
    /// read before anything else happens. All do, except a few that change something and return no
    /// more than was sent.
    pub shows: bool,
    /// Whether `dryRun` makes it only report what would happen.
    pub rehearsed: bool,
    /// The parameters it reads among those that make a change less, such as `status`.
    pub narrowed_by: &'static [&'static str],
    /// The members of a JSON body that it reads among the guarded ones, such as `ancestors`.
    pub members: &'static [&'static str],
    /// The form that it takes, if a refusal shows again what was typed into it.
    pub typed: Option<&'static TypedForm>,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({:?})", self.method, self.template, self.flavour)
    }
}

impl Route {
    /// Makes a gated route through Confluence's entry point.
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
            members: &[],
            typed: None,
        }
    }

    /// Makes a route that authenticates nobody.
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
            members: &[],
            typed: None,
        }
    }

    /// Returns the same route, which reads `dryRun`.
    #[must_use]
    pub fn rehearsed(self) -> Self {
        Self {
            rehearsed: true,
            ..self
        }
    }

    /// Returns the same route, which reads these of the parameters that make a change less.
    #[must_use]
    pub fn narrowed_by(self, parameters: &'static [&'static str]) -> Self {
        Self {
            narrowed_by: parameters,
            ..self
        }
    }

    /// Returns the same route, which reads these of the
    /// [guarded members](crate::request::guarded_members) of a JSON body.
    #[must_use]
    pub fn reads_members(self, members: &'static [&'static str]) -> Self {
        Self { members, ..self }
    }

    /// Returns the same route, whose refusals show again what was typed into this form.
    #[must_use]
    pub fn typed(self, form: &'static TypedForm) -> Self {
        Self {
            typed: Some(form),
            ..self
        }
    }

    /// Returns the same route, whose responses are cached for the subject they were decided for.
    #[must_use]
    pub fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// Returns the same route, whose responses show no more than was sent, so that a token needs no
    /// scope to read.
    #[must_use]
    pub fn shows_nothing(self) -> Self {
        Self {
            shows: false,
            ..self
        }
    }

    /// Returns the entry point through which the view is opened; `None` for open routes.
    pub fn door(&self) -> Option<Door> {
        match &self.handler {
            Handler::Open(_) => None,
            Handler::Gated(door, _) => Some(*door),
        }
    }
}
