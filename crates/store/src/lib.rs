//! The store: one journal, one catalogue that follows it, one freshness gate, and content that is
//! returned only against a witness. See ARCHITECTURE.md.
//!
//! [`Store`] is the entry point. Reads take the newest catalogue ([`Store::catalogue`]), decide in
//! a view of it, and fetch [bodies](body), [blobs](blob) and [former versions](past) against the
//! witness that the view returned. Writes are plans that [`Store::commit`] runs. [Side state](side)
//! is written without the journal.

mod statements;

pub mod audit;
mod beside;
pub mod blob;
pub mod body;
pub mod change;
pub mod clock;
pub mod commit;
pub mod conversion;
pub mod db;
pub mod entropy;
mod follow;
pub mod gate;
pub mod health;
mod journal;
pub mod long_task;
pub mod migrate;
mod node;
pub mod past;
pub mod retention;
mod schema;
pub mod side;
mod since;
mod store;
pub mod user_property;

pub use clock::Clock;
pub use commit::CommitError;
pub use db::{DatabaseUrl, DbError, Link};
pub use entropy::Entropy;
pub use store::{Options, Store};

#[cfg(test)]
mod tests {
    use crate::db::{Db, Dialect};

    /// Returns every statement of the program.
    fn all() -> Vec<String> {
        let fixed = [
            crate::audit::STATEMENTS,
            crate::beside::STATEMENTS,
            crate::blob::STATEMENTS,
            crate::blob::sweep::STATEMENTS,
            crate::body::STATEMENTS,
            crate::commit::STATEMENTS,
            crate::conversion::STATEMENTS,
            crate::gate::STATEMENTS,
            crate::health::STATEMENTS,
            crate::journal::STATEMENTS,
            crate::long_task::STATEMENTS,
            crate::migrate::STATEMENTS,
            crate::retention::STATEMENTS,
            crate::past::STATEMENTS,
            crate::side::STATEMENTS,
            crate::store::STATEMENTS,
            crate::user_property::STATEMENTS,
        ];
        let fixed = fixed
            .concat()
            .into_iter()
            .chain(crate::schema::statements())
            .map(String::from);
        fixed.chain(crate::audit::statements()).collect()
    }

    narthex_testdb::both_engines! {
        async fn every_statement_is_understood(database: narthex_testdb::TestDatabase) {
            let db = Db::create(&database.url().parse().unwrap()).await.unwrap();
            crate::migrate::migrate(&db, 1, &crate::Entropy::seeded(1)).await.unwrap();
            assert!(all().len() > 120);
            for sql in all() {
                db.prepare(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
            }
            assert!(db.prepare("SELECT nothing FROM site").await.is_err());
            assert_eq!(db.dialect() == Dialect::Sqlite, database.url().starts_with("sqlite"));
        }
    }
}
