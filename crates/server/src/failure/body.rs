//! The body of a failure in the shape of each API. The failures of pages for people, which have a
//! layout, are made by `web::frame`.

use super::Facts;
use crate::route::Flavour;
use axum::body::Body;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct V1<'a> {
    status_code: u16,
    data: V1Data<'a>,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct V1Data<'a> {
    authorized: bool,
    valid: bool,
    allowed_in_read_only_mode: bool,
    errors: [V1Error<'a>; 1],
    successful: bool,
}

#[derive(Serialize)]
struct V1Error<'a> {
    message: V1Message<'a>,
}

#[derive(Serialize)]
struct V1Message<'a> {
    key: &'a str,
    args: [&'a str; 0],
    translation: &'a str,
}

#[derive(Serialize)]
struct V2<'a> {
    errors: [V2Error<'a>; 1],
}

#[derive(Serialize)]
struct V2Error<'a> {
    status: u16,
    code: &'a str,
    title: &'a str,
    detail: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ServiceDesk<'a> {
    error_message: &'a str,
    #[serde(rename = "i18nErrorMessage")]
    i18n_error_message: I18n<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct I18n<'a> {
    #[serde(rename = "i18nKey")]
    i18n_key: &'a str,
    parameters: [&'a str; 0],
}

/// Makes the response to a failed request.
pub(super) fn of(facts: &Facts, flavour: Flavour) -> Response {
    let status = facts.status.as_u16();
    let message = facts.message.as_ref();
    match flavour {
        Flavour::V1 => json(
            facts.status,
            &V1 {
                status_code: status,
                data: V1Data {
                    authorized: !matches!(status, 401 | 403 | 404),
                    valid: status != 400,
                    allowed_in_read_only_mode: true,
                    errors: [V1Error {
                        message: V1Message {
                            key: message,
                            args: [],
                            translation: message,
                        },
                    }],
                    successful: false,
                },
                message,
            },
        ),
        Flavour::V2 => json(
            facts.status,
            &V2 {
                errors: [V2Error {
                    status,
                    code: facts.code,
                    title: facts.status.canonical_reason().unwrap_or_default(),
                    detail: facts.detailed.then_some(message),
                }],
            },
        ),
        Flavour::ServiceDesk => json(
            facts.status,
            &ServiceDesk {
                error_message: message,
                i18n_error_message: I18n {
                    i18n_key: facts.code,
                    parameters: [],
                },
            },
        ),
        Flavour::Html => typed(facts.status, "text/html; charset=utf-8", bare_page(facts)),
        Flavour::Plain => typed(
            facts.status,
            "text/plain; charset=utf-8",
            format!("{message}\n"),
        ),
    }
}

fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let text = serde_json::to_string(body).unwrap_or_default();
    typed(status, "application/json", text)
}

fn typed(status: StatusCode, media_type: &'static str, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Renders a minimal page for people, for when no template can be used because nothing is known of
/// the caller yet.
fn bare_page(facts: &Facts) -> String {
    let title = facts.status.canonical_reason().unwrap_or("Error");
    let message = html_escaped(&facts.message);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         </head><body><h1>{title}</h1><p>{message}</p></body></html>"
    )
}

/// Escapes a text for use inside HTML.
pub fn html_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
