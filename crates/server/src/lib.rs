//! Narthex over HTTP.
//!
//! - [`router`]: all routes in one list, and the router made of it;
//! - [`mod@app`]: the way of one request: who asks, limits, handler, answer;
//! - [`rest`]: the APIs of Confluence Cloud, one file a use;
//! - [`web`]: the pages for people;
//! - [`mod@openapi`]: what is served, described;
//! - [`failure`]: what a refused request is told, in the body of its API;
//! - [`mod@serve`]: HTTP/1.1 on a listener, and draining.
//!
//! A handler reads from the request's [`View`](narthex_access::View) and writes
//! through an operation of the [`Site`](narthex_site::Site). Nothing here decides
//! who may see what.

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
