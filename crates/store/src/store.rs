//! The store as the site uses it: one catalogue that is always fresh, one way to write, content against a witness.

use crate::blob::Blobs;
use crate::change::Planned;
use crate::clock::Clock;
use crate::commit::{CommitError, Writer};
use crate::db::{DatabaseUrl, Db, DbError, Link};
use crate::entropy::Entropy;
use crate::node::Node;
use crate::side::Uses;
use crate::{body, health, journal, migrate};
use arc_swap::ArcSwapOption;
use narthex_access::{Catalogue, Millis};
use std::path::PathBuf;
use std::sync::Arc;

crate::statements! {
    /// Writes something without changing anything.
    PROBE = "UPDATE site SET floor = floor";
    IDENTITY = "SELECT identity FROM site WHERE id = 1";
}

/// What a store is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the database is.
    pub database: DatabaseUrl,
    /// The folder of attachments' bytes.
    pub blobs: PathBuf,
    /// Bytes of page text that are kept in memory.
    pub body_cache: u64,
    /// The clock of requests and events.
    pub clock: Clock,
    /// Where ids, marks and secrets come from.
    pub entropy: Entropy,
}

/// An open site. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    node: Node,
    clock: Clock,
    entropy: Entropy,
    bodies: body::Cache,
    blobs: Blobs,
    uses: Uses,
    trouble: ArcSwapOption<DbError>,
    blob_trouble: ArcSwapOption<DbError>,
}

impl Store {
    /// Makes the site when it isn't there, brings its schema up to date, and opens it. `now` is recorded with what is made, in
    /// milliseconds.
    ///
    /// # Errors
    /// What the database says; [`DbError::Newer`] when a newer program was here.
    pub async fn create(options: Options, now: Millis) -> Result<Self, DbError> {
        let db = Db::create(&options.database).await?;
        migrate::migrate(&db, now, &options.entropy).await?;
        Self::with(db, options).await
    }

    /// Opens a site that is there and up to date.
    ///
    /// # Errors
    /// What the database says; [`DbError::Schema`] with what to run when there is no site, or an older one.
    pub async fn open(options: Options) -> Result<Self, DbError> {
        let db = Db::open(&options.database).await?;
        migrate::check(&db).await?;
        Self::with(db, options).await
    }

    async fn with(db: Db, options: Options) -> Result<Self, DbError> {
        let inner = Inner {
            node: Node::open(db.clone(), options.clock.clone()).await?,
            db,
            clock: options.clock,
            entropy: options.entropy,
            bodies: body::cache(options.body_cache),
            blobs: Blobs::folder(&options.blobs)?,
            uses: Uses::default(),
            trouble: ArcSwapOption::empty(),
            blob_trouble: ArcSwapOption::empty(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The catalogue at a revision that holds every change acknowledged before this was called, and the request's instant (law 7.5).
    ///
    /// # Errors
    /// When the newest revision can't be learned: then nothing may be decided, and everybody is told so (503).
    pub async fn catalogue(&self) -> Result<(Arc<Catalogue>, Millis), DbError> {
        self.inner.node.fresh().await
    }

    /// Runs a plan in a write's own transaction and makes what it plans last. The plan may be run again after a retry, so it
    /// has no effects of its own. A change of nothing takes no revision.
    ///
    /// # Errors
    /// [`CommitError::Refused`] with what the plan said; [`CommitError::Db`] when the database failed. Nothing was changed then,
    /// but for [`DbError::CommitUnknown`].
    pub async fn commit<T, E>(
        &self,
        plan: impl Fn(&Arc<Catalogue>, Millis) -> Result<Planned<T>, E>,
    ) -> Result<T, CommitError<E>> {
        let writer = Writer {
            db: &self.inner.db,
            node: &self.inner.node,
            clock: &self.inner.clock,
            entropy: &self.inner.entropy,
        };
        let outcome = writer.commit(plan).await;
        match &outcome {
            Ok(_) => self.inner.trouble.store(None),
            Err(CommitError::Db(error)) if error.is_outage() => {
                self.inner.trouble.store(Some(Arc::new(error.clone())))
            }
            Err(_) => {}
        }
        outcome
    }

    /// Whether requests can be served: the newest revision can be learned and, after a write met an outage, writing works again,
    /// that of attachments' bytes too. For `/readyz`.
    ///
    /// # Errors
    /// What is wrong with the database or the place of blobs, with the next step.
    pub async fn ready(&self) -> Result<(), DbError> {
        self.inner.node.fresh().await?;
        if self.trouble().is_some() {
            self.probe().await?;
            self.inner.trouble.store(None);
        }
        if self.blob_trouble().is_some() {
            self.probe_blobs().await?;
            self.inner.blob_trouble.store(None);
        }
        Ok(())
    }

    /// Tries whether the database takes a write, without changing anything, and has room for one where its disk is ours.
    ///
    /// # Errors
    /// What it says.
    pub(crate) async fn probe(&self) -> Result<(), DbError> {
        if let Some(folder) = self.inner.db.file().and_then(std::path::Path::parent) {
            let path = folder.join(".room");
            let room = tokio::task::spawn_blocking(move || health::room(&path)).await;
            room.map_err(|_| DbError::Unavailable("the program is stopping".into()))??;
        }
        let mut tx = self.inner.db.write().await?;
        tx.execute(PROBE, vec![]).await?;
        tx.commit().await
    }

    /// The outage that the last write met; none when it went well.
    pub fn trouble(&self) -> Option<Arc<DbError>> {
        self.inner.trouble.load_full()
    }

    /// What tells this site from every other one, whatever its address: 32 hexadecimal digits.
    ///
    /// # Errors
    /// What the database says.
    pub async fn identity(&self) -> Result<String, DbError> {
        let found = self
            .inner
            .db
            .read_one(IDENTITY, &[], |row| row.get(0))
            .await?;
        found.ok_or_else(journal::no_site)
    }

    /// The outage that the last write of an attachment's bytes met; none when it went well.
    pub fn blob_trouble(&self) -> Option<Arc<DbError>> {
        self.inner.blob_trouble.load_full()
    }

    pub(crate) fn note_blob_trouble(&self, met: Option<&DbError>) {
        let met = met.filter(|error| error.is_outage()).cloned();
        self.inner.blob_trouble.store(met.map(Arc::new));
    }

    /// How safe the way to the database is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link(&self) -> Result<Link, DbError> {
        self.inner.db.link().await
    }

    /// How many statements this node has run since it opened the site, beside the gate's looks: for its operators, and for the proof that what is hidden
    /// costs as many as what is missing (law 6.2).
    pub fn statements(&self) -> u64 {
        self.inner.db.statements()
    }

    /// Where ids and secrets come from.
    pub fn entropy(&self) -> &Entropy {
        &self.inner.entropy
    }

    pub(crate) fn db(&self) -> &Db {
        &self.inner.db
    }

    pub(crate) fn bodies(&self) -> &body::Cache {
        &self.inner.bodies
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    pub(crate) fn uses(&self) -> &Uses {
        &self.inner.uses
    }
}
