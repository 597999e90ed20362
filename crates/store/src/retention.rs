//! Retention of the audit log: entries that are older than a limit are removed, up to a recorded
//! floor. A node that is behind the floor loads anew, and a fact that rests on a removed entry is
//! shown as older than the records. The entries of the newest revision are never removed.

use crate::Store;
use crate::db::{DbError, Statement};
use narthex_access::Millis;

/// How many revisions lose their entries in one transaction, which makes other writers wait.
const AT_ONCE: u64 = 500;

crate::statements! {
    READ = "SELECT kept_number, kept_units FROM site WHERE id = 1";
    SET = "UPDATE site SET kept_number = :number, kept_units = :units";
    NEWEST_OLD = "SELECT MAX(e.revision), s.revision, s.floor FROM site s LEFT JOIN event e ON e.at < :before GROUP BY s.revision, s.floor";
    OLDEST = "SELECT MIN(revision) FROM event";
    RAISE = "UPDATE site SET floor = :floor WHERE floor < :floor";
    REMOVE = "DELETE FROM event WHERE revision < :floor";
}

/// How long entries are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The number of units.
    pub number: u32,
    /// The unit of time, as the API names it.
    pub units: String,
}

/// Returns the statement that sets the retention. With `None`, entries are stored forever.
pub(crate) fn statement(kept: Option<Retention>) -> Statement {
    let (number, units) = match kept {
        Some(kept) => (kept.number.into(), kept.units.into()),
        None => (crate::db::Value::Null, crate::db::Value::Null),
    };
    Statement::new(SET, vec![("number", number), ("units", units)])
}

impl Store {
    /// Returns how long the audit log is stored. `None` means forever.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
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

    /// Removes the entries of the audit log that were written before an instant, except for those
    /// of the newest revision.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails. The next call continues from there.
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
