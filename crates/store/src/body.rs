//! Bodies: immutable texts by random id, given only against a witness that this very body may be read.
//!
//! The catalogue says which body is current; a decision taken on it names that body and no other. So a cached body can never be
//! the wrong one, and one that is gone was purged: decide again, at most twice, then it is absent.

use crate::Store;
use crate::db::{DbError, Row};
use narthex_access::{
    AccountId, BodyId, BodyKey, CommentKey, Millis, PastKey, PropertyKey, Seen, TemplateKey,
};
use quick_cache::Weighter;
use std::sync::Arc;

crate::statements! {
    BODY = "SELECT representation, content FROM body WHERE id = :id";
    HISTORY = "SELECT number, title, made_by, made_at, message, minor FROM page_version \
               WHERE page = :page ORDER BY number DESC";
    PAST_BODY = "SELECT body FROM page_version WHERE page = :page AND number = :number";
}

/// A body as it was written.
#[derive(Debug, PartialEq, Eq)]
pub struct Body {
    /// `storage`, `atlas_doc_format`, or `json` for a property.
    pub representation: String,
    /// The text.
    pub text: String,
}

/// One version of a page's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRead {
    /// Its number, from 1.
    pub number: u32,
    /// The title the page had.
    pub title: String,
    /// Who made it; none where nobody was logged in.
    pub by: Option<AccountId>,
    /// When.
    pub at: Millis,
    /// What its author said of it.
    pub message: String,
    /// Whether its author called it a minor edit.
    pub minor: bool,
}

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

    /// The versions of a page, newest first. To see a page is not to see its past:
    ///
    /// ```compile_fail
    /// use narthex_access::{BodyKey, Seen};
    /// async fn leak(store: narthex_store::Store, seen: Seen<'_, BodyKey>) {
    ///     let _ = store.history(&seen).await;
    /// }
    /// ```
    ///
    /// # Errors
    /// What the database says.
    pub async fn history(&self, seen: &Seen<'_, PastKey>) -> Result<Vec<VersionRead>, DbError> {
        self.db()
            .read(
                HISTORY,
                &[("page", seen.key().page().get().into())],
                version,
            )
            .await
    }

    /// The body that a page had in a version; none when there is no such version.
    ///
    /// # Errors
    /// What the database says.
    pub async fn past_body(
        &self,
        seen: &Seen<'_, PastKey>,
        number: u32,
    ) -> Result<Option<Arc<Body>>, DbError> {
        let params = [
            ("page", seen.key().page().get().into()),
            ("number", number.into()),
        ];
        let body = self
            .db()
            .read_one(PAST_BODY, &params, |row| row.get::<u64>(0))
            .await?;
        match body.and_then(BodyId::new) {
            Some(id) => self.body_by_id(id).await,
            None => Ok(None),
        }
    }

    async fn body_by_id(&self, id: BodyId) -> Result<Option<Arc<Body>>, DbError> {
        if let Some(body) = self.bodies().get(&id) {
            return Ok(Some(body));
        }
        let read = |row: &Row<'_>| {
            Ok(Arc::new(Body {
                representation: row.get(0)?,
                text: row.get(1)?,
            }))
        };
        let found = self
            .db()
            .read_one(BODY, &[("id", id.get().into())], read)
            .await?;
        if let Some(body) = &found {
            self.bodies().insert(id, body.clone());
        }
        Ok(found)
    }
}

fn version(row: &Row<'_>) -> Result<VersionRead, DbError> {
    let by = row.get::<Option<u64>>(2)?;
    Ok(VersionRead {
        number: row.get(0)?,
        title: row.get(1)?,
        by: by.and_then(AccountId::new),
        at: row.get(3)?,
        message: row.get(4)?,
        minor: row.get(5)?,
    })
}
