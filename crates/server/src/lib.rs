//! The HTTP server of Narthex: Confluence's REST APIs and the pages for people.
//!
//! - [`router`]: all routes in one list, and the router built from it;
//! - [`mod@app`]: how one request is served: authentication, limits, handler, response;
//! - [`rest`]: the APIs of Confluence Cloud, one file per use;
//! - [`web`]: the pages for people;
//! - [`mod@openapi`]: the OpenAPI description of all routes;
//! - [`failure`]: how a refused request is reported in the body shape of its API;
//! - [`mod@serve`]: HTTP/1.1 on a listener, and draining.
//!
//! A handler reads from the request's [`View`](narthex_access::View) and writes through an
//! operation of the [`Site`](narthex_site::Site). Nothing in this crate decides who may see a
//! thing.

pub mod app;
pub mod call;
pub mod config;
pub mod failure;
pub mod health;
mod kept;
pub mod memory;
pub mod observe;
pub mod openapi;
pub mod request;
pub mod respond;
pub mod rest;
pub mod route;
pub mod router;
pub mod serve;
mod slash;
pub mod web;

pub use app::App;
pub use config::Config;
pub use router::{Router, app, routes};
pub use serve::{Answers, serve};
