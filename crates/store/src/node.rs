//! The node's catalogue, which is published for readers. The [gate](crate::gate) tells each request
//! whether it is stale, and the first reader that finds it so brings it forward.

use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::follow::{follow, load};
use crate::gate::{Gate, Newest};
use crate::journal::{self, Way, way};
use arc_swap::ArcSwap;
use narthex_access::{Catalogue, Millis};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A catalogue that follows its database.
pub(crate) struct Node {
    db: Db,
    gate: Gate,
    /// The number of requests that have arrived, by which their order is compared with that of
    /// looks at the database.
    arrivals: AtomicU64,
    published: ArcSwap<Published>,
    follower: tokio::sync::Mutex<()>,
}

/// A catalogue as the database showed it in a snapshot.
#[derive(Clone)]
struct Published {
    catalogue: Arc<Catalogue>,
    /// The number of arrivals before the snapshot began. The catalogue includes every change that
    /// was acknowledged before any of them.
    arrivals: u64,
}

impl Published {
    /// Whether the catalogue serves a request: it is at the revision that the gate returned, or it
    /// was read after the request arrived. A higher revision alone doesn't count, because the
    /// database may have gone back since.
    fn serves(&self, arrival: u64, newest: &Newest) -> bool {
        (self.catalogue.revision, self.catalogue.mark) == (newest.revision, newest.mark)
            || arrival < self.arrivals
    }
}

impl Node {
    /// Opens the node and loads its catalogue.
    pub(crate) async fn open(db: Db, clock: Clock) -> Result<Self, DbError> {
        let published = Published {
            catalogue: Arc::new(load_apart(&db).await?),
            arrivals: 0,
        };
        Ok(Self {
            gate: Gate::new(db.clone(), clock),
            db,
            arrivals: AtomicU64::new(0),
            published: ArcSwap::from_pointee(published),
            follower: tokio::sync::Mutex::default(),
        })
    }

    /// Returns the catalogue at a revision that includes every change acknowledged before the call,
    /// and the request's instant.
    pub(crate) async fn fresh(&self) -> Result<(Arc<Catalogue>, Millis), DbError> {
        let arrival = self.arrivals.fetch_add(1, Ordering::SeqCst);
        let newest = self.gate.newest().await?;
        let published = self.published.load_full();
        let catalogue = if published.serves(arrival, &newest) {
            published.catalogue.clone()
        } else {
            Box::pin(self.advance(arrival, &newest)).await?
        };
        let now = newest.now.max(catalogue.last_event_at);
        Ok((catalogue, now))
    }

    /// Returns the catalogue as it was last published, at whatever revision.
    pub(crate) fn current(&self) -> Arc<Catalogue> {
        self.published.load().catalogue.clone()
    }

    /// Brings the published catalogue to the database's revision, unless another request did so
    /// since this one arrived.
    async fn advance(&self, arrival: u64, newest: &Newest) -> Result<Arc<Catalogue>, DbError> {
        let _turn = self.follower.lock().await;
        let published = self.published.load_full();
        if published.serves(arrival, newest) {
            return Ok(published.catalogue.clone());
        }
        let arrivals = self.arrivals.load(Ordering::SeqCst);
        let catalogue = self.next(&published.catalogue).await?;
        self.published.store(Arc::new(Published {
            catalogue: catalogue.clone(),
            arrivals,
        }));
        Ok(catalogue)
    }

    /// Returns the catalogue at the database's revision, followed from `known` if the database
    /// continues it, or else loaded.
    async fn next(&self, known: &Arc<Catalogue>) -> Result<Arc<Catalogue>, DbError> {
        let from = (known.revision, known.mark);
        let mut snapshot = self.db.snapshot().await?;
        let place = journal::newest(&mut snapshot).await?;
        let steps = journal::steps(&mut snapshot, from.0).await?;
        let catalogue = match way(&steps, from, (place.revision, place.mark)) {
            Way::Arrived => known.clone(),
            Way::Follow(ahead) => {
                let mut next = Catalogue::clone(known);
                follow(&mut snapshot, &mut next, ahead).await?;
                next.revision = place.revision;
                next.mark = place.mark;
                next.last_event_at = place.at;
                Arc::new(next)
            }
            Way::Reload => {
                drop(snapshot);
                metrics::counter!("narthex_catalogue_reloads_total").increment(1);
                tracing::warn!(
                    revision = from.0,
                    database = place.revision,
                    "the database is not a continuation of what this node knows: loading it anew"
                );
                return Ok(Arc::new(load_apart(&self.db).await?));
            }
        };
        snapshot.finish().await?;
        Ok(catalogue)
    }
}

/// Loads the catalogue on a thread of its own, because SQLite is read inline and would block
/// others.
async fn load_apart(db: &Db) -> Result<Catalogue, DbError> {
    let db = db.clone();
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        runtime.block_on(async {
            let mut snapshot = db.snapshot().await?;
            let catalogue = load(&mut snapshot).await?;
            snapshot.finish().await?;
            Ok(catalogue)
        })
    })
    .await
    .map_err(|_| DbError::Unavailable("the program is stopping".into()))?
}
