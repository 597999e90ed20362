//! Bodies and versions: read against a witness, and in no other way.
//!
//! A body is written once, with its id in the revision that names it, and never
//! changed: what a witness names can't have become something else.

use crate::Store;
use crate::db::{DbError, Row};
use narthex_access::{AccountId, BodyId, BodyKey, CommentKey, Millis, PastKey, Seen};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// How many bytes of bodies a node keeps in memory.
const KEPT: u64 = 32 * 1024 * 1024;
/// How many bodies that are, at the size of a usual one.
const KEPT_BODIES: usize = 8_000;

crate::statements! {
    BODY = "SELECT representation, content FROM body WHERE id = :id";
    HISTORY = "SELECT number, title, made_by, made_at, message, minor FROM page_version \
               WHERE page = :page ORDER BY number DESC";
    PAST = "SELECT body.representation, body.content FROM page_version \
            JOIN body ON body.id = page_version.body \
            WHERE page_version.page = :page AND page_version.number = :number";
}

/// A text as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// `storage` or `atlas_doc_format`.
    pub representation: String,
    /// The text.
    pub text: String,
}

/// A version of a page, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRead {
    /// Its number, from 1.
    pub number: u32,
    /// The title it had.
    pub title: String,
    /// Who made it.
    pub by: Option<AccountId>,
    /// When.
    pub at: Millis,
    /// What its author said of it.
    pub message: String,
    /// Whether its author called it a minor edit.
    pub minor: bool,
}

/// The bodies that a node keeps in memory.
#[derive(Debug, Clone)]
pub(crate) struct Bodies(Arc<Cache<BodyId, Arc<Body>, Bytes>>);

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<BodyId, Arc<Body>> for Bytes {
    fn weight(&self, _: &BodyId, body: &Arc<Body>) -> u64 {
        64 + body.text.len() as u64
    }
}

impl Bodies {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Cache::with_weighter(KEPT_BODIES, KEPT, Bytes)))
    }

    /// Forgets all: the database is another one than it was.
    pub(crate) fn clear(&self) {
        self.0.clear();
    }
}

impl Store {
    /// The current text of a page; none if it has been purged since.
    ///
    /// # Errors
    /// What the database says.
    pub async fn body(&self, seen: &Seen<'_, BodyKey>) -> Result<Option<Arc<Body>>, DbError> {
        self.body_named(seen.key().body()).await
    }

    /// The current text of a comment; none if it has been purged since.
    ///
    /// # Errors
    /// What the database says.
    pub async fn comment_body(
        &self,
        seen: &Seen<'_, CommentKey>,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_named(seen.key().body()).await
    }

    async fn body_named(&self, id: BodyId) -> Result<Option<Arc<Body>>, DbError> {
        if let Some(body) = self.bodies.0.get(&id) {
            return Ok(Some(body));
        }
        let found = self.db.read_one(BODY, &[("id", id.get().into())], body_of).await?;
        let body = found.map(Arc::new);
        if let Some(body) = &body {
            self.bodies.0.insert(id, body.clone());
        }
        Ok(body)
    }

    /// The versions of a page, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn history(&self, seen: &Seen<'_, PastKey>) -> Result<Vec<VersionRead>, DbError> {
        let page = seen.key().page().get();
        self.db
            .read(HISTORY, &[("page", page.into())], |row| {
                Ok(VersionRead {
                    number: row.get(0)?,
                    title: row.get(1)?,
                    by: row.get::<Option<u64>>(2)?.and_then(AccountId::new),
                    at: row.get(3)?,
                    message: row.get(4)?,
                    minor: row.get(5)?,
                })
            })
            .await
    }

    /// The text of a former version of a page; none if there is no such version.
    ///
    /// # Errors
    /// What the database says.
    pub async fn past_body(
        &self,
        seen: &Seen<'_, PastKey>,
        number: u32,
    ) -> Result<Option<Arc<Body>>, DbError> {
        let page = seen.key().page().get();
        let params = [("page", page.into()), ("number", number.into())];
        Ok(self.db.read_one(PAST, &params, body_of).await?.map(Arc::new))
    }
}

fn body_of(row: &Row<'_>) -> Result<Body, DbError> {
    Ok(Body { representation: row.get(0)?, text: row.get(1)? })
}
