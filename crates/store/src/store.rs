//! The store as the site uses it: one catalogue that is always fresh, one way to write, and content
//! against a witness. The modules beside this one add the functions for each kind of content.

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

/// The options that a store is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address of the database.
    pub database: DatabaseUrl,
    /// The folder with the bytes of attachments.
    pub blobs: PathBuf,
    /// How many bytes of page text are cached in memory.
    pub body_cache: u64,
    /// The clock of requests and events.
    pub clock: Clock,
    /// The source of ids, marks and secrets.
    pub entropy: Entropy,
}

/// An open site. It is cheap to clone.
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
    /// Creates the site if it isn't there, brings its schema up to date, and opens it. `now` is
    /// recorded as the time of this, in milliseconds.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails, and [`DbError::Newer`] if a newer program has
    /// migrated it.
    pub async fn create(options: Options, now: Millis) -> Result<Self, DbError> {
        let db = Db::create(&options.database).await?;
        migrate::migrate(&db, now, &options.entropy).await?;
        Self::with(db, options).await
    }

    /// Opens a site that exists and is up to date.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails, and [`DbError::Schema`] with the next step if there
    /// is no site, or an older one.
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

    /// Returns the catalogue at a revision that includes every change acknowledged before the call,
    /// and the request's instant (law 7.5).
    ///
    /// # Errors
    /// Returns `DbError` if the newest revision can't be found out. Then nothing may be decided,
    /// and every caller gets a 503.
    pub async fn catalogue(&self) -> Result<(Arc<Catalogue>, Millis), DbError> {
        self.inner.node.fresh().await
    }

    /// Runs a plan in a write's own transaction and commits its changes. The plan may be run again
    /// after a failure, so it must have no effects of its own. A change without effect takes no
    /// revision.
    ///
    /// # Errors
    /// Returns [`CommitError::Refused`] with the plan's error, and [`CommitError::Db`] if the
    /// database failed. Nothing was changed then, except perhaps with [`DbError::CommitUnknown`].
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

    /// Checks whether requests can be served, for `/readyz`: the newest revision can be found out
    /// and, if the last write met an outage, writing works again. This includes writing the bytes
    /// of attachments.
    ///
    /// # Errors
    /// Returns the failure of the database or the storage of blobs, with the next step.
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

    /// Checks whether the database takes a write, without changing anything. If its disk is ours,
    /// checks whether there is room for a write.
    ///
    /// # Errors
    /// Returns the database's error.
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

    /// Returns the outage that the last write met, or `None` if it succeeded.
    pub fn trouble(&self) -> Option<Arc<DbError>> {
        self.inner.trouble.load_full()
    }

    /// Returns 32 hexadecimal digits that identify this site, whatever its address.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn identity(&self) -> Result<String, DbError> {
        let found = self
            .inner
            .db
            .read_one(IDENTITY, &[], |row| row.get(0))
            .await?;
        found.ok_or_else(journal::no_site)
    }

    /// Returns the outage that the last write of an attachment's bytes met, or `None` if it
    /// succeeded.
    pub fn blob_trouble(&self) -> Option<Arc<DbError>> {
        self.inner.blob_trouble.load_full()
    }

    pub(crate) fn note_blob_trouble(&self, met: Option<&DbError>) {
        let met = met.filter(|error| error.is_outage()).cloned();
        self.inner.blob_trouble.store(met.map(Arc::new));
    }

    /// Returns how safe the connection to the database is.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn link(&self) -> Result<Link, DbError> {
        self.inner.db.link().await
    }

    /// Returns how many statements this node has run since it opened the site, except for the
    /// gate's. It is for operators, and for the proof that hidden things cost as many as missing
    /// ones (law 6.2).
    pub fn statements(&self) -> u64 {
        self.inner.db.statements()
    }

    /// Returns the source of ids and secrets.
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
