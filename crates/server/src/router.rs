//! All routes, in one list.
//!
//! The list is data: the router is built from it, and the tests that try every
//! route against every tier read it. A route that is in no test's table fails.

use crate::app::App;
use crate::failure::Failure;
use crate::health;
use crate::observe::Meter;
use crate::openapi;
use crate::rest;
use crate::route::{Flavour, Route};
use crate::web;
use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::response::Response;
use axum::routing::any;
use http::Method;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every route that is served.
pub fn routes() -> Vec<Route> {
    let mut routes = health::routes();
    routes.extend(openapi::routes());
    routes.extend(rest::routes());
    routes.extend(web::routes());
    routes
}

/// The router of a site.
pub fn app(app: App) -> Router {
    let mut by_template: BTreeMap<&'static str, Vec<Route>> = BTreeMap::new();
    for route in routes() {
        by_template.entry(route.template).or_default().push(route);
    }
    let mut router = Router::new();
    for (template, routes) in by_template {
        let address = Arc::new(Address::new(app.clone(), template, routes));
        // A slash at the end is accepted, but below a wildcard it is part of it.
        if template.len() > 1 && !template.contains("{*") {
            router = router.route(&format!("{template}/"), address.clone().methods());
        }
        router = router.route(template, address.methods());
    }
    let nowhere: Vec<Arc<Address>> = Flavour::ALL
        .iter()
        .map(|of| Arc::new(Address::nowhere(app.clone(), *of)))
        .collect();
    router.fallback(move |request: Request| {
        let flavour = Flavour::of_path(request.uri().path());
        let address = nowhere.get(flavour as usize).cloned();
        async move {
            match address {
                Some(address) => address.serve(Vec::new(), request).await,
                None => Failure::Absent.answer(flavour),
            }
        }
    })
}

/// What is served at one path, whatever the method.
struct Address {
    app: App,
    routes: Vec<(Arc<Route>, Meter)>,
    otherwise: (Arc<Route>, Meter),
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
        let metered = |route: Route| {
            let meter = Meter::new(&route.method, route.template);
            (Arc::new(route), meter)
        };
        Self {
            app,
            routes: routes.into_iter().map(metered).collect(),
            otherwise: metered(Route::new(ANY, template, flavour, not_allowed)),
        }
    }

    fn nowhere(app: App, flavour: Flavour) -> Self {
        let absent = |_| async { Err(Failure::Absent) };
        let route = Route::new(ANY, "(no route)", flavour, absent);
        let meter = Meter::new(&route.method, route.template);
        Self {
            app,
            routes: Vec::new(),
            otherwise: (Arc::new(route), meter),
        }
    }

    fn flavour(&self) -> Flavour {
        self.otherwise.0.flavour
    }

    fn methods(self: Arc<Self>) -> axum::routing::MethodRouter {
        any(
            move |params: Result<RawPathParams, RawPathParamsRejection>, request: Request| {
                let address = Arc::clone(&self);
                async move {
                    // What isn't UTF-8 once it is decoded names nothing.
                    let Ok(params) = params else {
                        return Failure::Absent.answer(address.flavour());
                    };
                    let params = params
                        .iter()
                        .map(|(name, value)| (name.into(), value.into()));
                    address.serve(params.collect(), request).await
                }
            },
        )
    }

    async fn serve(&self, params: Vec<(String, String)>, request: Request) -> Response {
        let method = match *request.method() {
            Method::HEAD => &Method::GET,
            ref method => method,
        };
        let found = self
            .routes
            .iter()
            .find(|(route, _)| route.method == *method);
        let (route, meter) = found.unwrap_or(&self.otherwise);
        self.app.serve(route, meter, params, request).await
    }
}

/// Stands for whatever method no route of a path has.
const ANY: Method = Method::OPTIONS;
