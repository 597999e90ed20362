//! How long the audit log is kept. What is older is removed below a recorded floor: a node that is older than that loads anew, and
//! what rests on a removed entry is told as being from before records began. The newest revision always keeps its entries.

use crate::Store;
use crate::db::{DbError, Statement};
use narthex_access::Millis;

/// How many revisions lose their entries in one transaction: it keeps writers waiting.
const AT_ONCE: u64 = 500;

crate::statements! {
    READ = "SELECT kept_number, kept_units FROM site WHERE id = 1";
    SET = "UPDATE site SET kept_number = :number, kept_units = :units";
    NEWEST_OLD = "SELECT MAX(e.revision), s.revision, s.floor FROM site s LEFT JOIN event e ON e.at < :before GROUP BY s.revision, s.floor";
    OLDEST = "SELECT MIN(revision) FROM event";
    RAISE = "UPDATE site SET floor = :floor WHERE floor < :floor";
    REMOVE = "DELETE FROM event WHERE revision < :floor";
}

/// How long entries are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// How many units.
    pub number: u32,
    /// Of which length: a word of the API.
    pub units: String,
}

/// The statement that sets it; for ever without one.
pub(crate) fn statement(kept: Option<Retention>) -> Statement {
    let (number, units) = match kept {
        Some(kept) => (kept.number.into(), kept.units.into()),
        None => (crate::db::Value::Null, crate::db::Value::Null),
    };
    Statement::new(SET, vec![("number", number), ("units", units)])
}

impl Store {
    /// How long the audit log is kept; none for ever.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retention(&self) -> Result<Option<Retention>, DbError> {
        let found = self
            .db()
            .read_one(READ, &[], |row| {
                let number = row.get::<Option<u32>>(0)?;
                let units = row.get::<Option<String>>(1)?;
                Ok(number.zip(units))
            })
            .await?;
        Ok(found
            .flatten()
            .map(|(number, units)| Retention { number, units }))
    }

    /// Removes the entries of the audit log that were written before an instant, but for those of the newest revision.
    ///
    /// # Errors
    /// What the database says; the next time goes on from there.
    pub async fn remove_events(&self, before: Millis) -> Result<(), DbError> {
        let found = self
            .db()
            .read_one(NEWEST_OLD, &[("before", before.into())], |row| {
                let oldest_kept = row
                    .get::<Option<u64>>(0)?
                    .map_or(0, |revision| revision + 1);
                Ok((oldest_kept, row.get::<u64>(1)?, row.get::<u64>(2)?))
            })
            .await?;
        let Some((oldest_kept, newest, floor)) = found else {
            return Ok(());
        };
        let floor = oldest_kept.min(newest).max(floor);
        loop {
            let oldest = self
                .db()
                .read_one(OLDEST, &[], |row| row.get::<Option<u64>>(0))
                .await?;
            let Some(oldest) = oldest.flatten().filter(|oldest| *oldest < floor) else {
                return Ok(());
            };
            let next = oldest.saturating_add(AT_ONCE).min(floor);
            let mut tx = self.db().write().await?;
            let next = vec![("floor", next.into())];
            tx.execute_all(vec![
                Statement::new(RAISE, next.clone()),
                Statement::new(REMOVE, next),
            ])
            .await?;
            tx.commit().await?;
        }
    }
}
