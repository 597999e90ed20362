//! The server inside the test: the real router over a real store, with a clock
//! that is moved by hand and randomness from a seed.
//!
//! - [`exchange`]: one request and its answer, as data that can be compared;
//! - [`actor`]: who sends it, and with what;
//! - [`served`]: a store and the router over it;
//! - [`stage`]: a site with its first administrator, for a story that adds what it needs;
//! - [`browser`]: a browser without a screen, which keeps its cookies;
//! - [`world`]: a site with people of every tier and content in every state;
//! - [`table`]: how to call every route there is;
//! - [`compare`]: where two answers differ, for people.
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

/// What the test can't do without.
///
/// # Panics
/// When it isn't there: with the cause.
#[track_caller]
pub fn must<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
