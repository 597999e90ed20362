//! All tests of the served site in one program, so that the crates are linked only once.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on must stop and say why"
)]

mod alone;
mod both_versions;
mod connection;
mod every_route;
mod knowledge_base;
mod search;
mod v1;
mod v2;
mod web;
