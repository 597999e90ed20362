//! Describes one route as an OpenAPI operation.

use super::{query, shape};
use crate::route::{Flavour, Route};
use http::Method;
use utoipa::openapi::path::{
    Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn,
};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{HttpMethod, Required};

/// Returns the method in OpenAPI's terms, or `None` if OpenAPI doesn't have it.
pub(super) fn method(method: &Method) -> Option<HttpMethod> {
    Some(match *method {
        Method::GET => HttpMethod::Get,
        Method::PUT => HttpMethod::Put,
        Method::POST => HttpMethod::Post,
        Method::DELETE => HttpMethod::Delete,
        Method::PATCH => HttpMethod::Patch,
        Method::HEAD => HttpMethod::Head,
        Method::OPTIONS => HttpMethod::Options,
        Method::TRACE => HttpMethod::Trace,
        _ => return None,
    })
}

/// Returns the path of a template. OpenAPI has no notation for a parameter that takes the rest of
/// an address, so it becomes a plain one.
pub(super) fn path(template: &str) -> String {
    template.replace("{*", "{")
}

/// Returns the tag of the API that an operation belongs to.
pub(super) fn tag(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::V1 => "v1",
        Flavour::V2 => "v2",
        Flavour::ServiceDesk => "service desk",
        Flavour::Html => "pages",
        Flavour::Plain => "program",
    }
}

/// Describes the operation of a route.
pub(super) fn of(route: &Route) -> Operation {
    let mut operation = OperationBuilder::new()
        .tag(tag(route.flavour))
        .operation_id(Some(id(route)))
        .request_body(body(route))
        .responses(shape::responses(route));
    for name in places(route.template) {
        operation = operation.parameter(in_path(name));
    }
    for parameter in query::known(route) {
        operation = operation.parameter(parameter);
    }
    if route.door().is_some() {
        operation = operation.securities(Some(shape::credentials()));
    }
    operation.build()
}

/// Makes an operation id that is unique for each method and path.
fn id(route: &Route) -> String {
    let mut id = route.method.as_str().to_ascii_lowercase();
    for word in route.template.split(|c: char| !c.is_ascii_alphanumeric()) {
        if !word.is_empty() {
            id.push('_');
            id.push_str(word);
        }
    }
    id
}

/// Returns the names of the parameters in a template.
fn places(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0.trim_start_matches('*')))
}

fn in_path(name: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(shape::a(Type::String)))
        .build()
}

/// Describes the body that a route takes if it changes something.
fn body(route: &Route) -> Option<RequestBody> {
    if !matches!(route.method, Method::POST | Method::PUT | Method::PATCH) {
        return None;
    }
    let is_upload = route.template.ends_with("/child/attachment")
        || route
            .template
            .ends_with("/child/attachment/{attachment}/data");
    let media_type = match route.flavour {
        _ if is_upload => "multipart/form-data",
        Flavour::Html => "application/x-www-form-urlencoded",
        _ => "application/json",
    };
    let content = shape::content(if is_upload { shape::UPLOAD } else { shape::ANY });
    let body = RequestBodyBuilder::new().content(media_type, content);
    Some(body.required(Some(Required::False)).build())
}
