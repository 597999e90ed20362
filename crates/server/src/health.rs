//! The addresses for monitors and crawlers: health, readiness and `robots.txt`.

use crate::call::{Ask, Call};
use crate::respond;
use crate::route::{Answer, Flavour, Route};
use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};
use serde::Serialize;

/// Returns the routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::open(Method::GET, "/healthz", Flavour::Plain, healthz),
        Route::open(Method::GET, "/readyz", Flavour::Plain, readyz),
        Route::new(Method::GET, "/robots.txt", Flavour::Plain, robots),
    ]
}

/// `GET /healthz` responds as long as the process is up.
async fn healthz(_: Ask) -> Answer {
    Ok(text("ok\n"))
}

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
}

/// `GET /readyz` says whether requests can be answered and changes saved, and if not, why.
async fn readyz(ask: Ask) -> Answer {
    match ask.app.site.store().ready().await {
        Ok(()) => respond::ok(&Readiness {
            ready: true,
            cause: None,
        }),
        Err(error) => respond::json(
            StatusCode::SERVICE_UNAVAILABLE,
            &Readiness {
                ready: false,
                cause: Some(error.to_string()),
            },
        ),
    }
}

/// `GET /robots.txt` follows the site's switch *indexing*.
async fn robots(call: Call) -> Answer {
    Ok(text(if call.view.switches().indexing {
        "User-agent: *\nDisallow: /wiki/admin/\nDisallow: /wiki/rest/\nDisallow: /wiki/api/\n"
    } else {
        "User-agent: *\nDisallow: /\n"
    }))
}

fn text(text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain);
    response
}
