//! `GET /openapi.json`: the description of the served routes in OpenAPI 3.1.
//!
//! The description is made from the route list alone, so it lists exactly the routes that are
//! served, and is the same for everybody.

mod operation;
mod query;
mod shape;

use crate::call::Ask;
use crate::failure::Failure;
use crate::respond;
use crate::route::{Answer, Flavour, Route};
use axum::body::Body;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use utoipa::openapi::path::PathsBuilder;
use utoipa::openapi::{
    Info, InfoBuilder, License, OpenApi, OpenApiBuilder, PathItem, Server, tag::TagBuilder,
};

const ADDRESS: &str = "/openapi.json";

/// Returns the route of the description.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::open(Method::GET, ADDRESS, Flavour::Plain, handle)]
}

async fn handle(ask: Ask) -> Answer {
    let text = ask.app.description.get_or_init(|| {
        let text = serde_json::to_vec(&describe(&crate::routes()));
        text.map(Bytes::from).unwrap_or_default()
    });
    if text.is_empty() {
        return Err(Failure::Fault);
    }
    let mut response = respond::done()?;
    *response.body_mut() = Body::from(text.clone());
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

/// Describes these routes.
pub fn describe(routes: &[Route]) -> OpenApi {
    let mut paths = PathsBuilder::new();
    for route in routes {
        if let Some(method) = operation::method(&route.method) {
            let item = PathItem::new(method, operation::of(route));
            paths = paths.path(operation::path(route.template), item);
        }
    }
    let tags = Flavour::ALL.map(|flavour| {
        let tag = TagBuilder::new().name(operation::tag(flavour));
        tag.description(Some(about(flavour))).build()
    });
    OpenApiBuilder::new()
        .info(info())
        .servers(Some([Server::new("/")]))
        .paths(paths.build())
        .components(Some(shape::components()))
        .tags(Some(tags))
        .build()
}

fn info() -> Info {
    let licence = License::builder()
        .name("Apache-2.0")
        .identifier(Some("Apache-2.0"))
        .build();
    InfoBuilder::new()
        .title("Narthex")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "A self-hosted knowledge base that speaks Confluence Cloud's REST API. \
             Content that the caller may not see gets the same response as content that doesn't \
             exist: 404. \
             A credential that is sent and isn't valid gets 401 on every route. \
             A slash at the end of a path is accepted.",
        ))
        .license(Some(licence))
        .build()
}

fn about(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::V1 => "Version 1 of the REST API, and the calls that open and close spaces",
        Flavour::V2 => "Version 2 of the REST API",
        Flavour::ServiceDesk => "The service desk's REST API",
        Flavour::Html => "Pages for browsers, and their files",
        Flavour::Plain => "Health checks, and descriptions of the program",
    }
}

/// Returns the routes whose query parameters are described, as method and template.
pub fn routes_with_parameters() -> Vec<String> {
    query::routes()
}
