//! The pages for people: server-rendered HTML that works without JavaScript.
//!
//! - [`paths`]: the address of every page, in one module;
//! - [`assets`]: style sheet, script and icon, embedded and addressed by their content;
//! - `frame`: the layout's values, and the pages of failures;
//! - `handlers`: one handler for each address;
//! - `notice`: what a form did, shown once on the page that it leads to;
//! - `notice_cookie`: carries that notice from the form's response to the page;
//! - `shown_once`: carries a new secret to the page that shows it once;
//! - `typed`: what was typed into a form that is refused, for the page that refuses it;
//! - [`headers`]: the headers that every HTML response has;
//! - [`pages`]: one plain struct per page, rendered by the template that its attribute names.
//!
//! Nothing here decides who may see a thing: a page shows what it is given, and a control is drawn
//! when its struct says so.

pub mod assets;
pub(crate) mod frame;
pub mod headers;
pub(crate) mod notice;
pub(crate) mod notice_cookie;
pub mod pages;
pub mod paths;
pub(crate) mod shown_once;
pub(crate) mod typed;

mod handlers;

use crate::route::Route;

/// Returns the routes of the pages.
pub(crate) fn routes() -> Vec<Route> {
    handlers::routes()
}
