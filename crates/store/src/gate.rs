//! The freshness gate: before a request is decided, its node learns the newest revision that the database had when the request
//! arrived (law 7.5). An acknowledged change is therefore seen by every later request on every node, with nothing to broadcast.
//!
//! One statement answers with the revision, its mark and the database's clock. It runs outside any transaction, so nothing holds it
//! in the past. A node that isn't at that revision follows, in one snapshot of its own ([`crate::follow`]).
//!
//! One look serves all requests that arrived before it began, and none that arrived later: the database may have been read before
//! those came. On SQLite a request first lets those arrive who are ready to, and then looks, inline, unless one of them has. On
//! PostgreSQL one connection looks in *rounds*: a request waits for a round that is sent after it arrived.

use crate::clock::Clock;
use crate::db::{Db, DbError, Dedicated, Repeated, Row};
use crate::journal;
use narthex_access::Millis;
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How long a round may take before all who wait for it are told that the database is away.
pub const ROUND: Duration = Duration::from_secs(2);

crate::statements! {
    NEWEST = "SELECT revision, mark, at, min_reader, DATABASE_CLOCK FROM site";
}

/// What the database said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newest {
    /// The newest revision.
    pub revision: u64,
    /// Its random mark: two histories differ in it.
    pub mark: u64,
    /// The time of this answer: the clock's, but never before the last event.
    pub now: Millis,
}

/// Asks for the newest revision. Cheap to clone; clones share their rounds.
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
    /// How many requests have arrived.
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

    /// What a look that began after this arrival saw.
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
    /// A gate to the database. Call it on the runtime that serves the requests: PostgreSQL's rounds are a task there.
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

    /// Learns the newest revision: one that holds every change that was acknowledged before this was called.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] and its like: then nothing may be decided, and everybody is told so (503).
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

/// Serves rounds until nobody can ask any more.
async fn rounds(db: Db, mut arrivals: mpsc::UnboundedReceiver<Waiting>, clock: Clock) {
    let mut connection: Option<Dedicated> = None;
    let mut waiting = Vec::new();
    // All that arrived before the query is sent, and none that arrives after.
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
            // Who went away needs no answer.
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
