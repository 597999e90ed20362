//! Style sheet, script and icon.

use crate::call::Ask;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use axum::body::Body;
use http::{Method, StatusCode};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::open(
        Method::GET,
        "/assets/{file}",
        Flavour::Plain,
        get,
    )]
}

async fn get(ask: Ask) -> Answer {
    let answer = ask
        .app
        .assets
        .answer(&ask.method, ask.uri.path(), &ask.headers);
    if answer.status() == StatusCode::NOT_FOUND {
        return Err(Failure::Absent);
    }
    Ok(answer.map(Body::from))
}
