//! The freshness gate: before a request is decided, its node learns the newest revision that the
//! database had when the request arrived (law 7.5). An acknowledged change is therefore seen by
//! every later request on every node, without any broadcast.
//!
//! One statement reads the revision, its mark and the database's clock. It runs outside any
//! transaction, so that it never sees an old state. A node that isn't at that revision follows, in
//! one snapshot of its own ([`crate::follow`]).
//!
//! One look at the database serves all requests that arrived before it began, and none that arrived
//! later, because the database may have been read before those came. On SQLite a request first
//! yields to others that are ready to arrive, and then looks, inline, unless one of them has. On
//! PostgreSQL one connection looks in *rounds*: a request waits for a round that is sent after it
//! arrived.

use crate::clock::Clock;
use crate::db::{Db, DbError, Dedicated, Repeated, Row};
use crate::journal;
use narthex_access::Millis;
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How long a round may take before all requests that wait for it fail because the database is
/// away.
pub const ROUND: Duration = Duration::from_secs(2);

crate::statements! {
    NEWEST = "SELECT revision, mark, at, min_reader, DATABASE_CLOCK FROM site";
}

/// The database's state, as one look saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newest {
    /// The newest revision.
    pub revision: u64,
    /// The revision's random mark, by which two histories can be told apart.
    pub mark: u64,
    /// The time of the look: the clock's, but never before the last event.
    pub now: Millis,
}

/// Finds out the newest revision. It is cheap to clone; clones share their rounds.
#[derive(Clone)]
pub struct Gate {
    door: Door,
    clock: Clock,
}

#[derive(Clone)]
enum Door {
    Inline(Arc<Looks>),
    Rounds(mpsc::UnboundedSender<Waiting>),
}

/// The looks at a database that is read inline.
struct Looks {
    statement: Repeated,
    /// The number of requests that have arrived.
    arrivals: AtomicU64,
    /// The last look, with the number of arrivals before it began.
    last: Mutex<Option<(u64, Newest)>>,
}

impl Looks {
    fn new(statement: Repeated) -> Self {
        Self {
            statement,
            arrivals: AtomicU64::new(0),
            last: Mutex::new(None),
        }
    }

    /// Returns what a look saw that began after this arrival, if there was one.
    fn after(&self, arrival: u64) -> Option<Newest> {
        let last = *self.last.lock();
        last.filter(|(arrivals, _)| arrival < *arrivals)
            .map(|(_, newest)| newest)
    }

    fn keep(&self, arrivals: u64, newest: Newest) {
        let mut last = self.last.lock();
        if last.is_none_or(|(before, _)| before < arrivals) {
            *last = Some((arrivals, newest));
        }
    }
}

/// A request that waits for a round.
type Waiting = oneshot::Sender<Result<Newest, DbError>>;

impl Gate {
    /// Creates a gate to the database. It must be called on the runtime that serves the requests,
    /// because PostgreSQL's rounds are a task there.
    pub fn new(db: Db, clock: Clock) -> Self {
        let door = match db.repeated(NEWEST) {
            Some(statement) => Door::Inline(Arc::new(Looks::new(statement))),
            None => {
                let (sender, waiting) = mpsc::unbounded_channel();
                tokio::spawn(rounds(db, waiting, clock.clone()));
                Door::Rounds(sender)
            }
        };
        Self { door, clock }
    }

    /// Returns the newest revision, which includes every change that was acknowledged before the
    /// call.
    ///
    /// # Errors
    /// Returns [`DbError::Unavailable`] or another failure of the database. Then nothing may be
    /// decided, and every caller gets a 503.
    pub async fn newest(&self) -> Result<Newest, DbError> {
        match &self.door {
            Door::Inline(looks) => {
                let arrival = looks.arrivals.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                if let Some(newest) = looks.after(arrival) {
                    return Ok(newest);
                }
                let arrivals = looks.arrivals.load(Ordering::SeqCst);
                let look = looks.statement.first(|row| newest(row, &self.clock));
                let newest = look.await?.ok_or_else(journal::no_site)?;
                looks.keep(arrivals, newest);
                Ok(newest)
            }
            Door::Rounds(sender) => {
                let (answer, answered) = oneshot::channel();
                sender.send(answer).map_err(|_| stopped())?;
                answered.await.map_err(|_| stopped())?
            }
        }
    }
}

fn stopped() -> DbError {
    DbError::Unavailable("the program is stopping".into())
}

/// Serves rounds until no sender is left.
async fn rounds(db: Db, mut arrivals: mpsc::UnboundedReceiver<Waiting>, clock: Clock) {
    let mut connection: Option<Dedicated> = None;
    let mut waiting = Vec::new();
    // A round serves all requests that arrived before its query is sent, and none that arrives
    // after.
    while arrivals.recv_many(&mut waiting, usize::MAX).await > 0 {
        let outcome = match tokio::time::timeout(ROUND, round(&db, &mut connection, &clock)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(DbError::Unavailable(
                "the server gave no answer in time".into(),
            )),
        };
        if outcome.is_err() {
            connection = None;
        }
        for request in waiting.drain(..) {
            // A request that was cancelled needs no result.
            let _ = request.send(outcome.clone());
        }
    }
}

async fn round(
    db: &Db,
    connection: &mut Option<Dedicated>,
    clock: &Clock,
) -> Result<Newest, DbError> {
    if let Some(open) = connection.as_ref() {
        match ask(open, clock).await {
            // The server was restarted since the last round: connect again within this one.
            Err(DbError::Unavailable(_)) => {}
            other => return other,
        }
    }
    ask(connection.insert(db.dedicated(NEWEST).await?), clock).await
}

async fn ask(open: &Dedicated, clock: &Clock) -> Result<Newest, DbError> {
    let found = open.read(&[], |row| newest(row, clock)).await?;
    found.first().copied().ok_or_else(journal::no_site)
}

fn newest(row: &Row<'_>, clock: &Clock) -> Result<Newest, DbError> {
    journal::readable(row.get(3)?)?;
    Ok(Newest {
        revision: row.get(0)?,
        mark: row.get(1)?,
        now: clock.now(row.get(4)?, row.get(2)?),
    })
}
