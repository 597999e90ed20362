//! The freshness gate: before a request is decided, its node learns the newest revision that the database had when the request
//! arrived (law 5). An acknowledged change is therefore seen by every later request on every node, with nothing to broadcast.
//!
//! One statement answers with the revision, its mark, the database's clock, and the journal above the node's own revision; two
//! statements could disagree. It runs outside any transaction, so nothing holds it in the past.
//!
//! On SQLite every request runs it inline. On PostgreSQL one connection runs it in *rounds*: a request waits for a round that
//! is sent after it arrived, together with all that arrived meanwhile; a round in flight never counts, because the server may have
//! read its revision before the request came.

use crate::clock::Clock;
use crate::db::{Db, DbError, Dedicated, Dialect, Row};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How long a round may take before all who wait for it are told that the database is away.
pub const ROUND: Duration = Duration::from_secs(2);

/// A node that is further behind than this loads anew instead of following.
const STEPS: usize = 1024;

crate::statements! {
    NEWEST = "SELECT s.revision, s.mark, s.at, s.min_reader, DATABASE_CLOCK, e.revision, e.mark, \
                     CASE WHEN e.revision > :mine THEN e.touched END \
              FROM site s LEFT JOIN event e ON e.revision >= :mine AND e.n = 0 \
              ORDER BY e.revision LIMIT 1026";
}

/// What the database said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// The newest revision.
    pub revision: i64,
    /// Its random mark.
    pub mark: i64,
    /// The oldest program that may read this database.
    pub min_reader: i64,
    /// The time of this answer in milliseconds: the clock's, but never before the last event.
    pub now: i64,
    /// The journal from the asked revision on, in order.
    steps: Vec<Step>,
}

/// One revision of the journal, as far as a machine needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The revision.
    pub revision: i64,
    /// Its mark.
    pub mark: i64,
    /// The rows it changed; empty for the revision that was asked from.
    pub touched: String,
}

/// What a node has to do to reach an answer's revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// Nothing: it is there.
    Arrived,
    /// Apply these revisions, which follow on its own without a hole.
    Follow(&'a [Step]),
    /// Load anew: the database is not a continuation of what the node knows (restored, another one, or too far on).
    Reload,
}

impl Newest {
    /// The way from a node's revision and mark to this answer.
    ///
    /// The answer may have been asked for from an older revision than the node's: the steps before it are skipped.
    pub fn way_from(&self, revision: i64, mark: i64) -> Way<'_> {
        if self.revision == revision {
            return if self.mark == mark {
                Way::Arrived
            } else {
                Way::Reload
            };
        }
        let Some(place) = self.steps.iter().position(|step| step.revision == revision) else {
            return Way::Reload;
        };
        let (Some(own), Some(ahead)) = (self.steps.get(place), self.steps.get(place + 1..)) else {
            return Way::Reload;
        };
        let whole = ahead
            .iter()
            .zip(revision + 1..)
            .all(|(step, expected)| step.revision == expected)
            && ahead
                .last()
                .is_some_and(|last| last.revision == self.revision && last.mark == self.mark);
        if own.mark == mark && whole && ahead.len() <= STEPS {
            Way::Follow(ahead)
        } else {
            Way::Reload
        }
    }
}

/// Asks for the newest revision. Cheap to clone; clones share their rounds.
#[derive(Clone)]
pub struct Gate {
    door: Door,
    clock: Clock,
}

#[derive(Clone)]
enum Door {
    Inline(Db),
    Rounds(mpsc::UnboundedSender<Waiting>),
}

/// A request that waits for a round.
struct Waiting {
    mine: i64,
    answer: oneshot::Sender<Result<Arc<Newest>, DbError>>,
}

impl Gate {
    /// A gate to the database. Call it on the runtime that serves the requests: PostgreSQL's rounds are a task there.
    pub fn new(db: Db, clock: Clock) -> Self {
        let door = match db.dialect() {
            Dialect::Sqlite => Door::Inline(db),
            Dialect::Postgres => {
                let (sender, waiting) = mpsc::unbounded_channel();
                tokio::spawn(rounds(db, waiting, clock.clone()));
                Door::Rounds(sender)
            }
        };
        Self { door, clock }
    }

    /// Learns the newest revision, with the journal from revision `mine` on.
    ///
    /// The answer holds every change that was acknowledged before this was called.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] and its like: then nothing may be decided, and everybody is told so (503).
    pub async fn newest(&self, mine: i64) -> Result<Arc<Newest>, DbError> {
        match &self.door {
            Door::Inline(db) => {
                let rows = db.read(NEWEST, &[("mine", mine.into())], line).await?;
                Ok(Arc::new(newest(rows, &self.clock)?))
            }
            Door::Rounds(sender) => {
                let (answer, answered) = oneshot::channel();
                sender
                    .send(Waiting { mine, answer })
                    .map_err(|_| stopped())?;
                answered.await.map_err(|_| stopped())?
            }
        }
    }
}

fn stopped() -> DbError {
    DbError::Unavailable("the program is stopping".into())
}

/// Serves rounds until nobody can ask any more.
async fn rounds(db: Db, mut arrivals: mpsc::UnboundedReceiver<Waiting>, clock: Clock) {
    let mut connection: Option<Dedicated> = None;
    let mut waiting = Vec::new();
    // All that arrived before the query is sent, and none that arrives after.
    while arrivals.recv_many(&mut waiting, usize::MAX).await > 0 {
        let mine = waiting
            .iter()
            .map(|waiting| waiting.mine)
            .min()
            .unwrap_or_default();
        let outcome =
            match tokio::time::timeout(ROUND, round(&db, &mut connection, mine, &clock)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(DbError::Unavailable(
                    "the server gave no answer in time".into(),
                )),
            };
        if outcome.is_err() {
            connection = None;
        }
        for request in waiting.drain(..) {
            // Who went away needs no answer.
            let _ = request.answer.send(outcome.clone());
        }
    }
}

async fn round(
    db: &Db,
    connection: &mut Option<Dedicated>,
    mine: i64,
    clock: &Clock,
) -> Result<Arc<Newest>, DbError> {
    let params = [("mine", mine.into())];
    if let Some(open) = connection.as_ref() {
        match open.read(&params, line).await {
            // The server was restarted since the last round: connect again within this one.
            Err(DbError::Unavailable(_)) => {}
            other => return Ok(Arc::new(newest(other?, clock)?)),
        }
    }
    let open = connection.insert(db.dedicated(NEWEST).await?);
    Ok(Arc::new(newest(open.read(&params, line).await?, clock)?))
}

/// The site's part and, when there is one, the journal's part of a row.
type Line = ([i64; 5], Option<Step>);

fn line(row: &Row<'_>) -> Result<Line, DbError> {
    let site = [
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
    ];
    let step = match row.get::<Option<i64>>(5)? {
        None => None,
        Some(revision) => Some(Step {
            revision,
            mark: row.get(6)?,
            touched: row.get::<Option<&str>>(7)?.unwrap_or_default().to_owned(),
        }),
    };
    Ok((site, step))
}

fn newest(lines: Vec<Line>, clock: &Clock) -> Result<Newest, DbError> {
    let Some(&([revision, mark, at, min_reader, database], _)) = lines.first() else {
        return Err(DbError::Schema(
            "this database has no site yet: run `narthex init`".into(),
        ));
    };
    Ok(Newest {
        revision,
        mark,
        min_reader,
        now: clock.now(database, at),
        steps: lines.into_iter().filter_map(|(_, step)| step).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Newest, Step, Way};

    fn answer(revision: i64, marks: &[(i64, i64)]) -> Newest {
        Newest {
            revision,
            mark: revision * 10,
            min_reader: 1,
            now: 0,
            steps: marks
                .iter()
                .map(|&(revision, mark)| Step {
                    revision,
                    mark,
                    touched: String::new(),
                })
                .collect(),
        }
    }

    #[test]
    fn a_node_at_the_newest_revision_has_arrived_if_the_mark_is_its_own() {
        let answer = answer(7, &[(7, 70)]);
        assert_eq!(answer.way_from(7, 70), Way::Arrived);
        assert_eq!(answer.way_from(7, 71), Way::Reload);
    }

    #[test]
    fn a_node_behind_follows_only_without_a_hole_and_from_its_own_mark() {
        let whole = answer(9, &[(6, 60), (7, 70), (8, 80), (9, 90)]);
        let Way::Follow(steps) = whole.way_from(7, 70) else {
            panic!("it can follow");
        };
        assert_eq!(
            steps.iter().map(|step| step.revision).collect::<Vec<_>>(),
            [8, 9]
        );
        assert_eq!(whole.way_from(7, 71), Way::Reload);
        assert_eq!(whole.way_from(5, 50), Way::Reload);
        assert_eq!(answer(9, &[(7, 70), (9, 90)]).way_from(7, 70), Way::Reload);
        assert_eq!(answer(9, &[(7, 70), (8, 80)]).way_from(7, 70), Way::Reload);
        assert_eq!(
            answer(9, &[(7, 70), (8, 80), (9, 91)]).way_from(7, 70),
            Way::Reload
        );
    }

    #[test]
    fn a_database_that_went_back_is_loaded_anew() {
        assert_eq!(answer(5, &[]).way_from(7, 70), Way::Reload);
    }

    #[test]
    fn who_is_too_far_behind_loads_anew() {
        let marks: Vec<(i64, i64)> = (0..=2000)
            .map(|revision| (revision, revision * 10))
            .collect();
        assert_eq!(answer(2000, &marks).way_from(0, 0), Way::Reload);
        assert!(matches!(
            answer(2000, &marks).way_from(1990, 19900),
            Way::Follow(_)
        ));
    }
}
