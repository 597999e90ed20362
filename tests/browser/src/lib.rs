//! A real browser in front of a served site.
//!
//! [`Browser`] starts Chromium with a fresh profile and without a window, [`Page`] is what a person
//! sees and touches in it, and [`Host`] serves a [`narthex_served::World`] on a free port of this
//! machine. Each ends what it started when it is dropped.
//!
//! The browser is driven by WebDriver, which is JSON over HTTP, through Chromium's own driver.
//!
//! Development only.
#![expect(
    clippy::panic,
    reason = "a test that can't go on must stop and say why"
)]

mod browser;
mod host;
mod page;
mod process;
mod session;

pub use browser::Browser;
pub use host::Host;
pub use page::{ENTER, Page, TAB};
