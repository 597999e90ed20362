//! What Narthex keeps, and how: the database, its schema and journal, the catalogue that every node follows, bodies and blobs.

mod statements;

pub mod clock;
pub mod db;
pub mod entropy;
pub mod gate;
pub mod migrate;

pub use clock::Clock;
pub use db::{DatabaseUrl, Db, DbError};
pub use entropy::Entropy;
