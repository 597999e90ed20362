//! Serves the style sheet, the script, the icon, and the pictures that stand for people and spaces.

use crate::call::Ask;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::assets;
use axum::body::Body;
use http::{Method, StatusCode};

pub(super) fn routes() -> Vec<Route> {
    ["/assets/{file}", assets::AVATAR, assets::SPACE_ICON]
        .map(|template| Route::open(Method::GET, template, Flavour::Plain, get))
        .into()
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
