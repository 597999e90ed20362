//! A real browser in front of a served site.
//!
//! [`Browser`] starts Chromium with a fresh profile and without a window, [`Page`] is what a person
//! sees and operates in it, and [`Host`] serves a site of `narthex_served` on a free port of this
//! machine. Each ends what it started when it is dropped.
//!
//! The program `narthex-accessibility` checks all pages with [`Axe`]: a [`Tour`] collects them from
//! the table of routes, [`scenes`] brings up those that only a form shows, and an [`Inspection`]
//! checks them.
//!
//! The browser is driven by WebDriver, which is JSON over HTTP, through Chromium's own driver.
//!
//! Development only.
#![expect(
    clippy::panic,
    reason = "a test that can't go on must stop and say why"
)]

mod axe;
mod browser;
mod host;
mod inspection;
mod page;
mod process;
pub mod scenes;
mod session;
mod tour;

pub use axe::{Axe, Violation};
pub use browser::Browser;
pub use host::Host;
pub use inspection::Inspection;
pub use page::{ENTER, Page, TAB};
pub use tour::{Tour, Visit};
