//! The schemas of the description, by API: bodies, failures and credentials.

use crate::request::credential::cookie_name;
use crate::route::{Flavour, Route};
use utoipa::openapi::response::{Response, ResponseBuilder, ResponsesBuilder};
use utoipa::openapi::schema::{
    AdditionalProperties, Array, ArrayBuilder, ArrayItems, Object, ObjectBuilder, Schema,
    SchemaType, Type,
};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Components, ComponentsBuilder, Content, ContentBuilder, Ref, RefOr, Responses,
};

/// The schema of bodies that depend on the route.
pub(super) const ANY: &str = "Any";
/// The schema of a multipart upload.
pub(super) const UPLOAD: &str = "Upload";

const LIST_V1: &str = "ListV1";
const LIST_V2: &str = "ListV2";
const LIST_SERVICE_DESK: &str = "ListServiceDesk";

/// Makes the schema of a simple type.
pub(super) fn a(kind: Type) -> Object {
    ObjectBuilder::new().schema_type(kind).build()
}

/// Makes a body whose schema has this name.
pub(super) fn content(shape: &str) -> Content {
    let schema = Ref::from_schema_name(shape);
    ContentBuilder::new().schema(Some(schema)).build()
}

/// Describes the responses of a route.
pub(super) fn responses(route: &Route) -> Responses {
    let mut responses = ResponsesBuilder::new().response("2XX", done(route));
    if matches!(route.flavour, Flavour::Html) {
        let elsewhere = ResponseBuilder::new().description("Done; Location has the page to go to");
        responses = responses.response("3XX", elsewhere);
    }
    let mut failures = vec![(
        "4XX",
        "Refused, or not found: it doesn't exist, or the caller may not see it",
    )];
    if route.door().is_some() {
        failures.push(("5XX", "The server can't respond now; try again"));
    }
    for (status, words) in failures {
        let failure = ResponseBuilder::new().description(words);
        let failure = match failed(route.flavour) {
            Some(shape) => failure.content("application/json", content(shape)),
            None => failure.content(text(route.flavour), text_content()),
        };
        responses = responses.response(status, failure);
    }
    responses.build()
}

fn done(route: &Route) -> Response {
    let done = ResponseBuilder::new().description("Done");
    if route.template.ends_with("/download") {
        return done.content("*/*", content(ANY)).build();
    }
    let shape = match route.flavour {
        Flavour::V1 => one_of(&[ANY, LIST_V1]),
        Flavour::V2 => one_of(&[ANY, LIST_V2]),
        Flavour::ServiceDesk => one_of(&[ANY, LIST_SERVICE_DESK]),
        flavour => return done.content(text(flavour), text_content()).build(),
    };
    done.content("application/json", shape).build()
}

/// Makes a body that has one of these schemas.
fn one_of(shapes: &[&str]) -> Content {
    let mut any = utoipa::openapi::schema::AnyOfBuilder::new();
    for shape in shapes {
        any = any.item(Ref::from_schema_name(*shape));
    }
    ContentBuilder::new()
        .schema(Some(Schema::AnyOf(any.build())))
        .build()
}

fn text(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::Html => "text/html",
        _ => "text/plain",
    }
}

fn text_content() -> Content {
    ContentBuilder::new().schema(Some(a(Type::String))).build()
}

/// Returns the schema of a failure, or `None` where a failure is plain text.
fn failed(flavour: Flavour) -> Option<&'static str> {
    match flavour {
        Flavour::V1 => Some("ErrorV1"),
        Flavour::V2 => Some("ErrorV2"),
        Flavour::ServiceDesk => Some("ErrorServiceDesk"),
        Flavour::Html | Flavour::Plain => None,
    }
}

/// Returns the ways to authenticate; sending no credential is one of them.
pub(super) fn credentials() -> [SecurityRequirement; 4] {
    let by = |name| SecurityRequirement::new::<&str, [&str; 0], &str>(name, []);
    [
        by("basic"),
        by("bearer"),
        by("cookie"),
        SecurityRequirement::default(),
    ]
}

/// Returns the schemas and credentials that operations refer to.
pub(super) fn components() -> Components {
    let basic = HttpBuilder::new()
        .scheme(HttpAuthScheme::Basic)
        .description(Some("E-mail address and API token"));
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The API token alone"));
    let cookie = ApiKeyValue::with_description(
        cookie_name(false),
        "The session of a browser. Over HTTPS its name begins with __Host-. A request \
         that changes something must be sent by a page of the site",
    );
    ComponentsBuilder::new()
        .security_scheme("basic", SecurityScheme::Http(basic.build()))
        .security_scheme("bearer", SecurityScheme::Http(bearer.build()))
        .security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)))
        .schema(ANY, ObjectBuilder::new().schema_type(SchemaType::AnyValue))
        .schema(UPLOAD, upload())
        .schema(LIST_V1, list_v1())
        .schema(LIST_V2, list_v2())
        .schema(LIST_SERVICE_DESK, list_service_desk())
        .schema("ErrorV1", error_v1())
        .schema("ErrorV2", error_v2())
        .schema("ErrorServiceDesk", error_service_desk())
        .build()
}

/// Makes the schema of an object with these members, all of which are required.
fn object<const N: usize>(members: [(&str, RefOr<Schema>); N]) -> Object {
    let mut object = ObjectBuilder::new();
    for (name, schema) in members {
        object = object.property(name, schema).required(name);
    }
    object.build()
}

fn member(schema: impl Into<Schema>) -> RefOr<Schema> {
    RefOr::T(schema.into())
}

fn many(items: RefOr<Schema>) -> RefOr<Schema> {
    let array: Array = ArrayBuilder::new()
        .items(ArrayItems::RefOrSchema(Box::new(items)))
        .build();
    member(array)
}

fn any() -> RefOr<Schema> {
    Ref::from_schema_name(ANY).into()
}

/// Makes the schema of an object that holds addresses by name.
fn links() -> RefOr<Schema> {
    let links = ObjectBuilder::new();
    member(links.additional_properties(Some(AdditionalProperties::FreeForm(true))))
}

fn upload() -> Object {
    let file = ObjectBuilder::new()
        .schema_type(Type::String)
        .content_media_type("application/octet-stream");
    ObjectBuilder::new()
        .property("file", file)
        .required("file")
        .property("comment", a(Type::String))
        .property("minorEdit", a(Type::String))
        .build()
}

fn list_v1() -> Object {
    object([
        ("results", many(any())),
        ("start", member(a(Type::Integer))),
        ("limit", member(a(Type::Integer))),
        ("size", member(a(Type::Integer))),
        ("_links", links()),
    ])
}

fn list_v2() -> Object {
    object([("results", many(any())), ("_links", links())])
}

fn list_service_desk() -> Object {
    object([
        ("size", member(a(Type::Integer))),
        ("start", member(a(Type::Integer))),
        ("limit", member(a(Type::Integer))),
        ("isLastPage", member(a(Type::Boolean))),
        ("values", many(any())),
        ("_links", links()),
    ])
}

fn error_v1() -> Object {
    let message = object([
        ("key", member(a(Type::String))),
        ("args", many(any())),
        ("translation", member(a(Type::String))),
    ]);
    let data = object([
        ("authorized", member(a(Type::Boolean))),
        ("valid", member(a(Type::Boolean))),
        ("allowedInReadOnlyMode", member(a(Type::Boolean))),
        (
            "errors",
            many(member(object([("message", member(message))]))),
        ),
        ("successful", member(a(Type::Boolean))),
    ]);
    object([
        ("statusCode", member(a(Type::Integer))),
        ("data", member(data)),
        ("message", member(a(Type::String))),
    ])
}

fn error_v2() -> Object {
    let detail = SchemaType::from_iter([Type::String, Type::Null]);
    let error = object([
        ("status", member(a(Type::Integer))),
        ("code", member(a(Type::String))),
        ("title", member(a(Type::String))),
        ("detail", member(ObjectBuilder::new().schema_type(detail))),
    ]);
    object([("errors", many(member(error)))])
}

fn error_service_desk() -> Object {
    let i18n = object([
        ("i18nKey", member(a(Type::String))),
        ("parameters", many(any())),
    ]);
    object([
        ("errorMessage", member(a(Type::String))),
        ("i18nErrorMessage", member(i18n)),
    ])
}
