//! The parts that whole-program tests share: the program as a process, actors that talk to it over
//! HTTP, and the number of rounds of a long proof.
//!
//! Development only. Nothing here uses the insides of Narthex.
#![expect(
    clippy::panic,
    reason = "a test that can't go on must stop and say why"
)]

pub mod actor;
pub mod disk;
pub mod history;
pub mod people;
pub mod program;

pub use actor::Actor;
pub use disk::Disk;
pub use history::{Read, Timeline};
pub use people::People;
pub use program::{Node, Program, SiteFiles};

/// Returns how many rounds a long proof runs: the number that its document states with `./test
/// long`, and otherwise a tenth of it, at least ten.
pub fn rounds(stated: usize) -> usize {
    if std::env::var_os("NARTHEX_LONG").is_some() {
        stated
    } else {
        (stated / 10).max(10)
    }
}

/// Stops the test with the reason.
pub fn fail(what: impl std::fmt::Display) -> ! {
    panic!("{what}")
}
