//! Databases for tests, used in development only.
//!
//! Every story about the store runs on both engines: [`both_engines!`] makes two tests of one async
//! function, one with an empty SQLite file and one with an empty PostgreSQL database. Nothing has
//! to be prepared: the first test process that needs PostgreSQL starts a private cluster from the
//! system's binaries (Debian: `apt install postgresql`), later ones share it, and it is removed
//! when nobody has used it for some seconds ([`cluster`]).
//!
//! Set `NARTHEX_TEST_POSTGRES` to the URL of a superuser (`postgres://user@host/postgres`) to use a
//! server of your own instead; each test creates and drops a database there.
#![expect(
    clippy::panic,
    reason = "a test that has no database must stop and say why"
)]

pub mod cluster;
mod database;

pub use cluster::Cluster;
pub use database::{Engine, TestDatabase};

/// Runs an async story on a runtime of its own with two workers, like the program's.
pub fn run<F: Future>(story: F) -> F::Output {
    match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(story),
        Err(error) => panic!("no runtime for the test: {error}"),
    }
}

/// Makes two tests of each story: `name::on_sqlite` and `name::on_postgres`.
///
/// A story takes the empty [`TestDatabase`] that it uses:
///
/// ```
/// narthex_testdb::both_engines! {
///     /// What the story shows.
///     async fn a_database_is_empty_at_first(database: narthex_testdb::TestDatabase) {
///         assert!(database.url().starts_with(database.engine().scheme()));
///     }
/// }
/// ```
#[macro_export]
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: $kind:ty) $story:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a story may need nothing of its file")]
            use super::*;

            async fn story($database: $kind) $story

            #[test]
            fn on_sqlite() {
                $crate::run(story($crate::TestDatabase::sqlite()));
            }

            #[test]
            fn on_postgres() {
                $crate::run(story($crate::TestDatabase::postgres()));
            }
        }
    )*};
}
