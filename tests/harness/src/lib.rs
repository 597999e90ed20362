//! What whole-program tests share: the program as a process, typed actors that
//! talk to it over HTTP, and the number of rounds of a long proof.
//!
//! Development only. Nothing here knows the insides of Narthex.
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

/// How many rounds a long proof runs: what its document states with
/// `./test long`, else a tenth of it, at least ten.
pub fn rounds(stated: usize) -> usize {
    if std::env::var_os("NARTHEX_LONG").is_some() {
        stated
    } else {
        (stated / 10).max(10)
    }
}

/// Stops the test with what went wrong.
pub fn fail(what: impl std::fmt::Display) -> ! {
    panic!("{what}")
}
