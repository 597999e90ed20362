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
use crate::journal::{Step, Way, way};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How long a round may take before all who wait for it are told that the database is away.
pub const ROUND: Duration = Duration::from_secs(2);

crate::statements! {
    NEWEST = "SELECT s.revision, s.mark, s.at, s.min_reader, DATABASE_CLOCK, e.revision, e.mark, \
                     CASE WHEN e.revision > :mine THEN e.touched END \
              FROM site s LEFT JOIN event e ON e.revision >= :mine AND e.n = 0 \
              ORDER BY e.revision LIMIT 1026";
}

/// What the database said.
#[derive(Clone, Debug)]
pub struct Newest {
    /// The newest revision.
    pub revision: u64,
    /// Its random mark.
    pub mark: u64,
    /// The oldest program that may read this database.
    pub min_reader: i64,
    /// The time of this answer in milliseconds: the clock's, but never before the last event.
    pub now: i64,
    /// The journal from the asked revision on, in order.
    steps: Vec<Step>,
}

impl Newest {
    /// The way from a node's revision and mark to this answer.
    ///
    /// The answer may have been asked for from an older revision than the node's: the steps before it are skipped.
    pub fn way_from(&self, revision: u64, mark: u64) -> Way<'_> {
        way(&self.steps, (revision, mark), (self.revision, self.mark))
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
    mine: u64,
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
    pub async fn newest(&self, mine: u64) -> Result<Arc<Newest>, DbError> {
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
    mine: u64,
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
struct Line {
    revision: u64,
    mark: u64,
    at: i64,
    min_reader: i64,
    clock: i64,
    step: Option<Step>,
}

fn line(row: &Row<'_>) -> Result<Line, DbError> {
    let step = match row.get::<Option<u64>>(5)? {
        None => None,
        Some(revision) => Some(Step {
            revision,
            mark: row.get(6)?,
            touched: row.get::<Option<&str>>(7)?.unwrap_or_default().to_owned(),
        }),
    };
    Ok(Line {
        revision: row.get(0)?,
        mark: row.get(1)?,
        at: row.get(2)?,
        min_reader: row.get(3)?,
        clock: row.get(4)?,
        step,
    })
}

fn newest(lines: Vec<Line>, clock: &Clock) -> Result<Newest, DbError> {
    let Some(site) = lines.first() else {
        return Err(DbError::Schema(
            "this database has no site yet: run `narthex init`".into(),
        ));
    };
    Ok(Newest {
        revision: site.revision,
        mark: site.mark,
        min_reader: site.min_reader,
        now: clock.now(site.clock, site.at),
        steps: lines.into_iter().filter_map(|line| line.step).collect(),
    })
}
