//! The store: one journal, one catalogue that follows it, one freshness gate,
//! and content against a witness. See ARCHITECTURE.md.

mod statements;

pub mod change;
pub mod clock;
pub mod db;
pub mod entropy;
pub mod gate;
pub mod journal;
pub mod migrate;

pub use clock::Clock;
pub use db::{DatabaseUrl, Db, DbError};
pub use entropy::Entropy;
