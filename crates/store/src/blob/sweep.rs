//! The sweep of blobs, which removes the bytes of purged attachments, and those that were written
//! for a change that never came.
//!
//! While a blob is being written it is in `blob_upload`, from before its first byte until the
//! change that names it removes it from there. A blob that is there for [`ABANDONED`] was left by a
//! crash. The sweep moves it to `blob_removal` in a transaction. From then on no change can name
//! it, so the bytes that the sweep removes are never in use, however late their change would have
//! come.

use super::Blobs;
use crate::Store;
use crate::db::{DbError, Statement};
use narthex_access::{BlobId, Millis};
use object_store::ObjectStoreExt as _;

/// How long after its beginning an upload can still be named by a change.
pub const ABANDONED: Millis = 6 * 60 * 60 * 1_000;

/// How many blobs are handled before others get their turn at the database.
const BATCH: usize = 100;

/// The maximum number of batches in one sweep.
const BATCHES: usize = 100;

crate::statements! {
    BEGUN = "INSERT INTO blob_upload (blob, since) VALUES (:blob, DATABASE_CLOCK)";
    NAMED = "DELETE FROM blob_upload WHERE blob = :blob";
    LEFT = "SELECT blob FROM blob_upload WHERE since <= DATABASE_CLOCK - CAST(:age AS BIGINT) ORDER BY since LIMIT 100";
    CONDEMN = "INSERT INTO blob_removal (blob, since) VALUES (:blob, DATABASE_CLOCK) ON CONFLICT (blob) DO NOTHING";
    CONDEMNED = "SELECT blob FROM blob_removal WHERE NOT EXISTS \
                 (SELECT 1 FROM attachment_version WHERE attachment_version.blob = blob_removal.blob) LIMIT 100";
    REMOVED = "DELETE FROM blob_removal WHERE blob = :blob";
}

/// Returns the statement for a change that names a blob for the first time, which removes it from
/// the uploads. If the sweep came before, the change is undone.
pub(crate) fn named(blob: BlobId) -> Statement {
    Statement::of_one_row(NAMED, of(blob))
}

fn of(blob: BlobId) -> Vec<(&'static str, crate::db::Value)> {
    vec![("blob", blob.get().into())]
}

impl Store {
    /// Removes the bytes of purged attachments, and those that were written more than `age`
    /// milliseconds ago for a change that never came. Returns the number of removed blobs. It is to
    /// be called from time to time, with [`ABANDONED`].
    ///
    /// # Errors
    /// Returns `DbError` if the database or the storage of blobs fails. The rest is removed the
    /// next time.
    pub async fn sweep_blobs(&self, age: Millis) -> Result<usize, DbError> {
        let mut removed = 0;
        for _ in 0..BATCHES {
            let condemned = self.condemn(age).await?;
            let gone = self.remove_condemned().await?;
            removed += gone;
            if condemned < BATCH && gone < BATCH {
                break;
            }
        }
        Ok(removed)
    }

    /// Notes that a blob is about to be written.
    pub(super) async fn begin_upload(&self, blob: BlobId) -> Result<(), DbError> {
        self.aside(vec![Statement::new(BEGUN, of(blob))]).await
    }

    /// Removes a blob whose change never comes, because the upload broke off or the change was
    /// refused.
    pub(super) async fn give_up(&self, blob: BlobId) -> Result<(), DbError> {
        self.blobs().remove(blob).await?;
        self.aside(vec![Statement::new(NAMED, of(blob))]).await
    }

    /// Moves abandoned uploads to the blobs that are to be removed, and returns their number.
    async fn condemn(&self, age: Millis) -> Result<usize, DbError> {
        let left = self
            .db()
            .read(LEFT, &[("age", age.into())], |row| row.get::<u64>(0))
            .await?;
        let count = left.len();
        for blob in left.into_iter().filter_map(BlobId::new) {
            let mut tx = self.db().write().await?;
            // A change that names the blob at the same time has the row, or finds it gone.
            if tx.execute(NAMED, of(blob)).await? == 1 {
                tx.execute(CONDEMN, of(blob)).await?;
                tx.commit().await?;
            }
        }
        Ok(count)
    }

    /// Removes the bytes of blobs that no version names any more, and returns their number.
    async fn remove_condemned(&self) -> Result<usize, DbError> {
        let condemned = self
            .db()
            .read(CONDEMNED, &[], |row| row.get::<u64>(0))
            .await?;
        let mut done = Vec::with_capacity(condemned.len());
        for blob in condemned.into_iter().filter_map(BlobId::new) {
            self.blobs().remove(blob).await?;
            done.push(Statement::new(REMOVED, of(blob)));
        }
        let count = done.len();
        if count > 0 {
            self.aside(done).await?;
        }
        Ok(count)
    }

    /// Writes to side state in a transaction of its own.
    async fn aside(&self, statements: Vec<Statement>) -> Result<(), DbError> {
        let mut tx = self.db().write().await?;
        tx.execute_all(statements).await?;
        tx.commit().await
    }
}

impl Blobs {
    /// Removes a blob, whether it is whole or half written.
    async fn remove(&self, id: BlobId) -> Result<(), DbError> {
        let half = self.half_written(id);
        match self.files.delete(&super::place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(super::failure(error)),
        }
        match tokio::fs::remove_file(&half).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(super::file(&half, &error))
            }
            _ => Ok(()),
        }
    }

    /// Returns the file that a blob is written to until it is whole. It stays if the program is
    /// killed.
    fn half_written(&self, id: BlobId) -> std::path::PathBuf {
        self.folder.join(format!("{}#1", super::place(id)))
    }
}
