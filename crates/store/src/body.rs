//! Bodies: immutable texts by random id, given only against a witness that this very body may be read.
//!
//! The catalogue says which body is current; a decision taken on it names that body and no other. So a cached body can never be
//! the wrong one, and one that is gone was purged: decide again, at most twice, then it is absent.

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
    /// `storage`, `atlas_doc_format`, or `json` for a property.
    pub representation: String,
    /// The text.
    pub text: String,
}

/// The longest text that is kept, in bytes.
const MAX_KEPT: usize = 512 * 1024;

/// Weighs bodies by their bytes.
#[derive(Clone)]
pub(crate) struct Bytes;

impl Weighter<BodyId, Arc<Body>> for Bytes {
    fn weight(&self, _: &BodyId, body: &Arc<Body>) -> u64 {
        u64::try_from(body.text.len())
            .unwrap_or(u64::MAX)
            .saturating_add(128)
    }
}

/// Bodies that were read lately.
pub(crate) type Cache = quick_cache::sync::Cache<BodyId, Arc<Body>, Bytes>;

/// A cache for as many bytes of text.
pub(crate) fn cache(bytes: u64) -> Cache {
    // Pages of 4 KB are what a wiki is mostly made of.
    let items = usize::try_from(bytes / 4096).unwrap_or(usize::MAX);
    Cache::with_weighter(items, bytes, Bytes)
}

impl Store {
    /// The current body of a page; none when it was purged meanwhile.
    ///
    /// Whoever forgot to ask has no witness, and what can't be asked for doesn't compile:
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
    /// What the database says.
    pub async fn body(&self, seen: &Seen<'_, BodyKey>) -> Result<Option<Arc<Body>>, DbError> {
        self.body_by_id(seen.key().body()).await
    }

    /// The current body of a comment; none when it was purged meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn comment_body(
        &self,
        seen: &Seen<'_, CommentKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_by_id(seen.key().body()).await
    }

    /// The current value of a property; none when it was removed meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn property_value(
        &self,
        seen: &Seen<'_, PropertyKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_by_id(seen.key().body()).await
    }

    /// As [`Store::body`], for who reads every body once: keeping them would drive out
    /// those that people read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn body_once(&self, seen: &Seen<'_, BodyKey>) -> Result<Option<Arc<Body>>, DbError> {
        self.read_body(seen.key().body()).await
    }

    /// As [`Store::comment_body`], for who reads every body once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn comment_body_once(
        &self,
        seen: &Seen<'_, CommentKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.read_body(seen.key().body()).await
    }

    /// The text of a template; none when it was removed meanwhile.
    ///
    /// # Errors
    /// What the database says.
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
