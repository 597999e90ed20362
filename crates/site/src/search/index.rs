//! The search index of one node. It is opened when it is needed first; the first search that finds
//! it behind brings it forward, and it is rebuilt if the journal can't be followed.

use super::entry::{Read, read};
use super::unusable;
use crate::error::SiteError;
use narthex_access::{
    AttachmentId, CommentId, LabellingId, Object, PageId, SystemSubject, SystemView, Table,
};
use narthex_search::cql::Thing;
use narthex_search::index::{Folder, Index, IndexError, Place, Snapshot};
use narthex_store::{DbError, Store};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long a search waits at least if there is no index yet, since a small site's index is built
/// in less.
const NO_INDEX: Duration = Duration::from_secs(10);

/// How many things are read before they are written.
const TOGETHER: usize = 256;

/// The number of rounds without a change after which the writer is closed, which frees its memory.
const IDLE: u32 = 10;

/// The number of failures in a row after which the index is opened anew.
const FAILURES: u32 = 3;

/// The index of this node, which searches read and one task at a time brings forward.
pub(crate) struct Search {
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    home: PathBuf,
    /// How long a search waits for the index to reach its revision.
    patience: Duration,
    /// The lock under which the index is brought forward, by one task at a time.
    turn: tokio::sync::Mutex<Turn>,
    published: RwLock<Option<Snapshot>>,
}

#[derive(Default)]
struct Turn {
    /// The index, once it was opened. It is used only on threads for blocking work.
    index: Option<Arc<Mutex<Index>>>,
    /// The number of rounds without a change.
    idle: u32,
    /// The number of rounds that failed in a row.
    failures: u32,
}

impl Search {
    pub(crate) fn new(store: Store, home: PathBuf, patience: Duration) -> Self {
        Self {
            shared: Arc::new(Shared {
                store,
                home,
                patience,
                turn: tokio::sync::Mutex::default(),
                published: RwLock::default(),
            }),
        }
    }

    /// Returns the index at a revision or a later one, or at an earlier one if that can't be
    /// reached in time. `None` if there is no index at all.
    pub(super) async fn at(&self, (revision, mark): (u64, u64)) -> Option<Snapshot> {
        let wanted = Place { revision, mark };
        let published = self.shared.published();
        if published.as_ref().is_some_and(|it| it.place() == wanted) {
            return published;
        }
        let began = Instant::now();
        let shared = Arc::clone(&self.shared);
        // This is a task of its own, which continues after the request has stopped waiting.
        let forward = tokio::spawn(async move { shared.forward(Some(wanted), false).await });
        let patience = match published {
            Some(_) => self.shared.patience,
            None => self.shared.patience.max(NO_INDEX),
        };
        match tokio::time::timeout(patience, forward).await {
            Ok(Ok(Ok(_))) => {}
            Ok(Ok(Err(error))) => tracing::warn!(%error, "the search index can't be followed"),
            Ok(Err(_)) => self.distrust(),
            Err(_) => metrics::counter!("narthex_search_lags_total").increment(1),
        }
        metrics::histogram!("narthex_search_wait_seconds").record(began.elapsed().as_secs_f64());
        self.shared.published()
    }

    /// Brings the index to the newest revision.
    pub(super) async fn keep(&self) {
        let shared = Arc::clone(&self.shared);
        let done = tokio::spawn(async move { shared.forward(None, false).await }).await;
        match done {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the search index can't be followed"),
            Err(_) => self.distrust(),
        }
    }

    /// Rebuilds the index and returns the number of its documents.
    pub(super) async fn rebuild(&self) -> Result<usize, SiteError> {
        self.shared.forward(None, true).await
    }

    /// Marks the index as damaged: it is opened and checked before it is used again.
    pub(super) fn distrust(&self) {
        *self
            .shared
            .published
            .write()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Shared {
    fn published(&self) -> Option<Snapshot> {
        let published = self
            .published
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        published.clone()
    }

    /// Brings the index to the newest revision, unless it has reached the wanted one. Returns the
    /// number of things that were written.
    async fn forward(&self, wanted: Option<Place>, anew: bool) -> Result<usize, SiteError> {
        let mut turn = self.turn.lock().await;
        let published = self.published();
        let reached = |snapshot: &Snapshot| {
            wanted.is_some_and(|wanted| {
                snapshot.place() == wanted || snapshot.place().revision > wanted.revision
            })
        };
        if !anew && published.as_ref().is_some_and(reached) {
            return Ok(0);
        }
        if published.is_none() {
            // It was never opened, or was found damaged since.
            turn.index = None;
        }
        let index = match &turn.index {
            Some(index) => Arc::clone(index),
            None => {
                let index = Arc::new(Mutex::new(open(self.home.clone()).await?));
                Arc::clone(turn.index.insert(index))
            }
        };
        let written = self.bring(&index, anew).await;
        match written {
            Ok(0) => {
                turn.failures = 0;
                turn.idle = turn.idle.saturating_add(1);
                if turn.idle == IDLE {
                    with(&index, rest).await?;
                }
            }
            Ok(_) => (turn.idle, turn.failures) = (0, 0),
            // A next round must not commit what this one began. An index that can't be written
            // several times in a row is opened anew and checked.
            Err(_) => {
                turn.failures += 1;
                if turn.failures == FAILURES || with(&index, rest).await.is_err() {
                    (turn.index, turn.failures) = (None, 0);
                }
            }
        }
        let written = written?;
        let snapshot = with(&index, |index| Ok(index.snapshot())).await?;
        *self
            .published
            .write()
            .unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(written)
    }

    async fn bring(&self, index: &Arc<Mutex<Index>>, anew: bool) -> Result<usize, SiteError> {
        let (catalogue, _) = self.store.catalogue().await?;
        let view = SystemView::open(catalogue, SystemSubject::Indexer);
        let (snapshot, asked) = with(index, |index| {
            Ok((index.snapshot(), index.folder().was_asked_to_rebuild()))
        })
        .await?;
        let followed = match &snapshot {
            Some(snapshot) if !anew && !asked => {
                let Place { revision, mark } = snapshot.place();
                self.store
                    .touched_between((revision, mark), view.place())
                    .await?
            }
            _ => None,
        };
        let (revision, _) = view.place();
        let lag = revision.saturating_sub(snapshot.as_ref().map_or(0, |it| it.place().revision));
        metrics::gauge!("narthex_search_lag_revisions").set(lag_shown(lag));
        match (followed, snapshot) {
            (Some(_), Some(_)) if lag == 0 => Ok(0),
            (Some(rows), Some(snapshot)) => self.follow(index, &view, &snapshot, rows).await,
            _ => {
                let began = Instant::now();
                let written = self.make_anew(index, &view).await?;
                metrics::counter!("narthex_search_rebuilds_total").increment(1);
                let seconds = began.elapsed().as_secs_f64();
                tracing::info!(
                    things = written,
                    seconds,
                    revision,
                    "the search index was made anew"
                );
                Ok(written)
            }
        }
    }

    /// Writes what has changed since the index's revision.
    async fn follow(
        &self,
        index: &Arc<Mutex<Index>>,
        view: &SystemView,
        snapshot: &Snapshot,
        rows: BTreeSet<(Table, u64)>,
    ) -> Result<usize, SiteError> {
        let things = things(view, snapshot, rows).map_err(unusable)?;
        let things: Vec<Thing> = things.into_iter().collect();
        for together in things.chunks(TOGETHER) {
            let reads = self.read(view, together).await?;
            with(index, move |index| {
                index.change(reads.into_iter().map(Read::change).collect())
            })
            .await?;
        }
        let at = place(view);
        with(index, move |index| index.finish(at)).await?;
        // A revision that changes no document counts as written, too.
        Ok(things.len().max(1))
    }

    async fn make_anew(
        &self,
        index: &Arc<Mutex<Index>>,
        view: &SystemView,
    ) -> Result<usize, SiteError> {
        with(index, Index::begin_anew).await?;
        let mut written = 0;
        let mut next = Some(PageId::from_random(0));
        while let Some(first) = next {
            let mut pages = view.pages_from(first).map(|page| page.id);
            let together: Vec<PageId> = pages.by_ref().take(TOGETHER).collect();
            next = pages.next();
            drop(pages);
            let things: Vec<Thing> = together
                .iter()
                .flat_map(|page| std::iter::once(Thing::Page(*page)).chain(hanging_on(view, *page)))
                .collect();
            for together in things.chunks(TOGETHER) {
                let reads = self.read(view, together).await?;
                written += together.len();
                with(index, move |index| {
                    index.add(reads.into_iter().filter_map(Read::entry).collect())
                })
                .await?;
            }
        }
        let at = place(view);
        with(index, move |index| index.finish(at)).await?;
        Ok(written.max(1))
    }

    async fn read(&self, view: &SystemView, things: &[Thing]) -> Result<Vec<Read>, SiteError> {
        let mut reads = Vec::with_capacity(things.len());
        for thing in things {
            reads.push(read(&self.store, view, *thing).await?);
        }
        Ok(reads)
    }
}

fn place(view: &SystemView) -> Place {
    let (revision, mark) = view.place();
    Place { revision, mark }
}

#[expect(clippy::cast_precision_loss, reason = "a metric need not be exact")]
fn lag_shown(revisions: u64) -> f64 {
    revisions as f64
}

/// Returns the comments and attachments of a page.
fn hanging_on(view: &SystemView, page: PageId) -> impl Iterator<Item = Thing> {
    let comments = view.comments(page).map(|row| Thing::Comment(row.id));
    let files = view.attachments(page).map(|row| Thing::Attachment(row.id));
    comments.chain(files)
}

/// Returns the things that changed rows belong to.
fn things(
    view: &SystemView,
    before: &Snapshot,
    rows: BTreeSet<(Table, u64)>,
) -> Result<BTreeSet<Thing>, IndexError> {
    let mut things = BTreeSet::new();
    for (table, id) in rows {
        match table {
            Table::Page => {
                let Some(id) = PageId::new(id) else {
                    continue;
                };
                things.insert(Thing::Page(id));
                // The comments and attachments of a page move with it into another space.
                let now = view.page(id).map(|row| row.space);
                if now.is_some() && now != before.space_of(Thing::Page(id))? {
                    things.extend(hanging_on(view, id));
                }
            }
            Table::Comment => things.extend(CommentId::new(id).map(Thing::Comment)),
            Table::Attachment => things.extend(AttachmentId::new(id).map(Thing::Attachment)),
            Table::Label => {
                let Some(id) = LabellingId::new(id) else {
                    continue;
                };
                let on = view.label(id).and_then(|row| match row.on {
                    Object::Page(id) => Some(Thing::Page(id)),
                    Object::Attachment(id) => Some(Thing::Attachment(id)),
                    _ => None,
                });
                things.extend(on);
                things.extend(before.labelled(id)?);
            }
            _ => {}
        }
    }
    Ok(things)
}

fn rest(index: &mut Index) -> Result<(), IndexError> {
    index.rest();
    Ok(())
}

async fn open(home: PathBuf) -> Result<Index, SiteError> {
    let open = move || Index::open(Folder::take(&home)?);
    match tokio::task::spawn_blocking(open).await {
        Ok(opened) => opened.map_err(unusable),
        Err(_) => Err(stopped()),
    }
}

/// Works with the index on a thread for blocking work.
async fn with<T: Send + 'static>(
    index: &Arc<Mutex<Index>>,
    work: impl FnOnce(&mut Index) -> Result<T, IndexError> + Send + 'static,
) -> Result<T, SiteError> {
    let index = Arc::clone(index);
    let work = move || work(&mut index.lock().unwrap_or_else(PoisonError::into_inner));
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(unusable),
        Err(_) => Err(stopped()),
    }
}

fn stopped() -> SiteError {
    SiteError::Storage(DbError::Unavailable(
        "the search index could not be read or written".into(),
    ))
}
