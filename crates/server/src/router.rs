//! All routes, in one list, and the router that is built from it.
//!
//! The list is data: the tests that try every route against every tier read it too. A route that is
//! in no test's table fails.

use crate::app::App;
use crate::failure::Failure;
use crate::health;
use crate::observe::{Served, Told};
use crate::openapi;
use crate::request::client::Peer;
use crate::request::watched::Watch;
use crate::rest;
use crate::route::{Flavour, Route};
use crate::serve::Answers;
use crate::slash;
use crate::web;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::response::Response;
use futures_util::future::{BoxFuture, Either, ready};
use http::header::{CONNECTION, CONTENT_LENGTH};
use http::request::Parts;
use http::{HeaderValue, Method};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::task::{Context, Poll};

/// Returns every route that is served.
pub fn routes() -> Vec<Route> {
    let mut routes = health::routes();
    routes.extend(openapi::routes());
    routes.extend(rest::routes());
    routes.extend(web::routes());
    routes
}

/// The router of a site. Cloning it is cheap: all clones share one router.
#[derive(Clone)]
pub struct Router(Arc<Addresses>);

/// All addresses of a site.
struct Addresses {
    by_path: matchit::Router<Address>,
    /// The fallbacks for addresses without a route, by the API whose 404 format applies.
    nowhere: Vec<Address>,
}

impl fmt::Debug for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router").finish_non_exhaustive()
    }
}

/// Makes the router of a site.
///
/// # Errors
/// Fails if the paths of two routes can't be told apart.
pub fn app(app: App) -> Result<Router, matchit::InsertError> {
    let mut by_template: BTreeMap<&'static str, Vec<Route>> = BTreeMap::new();
    for route in routes() {
        by_template.entry(route.template).or_default().push(route);
    }
    let mut by_path = matchit::Router::new();
    for (template, routes) in by_template {
        // A slash at the end is accepted, but below a wildcard it is part of the value.
        if template.len() > 1 && !template.contains("{*") {
            let same = Address::new(app.clone(), template, routes.clone());
            by_path.insert(format!("{template}/"), same)?;
        }
        by_path.insert(template, Address::new(app.clone(), template, routes))?;
    }
    let nowhere = |of: &Flavour| Address::nowhere(app.clone(), *of);
    Ok(Router(Arc::new(Addresses {
        by_path,
        nowhere: Flavour::ALL.iter().map(nowhere).collect(),
    })))
}

/// The decoded parameters of a path, each with its name.
type Params = Vec<(&'static str, String)>;

impl Addresses {
    /// Finds the route for a path and its parameters. If there is none, returns the API whose 404
    /// format applies.
    fn find(&self, path: &str) -> Result<(&Address, Params), Flavour> {
        let Ok(found) = self.by_path.at(path) else {
            let flavour = Flavour::of_path(path);
            let nowhere = self.nowhere.get(flavour as usize).ok_or(flavour)?;
            return Ok((nowhere, Vec::new()));
        };
        let address = found.value;
        let decoded = |(name, (_, value)): (&&'static str, (&str, &str))| {
            let value = percent_decode_str(value).decode_utf8().ok()?;
            Some((*name, value.into_owned()))
        };
        let params = address.names.iter().zip(found.params.iter());
        // A parameter that isn't UTF-8 once it is decoded names nothing.
        let params = params.map(decoded).collect::<Option<_>>();
        Ok((address, params.ok_or(address.flavour())?))
    }

    fn answer(
        &self,
        peer: IpAddr,
        head: Parts,
        body: Body,
    ) -> impl Future<Output = Response> + use<> {
        match self.find(head.uri.path()) {
            Ok((address, params)) => Either::Left(address.serve(params, peer, head, body)),
            Err(flavour) => Either::Right(ready(Failure::Absent.answer(flavour))),
        }
    }
}

impl Answers for Router {
    fn answer(&self, peer: IpAddr, request: Request) -> BoxFuture<'static, Response> {
        let only_head = *request.method() == Method::HEAD;
        let (mut head, body) = request.into_parts();
        if let Some(uri) = slash::joined(&head.uri) {
            head.uri = uri;
        }
        let (body, watch) = Watch::over(body);
        let answer = self.0.answer(peer, head, body);
        Box::pin(async move {
            let mut response = answer.await;
            if watch.is_open() {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(CONNECTION, close);
            }
            if only_head {
                if let Some(length) = response.body().size_hint().exact() {
                    let length = HeaderValue::from(length);
                    response
                        .headers_mut()
                        .entry(CONTENT_LENGTH)
                        .or_insert(length);
                }
                *response.body_mut() = Body::empty();
            }
            response
        })
    }
}

impl tower::Service<Request> for Router {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let peer = request.extensions().get::<Peer>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0);
        let answer = self.answer(peer, request);
        Box::pin(async move { Ok(answer.await) })
    }
}

/// The routes at one path, by method.
struct Address {
    app: App,
    /// The names of the parameters in the path.
    names: Vec<&'static str>,
    routes: Vec<Arc<Served>>,
    otherwise: Arc<Served>,
}

impl Address {
    fn new(app: App, template: &'static str, routes: Vec<Route>) -> Self {
        let flavour = routes.first().map_or(Flavour::Html, |route| route.flavour);
        let mut allowed: Vec<String> = routes
            .iter()
            .map(|route| route.method.to_string())
            .collect();
        if allowed.iter().any(|method| method == "GET") {
            allowed.push("HEAD".into());
        }
        let allowed = allowed.join(", ");
        let not_allowed = move |_| {
            let allowed = allowed.clone();
            async move { Err(Failure::MethodNotAllowed(allowed)) }
        };
        let served = |route: Route| Arc::new(Served::new(route));
        Self {
            app,
            names: names(template),
            routes: routes.into_iter().map(served).collect(),
            otherwise: served(Route::new(ANY, template, flavour, not_allowed)),
        }
    }

    fn nowhere(app: App, flavour: Flavour) -> Self {
        let absent = |_| async { Err(Failure::Absent) };
        let route = Route::new(ANY, "(no route)", flavour, absent);
        Self {
            app,
            names: Vec::new(),
            routes: Vec::new(),
            otherwise: Arc::new(Served::new(route)),
        }
    }

    fn flavour(&self) -> Flavour {
        self.otherwise.route.flavour
    }

    fn serve(
        &self,
        params: Params,
        peer: IpAddr,
        head: Parts,
        body: Body,
    ) -> impl Future<Output = Response> + use<> {
        let method = match head.method {
            Method::HEAD => &Method::GET,
            ref method => method,
        };
        let mut routes = self.routes.iter();
        let served = routes.find(|served| served.route.method == *method);
        let served = served.unwrap_or(&self.otherwise);
        let told = Told::of(&head);
        let ask = self.app.ask(&served.route, params, peer, head, body);
        self.app.clone().serve(Arc::clone(served), told, ask)
    }
}

/// Returns the names of the parameters in a template: `{id}`, and `{*place}` for the rest of the
/// path.
fn names(template: &'static str) -> Vec<&'static str> {
    let parts = template.split('/');
    let names = parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| name.trim_start_matches('*')).collect()
}

/// Stands for any method that no route of a path has.
const ANY: Method = Method::OPTIONS;
