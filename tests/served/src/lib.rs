//! The server inside the test: the real router over a real store, with a clock that is moved by
//! hand and randomness from a seed.
//!
//! - [`exchange`]: one request and its response, as data that can be compared;
//! - [`actor`]: the sender of a request, with its credential;
//! - [`served`]: a store and the router over it;
//! - [`stage`]: a site with its first administrator, for a story that adds what it needs;
//! - [`browser`]: a browser without a screen, which stores its cookies;
//! - [`world`]: a site with people of every tier and content in every state;
//! - [`table`]: how to call every route;
//! - [`compare`]: where two responses differ.
//!
//! Development only.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on must stop and say why"
)]

pub mod actor;
pub mod browser;
pub mod compare;
pub mod exchange;
pub mod served;
pub mod stage;
pub mod table;
pub mod world;

pub use actor::Actor;
pub use exchange::{Ask, Told};
pub use served::Served;
pub use stage::Stage;
pub use world::{Aim, Kind, Who, World};

/// Returns a value that the test needs.
///
/// # Panics
/// Panics with the cause if there is none.
#[track_caller]
pub fn must<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
