//! The past of pages, comments and attachments: their versions and former bodies. It is returned
//! only against a witness that the past may be seen, which is another one than for the current
//! version.

use crate::Store;
use crate::body::Body;
use crate::db::{DbError, Row, Value};
use narthex_access::{AccountId, AttachmentPastKey, BodyId, CommentPastKey, Millis, PastKey, Seen};
use std::sync::Arc;

crate::statements! {
    HISTORY = "SELECT number, title, made_by, made_at, message, minor FROM page_version \
               WHERE page = :of ORDER BY number DESC";
    NEWEST_OF_PAGE = "SELECT number, title, made_by, made_at, message, minor FROM page_version \
                      WHERE page = :of AND number < :beyond ORDER BY number DESC LIMIT :limit";
    OLDEST_OF_PAGE = "SELECT number, title, made_by, made_at, message, minor FROM page_version \
                      WHERE page = :of AND number > :beyond ORDER BY number LIMIT :limit";
    NEWEST_OF_COMMENT = "SELECT number, made_by, made_at, message FROM comment_version \
                         WHERE comment = :of AND number < :beyond ORDER BY number DESC LIMIT :limit";
    OLDEST_OF_COMMENT = "SELECT number, made_by, made_at, message FROM comment_version \
                         WHERE comment = :of AND number > :beyond ORDER BY number LIMIT :limit";
    NEWEST_OF_ATTACHMENT = "SELECT number, made_by, made_at, remark, media_type, size FROM attachment_version \
                            WHERE attachment = :of AND number < :beyond ORDER BY number DESC LIMIT :limit";
    OLDEST_OF_ATTACHMENT = "SELECT number, made_by, made_at, remark, media_type, size FROM attachment_version \
                            WHERE attachment = :of AND number > :beyond ORDER BY number LIMIT :limit";
    PAST_BODY = "SELECT body FROM page_version WHERE page = :of AND number = :number";
    PAST_COMMENT_BODY = "SELECT body FROM comment_version WHERE comment = :of AND number = :number";
}

/// One version of a page, a comment or an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRead {
    /// The number of the version, from 1.
    pub number: u32,
    /// The title that a page had. Empty for comments and attachments.
    pub title: String,
    /// The account that made it, or `None` if nobody was logged in.
    pub by: Option<AccountId>,
    /// When it was made.
    pub at: Millis,
    /// The version message of its author, or empty.
    pub message: String,
    /// Whether its author marked it as a minor edit.
    pub minor: bool,
    /// The file of an attachment's version. `None` for pages and comments.
    pub file: Option<FileRead>,
}

/// The file of an attachment in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// The media type of the file.
    pub media_type: String,
    /// The size in bytes.
    pub size: u64,
}

/// The order, the beginning and the maximum length of a list of versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionRun {
    /// Whether the newest version comes first, and not the oldest.
    pub newest_first: bool,
    /// The number of the version after which the list begins. `None` for the beginning.
    pub after: Option<u32>,
    /// The maximum number of versions.
    pub limit: usize,
}

impl VersionRun {
    /// Returns a run with only the version that has a number, if there is one.
    pub fn only(number: u32) -> Self {
        Self {
            newest_first: true,
            after: Some(number.saturating_add(1)),
            limit: 1,
        }
    }
}

impl Store {
    /// Returns the versions of a page, newest first. Being allowed to see a page isn't enough to
    /// see its past:
    ///
    /// ```compile_fail
    /// use narthex_access::{BodyKey, Seen};
    /// async fn leak(store: narthex_store::Store, seen: Seen<'_, BodyKey>) {
    ///     let _ = store.history(&seen).await;
    /// }
    /// ```
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn history(&self, seen: &Seen<'_, PastKey>) -> Result<Vec<VersionRead>, DbError> {
        let of = ("of", seen.key().page().get().into());
        self.db().read(HISTORY, &[of], of_page).await
    }

    /// Returns a run of the versions of a page.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn page_versions(
        &self,
        seen: &Seen<'_, PastKey>,
        run: VersionRun,
    ) -> Result<Vec<VersionRead>, DbError> {
        let id = seen.key().page().get();
        self.run([NEWEST_OF_PAGE, OLDEST_OF_PAGE], id, run, of_page)
            .await
    }

    /// Returns a run of the versions of a comment. Being allowed to see a comment isn't enough to
    /// see its past:
    ///
    /// ```compile_fail
    /// use narthex_access::{CommentKey, Seen};
    /// use narthex_store::past::VersionRun;
    /// async fn leak(store: narthex_store::Store, seen: Seen<'_, CommentKey>, run: VersionRun) {
    ///     let _ = store.comment_versions(&seen, run).await;
    /// }
    /// ```
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn comment_versions(
        &self,
        seen: &Seen<'_, CommentPastKey>,
        run: VersionRun,
    ) -> Result<Vec<VersionRead>, DbError> {
        let id = seen.key().comment().get();
        self.run([NEWEST_OF_COMMENT, OLDEST_OF_COMMENT], id, run, of_comment)
            .await
    }

    /// Returns a run of the versions of an attachment.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn attachment_versions(
        &self,
        seen: &Seen<'_, AttachmentPastKey>,
        run: VersionRun,
    ) -> Result<Vec<VersionRead>, DbError> {
        let id = seen.key().attachment().get();
        let statements = [NEWEST_OF_ATTACHMENT, OLDEST_OF_ATTACHMENT];
        self.run(statements, id, run, of_attachment).await
    }

    /// Returns the body that a page had in a version, or `None` if there is no such version.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn past_body(
        &self,
        seen: &Seen<'_, PastKey>,
        number: u32,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_of_version(PAST_BODY, seen.key().page().get(), number)
            .await
    }

    /// Returns the body that a comment had in a version, or `None` if there is no such version.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn past_comment_body(
        &self,
        seen: &Seen<'_, CommentPastKey>,
        number: u32,
    ) -> Result<Option<Arc<Body>>, DbError> {
        self.body_of_version(PAST_COMMENT_BODY, seen.key().comment().get(), number)
            .await
    }

    async fn run(
        &self,
        [newest, oldest]: [&'static str; 2],
        of: u64,
        run: VersionRun,
        read: fn(&Row<'_>) -> Result<VersionRead, DbError>,
    ) -> Result<Vec<VersionRead>, DbError> {
        let (statement, first) = if run.newest_first {
            (newest, i64::MAX)
        } else {
            (oldest, 0)
        };
        let params = [
            ("of", of.into()),
            ("beyond", Value::from(run.after.map_or(first, i64::from))),
            (
                "limit",
                Value::from(i64::try_from(run.limit).unwrap_or(i64::MAX)),
            ),
        ];
        self.db().read(statement, &params, read).await
    }

    async fn body_of_version(
        &self,
        statement: &'static str,
        of: u64,
        number: u32,
    ) -> Result<Option<Arc<Body>>, DbError> {
        let params = [("of", of.into()), ("number", number.into())];
        let body = self
            .db()
            .read_one(statement, &params, |row| row.get::<u64>(0))
            .await?;
        match body.and_then(BodyId::new) {
            Some(id) => self.body_by_id(id).await,
            None => Ok(None),
        }
    }
}

fn of_page(row: &Row<'_>) -> Result<VersionRead, DbError> {
    let by = row.get::<Option<u64>>(2)?;
    Ok(VersionRead {
        number: row.get(0)?,
        title: row.get(1)?,
        by: by.and_then(AccountId::new),
        at: row.get(3)?,
        message: row.get(4)?,
        minor: row.get(5)?,
        file: None,
    })
}

fn of_comment(row: &Row<'_>) -> Result<VersionRead, DbError> {
    let by = row.get::<Option<u64>>(1)?;
    Ok(VersionRead {
        number: row.get(0)?,
        title: String::new(),
        by: by.and_then(AccountId::new),
        at: row.get(2)?,
        message: row.get(3)?,
        minor: false,
        file: None,
    })
}

/// Reads a version as [`of_comment`] does, with the remark as its message.
fn of_attachment(row: &Row<'_>) -> Result<VersionRead, DbError> {
    Ok(VersionRead {
        file: Some(FileRead {
            media_type: row.get(4)?,
            size: row.get(5)?,
        }),
        ..of_comment(row)?
    })
}
