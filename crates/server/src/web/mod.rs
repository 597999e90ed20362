//! The pages for people: server-rendered HTML that works without JavaScript.
//!
//! - [`paths`]: the address of every page, in one place;
//! - [`assets`]: style sheet, script and icon, embedded and addressed by their content;
//! - `frame`: the layout's values, and the pages of failures;
//! - `handlers`: what answers each address;
//! - `notice`: what a form did, told once on the page that it leads to;
//! - `notice_cookie`: carries that notice from the form's answer to the page;
//! - `shown_once`: carries a new secret to the page that shows it once;
//! - [`headers`]: what every HTML answer says to the browser;
//! - [`pages`]: one plain struct per page, rendered by the template that its attribute names.
//!
//! Nothing here decides who may see what: a page shows what it is given, and a control is drawn
//! when its struct says so.

pub mod assets;
pub(crate) mod frame;
pub mod headers;
pub(crate) mod notice;
pub(crate) mod notice_cookie;
pub mod pages;
pub mod paths;
pub(crate) mod shown_once;

mod handlers;

use crate::route::Route;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    handlers::routes()
}
