//! Bodies: immutable texts with random ids, returned only against a witness that this very body may
//! be read.
//!
//! The catalogue says which body is current, and a decision on it names that body and no other. So
//! a cached body can never be the wrong one. If the body is gone, it was purged meanwhile: the
//! caller decides again, at most twice, and then the page is absent.

use crate::Store;
use crate::db::{DbError, Row};
use narthex_access::{BodyId, BodyKey, CommentKey, PropertyKey, Seen, TemplateKey};
use quick_cache::Weighter;
use std::sync::Arc;

crate::statements! {
    BODY = "SELECT representation, content FROM body WHERE id = :id";
}

/// A body as it was written.
#[derive(Debug, PartialEq, Eq)]
pub struct Body {
    /// The format of the text: `storage`, `atlas_doc_format`, or `json` for a property.
    pub representation: String,
    /// The text.
    pub text: String,
}

/// The length of the longest text that is cached, in bytes.
const MAX_KEPT: usize = 512 * 1024;

/// Weighs bodies by the bytes of their text.
#[derive(Clone)]
pub(crate) struct Bytes;

impl Weighter<BodyId, Arc<Body>> for Bytes {
    fn weight(&self, _: &BodyId, body: &Arc<Body>) -> u64 {
        u64::try_from(body.text.len())
            .unwrap_or(u64::MAX)
            .saturating_add(128)
    }
}

/// The cache of bodies that were read recently.
pub(crate) type Cache = quick_cache::sync::Cache<BodyId, Arc<Body>, Bytes>;

/// Creates a cache for a number of bytes of text.
pub(crate) fn cache(bytes: u64) -> Cache {
    // Most pages of a wiki have about 4 KB.
    let items = usize::try_from(bytes / 4096).unwrap_or(usize::MAX);
    Cache::with_weighter(items, bytes, Bytes)
}

impl Store {
    /// Returns the current body of a page, or `None` if it was purged meanwhile.
    ///
    /// Code that forgot the decision has no witness, and doesn't compile without one:
    ///
    /// ```
    /// use narthex_access::{BodyKey, Seen};
    /// async fn read(store: narthex_store::Store, seen: Seen<'_, BodyKey>) {
    ///     let _ = store.body(&seen).await;
    /// }
    /// ```
    /// ```compile_fail
    /// async fn leak(store: narthex_store::Store, id: narthex_access::BodyId) {
    ///     let _ = store.body(&id).await;
    /// }
    /// ```
    /// ```compile_fail
    /// async fn leak(store: narthex_store::Store, row: narthex_access::PageRow) {
    ///     let _ = store.body(&row).await;
    /// }
    /// ```
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn body(&self, seen: &Seen<'_, BodyKey>) -> Result<Option<Arc<Body>>, DbError> {
        self.body_by_id(seen.key().body()).await
    }

    /// Returns the current body of a comment, or `None` if it was purged meanwhile.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn comment_body(
        &self,
        seen: &Seen<'_, CommentKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_by_id(seen.key().body()).await
    }

    /// Returns the current value of a property, or `None` if it was removed meanwhile.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn property_value(
        &self,
        seen: &Seen<'_, PropertyKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_by_id(seen.key().body()).await
    }

    /// Returns a body as [`Store::body`] does, without caching it. For callers that read every body
    /// once and would drive out of the cache those that people read.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn body_once(&self, seen: &Seen<'_, BodyKey>) -> Result<Option<Arc<Body>>, DbError> {
        self.read_body(seen.key().body()).await
    }

    /// Returns a body as [`Store::comment_body`] does, without caching it.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn comment_body_once(
        &self,
        seen: &Seen<'_, CommentKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.read_body(seen.key().body()).await
    }

    /// Returns the text of a template, or `None` if it was removed meanwhile.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn template_body(
        &self,
        seen: &Seen<'_, TemplateKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_by_id(seen.key().body()).await
    }

    pub(crate) async fn body_by_id(&self, id: BodyId) -> Result<Option<Arc<Body>>, DbError> {
        if let Some(body) = self.bodies().get(&id) {
            return Ok(Some(body));
        }
        let found = self.read_body(id).await?;
        // A few long ones would drive out all those that people read.
        if let Some(body) = found.as_ref().filter(|body| body.text.len() <= MAX_KEPT) {
            self.bodies().insert(id, body.clone());
        }
        Ok(found)
    }

    async fn read_body(&self, id: BodyId) -> Result<Option<Arc<Body>>, DbError> {
        let read = |row: &Row<'_>| {
            Ok(Arc::new(Body {
                representation: row.get(0)?,
                text: row.get(1)?,
            }))
        };
        self.db()
            .read_one(BODY, &[("id", id.get().into())], read)
            .await
    }
}
