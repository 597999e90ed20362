//! Writes, each decided in the transaction that writes it.
//!
//! The transaction first takes the next revision, and from there on it is the only writer. Then the
//! catalogue is brought to the revision before, as this transaction sees it, and the plan is run;
//! so a plan never decides on anything that is no longer true. Rows, items beside the catalogue and
//! the journal are written together. A plan that refuses leaves no trace.

use crate::change::{Change, Planned};
use crate::clock::Clock;
use crate::db::{Db, DbError, Statement, WriteTx};
use crate::entropy::Entropy;
use crate::follow::follow;
use crate::journal::{self, Place, Way, way};
use crate::node::Node;
use crate::{beside, schema};
use narthex_access::{Catalogue, Millis, RowChange};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a write may make others wait before that is logged.
const HELD: Duration = Duration::from_millis(50);

/// How many times a write is tried if the database fails in a way that a retry can mend.
const ATTEMPTS: usize = 4;

crate::statements! {
    TAKE = "UPDATE site SET revision = revision + 1, mark = :mark RETURNING revision, at, min_reader, DATABASE_CLOCK";
    TIME = "UPDATE site SET at = :at";
    LOCK = "UPDATE site SET revision = revision";
    FIND = "SELECT revision FROM event WHERE revision = :revision AND n = 0 AND mark = :mark";
}

/// The reasons why a write didn't happen.
#[derive(Debug, thiserror::Error)]
pub enum CommitError<E> {
    /// The plan refused. Nothing was changed.
    #[error("{0}")]
    Refused(E),
    /// The database failed. Nothing was changed, except perhaps with [`DbError::CommitUnknown`].
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The parts of a store that a write needs.
pub(crate) struct Writer<'a> {
    pub(crate) db: &'a Db,
    pub(crate) node: &'a Node,
    pub(crate) clock: &'a Clock,
    pub(crate) entropy: &'a Entropy,
}

impl Writer<'_> {
    /// Runs a plan in a transaction of its own, and runs it again if the database requires that.
    pub(crate) async fn commit<T, E>(
        &self,
        plan: impl Fn(&Arc<Catalogue>, Millis) -> Result<Planned<T>, E>,
    ) -> Result<T, CommitError<E>> {
        let mut attempt = 1;
        loop {
            // Everything that can be read before the lock is taken is read before.
            self.node.fresh().await?;
            match self.attempt(&plan).await {
                Ok(Some(answer)) => return Ok(answer),
                Err(CommitError::Db(error)) if !error.is_retryable() || attempt == ATTEMPTS => {
                    return Err(error.into());
                }
                Err(CommitError::Refused(refusal)) => return Err(CommitError::Refused(refusal)),
                // The database has another history, or a lock wasn't free.
                Ok(None) if attempt == ATTEMPTS => {
                    return Err(DbError::Busy(
                        "the site changes faster than it can be followed".into(),
                    )
                    .into());
                }
                Ok(None) | Err(CommitError::Db(_)) => attempt += 1,
            }
        }
    }

    /// Runs one transaction. Returns `None` if the catalogue must be loaded anew first.
    async fn attempt<T, E>(
        &self,
        plan: &impl Fn(&Arc<Catalogue>, Millis) -> Result<Planned<T>, E>,
    ) -> Result<Option<T>, CommitError<E>> {
        let mut tx = self.db.write().await?;
        let place = self.take(&mut tx).await?;
        let _held = Held(Instant::now());
        let Some(catalogue) = self.before(&mut tx, place).await? else {
            tx.rollback().await?;
            return Ok(None);
        };
        let planned = match plan(&catalogue, place.at) {
            Ok(planned) => planned,
            Err(refusal) => {
                tx.rollback().await?;
                return Err(CommitError::Refused(refusal));
            }
        };
        if planned.change.is_nothing() {
            tx.rollback().await?;
            return Ok(Some(planned.change.answer));
        }
        let (statements, answer) = statements(planned, &catalogue, place)?;
        tx.execute_all(statements).await?;
        match tx.commit().await {
            Ok(()) => Ok(Some(answer)),
            Err(DbError::CommitUnknown(cause)) => {
                self.look_up(place, cause).await?;
                Ok(Some(answer))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// Takes the next revision. All other writers wait until this transaction ends.
    async fn take(&self, tx: &mut WriteTx) -> Result<Place, DbError> {
        let mark = self.entropy.number();
        let taken = tx
            .query(TAKE, &[("mark", mark.into())], |row| {
                journal::readable(row.get(2)?)?;
                Ok(Place {
                    revision: row.get(0)?,
                    mark,
                    at: self.clock.now(row.get(3)?, row.get(1)?),
                })
            })
            .await?;
        taken.first().copied().ok_or_else(journal::no_site)
    }

    /// Returns the catalogue at the revision before the one taken, or `None` if it has to be
    /// loaded.
    async fn before(
        &self,
        tx: &mut WriteTx,
        taken: Place,
    ) -> Result<Option<Arc<Catalogue>>, DbError> {
        let known = self.node.current();
        let from = (known.revision, known.mark);
        let steps = journal::steps(tx, known.revision).await?;
        let newest = steps.last().map(|step| (step.revision, step.mark));
        let Some(newest) = newest.filter(|(revision, _)| revision + 1 == taken.revision) else {
            return Ok(None);
        };
        Ok(match way(&steps, from, newest) {
            Way::Arrived => Some(known),
            Way::Follow(ahead) => {
                let mut next = Catalogue::clone(&known);
                follow(tx, &mut next, ahead).await?;
                (next.revision, next.mark) = newest;
                Some(Arc::new(next))
            }
            Way::Reload => None,
        })
    }

    /// Finds out whether a commit happened whose confirmation was lost. Waits until its transaction
    /// has ended one way or the other.
    async fn look_up(&self, place: Place, cause: String) -> Result<(), DbError> {
        for pause in [0, 50, 200, 1000, 2000] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let Ok(found) = self.find(place).await else {
                continue;
            };
            return if found {
                Ok(())
            } else {
                Err(DbError::Unavailable(format!(
                    "the change was not saved: {cause}"
                )))
            };
        }
        Err(DbError::CommitUnknown(cause))
    }

    async fn find(&self, place: Place) -> Result<bool, DbError> {
        let mut tx = self.db.write().await?;
        tx.execute(LOCK, vec![]).await?;
        let params = [
            ("revision", place.revision.into()),
            ("mark", place.mark.into()),
        ];
        let found = tx.query(FIND, &params, |_| Ok(())).await?;
        tx.rollback().await?;
        Ok(!found.is_empty())
    }
}

/// Measures how long a write makes all others wait, from taking its revision to the end of its
/// transaction.
struct Held(Instant);

impl Drop for Held {
    fn drop(&mut self) {
        let held = self.0.elapsed();
        metrics::histogram!("narthex_write_lock_seconds").record(held.as_secs_f64());
        if held > HELD {
            tracing::warn!(
                milliseconds = held.as_millis(),
                "a write kept others waiting for long"
            );
        }
    }
}

/// Returns everything that a planned change writes in its revision, and its result.
fn statements<T>(
    planned: Planned<T>,
    before: &Catalogue,
    place: Place,
) -> Result<(Vec<Statement>, T), DbError> {
    let Planned { actor, change } = planned;
    let Change {
        rows,
        beside,
        events,
        answer,
    } = change;
    if events.is_empty() {
        return Err(DbError::Statement(
            "a change was planned without an event that tells of it".into(),
        ));
    }
    let touched: Vec<_> = rows.iter().map(RowChange::touched).collect();
    let mut statements = schema::changes(&rows, before, place.revision);
    statements.extend(
        beside
            .into_iter()
            .flat_map(|beside| beside::statements(beside, place.at)),
    );
    statements.extend(journal::append(place, actor, &events, &touched));
    statements.push(Statement::new(TIME, vec![("at", place.at.into())]));
    Ok((statements, answer))
}
